import type { Generated, Selectable } from 'kysely';
import type { Db } from './database.ts';

/** A personal account as billing's newest registry of accounts has it. */
export type AccountsTable = {
  /** 5 to 20 digits, leading zeros count. */
  number: string;
  owner_name: string;
  address: string;
  /** ЕЛС, the unified number in ГИС ЖКХ. */
  unified_number: string | null;
  fias: string | null;
  /** Square metres, a decimal as text. */
  area: string | null;
  residents: number | null;
  closed: Generated<boolean>;
  /** `YYYY-MM-DD`; a closed account need not have it. */
  closed_on: string | null;
};

export async function findAccount(
  db: Db,
  number: string,
): Promise<{ number: string; address: string; closed: boolean } | undefined> {
  return db.selectFrom('accounts').select(['number', 'address', 'closed']).where('number', '=', number).executeTakeFirst();
}

/** Whether any account was ever imported. */
export async function hasAccounts(db: Db): Promise<boolean> {
  return (await db.selectFrom('accounts').select('number').limit(1).executeTakeFirst()) !== undefined;
}

/** All that the registry has of an account, personal data too: for papers that its holder is given. */
export async function readAccount(db: Db, number: string): Promise<Selectable<AccountsTable> | undefined> {
  return db.selectFrom('accounts').selectAll().where('number', '=', number).executeTakeFirst();
}
