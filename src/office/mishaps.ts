import { later } from '../domain/durations.ts';
import { addErrand } from '../records/errands.ts';
import {
  leaseUpdates,
  noteUpdateCame,
  parkUpdate,
  takeOrphanedUpdate,
  unparkUpdate,
  updatesUnderWay,
} from '../records/parked-updates.ts';
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

  async function letGoOf(id: string, text: 'desk-retried' | 'desk-retried-too-late'): Promise<void> {
    await db.transaction().execute(async (trx) => {
      const staff = await unparkUpdate(trx, id);
      if (staff) await addErrand(trx, { to: { staff }, kind: 'say', saying: { text, words: {}, doors: [] } }, clock());
    });
  }

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

    /** The work came to an end after all; of what staff let come again they hear. */
    settled: (id: string) => letGoOf(id, 'desk-retried'),

    /** What staff let come again is on its way. */
    cameAgain: (id: string) => noteUpdateCame(db, id),

    /** What staff let come again must not: its chat has gone on since. They hear it. */
    cannotComeAgain: (id: string) => letGoOf(id, 'desk-retried-too-late'),

    /** The work could not be done now: anybody may take it up in a moment. */
    letGo: (id: string) => leaseUpdates(db, [id], after(AGAIN_MS)),

    /** Puts a message aside for people and tells staff. `reference` finds it in the log. `whole`: nothing was taken out of it. */
    async putAside(
      id: string,
      message: string,
      state: 'failed' | 'stuck',
      trouble: Escalation,
      { whole }: { whole: boolean },
    ): Promise<void> {
      await db.transaction().execute(async (trx) => {
        const now = clock();
        const requestId = await escalate(trx, trouble, now);
        const sealed = keyring.seal(PLACE, message);
        await parkUpdate(trx, { id, state, sealed, leaseUntil: now, line: null, at: now, aside: { requestId, whole } });
      });
    },

    /** A message whose worker died, or that staff let come `again`, the oldest first. Undefined when there is none. */
    async takeOrphan(): Promise<{ id: string; message: string; again: boolean } | undefined> {
      for (;;) {
        const orphan = await takeOrphanedUpdate(db, clock(), after(LEASE_MS));
        if (!orphan) return undefined;
        const message = keyring.open(PLACE, orphan.sealed);
        if (message !== undefined) return { id: orphan.id, message, again: orphan.again };
        // Its key is gone: nobody can ever read it.
        await unparkUpdate(db, orphan.id);
      }
    },
  };
}
