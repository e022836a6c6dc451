import { type Kysely, sql } from 'kysely';

/** Exports that were made by the schedule of the settings, once a day and kind, and whether the file is there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table scheduled_exports (
      kind text not null,
      -- By the clocks of the centre.
      day date not null,
      made_at timestamptz not null,
      -- Null where nothing waited.
      number integer,
      written_at timestamptz,
      primary key (kind, day),
      constraint scheduled_exports_written check (number is not null or written_at is null)
    );
  `.execute(db);
}
