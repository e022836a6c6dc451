import { type Kysely, sql } from 'kysely';

/** What the bot has told staff of its own accord; a trouble that goes on is one row that counts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('escalations')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('key', 'text')
    .addColumn('account', 'text')
    .addColumn('words', 'jsonb', (c) => c.notNull())
    .addColumn('times', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('first_at', 'timestamptz', (c) => c.notNull())
    .addColumn('last_at', 'timestamptz', (c) => c.notNull())
    .addCheckConstraint('escalations_times', sql`times > 0`)
    .execute();
  await db.schema.createIndex('escalations_key').on('escalations').columns(['kind', 'key', 'first_at']).execute();
  await db.schema.createIndex('escalations_account').on('escalations').columns(['account', 'first_at']).execute();
}
