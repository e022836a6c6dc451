import { parkUpdate, takeOrphanedUpdate, unparkUpdate } from '../records/parked-updates.ts';
import type { OfficeEdges } from './edges.ts';
import { type Escalation, escalate } from './escalations.ts';

/** Longer than any work on an update may take before it counts as stuck. */
const LEASE_MS = 120_000;
const PLACE = 'parked-update';

export type Mishaps = ReturnType<typeof createMishaps>;

/** Where messages go whose handling fails, takes too long or never ends, so that the rest go on and nothing is lost. */
export function createMishaps({ db, clock, keyring }: Pick<OfficeEdges, 'db' | 'clock' | 'keyring'>) {
  const leaseUntil = () => new Date(clock().getTime() + LEASE_MS);

  return {
    /** Keeps a message that is being worked on for long: should this process die, another one takes it up. */
    async holdSafe(id: string, message: string): Promise<void> {
      await parkUpdate(db, {
        id,
        state: 'under way',
        sealed: keyring.seal(PLACE, message),
        leaseUntil: leaseUntil(),
        at: clock(),
      });
    },

    /** The work came to an end after all. */
    settled: (id: string) => unparkUpdate(db, id),

    /** Puts a message aside for people and tells staff. `reference` finds it in the log. */
    async putAside(id: string, message: string, state: 'failed' | 'stuck', trouble: Escalation): Promise<void> {
      await db.transaction().execute(async (trx) => {
        await parkUpdate(trx, { id, state, sealed: keyring.seal(PLACE, message), leaseUntil: clock(), at: clock() });
        await escalate(trx, trouble, clock());
      });
    },

    /** A message whose worker died. Undefined when there is none. */
    async takeOrphan(): Promise<{ id: string; message: string } | undefined> {
      const orphan = await takeOrphanedUpdate(db, clock(), leaseUntil());
      if (!orphan) return undefined;
      const message = keyring.open(PLACE, orphan.sealed);
      return message === undefined ? undefined : { id: orphan.id, message };
    },
  };
}
