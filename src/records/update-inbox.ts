import { type ColumnType, type Generated, type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { tryLock } from './locks.ts';

/** Updates that wait for their turn in the line of their chat, and dead letters (`failed`, `stuck`): for people to look at, and to let come again. */
export type UpdateInboxTable = {
  id: string;
  seq: ColumnType<number, never, never>;
  /**
   * The chat (or the payment) whose updates are worked off in the order of `seq`; null: it waits for no other. A dead letter
   * keeps it where it is about money, or where nobody could unseal it.
   */
  line: string | null;
  state: 'waiting' | DeadLetterState;
  /** The update as JSON, sealed. */
  sealed: string;
  /** The process that works it off (`inbox_owners`: the lease is there); null: nobody's, who comes first takes it over. */
  owner: string | null;
  at: ColumnType<Date, Date, never>;
  requestId: string | null;
  /** Of a dead letter: nothing was taken out of it, so that it can be worked off again. */
  whole: Generated<boolean>;
  /** A dead letter that is to be worked off again, or one that nobody could unseal yet; until it has been asked whether it may have its turn. */
  again: Generated<boolean>;
};

export type InboxOwnersTable = { id: string; aliveUntil: Date };

type DeadLetterState = 'failed' | 'stuck';

/** `ofStaff`: a dead letter that staff let come again; `at`: since when it is kept. */
export type InboxRow = {
  id: string;
  seq: number;
  line: string | null;
  sealed: string;
  ofStaff: boolean;
  again: boolean;
  at: Date;
};

const alive = (column: string) =>
  sql`exists (select from inbox_owners o where o.id = ${sql.ref(column)} and o.alive_until > clock_timestamp())`;

/**
 * Adds updates in this order, in one statement, for `owner`, who is alive for `leaseMs` from now. Where somebody else has earlier ones of a
 * line, they go to him. Answers those that were added, and whose they are; the others were there before.
 */
export async function insertIntoInbox(
  db: Db,
  owner: string,
  leaseMs: number,
  rows: readonly { id: string; line: string | null; sealed: string }[],
): Promise<{ id: string; seq: number; owner: string }[]> {
  const column = (name: 'id' | 'line' | 'sealed') => sql`${rows.map((row) => row[name])}::text[]`;
  const added = await sql<{ id: string; seq: number; owner: string }>`
    with beat as (${beatOf(owner, leaseMs)})
    insert into update_inbox (id, line, state, sealed, owner, at)
    select n.id, n.line, 'waiting', n.sealed,
      coalesce((
        select w.owner from update_inbox w
        where w.line = n.line and w.state = 'waiting' and w.owner <> ${owner} order by w.seq limit 1
      ), ${owner}), clock_timestamp()
    from unnest(${column('id')}, ${column('line')}, ${column('sealed')}) with ordinality as n (id, line, sealed, place)
    order by n.place
    on conflict (id) do nothing
    returning id, seq, owner
  `.execute(db);
  return added.rows;
}

/** `owner` is alive for so long from now. */
export async function saveInboxLease(db: Db, owner: string, leaseMs: number): Promise<void> {
  await beatOf(owner, leaseMs).execute(db);
}

const beatOf = (owner: string, leaseMs: number) => sql`
  insert into inbox_owners as o (id, alive_until) values (${owner}, clock_timestamp() + ${leaseMs} * interval '1 ms')
  on conflict (id) do update set alive_until = excluded.alive_until
`;

/** `owner` is no longer there: what is still his may be taken over at once. */
export async function deleteInboxLease(db: Db, owner: string): Promise<void> {
  await db.deleteFrom('inboxOwners').where('id', '=', owner).execute();
}

/** Who serves what came by which messenger, as ids of updates name it, and what of it he has before him. */
type Claimant = { owner: string; messenger: string; knows: readonly string[] };

/**
 * Gives `owner` all lines of his messenger whose owner is dead, the oldest updates first, and none of a line of which somebody alive has an
 * update. Answers all that is his now but for what he `knows`, in order, the lines that others have, and whether anything waits but for
 * what he knows.
 */
export async function claimInbox(
  db: Db,
  { owner, messenger, knows }: Claimant,
  leaseMs: number,
  most: number,
): Promise<{ rows: InboxRow[]; others: string[]; waits: boolean }> {
  const isItsOwn = (column: string) => sql<boolean>`starts_with(${sql.ref(column)}, ${`${messenger}:`})`;
  if (!(await isAnythingWaiting(db, isItsOwn('id'), knows))) return { rows: [], others: [], waits: false };
  return db.transaction().execute(async (trx) => {
    await beatOf(owner, leaseMs).execute(trx);
    // Lines are kept whole: nobody takes over while somebody else does.
    if (await tryLock(trx, 'inboxClaim')) {
      await sql`
        update update_inbox set owner = ${owner} where id in (
          select u.id from update_inbox u
          where u.state = 'waiting' and ${isItsOwn('u.id')} and (u.owner is null or not ${alive('u.owner')})
            and not exists (
              select from update_inbox w
              where w.line = u.line and w.state = 'waiting' and w.owner <> ${owner} and ${alive('w.owner')}
            )
          order by u.seq limit ${most}
        )
      `.execute(trx);
    }
    const { rows } = await sql<InboxRow>`
      select id, seq, line, sealed, request_id is not null as of_staff, again, at from update_inbox
      where state = 'waiting' and owner = ${owner} and not id = any(${knows}::text[])
      order by seq limit ${most}
    `.execute(trx);
    const others = await trx
      .selectFrom('updateInbox')
      .select('line')
      .distinct()
      .where('state', '=', 'waiting')
      .where('line', 'is not', null)
      .where(isItsOwn('id'))
      .where((is) => is.or([is('owner', 'is', null), is('owner', '!=', owner)]))
      .execute();
    return { rows, others: others.flatMap(({ line }) => line ?? []), waits: true };
  });
}

/** The usual answer is no, from an index that is empty. */
async function isAnythingWaiting(db: Db, isItsOwn: RawBuilder<boolean>, knows: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select from update_inbox where state = 'waiting' and ${isItsOwn} and not id = any(${knows}::text[])) as any
  `.execute(db);
  return rows[0]?.any ?? false;
}

/**
 * Takes out updates of `owner` that were worked off; one that became a dead letter meanwhile, and that staff let come again, is nobody's.
 * Answers, of these lines, those of which nothing waits any more.
 */
export async function deleteFromInbox(
  db: Db,
  owner: string,
  ids: readonly string[],
  lines: readonly string[],
): Promise<string[]> {
  await db.deleteFrom('updateInbox').where('id', 'in', ids).where('owner', '=', owner).where('state', '=', 'waiting').execute();
  if (lines.length === 0) return [];
  const left = await db
    .selectFrom('updateInbox')
    .select('line')
    .distinct()
    .where('line', 'in', lines)
    .where('state', '=', 'waiting')
    .execute();
  const waiting = new Set(left.map(({ line }) => line));
  return lines.filter((line) => !waiting.has(line));
}

/** Of these, those that are still `owner`'s to work off. */
export async function listOwnedInInbox(db: Db, owner: string, ids: readonly string[]): Promise<string[]> {
  const owned = await db
    .selectFrom('updateInbox')
    .select('id')
    .where('id', 'in', ids)
    .where('owner', '=', owner)
    .where('state', '=', 'waiting')
    .execute();
  return owned.map(({ id }) => id);
}

/**
 * Puts an update among the dead letters, whether it waited in the inbox or not. One that keeps its `line` is about money: it is not
 * forgotten, and may come again at any time.
 */
export async function saveDeadLetter(
  trx: Trx,
  letter: {
    id: string;
    state: DeadLetterState;
    sealed: string;
    at: Date;
    requestId: string;
    whole: boolean;
    line: string | null;
  },
): Promise<void> {
  const { id, state, sealed, at, requestId, whole, line } = letter;
  const told = { state, sealed, requestId, whole, line, again: false, owner: null };
  await trx
    .insertInto('updateInbox')
    .values({ id, at, ...told })
    .onConflict((c) => c.column('id').doUpdateSet(told))
    .execute();
}

/** Puts updates of `owner` that he cannot open among the dead letters, each in its line still, until somebody can. */
export async function markInboxUnreadable(trx: Trx, owner: string, ids: readonly string[], requestId: string): Promise<void> {
  await trx
    .updateTable('updateInbox')
    .set({ state: 'failed', again: true, whole: true, requestId, owner: null })
    .where('id', 'in', ids)
    .where('owner', '=', owner)
    .where('state', '=', 'waiting')
    .execute();
}

/** Updates that came by a messenger and that somebody could not open, the oldest first. */
export async function listInboxUnreadable(db: Db, messenger: string): Promise<{ id: string; sealed: string }[]> {
  const isItsOwn = sql<boolean>`starts_with(id, ${`${messenger}:`})`;
  return db
    .selectFrom('updateInbox')
    .select(['id', 'sealed'])
    .where('state', '!=', 'waiting')
    .where('again', '=', true)
    .where(isItsOwn)
    .orderBy('seq')
    .execute();
}

/** They can be opened: they wait for their turn again, and are asked about first whether they may have it. */
export async function updateInboxReadable(db: Db, ids: readonly string[]): Promise<void> {
  await db.updateTable('updateInbox').set({ state: 'waiting' }).where('id', 'in', ids).where('again', '=', true).execute();
}

/** Lets the dead letters of a request since then, and of any time those that keep their line, wait for their turn again, whole ones only; how many. */
export async function updateDeadLettersDue(trx: Trx, requestId: string, since: Date): Promise<number> {
  const [done] = await trx
    .updateTable('updateInbox')
    .set({ state: 'waiting', again: true, owner: null })
    .where('requestId', '=', requestId)
    .where('state', '!=', 'waiting')
    .where('whole', '=', true)
    .where((is) => is.or([is('at', '>', since), is('line', 'is not', null)]))
    .execute();
  return Number(done?.numUpdatedRows ?? 0);
}

/** Whether money of which a request tells waits among the dead letters until somebody lets it come again. */
export async function hasMoneyAside(db: Db, requestId: string): Promise<boolean> {
  const found = await db
    .selectFrom('updateInbox')
    .select('id')
    .where('requestId', '=', requestId)
    .where('state', '!=', 'waiting')
    .where('line', 'is not', null)
    .where('again', '=', false)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** It is on its way again: whoever takes it over from now on works it off as any other. */
export async function updateDeadLetterCame(db: Db, id: string): Promise<void> {
  await db.updateTable('updateInbox').set({ again: false }).where('id', '=', id).execute();
}

/** Takes out one that staff had let come again; the request that told of it. */
export async function deleteDeadLetterCame(trx: Trx, id: string): Promise<string | undefined> {
  const gone = await trx
    .deleteFrom('updateInbox')
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('requestId', 'is not', null)
    .returning('requestId')
    .executeTakeFirst();
  return gone?.requestId ?? undefined;
}

/** Forgets dead letters that are older, and owners that are long gone. What waits is never forgotten, nor what keeps its line or waits for its key. */
export async function deleteOldDeadLetters(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('updateInbox')
    .where('state', '!=', 'waiting')
    .where('line', 'is', null)
    .where('again', '=', false)
    .where('at', '<', before)
    .execute();
  await db.deleteFrom('inboxOwners').where('aliveUntil', '<', before).execute();
}
