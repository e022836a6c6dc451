import { type Kysely, sql } from 'kysely';

/** The day of a payment, as billing's books have it: a day of the centre's time zone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table card_payments add column paid_day date;
    update card_payments set paid_day = (paid_at at time zone 'Europe/Moscow')::date;
    alter table card_payments alter column paid_day set not null;
  `.execute(db);
}
