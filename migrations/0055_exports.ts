import { type Kysely, sql } from 'kysely';

/** What went out to billing, each with a number by which it is written again; and what billing answered on readings. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table exports (
      kind text not null check (kind in ('readings', 'payments')),
      number integer not null check (number > 0),
      made_at timestamptz not null,
      rows integer not null check (rows > 0),
      -- The file, to the last byte.
      content text not null,
      primary key (kind, number)
    );
    create index exports_made on exports (made_at);

    -- A reading as it went out: it may have been corrected since.
    create table exported_readings (
      reading_id uuid not null references readings on delete cascade,
      export_number integer not null,
      value numeric(15, 3) not null,
      day date not null,
      primary key (reading_id, export_number)
    );

    create table reading_answers (
      account text collate "C" not null references accounts,
      number text collate "C" not null,
      scale text collate "C" not null default '',
      value numeric not null,
      day date not null,
      result text not null check (result in ('accepted', 'refused')),
      reason text,
      -- What of it the readings, and those who handed them in, know already.
      told_result text check (told_result in ('accepted', 'refused')),
      told_reason text,
      primary key (account, number, scale, value, day)
    );
    create index reading_answers_new on reading_answers (account)
      where (told_result, told_reason) is distinct from (result, reason);

    alter table registry_imports
      drop constraint registry_imports_kind_check,
      add constraint registry_imports_kind_check
        check (kind in ('accounts', 'charges', 'payments', 'meters', 'reading_answers'));
  `.execute(db);
}
