import { type ColumnType, type Generated, type Selectable, sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { hasWords } from './has-words.ts';

/** A personal account as billing's newest registry of accounts has it. */
export type AccountsTable = {
  /** 5 to 20 digits, leading zeros count. */
  number: string;
  ownerName: string;
  address: string;
  /** ЕЛС, the unified number in ГИС ЖКХ. */
  unifiedNumber: string | null;
  fias: string | null;
  /** Square metres, a decimal as text. */
  area: string | null;
  residents: number | null;
  closed: Generated<boolean>;
  /** `YYYY-MM-DD`; a closed account need not have it. */
  closedOn: string | null;
  /** The import that wrote the row last; null: none of those that can be undone. */
  importId: Generated<number | null>;
  /** When a registry brought another owner, the last time. */
  ownerChangedAt: ColumnType<Date | null, never, Date>;
};

export async function findAccount(
  db: Db,
  number: string,
): Promise<{ number: string; address: string; closed: boolean } | undefined> {
  return db.selectFrom('accounts').select(['number', 'address', 'closed']).where('number', '=', number).executeTakeFirst();
}

/** When another owner came, the last time; undefined where none did, or there is no such account. */
export async function findOwnerChange(db: Db, number: string): Promise<Date | undefined> {
  const row = await db.selectFrom('accounts').select('ownerChangedAt').where('number', '=', number).executeTakeFirst();
  return row?.ownerChangedAt ?? undefined;
}

/** The owner of these accounts is another one from now on. */
export async function markOwnerChanged(trx: Trx, numbers: readonly string[], now: Date): Promise<void> {
  await trx.updateTable('accounts').set({ ownerChangedAt: now }).where('number', 'in', numbers).execute();
}

/** An account; nobody else changes it, or gives out a password to it, until the transaction ends. */
export async function lockAccount(trx: Trx, number: string): Promise<{ number: string } | undefined> {
  return trx.selectFrom('accounts').select('number').where('number', '=', number).forNoKeyUpdate().executeTakeFirst();
}

/** Whether any account was ever imported. */
export async function hasAccounts(db: Db): Promise<boolean> {
  return (await db.selectFrom('accounts').select('number').limit(1).executeTakeFirst()) !== undefined;
}

/** All that the registry has of an account, personal data too: for papers that its holder is given. */
export async function findWholeAccount(db: Db, number: string): Promise<Selectable<AccountsTable> | undefined> {
  return db.selectFrom('accounts').selectAll().where('number', '=', number).executeTakeFirst();
}

/** What is known of these accounts, by number; the unknown ones are not in it. */
export async function findAccounts(
  db: Db,
  numbers: readonly string[],
): Promise<Map<string, { number: string; address: string; closed: boolean }>> {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts')
    .select(['number', 'address', 'closed'])
    .where(sql<boolean>`number = any(${[...numbers]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.number, row]));
}

/** All open accounts, a thousand at a time in memory, in the order of a walk along their addresses: house 2 stands before house 10. */
export async function findOpenAccountsInTurn(
  db: Db,
  take: (accounts: readonly { number: string; address: string }[]) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`
      declare open_accounts no scroll cursor for
      select number, address from accounts where not closed
      order by regexp_replace(regexp_replace(lower(address), '([0-9]+)', '000000000\\1', 'g'), '[0-9]*([0-9]{10})(?![0-9])', '\\1', 'g'), number`.execute(
      trx,
    );
    for (;;) {
      const { rows } = await sql<{ number: string; address: string }>`fetch 1000 from open_accounts`.execute(trx);
      if (rows.length === 0) return;
      await take(rows);
    }
  });
}

/** Accounts whose address has all of these words, in any order, as they are written; by address. */
export async function listAccountsWithWords(
  db: Db,
  words: readonly string[],
  limit: number,
): Promise<{ number: string; address: string; closed: boolean }[]> {
  return db
    .selectFrom('accounts')
    .select(['number', 'address', 'closed'])
    .where(hasWords('address', words))
    .orderBy('address')
    .orderBy('number')
    .limit(limit)
    .execute();
}
