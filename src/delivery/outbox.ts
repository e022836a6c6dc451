import { later, MINUTE_MS } from '../domain/durations.ts';
import type { Clock } from '../office/edges.ts';
import { nameOfError } from '../adapters/name-of-error.ts';
import { leadAlone, type StillLeads } from '../adapters/postgres/leader.ts';
import { sleep } from '../adapters/sleep.ts';
import type { Line, Load, OutboxLog, Verdict } from './line.ts';
import { createPace, type Pace } from './pace.ts';
import { createProgress } from './progress.ts';

export type Outbox = {
  /** Takes no more, waits for what is under way. */
  stop: () => Promise<void>;
};

export type OutboxOptions = {
  /** What goes out, in the order in which it is asked for. */
  lines: (pace: Pace) => readonly Line[];
  /** Where the lead is held: the same database as that of the lines. */
  url: string;
  /** Telegram's limits go by the time that everybody has. */
  paceClock: Clock;
  /** What the group was sent outlives the process, so that the next one keeps the pace too. */
  groupSends: GroupSends;
  log: OutboxLog;
  sleep?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** How often an empty line is looked at. */
  idleMs?: number | undefined;
  /** Hears after each step that all is well: the lines were looked through, or another process leads. */
  onStep?: (() => void) | undefined;
};

export type GroupSends = {
  /** So many messages go out to the group now. */
  keep: (at: Date, messages: number) => Promise<void>;
  /** Those since then, oldest first. */
  list: (since: Date) => Promise<readonly { at: Date; messages: number }[]>;
};

/** A second's worth. */
const BATCH = 29;
const MOST_FLYING = 60;
/** Nothing is held in hand through a longer pause. */
const LONG_PAUSE_MS = 5000;
const WRITE_AGAIN_MS = 1000;
const GROUP = 'staff';

/** Longer than any send: what was taken is taken by somebody else only when its worker is gone. */
export const LEASE_MS = 2 * MINUTE_MS;

/**
 * Sends what is in the lines as it comes in. Any number of processes may call it: one sends, the others stand by. Each thing goes out at least
 * once; twice only if the process died, or the network broke, between Telegram's taking it and our hearing or writing down that it did.
 */
export function startOutbox({
  lines: open,
  url,
  paceClock,
  groupSends,
  log,
  sleep: wait = sleep,
  idleMs = 500,
  onStep = () => undefined,
}: OutboxOptions): Outbox {
  const stop = new AbortController();
  const pace = createPace((chat) => chat === GROUP);
  const lines = open(pace);
  const progress = createProgress(log, paceClock, lines);
  /** What is being sent, or was sent and could not yet be written down: never to be sent again by this process. */
  const flying = new Map<string, Promise<void>>();

  /** Calls that follow others; they are no messages, and keep the pace of all calls. */
  const afterwards: (() => Promise<void>)[] = [];
  const following = new Set<Promise<void>>();

  async function fly(load: Load, go: () => Promise<Verdict>): Promise<void> {
    const verdict = await go();
    if (verdict.arrived) pace.taken();
    await writeDown(verdict, load.key);
    if (verdict.arrived) progress.sent();
    flying.delete(load.key);
    if (verdict.afterwards) afterwards.push(verdict.afterwards);
  }

  /** Tries until it is written: a lost lead or database must not send it a second time. After `stop`, for some seconds only. */
  async function writeDown({ write }: Verdict, key: string): Promise<void> {
    for (let triesLeft = 5; triesLeft > 0; triesLeft -= stop.signal.aborted ? 1 : 0) {
      try {
        return await write();
      } catch (error) {
        log.warn({ what: key, reason: nameOfError(error) }, 'what became of a message could not be written down');
        await sleep(WRITE_AGAIN_MS);
      }
    }
  }

  async function take(): Promise<Load[]> {
    if (pace.waitMs(paceClock()) > LONG_PAUSE_MS) {
      onStep();
      return [];
    }
    const taken: Load[] = [];
    let allAnswered = true;
    for (const line of lines) {
      const limit = Math.min(BATCH, MOST_FLYING - flying.size - taken.length);
      if (limit <= 0) break;
      const resting = [...pace.resting(paceClock()), ...taken.map(({ addressee }) => addressee)];
      try {
        taken.push(...(await line.take({ limit, resting })));
      } catch (error) {
        allAnswered = false;
        log.warn({ reason: nameOfError(error) }, `${line.name} could not be taken`);
      }
    }
    if (allAnswered) onStep();
    return taken.filter(({ key, release }) => {
      const flight = flying.get(key);
      // It was let go of a moment ago, or its lease ran out: it is taken again once nothing of it is under way.
      void flight?.then(release).catch(() => {});
      return flight === undefined;
    });
  }

  /** One that was taken goes out, or back into its line. */
  async function launch(load: Load, signal: AbortSignal, stillLeads: StillLeads): Promise<void> {
    const release = () => load.release().catch(() => {});
    await ready(signal);
    // Taken a second ago, when the chat may not have had its share yet.
    if (signal.aborted || pace.waitMs(paceClock()) > 0 || pace.restMs(load.addressee, paceClock()) > 0) return release();
    const flight = await load.prepare().catch((error: unknown) => {
      log.warn({ what: load.key, reason: nameOfError(error) }, 'a message could not be made ready');
      return release();
    });
    if (!flight) return;
    const { messages, go } = flight;
    const restMs = messages === 0 ? 0 : pace.restMs(load.addressee, paceClock(), messages);
    // An album waits for room in the minute, and nothing that came later takes it away.
    if (restMs > 0) pace.hold(load.addressee, later(paceClock(), restMs));
    if (restMs > 0 || pace.waitMs(paceClock()) > LONG_PAUSE_MS) return release();
    const now = paceClock();
    pace.note(load.addressee, now, messages);
    if (load.addressee === GROUP && messages > 0) {
      try {
        await groupSends.keep(now, messages);
      } catch {
        return release();
      }
    }
    // This process may have stood still for longer than its lead lasts.
    if (!stillLeads()) return release();
    flying.set(load.key, fly(load, go));
  }

  /** What follows what has gone out; through a longer pause it is left out. */
  async function follow(signal: AbortSignal): Promise<void> {
    for (let next = afterwards.shift(); next; next = afterwards.shift()) {
      await ready(signal);
      if (signal.aborted || pace.waitMs(paceClock()) > 0) continue;
      pace.note(GROUP, paceClock(), 0);
      const call: Promise<void> = next()
        .catch(() => {})
        .finally(() => following.delete(call));
      following.add(call);
    }
  }

  async function lead(signal: AbortSignal, stillLeads: StillLeads): Promise<void> {
    await rememberGroup(signal);
    // The next ones are taken while these are being sent, so that a slow database does not slow the line.
    let ahead: Promise<Load[]> | undefined;
    while (!signal.aborted) {
      const taken = await (ahead ?? take());
      ahead = taken.length > 0 ? take() : undefined;
      for (const load of taken) {
        await follow(signal);
        await launch(load, signal, stillLeads);
      }
      await follow(signal);
      await progress.look(taken.length === 0 && flying.size === 0).catch(() => {});
      if (taken.length === 0) await wait(idleMs, signal);
    }
    for (const { release } of (await ahead) ?? []) await release().catch(() => {});
    await Promise.all([...flying.values(), ...following]);
  }

  /** Whoever led before may have sent the group its share a moment ago. */
  async function rememberGroup(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const sends = await groupSends.list(later(paceClock(), -MINUTE_MS));
        const now = paceClock();
        // The clock may have been set back since.
        for (const { at, messages } of sends) pace.note(GROUP, at < now ? at : now, messages);
        return;
      } catch (error) {
        log.warn({ reason: nameOfError(error) }, 'what the group was sent could not be read');
        await wait(WRITE_AGAIN_MS, signal);
      }
    }
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

  const running = leadAlone({ url, name: 'notices', onStandby: onStep }, lead, stop.signal);
  return {
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}
