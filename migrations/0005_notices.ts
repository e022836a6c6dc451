import { type Kysely, sql } from 'kysely';

/** The line of messages that must reach somebody, and the people who cannot be written to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notices')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('addressee', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('words', 'jsonb', (c) => c.notNull())
    .addColumn('doors', 'jsonb', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.unique())
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .addColumn('not_before', 'timestamptz', (c) => c.notNull())
    .addColumn('taken_until', 'timestamptz')
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('sent_at', 'timestamptz')
    .addColumn('failed_at', 'timestamptz')
    .addColumn('failed_reason', 'text')
    // `staff`, or a messenger and the account in it: `telegram:7`.
    .addCheckConstraint('notices_addressee', sql`addressee = 'staff' or addressee like '_%:_%'`)
    .addCheckConstraint(
      'notices_end',
      sql`(failed_at is null) = (failed_reason is null) and not (sent_at is not null and failed_at is not null)`,
    )
    // The words may be personal: nothing of them is kept once the notice has come to its end.
    .addCheckConstraint('notices_wiped', sql`(sent_at is null and failed_at is null) or words = '{}'::jsonb`)
    .execute();
  // Who is first in line for an addressee; and the line as a whole.
  await db.schema
    .createIndex('notices_waiting')
    .on('notices')
    .columns(['addressee', 'id'])
    .where(sql.ref('sent_at'), 'is', null)
    .where(sql.ref('failed_at'), 'is', null)
    .execute();
  await db.schema
    .createIndex('notices_line')
    .on('notices')
    .column('id')
    .where(sql.ref('sent_at'), 'is', null)
    .where(sql.ref('failed_at'), 'is', null)
    .execute();
  await db.schema.createIndex('notices_created_at').on('notices').column('created_at').execute();

  await db.schema
    .createTable('unreachable')
    .addColumn('messenger_id', 'text', (c) => c.primaryKey())
    .addColumn('since', 'timestamptz', (c) => c.notNull())
    .execute();
}
