import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Since when a card payment's sum counts for an account is asked at each look at what it owes.
  await sql`create index hand_credits_operation on hand_credits (operation) where operation is not null`.execute(db);
  // So is the day that billing's data are of: the newest import of a kind, of hundreds.
  await sql`
    create index registry_imports_newest on registry_imports (kind, id) include (data_day)
    where undone_at is null and data_day is not null
  `.execute(db);
}
