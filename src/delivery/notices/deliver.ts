import { lookOf } from '../../domain/button-look.ts';
import { backoffMs, QUEUE_BACKOFF } from '../../domain/backoff.ts';
import { DAY_MS, later } from '../../domain/durations.ts';
import type { MessengerId } from '../../office/caller.ts';
import type { Clock } from '../../office/edges.ts';
import type { SaidNow } from '../../office/news/news-delivery.ts';
import type { Db } from '../../records/database.ts';
import { NOT_WANTED } from '../../records/notices.ts';
import {
  markOutboxDone,
  markOutboxFailed,
  type OutboxRow,
  updateOutboxPostponed,
  updateOutboxReleased,
  updateOutboxReleasedAll,
} from '../../records/outbox.ts';
import { isUnreachable } from '../../records/unreachable.ts';
import type { Texts } from '../../texts/texts.ts';
import { nameOfError } from '../../runtime/name-of-error.ts';
import { MOST_ATTEMPTS, UNKNOWN_ATTEMPTS } from '../attempts.ts';
import { giveUpPerson } from '../give-up-person.ts';
import type { DeliveryVerdict } from '../flight.ts';
import type { Pace } from '../pace.ts';
import { openTimeLimit, within } from '../../runtime/time-limit.ts';
import type { WorkerLog } from '../../runtime/worker-log.ts';
import type { NoticeSent, SendNotice, SpokenNotice } from './send.ts';

export type NoticeRoom = {
  db: Db;
  clock: Clock;
  texts: Texts;
  /** As it is to be said at this moment; undefined: nobody is to have it any more. */
  asOfNow: (notice: OutboxRow) => Promise<SaidNow | undefined>;
  send: SendNotice;
  pace: Pick<Pace, 'waitMs' | 'refuse'>;
  /** The pace's own time. */
  paceClock: Clock;
  log: WorkerLog;
  onGivenUp?: (() => void) | undefined;
};

/** With the backoff, about half an hour. */
const MOST_WITH_PAPER = 12;
/** Somebody who blocked the bot is tried again with the first notice after a day. */
const UNREACHABLE_MS = DAY_MS;
/** `SendNotice` promises to settle sooner; a promise that was broken must not hold a notice for ever. */
const SEND_LIMIT = openTimeLimit(90_000);
/** The pace itself never makes anybody wait for so long. */
const SHORT_WAIT_MS = 1000;

/** Sends one notice and tells what is to be written down. Never throws. */
export async function deliver(
  { db, clock, texts, asOfNow, send, pace, paceClock, log, onGivenUp }: NoticeRoom,
  notice: OutboxRow,
): Promise<DeliveryVerdict> {
  const { id } = notice;
  const to = notice.addressee as 'staff' | MessengerId;
  /** Those that are told by the same message: what becomes of it becomes of them. */
  let others: readonly number[] = [];
  // The others are said by themselves then.
  const giveUp = async (reason: string) => {
    await markOutboxFailed(db, [id], reason, clock());
    await updateOutboxReleasedAll(db, others);
    onGivenUp?.();
  };
  const fail = (reason: string): DeliveryVerdict => {
    log.warn({ notice: id, text: notice.text, reason }, 'a notice was given up');
    return unsent(() => giveUp(reason));
  };
  const release = async () => {
    await updateOutboxReleased(db, id);
    await updateOutboxReleasedAll(db, others);
  };
  const postpone = (reason: string): DeliveryVerdict => {
    // Towards staff nothing is ever given up: their group is a matter of settings.
    if (to !== 'staff' && notice.attempts + 1 >= MOST_ATTEMPTS) return fail(reason);
    log.warn(
      { notice: id, text: notice.text, attempts: notice.attempts + 1, reason },
      'a notice could not be sent, it will be tried again',
    );
    return unsent(async () => {
      await updateOutboxPostponed(db, id, later(clock(), backoffMs(notice.attempts, QUEUE_BACKOFF)));
      await updateOutboxReleasedAll(db, others);
    });
  };

  let sent: NoticeSent;
  try {
    if (to !== 'staff' && (await isUnreachable(db, to, later(clock(), -UNREACHABLE_MS)))) return fail('blocked');
    const wanted = await asOfNow(notice);
    if (!wanted) return fail(NOT_WANTED);
    others = wanted.others ?? [];
    // One that never gets through is not to keep the words below it, and all that waits behind them.
    const spoken = speak(texts, wanted, notice.attempts < MOST_WITH_PAPER ? notice.paper : null);
    if (!spoken) return (notice.attempts < UNKNOWN_ATTEMPTS ? postpone : fail)('there is no such text, or its words are wanting');
    // Everybody was told to wait while this one was looked at.
    if (pace.waitMs(to, paceClock()) > SHORT_WAIT_MS) return unsent(release);
    sent = await within(SEND_LIMIT, send(to, spoken), noAnswer);
  } catch (error) {
    return postpone(nameOfError(error));
  }

  if (sent.outcome === 'sent') return { arrived: true, write: () => markOutboxDone(db, [id, ...others], clock()), giveUp };
  if (sent.outcome === 'wait') {
    const now = paceClock();
    pace.refuse(to, now, later(now, sent.seconds * 1000));
    return unsent(release);
  }
  if (sent.outcome === 'refused') return fail(sent.reason);
  // Staff who cannot be reached are a fault of the settings, to be mended while the notices wait.
  return to === 'staff' ? postpone(sent.reason) : unsent(() => db.transaction().execute((trx) => giveUpPerson(trx, to, clock())));
}

function noAnswer(): never {
  throw new Error('no answer');
}

const unsent = (write: () => Promise<void>): DeliveryVerdict => ({ arrived: false, write });

type Unspoken = Pick<OutboxRow, 'text' | 'words' | 'doors'>;

function speak(texts: Texts, { text, words, doors }: Unspoken, paper: OutboxRow['paper']): SpokenNotice | undefined {
  try {
    return {
      marked: texts.text(text, words, { marked: true }),
      doors: doors.map((door) => ({ ...door, label: texts.text(door.label, words), ...lookOf(door.label) })),
      paper: paper ?? undefined,
    };
  } catch {
    return undefined;
  }
}
