import { later, MINUTE_MS } from '../domain/durations.ts';
import type { Clock } from '../office/edges.ts';
import { type Bell, createBell } from '../runtime/bell.ts';
import { nameOfError } from '../runtime/name-of-error.ts';
import type { Leads, StillLeads } from '../runtime/leads.ts';
import { sleep } from '../runtime/sleep.ts';
import type { WorkerLog } from '../runtime/worker-log.ts';
import { isRefusedByDatabase } from './database-refusal.ts';
import type { ClaimedRow, OutboxSource, DeliveryVerdict } from './flight.ts';
import { type Pace, STAFF } from './pace.ts';
import { LONG_PAUSE_MS } from './paces.ts';
import { createBacklogReport } from './backlog-report.ts';

export type Outbox = {
  /** Takes no more, waits for what is under way. */
  stop: () => Promise<void>;
};

export type OutboxOptions = {
  source: OutboxSource;
  pace: Pace;
  leads: Leads;
  /** A messenger's limits go by the time that everybody has. */
  paceClock: Clock;
  /** What the group was sent outlives the process, so that the next one keeps the pace too. */
  groupSends: GroupSends;
  log: WorkerLog;
  sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /** Rung when something comes in. */
  bell?: Bell | undefined;
  /** How often it is looked for what came in all the same: where the bell is rung, and where it is not. */
  idleMs?: { heard: number; deaf: number } | undefined;
  /** Hears after each step that all is well: the outbox was looked through, or another process leads. */
  onStep?: (() => void) | undefined;
};

export type GroupSends = {
  /** So many messages go out to the group now. */
  keep: (at: Date, messages: number) => Promise<void>;
  /** Those since then, oldest first. */
  list: (since: Date) => Promise<readonly { at: Date; messages: number }[]>;
};

const MOST_FLYING = 60;
const AGAIN_MS = 1000;
/** Of what became of a message, by the database: so often, before it is believed. */
const MOST_REFUSALS = 5;
/** Chats that have rested at about the same time are looked after together. */
const TOGETHER_MS = 50;
/** Where the bell is heard a look by itself is only a net below it. */
const IDLE_MS = { heard: 10_000, deaf: 2000 };

/**
 * Sends what is in the outbox as it comes in. Any number of processes may call it: one sends, the others stand by. Each thing goes out at least
 * once; twice only if the process died, or the network broke, between the messenger's taking it and our hearing or writing down that it did.
 */
export function startOutbox({
  source,
  pace,
  leads,
  paceClock,
  groupSends,
  log,
  sleep: wait = sleep,
  bell = createBell(wait),
  idleMs = IDLE_MS,
  onStep = () => undefined,
}: OutboxOptions): Outbox {
  const stop = new AbortController();
  const progress = createBacklogReport(log, paceClock, source);
  /** What is being sent, or was sent and could not yet be written down: never to be sent again by this process. */
  const flying = new Map<string, Promise<void>>();
  /** When the next is due that is meant for later; undefined: it may be another one by now. */
  let nextDue: Date | undefined;
  /** When the first of those has rested who rested when the outbox was looked through last: what waits for them was not taken then. */
  let restedAtMs = Number.POSITIVE_INFINITY;
  /** Something went back into its line, or the outbox could not be read. */
  let again = false;
  let isUnread = false;

  /** Calls that follow others; they are no messages, and keep the pace of all calls. */
  const afterwards: (() => Promise<void>)[] = [];
  const following = new Set<Promise<void>>();

  async function fly(load: ClaimedRow, go: () => Promise<DeliveryVerdict>): Promise<void> {
    const verdict = await go();
    if (verdict.arrived) pace.taken(load.addressee);
    await writeDown(verdict, load);
    if (verdict.arrived) progress.sent();
    flying.delete(load.key);
    if (verdict.afterwards) afterwards.push(verdict.afterwards);
    // What comes behind it may go out.
    bell.ring();
  }

  /**
   * Tries until it is written: a lost lead or database must not send it a second time. After `stop`, for some seconds only. What the database
   * refuses for what it says will never be written: it is given up, else it would be sent anew by each process that leads after this one.
   */
  async function writeDown({ write, giveUp }: DeliveryVerdict, { key }: ClaimedRow): Promise<void> {
    let refusals = 0;
    for (let triesLeft = 5; triesLeft > 0; triesLeft -= stop.signal.aborted ? 1 : 0) {
      try {
        if (refusals < MOST_REFUSALS || !giveUp) return await write();
        return await giveUp('what became of it cannot be written down');
      } catch (error) {
        if (isRefusedByDatabase(error)) refusals += 1;
        log.warn({ what: key, reason: nameOfError(error) }, 'what became of a message could not be written down');
        await wait(AGAIN_MS);
      }
    }
  }

  async function take(): Promise<ClaimedRow[]> {
    // A second's worth.
    const limit = Math.min(Math.ceil(pace.perSecond), MOST_FLYING - flying.size);
    // What lands while the outbox is asked may still stand there as it was before.
    const flyingBefore = new Map(flying);
    let taken: ClaimedRow[];
    const now = paceClock();
    restedAtMs = now.getTime() + pace.restedInMs(now);
    try {
      taken = limit > 0 ? await source.take({ limit, resting: pace.resting(now) }) : [];
    } catch (error) {
      again = true;
      if (!isUnread) log.warn({ reason: nameOfError(error) }, 'the outbox could not be read');
      isUnread = true;
      return [];
    }
    if (isUnread) log.info({}, 'the outbox can be read again');
    isUnread = false;
    onStep();
    return taken.filter(({ key, release }) => {
      const flight = flying.get(key) ?? flyingBefore.get(key);
      // It was let go of a moment ago, or its lease ran out: it is taken again once nothing of it is under way.
      void flight?.then(release).then(bell.ring, () => {});
      return flight === undefined;
    });
  }

  /** One that was taken goes out, or back into its line. */
  async function launch(load: ClaimedRow, signal: AbortSignal, stillLeads: StillLeads): Promise<void> {
    const release = () => load.release().catch(() => {});
    const releaseForNow = () => {
      again = true;
      return release();
    };
    await ready(load.addressee, signal);
    // Taken a second ago, when the chat may not have had its share yet.
    if (signal.aborted || pace.waitMs(load.addressee, paceClock()) > 0 || pace.restMs(load.addressee, paceClock()) > 0)
      return release();
    const flight = await load.prepare().catch((error: unknown) => {
      log.warn({ what: load.key, reason: nameOfError(error) }, 'a message could not be made ready');
      return releaseForNow();
    });
    if (!flight) return;
    const { messages, go, share } = flight;
    const counted = share?.of ?? load.addressee;
    const restMs = messages === 0 ? 0 : pace.restMs(counted, paceClock(), share?.room ?? messages);
    if (restMs > 0 && share) return share.postpone(restMs).catch(releaseForNow);
    // An album waits for room in the minute, and nothing that came later takes it away.
    if (restMs > 0) pace.hold(load.addressee, later(paceClock(), restMs));
    if (restMs > 0 || pace.waitMs(load.addressee, paceClock()) > LONG_PAUSE_MS) return release();
    if (counted === STAFF && messages > 0) {
      try {
        await groupSends.keep(paceClock(), messages);
      } catch {
        return releaseForNow();
      }
    }
    pace.note(counted, paceClock(), messages);
    // This process may have stood still for longer than its lead lasts.
    if (!stillLeads()) return release();
    flying.set(load.key, fly(load, go));
  }

  /** What follows what has gone out; through a longer pause it is left out. */
  async function follow(signal: AbortSignal): Promise<void> {
    for (let next = afterwards.shift(); next; next = afterwards.shift()) {
      await ready(STAFF, signal);
      if (signal.aborted || pace.waitMs(STAFF, paceClock()) > 0) continue;
      pace.note(STAFF, paceClock(), 0);
      const call: Promise<void> = next()
        .catch(() => {})
        .finally(() => following.delete(call));
      following.add(call);
    }
  }

  async function lead(signal: AbortSignal, stillLeads: StillLeads): Promise<void> {
    await rememberGroup(signal);
    nextDue = undefined;
    // The next ones are taken while these are being sent, so that a slow database does not slow the line.
    let ahead: Promise<ClaimedRow[]> | undefined;
    while (!signal.aborted) {
      const taken = await (ahead ?? take());
      ahead = taken.length > 0 ? take() : undefined;
      for (const load of taken) {
        await follow(signal);
        await launch(load, signal, stillLeads);
      }
      await follow(signal);
      await progress.look(taken.length === 0 && flying.size === 0).catch(() => {});
      if (taken.length === 0) await rest(signal);
      else nextDue = undefined;
    }
    for (const { release } of (await ahead) ?? []) await release().catch(() => {});
    await Promise.all([...flying.values(), ...following]);
  }

  /** Until something comes in, has landed, has rested or is due. */
  async function rest(signal: AbortSignal): Promise<void> {
    const idle = bell.isHeard() ? idleMs.heard : idleMs.deaf;
    const now = paceClock();
    // One that rested when it was looked may have rested since, and nothing else tells of it.
    const rested = Math.max(Math.min(pace.restedInMs(now), restedAtMs - now.getTime()), TOGETHER_MS);
    let waitMs = Math.min(idle, rested, again ? AGAIN_MS : idle);
    again = false;
    // Who looks again in a moment need not know.
    if (waitMs > AGAIN_MS) {
      nextDue ??= await source.dueInMs().then(
        (ms) => later(paceClock(), Math.min(ms, MINUTE_MS)),
        () => later(paceClock(), AGAIN_MS),
      );
      waitMs = Math.min(waitMs, Math.max(0, nextDue.getTime() - paceClock().getTime()));
    }
    if ((await bell.wait(waitMs, signal)) || (nextDue && nextDue <= paceClock())) nextDue = undefined;
  }

  /** Whoever led before may have sent the group its share a moment ago. */
  async function rememberGroup(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const sends = await groupSends.list(later(paceClock(), -MINUTE_MS));
        const now = paceClock();
        // The clock may have been set back since.
        for (const { at, messages } of sends) pace.note(STAFF, at < now ? at : now, messages);
        return;
      } catch (error) {
        log.warn({ reason: nameOfError(error) }, 'what the group was sent could not be read');
        await wait(AGAIN_MS, signal);
      }
    }
  }

  /** Waits for the pace; gives up where the pause is long. */
  async function ready(addressee: string, signal: AbortSignal): Promise<void> {
    const waitMs = () => pace.waitMs(addressee, paceClock());
    for (let ms = waitMs(); ms > 0 && ms <= LONG_PAUSE_MS && !signal.aborted; ms = waitMs()) await wait(ms, signal);
  }

  const running = leads.lead({ name: 'outbox', onStandby: onStep }, lead, stop.signal);
  return {
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}
