import { randomUUID } from 'node:crypto';
import { claimLeads, deleteLead, deleteLeadsOf, type LeadStanding } from '../../records/leads.ts';
import { type Bell, createBell } from '../../runtime/bell.ts';
import type { Leads, LedWork } from '../../runtime/leads.ts';
import { sleep } from '../../runtime/sleep.ts';
import { openDb, openPool } from './pool.ts';

export type LeadOptions = {
  url: string;
  /** For how long a lead is taken each time: after so long without a word of its holder another process leads. */
  leaseMs?: number;
  /** Rung when somebody lets go of a lead. */
  bell?: Bell;
};

/** `docs/operating.md` promises that a worker that dies is followed within ten seconds. */
const LEASE_MS = 9_000;
/** Its time is over by then, however it was rounded. */
const CLOCK_MS = 10;

/** One name that this process leads under, or wants to. */
type Candidate = {
  name: string;
  /** It is not asked for while what was led is being given back. */
  isWanted: boolean;
  hear: (standing: LeadStanding, asked: number) => void;
};

/**
 * All leads of this process, which are asked for in one statement. A lead is a row with a time: it needs no connection of its own, so it holds
 * through poolers, and whoever dies or falls silent loses it within seconds. Its holder counts a sixth less than it has been given, so that
 * it has stopped when the next one begins. Who stands by asks when the holder's time is over, which goes on as long as the holder lives.
 */
export function openLeads({ url, leaseMs = LEASE_MS, bell = createBell() }: LeadOptions): Leads {
  const holder = randomUUID();
  const beatMs = leaseMs / 4;
  // A connection that died without a word is given up, and another one asked, while the lead is still ours.
  const answerMs = Math.ceil(beatMs);
  const db = openDb(openPool({ connectionString: url, max: 1, query_timeout: answerMs, connectionTimeoutMillis: answerMs }));
  const candidates = new Map<string, Candidate>();
  const held = new Set<string>();
  const closing = new AbortController();
  const asking = keepAsking();

  async function keepAsking(): Promise<void> {
    for (let waitMs = leaseMs; !closing.signal.aborted; waitMs = await ask()) await bell.wait(waitMs, closing.signal);
  }

  /** How long it is until it is asked again. */
  async function ask(): Promise<number> {
    const names = [...candidates.values()].filter(({ isWanted }) => isWanted).map(({ name }) => name);
    if (names.length === 0) return leaseMs;
    const asked = performance.now();
    const standings = await claimLeads(db, names, holder, leaseMs).catch(() => undefined);
    if (!standings) return beatMs / 4;
    for (const standing of standings) candidates.get(standing.name)?.hear(standing, asked);
    if (standings.some(({ ours }) => ours)) return beatMs;
    const untilOver = Math.min(...standings.map(({ forMs }) => forMs ?? 0)) + CLOCK_MS;
    return Math.max(beatMs / 4, bell.isHeard() ? untilOver : Math.min(untilOver, beatMs));
  }

  async function lead({ name, onStandby = () => undefined }: Parameters<Leads['lead']>[0], work: LedWork, stop: AbortSignal) {
    let term: Term | undefined;
    let began: (() => void) | undefined;
    const candidate: Candidate = {
      name,
      isWanted: true,
      hear({ ours }, asked) {
        if (!ours) onStandby();
        if (!candidate.isWanted) return;
        if (!ours) return term?.end();
        const until = asked + (leaseMs * 5) / 6;
        // What came too late is not taken up again: the work has been told to end.
        if (term) term.renew(until);
        else term = beginTerm(until);
        began?.();
      },
    };
    candidates.set(name, candidate);
    try {
      while (!stop.aborted) {
        bell.ring();
        await new Promise<void>((resolve) => {
          began = resolve;
          stop.addEventListener('abort', () => resolve(), { once: true });
        });
        began = undefined;
        if (!term || stop.aborted) break;
        held.add(name);
        try {
          await work(AbortSignal.any([term.lost, stop]), term.stillLeads);
        } finally {
          held.delete(name);
          candidate.isWanted = false;
          term.end();
          term = undefined;
          // Where that cannot be written, it ends by itself.
          await deleteLead(db, name, holder).catch(() => undefined);
        }
        // Another one may have it now, who does not end at once.
        await sleep(beatMs, stop);
        candidate.isWanted = true;
      }
    } finally {
      candidates.delete(name);
    }
  }

  return {
    lead,
    held: () => [...held],
    async close() {
      closing.abort();
      await asking;
      // One may have been given to us while nobody wanted it any more.
      await deleteLeadsOf(db, holder).catch(() => undefined);
      await db.destroy();
    },
  };
}

type Term = ReturnType<typeof beginTerm>;

/** A lead that is ours until then, by our clock; `lost` is aborted when what was given is over, or ended before. */
function beginTerm(until: number) {
  const lost = new AbortController();
  const end = () => lost.abort();
  let deadline = setTimeout(end, until - performance.now());
  lost.signal.addEventListener('abort', () => clearTimeout(deadline));
  return {
    lost: lost.signal,
    end,
    renew(later: number) {
      if (lost.signal.aborted) return;
      until = later;
      clearTimeout(deadline);
      deadline = setTimeout(end, until - performance.now());
    },
    stillLeads: () => !lost.signal.aborted && performance.now() < until,
  };
}
