import { randomUUID } from 'node:crypto';
import { deleteLead, claimLead } from '../../records/leads.ts';
import { sleep } from '../sleep.ts';
import { openDb, openPool } from './pool.ts';

export type Lead = {
  url: string;
  name: string;
  /** How often who does not lead asks whether it may. */
  retryMs?: number;
  /** For how long a lead is taken each time: after so long without a word of its holder another process leads. */
  leaseMs?: number;
  /** Hears that the database answered, and that it is somebody else who leads. */
  onStandby?: () => void;
};

/** Whether this process leads at this moment, by its own clock: for steps that nobody may take twice. */
export type StillLeads = () => boolean;

const LEASE_MS = 8_000;
const RETRY_MS = 2_000;

/**
 * Calls `work` while this process alone, of all that share the database, leads under `name`, and again each time it leads anew; the signal
 * that `work` gets is aborted when the lead is lost or `stop` is. Resolves once `stop` is aborted and `work` has ended; throws what `work` throws.
 * The lead is a row with a time: it needs no connection of its own, so it holds through poolers, and whoever dies or falls silent loses it
 * within seconds. Its holder counts a sixth less than it has been given, so that it has stopped when the next one begins.
 */
export async function leadAlone(
  { url, name, retryMs = RETRY_MS, leaseMs = LEASE_MS, onStandby = () => undefined }: Lead,
  work: (signal: AbortSignal, stillLeads: StillLeads) => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  const holder = randomUUID();
  // A connection that died without a word is given up, and another one asked, while the lead is still ours.
  const answerMs = Math.ceil(leaseMs / 4);
  const pool = openPool({ connectionString: url, max: 1, query_timeout: answerMs, connectionTimeoutMillis: answerMs });
  const db = openDb(pool);
  const ask = async (): Promise<Answer> => {
    const asked = performance.now();
    const taken = await claimLead(db, name, holder, leaseMs).catch(() => undefined);
    if (taken === undefined) return 'unknown';
    if (taken) return { until: asked + (leaseMs * 5) / 6 };
    onStandby();
    return 'another';
  };

  try {
    while (!stop.aborted) {
      const answer = await ask();
      if (typeof answer === 'object') {
        const kept = keep(answer.until, ask, leaseMs / 4);
        try {
          if (!stop.aborted) await work(AbortSignal.any([kept.lost, stop]), kept.stillLeads);
        } finally {
          await kept.end();
          // Where that cannot be written, it ends by itself.
          await deleteLead(db, name, holder).catch(() => undefined);
        }
      }
      await sleep(retryMs, stop);
    }
  } finally {
    await db.destroy();
  }
}

/** Whose the lead is; ours until then, by our clock. */
type Answer = { until: number } | 'another' | 'unknown';

/** Asks for more time again and again; `lost` is aborted when what was given is over, or another one has it. */
function keep(until: number, ask: () => Promise<Answer>, everyMs: number) {
  const lost = new AbortController();
  const over = new AbortController();
  let deadline = setTimeout(() => lost.abort(), until - performance.now());

  async function beat(): Promise<void> {
    for (let waitMs = everyMs; ; ) {
      await sleep(waitMs, over.signal);
      if (over.signal.aborted || lost.signal.aborted) return;
      const answer = await ask();
      waitMs = answer === 'unknown' ? everyMs / 4 : everyMs;
      if (answer === 'another') lost.abort();
      // What came too late is not taken up again: the work has been told to end.
      if (typeof answer !== 'object' || lost.signal.aborted) continue;
      until = answer.until;
      clearTimeout(deadline);
      deadline = setTimeout(() => lost.abort(), until - performance.now());
    }
  }

  const beating = beat();
  return {
    lost: lost.signal,
    stillLeads: () => !lost.signal.aborted && performance.now() < until,
    async end() {
      over.abort();
      await beating;
      clearTimeout(deadline);
    },
  };
}
