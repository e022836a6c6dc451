import { later, MINUTE_MS } from '../../domain/durations.ts';
import { isNight } from '../../domain/quiet-hours.ts';
import type { Clock } from '../../office/edges.ts';
import { countWaiting, type NoticeRow, releaseNotice, takeNotices } from '../../records/notices.ts';
import { leadAlone } from '../postgres/leader.ts';
import { sleep } from '../sleep.ts';
import { type Delivery, deliver, type Verdict } from './deliver.ts';
import { createPace } from './pace.ts';
import { createProgress } from './progress.ts';

export type NoticesWorker = {
  /** Takes no more, waits for what is under way. */
  stop: () => Promise<void>;
};

export type WorkerOptions = Omit<Delivery, 'pace' | 'paceClock'> & {
  /** Telegram's limits go by the time that everybody has; `clock` may be moved. By default the same. */
  paceClock?: Clock;
  /** Where the lead is held: the same database as `db`, not through a pooler. */
  url: string;
  /** Whose nights are kept free of news. */
  timeZone: string;
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** How often an empty line is looked at. */
  idleMs?: number;
};

/** A second's worth. */
const BATCH = 29;
const MOST_FLYING = 60;
/** Longer than any send: a notice is taken by somebody else only when its worker is gone. */
const LEASE_MS = 2 * MINUTE_MS;
/** What is taken now may arrive so much later, and must not do so at night. */
const ON_ITS_WAY_MS = MINUTE_MS;
/** Notices are not held in hand through a longer pause. */
const LONG_PAUSE_MS = 5000;
const WRITE_AGAIN_MS = 1000;

/**
 * Sends notices as they come in. Any number of processes may call it: one sends, the others stand by. A notice goes out at least once; twice
 * only if the process died, or the network broke, between Telegram's taking it and our hearing or writing down that it did.
 */
export function startNotices({ url, timeZone, sleep: wait = sleep, idleMs = 500, ...given }: WorkerOptions): NoticesWorker {
  const stop = new AbortController();
  const pace = createPace((chat) => chat === 'staff');
  const { db, clock, paceClock = clock, log } = given;
  const delivery: Delivery = { ...given, pace, paceClock };
  const isNightSoon = (now: Date) => isNight(now, timeZone) || isNight(later(now, ON_ITS_WAY_MS), timeZone);
  const progress = createProgress(log, clock, () => countWaiting(db, isNightSoon(clock()), clock()));
  /** Notices that are being sent, or were sent and could not yet be marked: never to be sent again by this process. */
  const flying = new Map<number, Promise<void>>();

  async function fly(notice: NoticeRow): Promise<void> {
    const verdict = await deliver(delivery, notice);
    await writeDown(verdict, notice.id);
    if (verdict.arrived) progress.sent();
    flying.delete(notice.id);
  }

  /** Tries until it is written: a lost lead or database must not send the notice a second time. After `stop`, for some seconds only. */
  async function writeDown({ write }: Verdict, id: number): Promise<void> {
    for (let triesLeft = 5; triesLeft > 0; triesLeft -= stop.signal.aborted ? 1 : 0) {
      try {
        return await write();
      } catch (error) {
        log.warn({ notice: id, reason: nameOf(error) }, 'what became of a notice could not be written down');
        await sleep(WRITE_AGAIN_MS);
      }
    }
  }

  async function take(): Promise<NoticeRow[]> {
    const limit = Math.min(BATCH, MOST_FLYING - flying.size);
    const now = clock();
    if (limit <= 0 || pace.waitMs(paceClock()) > LONG_PAUSE_MS) return [];
    const until = later(now, LEASE_MS);
    const taken = await takeNotices(db, { limit, resting: pace.resting(paceClock()), until, night: isNightSoon(now) }, now);
    return taken.filter(({ id }) => !flying.has(id));
  }

  async function lead(signal: AbortSignal): Promise<void> {
    const takeOrNone = () =>
      take().catch((error: unknown): NoticeRow[] => {
        log.warn({ reason: nameOf(error) }, 'notices could not be taken');
        return [];
      });
    // The next ones are taken while these are being sent, so that a slow database does not slow the line.
    let ahead: Promise<NoticeRow[]> | undefined;
    while (!signal.aborted) {
      const taken = await (ahead ?? takeOrNone());
      ahead = taken.length > 0 ? takeOrNone() : undefined;
      for (const notice of taken) {
        await ready(signal);
        // Taken a second ago, when the chat may not have had its share yet.
        if (signal.aborted || pace.waitMs(paceClock()) > 0 || pace.rests(notice.addressee, paceClock())) {
          await releaseNotice(db, notice.id).catch(() => {});
          continue;
        }
        pace.note(notice.addressee, paceClock());
        flying.set(notice.id, fly(notice));
      }
      await progress.look(taken.length === 0 && flying.size === 0).catch(() => {});
      if (taken.length === 0) await wait(idleMs, signal);
    }
    for (const { id } of (await ahead) ?? []) await releaseNotice(db, id).catch(() => {});
    await Promise.all(flying.values());
  }

  /** Waits for the pace; gives up where the pause is long. */
  async function ready(signal: AbortSignal): Promise<void> {
    for (
      let waitMs = pace.waitMs(paceClock());
      waitMs > 0 && waitMs <= LONG_PAUSE_MS && !signal.aborted;
      waitMs = pace.waitMs(paceClock())
    ) {
      await wait(waitMs, signal);
    }
  }

  const running = leadAlone({ url, name: 'notices' }, lead, stop.signal);
  return {
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
