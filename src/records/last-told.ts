import { sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/**
 * What the bot told a person last, in plain words, and which letter of the person was dealt with last: in one row, which a turn writes anyway. No secret
 * may be among the words.
 */
export type LastToldTable = {
  messengerId: string;
  /** Two fields in one: the words, and behind U+001E the letter's id. Either may be empty. */
  words: string;
  at: Date;
};

const MARK = '\u001e';
const wordsOf = sql<string>`split_part(last_told.words, ${MARK}, 1)`;
/** Null: none is known. */
export const lastLetterSql = sql<string | null>`nullif(split_part(last_told.words, ${MARK}, 2), '')`;

export async function saveLastTold(db: Db, told: LastToldTable & { letterId: string }): Promise<void> {
  const { messengerId, at, letterId } = told;
  const words = told.words + MARK + letterId;
  await db
    .insertInto('lastTold')
    .values({ messengerId, words, at })
    .onConflict((c) => c.column('messengerId').doUpdateSet({ words, at }))
    .execute();
}

/** The same for whom something is kept already; false: nothing is. */
export async function updateLastTold(db: Db, told: LastToldTable & { letterId: string }): Promise<boolean> {
  const { messengerId, at, letterId } = told;
  const { numUpdatedRows } = await db
    .updateTable('lastTold')
    .set({ words: told.words + MARK + letterId, at })
    .where('messengerId', '=', messengerId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A letter was dealt with, and what was told before it stays. */
export async function saveLastLetter(db: Db, { messengerId, letterId, at }: LetterDealtWith & { at: Date }): Promise<void> {
  await db
    .insertInto('lastTold')
    .values({ messengerId, words: MARK + letterId, at })
    .onConflict((c) => c.column('messengerId').doUpdateSet({ words: sql`${wordsOf} || ${MARK + letterId}` }))
    .execute();
}

/** The same for whom something is kept already. */
export async function updateLastLetter(db: Db, { messengerId, letterId }: LetterDealtWith): Promise<void> {
  await db
    .updateTable('lastTold')
    .set({ words: sql`${wordsOf} || ${MARK + letterId}` })
    .where('messengerId', '=', messengerId)
    .execute();
}

type LetterDealtWith = { messengerId: string; letterId: string };

export async function findLastTold(db: Db, messengerId: string): Promise<{ words: string; at: Date } | undefined> {
  return listToldTo(db).where('messengerId', '=', messengerId).executeTakeFirst();
}

/** What was told, of people whom something was. */
export function listToldTo(db: Db) {
  return db
    .selectFrom('lastTold')
    .select([wordsOf.as('words'), 'messengerId', 'at'])
    .where(wordsOf, '!=', '');
}

export async function deleteLastToldTo(trx: Trx, messengerIds: readonly string[]): Promise<void> {
  if (messengerIds.length > 0) await trx.deleteFrom('lastTold').where('messengerId', 'in', messengerIds).execute();
}

export async function deleteOldLastTold(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('lastTold').where('at', '<', before).execute();
}
