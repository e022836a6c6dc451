import { later } from '../domain/durations.ts';
import { leaseUpdates, parkUpdate, takeOrphanedUpdate, unparkUpdate, updatesUnderWay } from '../records/parked-updates.ts';
import type { OfficeEdges } from './edges.ts';
import { type Escalation, escalate } from './escalations.ts';

/** Whoever works on a message says so more often than this, see `stillAtWork`; after it the worker counts as dead. */
const LEASE_MS = 10_000;
const AGAIN_MS = 3_000;
const PLACE = 'parked-update';

export type Mishaps = ReturnType<typeof createMishaps>;

/** Where messages go whose handling fails, takes too long or never ends, so that the rest go on and nothing is lost. */
export function createMishaps({ db, clock, keyring }: Pick<OfficeEdges, 'db' | 'clock' | 'keyring'>) {
  const after = (ms: number) => later(clock(), ms);

  return {
    /** Keeps a message that is being worked on for long: should this process die, another one takes it up. `line`: the chat whose order it keeps. */
    async holdSafe(id: string, line: string | undefined, message: string): Promise<void> {
      const sealed = keyring.seal(PLACE, message);
      await parkUpdate(db, { id, state: 'under way', sealed, leaseUntil: after(LEASE_MS), line: line ?? null, at: clock() });
    },

    /** What is held safe, by whichever process. */
    underWay: () => updatesUnderWay(db),

    /** The messages that this process has held safe and works on. */
    stillAtWork: (ids: readonly string[]) => leaseUpdates(db, ids, after(LEASE_MS)),

    /** The work came to an end after all. */
    settled: (id: string) => unparkUpdate(db, id),

    /** The work could not be done now: anybody may take it up in a moment. */
    letGo: (id: string) => leaseUpdates(db, [id], after(AGAIN_MS)),

    /** Puts a message aside for people and tells staff. `reference` finds it in the log. */
    async putAside(id: string, message: string, state: 'failed' | 'stuck', trouble: Escalation): Promise<void> {
      await db.transaction().execute(async (trx) => {
        await parkUpdate(trx, { id, state, sealed: keyring.seal(PLACE, message), leaseUntil: clock(), line: null, at: clock() });
        await escalate(trx, trouble, clock());
      });
    },

    /** A message whose worker died, the oldest first. Undefined when there is none. */
    async takeOrphan(): Promise<{ id: string; message: string } | undefined> {
      for (;;) {
        const orphan = await takeOrphanedUpdate(db, clock(), after(LEASE_MS));
        if (!orphan) return undefined;
        const message = keyring.open(PLACE, orphan.sealed);
        if (message !== undefined) return { id: orphan.id, message };
        // Its key is gone: nobody can ever read it.
        await unparkUpdate(db, orphan.id);
      }
    },
  };
}
