import { type Kysely, sql } from 'kysely';

/** Updates that were put aside, sealed: those under way for long, and those that failed or never settled. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('parked_updates')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addColumn('lease_until', 'timestamptz', (c) => c.notNull())
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addCheckConstraint('parked_updates_state', sql`state in ('under way', 'failed', 'stuck')`)
    .execute();
  await db.schema.createIndex('parked_updates_lease').on('parked_updates').columns(['state', 'lease_until']).execute();
}
