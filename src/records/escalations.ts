import { type ColumnType, type Generated, type Selectable, sql } from 'kysely';
import type { Trx } from './database.ts';
import { lock } from './locks.ts';

/** What the bot has told staff of its own accord; a trouble that goes on is one row that counts, as long as its request is open. */
export type EscalationsTable = {
  id: Generated<number>;
  kind: string;
  /** Tells the same escalation from another of its kind; null: each one is told. */
  key: string | null;
  account: string | null;
  words: ColumnType<Record<string, string | number>, string, string>;
  times: Generated<number>;
  firstAt: Date;
  lastAt: Date;
  /** The request that staff have of it; null for what was told before they had requests. */
  requestId: string | null;
  /** When its thread was told of repeats last, and when its card was drawn. */
  saidAt: Date | null;
  shownAt: Date | null;
};

export type OpenEscalation = Pick<Selectable<EscalationsTable>, 'id' | 'times' | 'saidAt' | 'shownAt'> & { requestId: string };

/** Waits for whoever tells the same escalation now, then finds the one whose request is open; that request is closed by nobody meanwhile. */
export async function lockOpenEscalation(trx: Trx, kind: string, key: string): Promise<OpenEscalation | undefined> {
  await lock(trx, 'escalation', `${kind}/${key}`);
  return trx
    .selectFrom('escalations as e')
    .innerJoin('requests as r', 'r.id', 'e.requestId')
    .where('e.kind', '=', kind)
    .where('e.key', '=', key)
    .where('r.state', '!=', 'closed')
    .select(['e.id', 'e.times', 'e.saidAt', 'e.shownAt', 'r.id as requestId'])
    .orderBy('e.firstAt', 'desc')
    .orderBy('e.id', 'desc')
    .limit(1)
    .forUpdate('r')
    .executeTakeFirst();
}

/** Of these keys of one kind those whose escalation has an open request. */
export async function listOpenEscalationKeys(trx: Trx, kind: string, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const open = await trx
    .selectFrom('escalations as e')
    .innerJoin('requests as r', 'r.id', 'e.requestId')
    .where('e.kind', '=', kind)
    .where((e) => e('e.key', '=', e.fn.any(e.val([...keys]))))
    .where('r.state', '!=', 'closed')
    .select('e.key')
    .distinct()
    .execute();
  return open.flatMap(({ key }) => key ?? []);
}

/** What tells the escalation of a request from others of its kind: for «Это не я», the link. */
export async function findEscalationKey(trx: Trx, requestId: string): Promise<string | undefined> {
  const found = await trx.selectFrom('escalations').select('key').where('requestId', '=', requestId).executeTakeFirst();
  return found?.key ?? undefined;
}

/** One more time of an escalation that has been told; its words are the newest. `said`, `shown`: staff hear of it, see it on the card. */
export async function updateEscalationRepeated(
  trx: Trx,
  id: number,
  {
    words,
    account,
    said,
    shown,
  }: { words: Readonly<Record<string, string | number>>; account: string | null; said: boolean; shown: boolean },
  now: Date,
): Promise<void> {
  await trx
    .updateTable('escalations')
    .set((e) => ({
      times: e('times', '+', 1),
      lastAt: now,
      words: JSON.stringify(words),
      account,
      ...(said && { saidAt: now }),
      ...(shown && { shownAt: now }),
    }))
    .where('id', '=', id)
    .execute();
}

/** The escalations about this resident's links say no longer whose they are; the requests of those that said it. */
export async function updateLoginsInDoubtGone(trx: Trx, residentId: string): Promise<string[]> {
  const ofLinks = trx.selectFrom('links').select(sql<string>`id::text`.as('id')).where('residentId', '=', residentId);
  const told = await trx
    .updateTable('escalations')
    .set({ words: sql<string>`words - 'login'` })
    .where('kind', '=', 'not-me')
    .where('key', 'in', ofLinks)
    .where(sql<boolean>`words ? 'login'`)
    .returning('requestId')
    .execute();
  const requests = told.flatMap(({ requestId }) => requestId ?? []);
  await sql`update requests set words = words - 'login' where id = any(${requests}::uuid[])`.execute(trx);
  return requests;
}

/** Writes an escalation down. */
export async function insertEscalation(
  trx: Trx,
  row: {
    kind: string;
    key: string | null;
    account: string | null;
    words: Readonly<Record<string, string | number>>;
    requestId: string;
  },
  now: Date,
): Promise<void> {
  const { words, requestId, ...rest } = row;
  await trx
    .insertInto('escalations')
    .values({
      ...rest,
      words: JSON.stringify(words),
      requestId,
      firstAt: now,
      lastAt: now,
      saidAt: now,
      shownAt: now,
    })
    .execute();
}
