import { type Generated, sql } from 'kysely';
import type { DataOwner } from '../domain/data-owner.ts';
import type { Db, Trx } from './database.ts';

/** One row at most. `keyPrint` is that of the newest key by which secrets were made; null before any was. */
export type DataOwnerTable = { oneRow: Generated<true>; owner: DataOwner; keyPrint: string | null; markedAt: Generated<Date> };

/** The made-up town is in no country: an address there was made by the sandbox. */
export const SANDBOX_TOWN = 'г. Приморск-на-Миусе';

/** Whose the data are; undefined where nobody has marked them. The schema may be older than the mark, or not be there at all. */
export async function findDataOwner(db: Db): Promise<{ owner: DataOwner; keyPrint: string | null } | undefined> {
  if (!(await hasTable(db, 'data_owner'))) return undefined;
  const row = await db.selectFrom('dataOwner').select(['owner', 'keyPrint']).executeTakeFirst();
  return row && { owner: row.owner, keyPrint: row.keyPrint };
}

/** Whether accounts of the sandbox's town are in it, whatever the age of the schema. */
export async function hasTown(db: Db): Promise<boolean> {
  if (!(await hasTable(db, 'accounts'))) return false;
  const found = await db
    .selectFrom('accounts')
    .select('number')
    .where('address', 'like', `${SANDBOX_TOWN}%`)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Marks data that nobody has marked, or of whose bot the id was not known; answers whose they are then. */
export async function saveDataOwner(db: Db, owner: DataOwner): Promise<DataOwner> {
  await sql`
    insert into data_owner (owner) values (${owner})
    on conflict (one_row) do update set owner = excluded.owner where data_owner.owner = 'bot' and excluded.owner like 'bot %'
  `.execute(db);
  const row = await db.selectFrom('dataOwner').select('owner').executeTakeFirstOrThrow();
  return row.owner;
}

/** Whether there is anybody or anything in it that a bot has to do with. */
export async function hasAnybody(db: Db): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select exists (select from accounts) or exists (select from residents) or exists (select from requests) as is
  `.execute(db);
  return rows[0]?.is === true;
}

/** From now on nobody opens these data: they live elsewhere. */
export async function markMoved(db: Db | Trx): Promise<void> {
  await db.updateTable('dataOwner').set({ owner: 'moved', markedAt: sql`now()` }).execute();
}

/** Notes the first of `prints` as that of the newest key, where none was noted or one of them was; answers whether it could. */
export async function updateKeyPrint(db: Db, prints: readonly string[]): Promise<boolean> {
  const [newest] = prints;
  const taken = await db
    .updateTable('dataOwner')
    .set({ keyPrint: newest ?? null })
    .where((is) => is.or([is('keyPrint', 'is', null), is('keyPrint', 'in', [...prints])]))
    .returning('oneRow')
    .executeTakeFirst();
  return taken !== undefined;
}

/** Gives the data of one bot to another; answers whether they were that one's. */
export async function updateDataOwner(db: Db, from: DataOwner, to: DataOwner): Promise<boolean> {
  const changed = await db
    .updateTable('dataOwner')
    .set({ owner: to, markedAt: sql`now()` })
    .where('owner', '=', from)
    .returning('oneRow')
    .executeTakeFirst();
  return changed !== undefined;
}

async function hasTable(db: Db, name: string): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass(${name}) is not null as there`.execute(db);
  return rows[0]?.there === true;
}
