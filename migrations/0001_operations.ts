import { type Kysely, sql } from 'kysely';

/** What office verbs answered, so that a repeated update hears the same (`office/once.ts`). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('operations')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('outcome', 'jsonb', (c) => c.notNull())
    .addColumn('at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute();
  await db.schema.createIndex('operations_at').on('operations').column('at').execute();
}
