import { deliver } from '../../../src/delivery/notices/deliver.ts';
import type { NoticeSent, SendNotice, SpokenNotice } from '../../../src/delivery/notices/send.ts';
import { outboxSource } from '../../../src/delivery/source.ts';
import { asOfNow } from '../../../src/office/news/news-delivery.ts';
import { type Notice, postNotice } from '../../../src/office/notices.ts';
import type { Db } from '../../../src/records/database.ts';
import type { OutboxRow } from '../../../src/records/outbox.ts';
import type { Texts } from '../../../src/texts/texts.ts';
import { startLoneOutbox, telegramPace } from '../../kit/lone-outbox.ts';
import { waitedTime } from '../../kit/waited-time.ts';

export const START = Date.parse('2026-11-22T12:00:00Z');

type Sent = { to: string; marked: string; at: number };
type Answer = (to: Parameters<SendNotice>[0], notice: SpokenNotice, at: number) => NoticeSent | Promise<NoticeSent>;

/** `known-later` is a text of a newer release, which leads from the sixth look on. */
function openTexts(): Texts {
  let looks = 0;
  return {
    has: () => true,
    text: (name, words) => {
      if (name === 'no-such-text' || (name === 'known-later' && (looks += 1) <= 5)) throw new Error('no such text');
      const n = words?.n;
      return typeof n === 'number' || typeof n === 'string' ? `${name}${n}` : name;
    },
  };
}

/** A worker on a clock that runs as fast as the worker sleeps. */
export function line({ db, url }: { db: Db; url: string }, answer: Answer = () => ({ outcome: 'sent' })) {
  const time = waitedTime(START);
  const { clock } = time;
  const arrived: Sent[] = [];
  const logged: string[] = [];
  const told: string[] = [];
  const log = {
    info: (_: unknown, message: string) => void told.push(message),
    warn: (fields: unknown, message: string) => void logged.push(`${JSON.stringify(fields)} ${message}`),
  };
  const sendBy =
    (overtime: Answer) =>
    async (to: Parameters<SendNotice>[0], notice: SpokenNotice): Promise<NoticeSent> => {
      const at = clock().getTime();
      const said = await overtime(to, notice, at);
      if (said.outcome === 'sent') arrived.push({ to, marked: notice.marked, at });
      return said;
    };
  const start = (overtime: Answer = answer) => {
    const pace = telegramPace();
    const texts = openTexts();
    const room = {
      db,
      clock,
      paceClock: clock,
      pace,
      texts,
      log,
      asOfNow: (notice: OutboxRow) => asOfNow(db, notice, clock()),
      send: sendBy(overtime),
    };
    const source = outboxSource({ db, clock, timeZone: 'Europe/Moscow' }, async (row) => ({
      messages: 1,
      go: () => deliver(room, row),
    }));
    return startLoneOutbox({ source, pace, url, time, log });
  };
  return {
    arrived,
    logged,
    /** What the operator was told of the progress. */
    told,
    start,
    at: time.set,
    post: (...notices: Notice[]) =>
      db.transaction().execute(async (trx) => {
        for (const notice of notices) await postNotice(trx, notice, clock());
      }),
  };
}

/** What became of the notices that wait no more. */
export async function ends(db: Db) {
  const rows = await db.selectFrom('outbox').where('kind', '=', 'notice').selectAll().orderBy('id').execute();
  return {
    sent: rows.filter((row) => row.doneAt).length,
    failed: rows.filter((row) => row.failedAt).map((row) => row.lastError),
    words: rows.filter((row) => row.doneAt ?? row.failedAt).map((row) => row.words),
  };
}

/** How many notices are neither sent nor given up. */
export async function countWaiting(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('outbox')
    .where('kind', '=', 'notice')
    .where('doneAt', 'is', null)
    .where('failedAt', 'is', null)
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
