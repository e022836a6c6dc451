import { type Kysely, sql } from 'kysely';

/** Whose the data are, the sandbox's or which bot's, and by which key their secrets were made: one row. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table data_owner (
      one_row boolean primary key default true check (one_row),
      owner text not null check (owner ~ '^(sandbox|bot( [0-9]+)?)$'),
      key_print text,
      marked_at timestamptz not null default now()
    );
  `.execute(db);
}
