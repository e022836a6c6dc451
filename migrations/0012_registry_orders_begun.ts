import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // How often an order was begun in its state and came to no end, not even to an error: a process that died over it leaves that counted.
  await sql`
    alter table registry_orders add column begun integer not null default 0;
  `.execute(db);
}
