import { MINUTE_MS } from '../domain/durations.ts';
import {
  claimInbox,
  deleteFromInbox,
  deleteInboxLease,
  insertIntoInbox,
  listInboxUnreadable,
  listOwnedInInbox,
  markInboxUnreadable,
  saveInboxLease,
  updateDeadLetterCame,
  updateInboxReadable,
} from '../records/update-inbox.ts';
import { keptSeal } from './dead-letters.ts';
import type { OfficeEdges } from './edges.ts';
import { escalate } from './escalations.ts';

/** An update as it is kept: `line` is the chat whose order it keeps; null: it stands alone. */
export type Waiting = { id: string; line: string | null; update: string };

export type Inbox = ReturnType<typeof createInbox>;

/** The lease of an owner: without a heartbeat for so long a process counts as dead. */
const LEASE_MS = 8_000;
/** So many updates are taken over at once. */
const MOST_CLAIMED = 500;
/** So often it is looked whether what others could not open can be opened here. */
const READABLE_MS = 10 * MINUTE_MS;

/**
 * Where updates wait that cannot start at once: sealed, in the order of their chats, each line with one process at a time (`owner`), which
 * another one takes over when it dies. An update is opaque text here.
 */
export function createInbox({ db, clock, keyring }: Pick<OfficeEdges, 'db' | 'clock' | 'keyring'>) {
  const { seal, open } = keptSeal(keyring);
  const lookedAt = new Map<string, number>();

  /** Those that staff hear of wait for a process that has their key: this one may be an old one, or the key was taken out too early. */
  async function setAside(owner: string, ids: readonly string[]): Promise<void> {
    const now = clock();
    await db.transaction().execute(async (trx) => {
      const unreadable = { reference: ids[0] ?? '', error: 'SECRET_KEY', key: 'update-failed/SECRET_KEY' };
      await markInboxUnreadable(trx, owner, ids, await escalate(trx, { kind: 'update-failed', ...unreadable }, now));
    });
  }

  /** What another process could not open and this one can waits for its turn again. */
  async function takeBack(messenger: string): Promise<void> {
    const looked = lookedAt.get(messenger) ?? -Infinity;
    if (performance.now() - looked < READABLE_MS) return;
    lookedAt.set(messenger, performance.now());
    const found = await listInboxUnreadable(db, messenger);
    const readable = found.flatMap(({ id, sealed }) => (open(sealed) === undefined ? [] : id));
    if (readable.length > 0) await updateInboxReadable(db, readable);
  }

  return {
    leaseMs: LEASE_MS,

    /** Inserts updates in this order, in one statement. Answers those that were new, with their place and their owner: another one where it has earlier updates of the line. */
    keep: (owner: string, updates: readonly Waiting[]) =>
      insertIntoInbox(
        db,
        owner,
        LEASE_MS,
        updates.map(({ id, line, update }) => ({ id, line, sealed: seal(update) })),
      ),

    /** The heartbeat; to be called more often than `leaseMs` while something is owned. */
    beat: (owner: string) => saveInboxLease(db, owner, LEASE_MS),

    /**
     * `owner` takes over what came by `messenger` and belongs to owners whose lease ran out. Answers all of its own but those updates that it
     * `knows`, in order, the lines of other owners, and whether anything waits. `unreadable`: those whose key `SECRET_KEY` does not have here;
     * they became dead letters, and come back by themselves where it has.
     */
    async claim(
      owner: string,
      messenger: string,
      knows: readonly string[],
    ): Promise<{
      claimed: (Waiting & { place: number; ofStaff: boolean; again: boolean; at: Date })[];
      others: string[];
      waits: boolean;
      unreadable: string[];
    }> {
      await takeBack(messenger);
      const { rows, others, waits } = await claimInbox(db, { owner, messenger, knows }, LEASE_MS, MOST_CLAIMED);
      const unreadable: string[] = [];
      const claimed = rows.flatMap(({ id, line, sealed, seq, ofStaff, again, at }) => {
        const update = open(sealed);
        if (update === undefined) unreadable.push(id);
        return update === undefined ? [] : [{ id, line, update, place: seq, ofStaff, again, at }];
      });
      if (unreadable.length > 0) await setAside(owner, unreadable);
      return { claimed, others, waits, unreadable };
    },

    /** Of these updates, those that are still `owner`'s. */
    stillOwned: (owner: string, ids: readonly string[]) => listOwnedInInbox(db, owner, ids),

    /** These of `owner` were worked off. Answers those of `lines` in which nothing waits any more. */
    takeOut: (owner: string, ids: readonly string[], lines: readonly string[]) => deleteFromInbox(db, owner, ids, lines),

    /** What staff let come again is on its way. */
    cameAgain: (id: string) => updateDeadLetterCame(db, id),

    /** `owner` gives its lease back: what it still has may be taken over at once. */
    leave: (owner: string) => deleteInboxLease(db, owner),
  };
}
