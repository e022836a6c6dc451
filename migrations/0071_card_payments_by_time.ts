import { type Kysely, sql } from 'kysely';

/** Before money is taken it is looked up whether the same was paid since the invoice was made. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index card_payments_taken on card_payments (taken_at)`.execute(db);
}
