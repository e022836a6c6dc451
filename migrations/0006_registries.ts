import { type Kysely, sql } from 'kysely';

/**
 * Files of billing: what came in and can be undone, what went out under which number, and what staff ask for about one in private.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- One registry file that came in, with what it did.
    create table registry_imports (
      id bigint generated always as identity primary key,
      kind text not null,
      file_name text not null,
      started_at timestamptz not null,
      finished_at timestamptz not null,
      rows_read integer not null check (rows_read >= 0),
      rows_new integer not null check (rows_new >= 0),
      rows_changed integer not null check (rows_changed >= 0),
      rows_unchanged integer not null check (rows_unchanged >= 0),
      rows_refused integer not null check (rows_refused >= 0),
      data_day date,
      rests_on bigint[],
      undone_at timestamptz,
      undone_by text,
      constraint registry_imports_undone_whole check ((undone_at is null) = (undone_by is null))
    );
    create index registry_imports_kind on registry_imports (kind, data_day);

    -- What an import changed or took away, as it was before: rows of its own table whole, of others the key with what it was and became.
    create table registry_previous_rows (
      import_id bigint not null,
      relation text collate "C" not null,
      before jsonb not null
    );
    create index registry_previous_rows_import on registry_previous_rows (import_id, relation);

    -- What staff asked for in a private chat: a registry file to be taken in, an import to be undone, or an export. A worker does it.
    create table registry_orders (
      id uuid primary key default gen_random_uuid(),
      entry bigint generated always as identity,
      messenger_id text not null check (messenger_id like '_%:_%'),
      by_name text not null,
      senior boolean not null,
      what text not null,
      file text,
      file_name text,
      bytes bigint,
      sha256 text,
      report jsonb,
      trouble text,
      export_number integer,
      state text not null,
      made_at timestamptz not null,
      state_at timestamptz not null,
      message text,
      told boolean not null,
      attempts integer not null default 0,
      run_at timestamptz not null,
      import_id bigint,
      owners_may_change boolean not null default false,
      -- By which layout of CENTRE_FILE the file is read, where staff have chosen one.
      layout text,
      constraint registry_orders_exported check (export_number is not null or state <> 'exported' or what = 'import'),
      constraint registry_orders_file check ((what = 'import') = ((file is not null) and (file_name is not null))),
      constraint registry_orders_trouble check ((state = 'refused') = (trouble is not null)),
      constraint registry_orders_undo check (what <> 'undo' or import_id is not null)
    );
    create index registry_orders_due on registry_orders (entry) where (not told);
    create index registry_orders_made on registry_orders (made_at);

    -- A file that went out to billing.
    create table exports (
      kind text not null,
      number integer not null check (number > 0),
      made_at timestamptz not null,
      rows integer not null check (rows > 0),
      content text not null,
      primary key (kind, number)
    );
    create index exports_made on exports (made_at);

    -- Workers that wait for something in a table are woken when the transaction commits (LISTEN work_came).
    create function work_came() returns trigger language plpgsql as $$
    begin
      perform pg_notify('work_came', tg_table_name);
      return null;
    end $$;

    create trigger registry_imports_work after insert or update on registry_imports
      for each statement execute function work_came();
    create trigger registry_orders_work after insert or update of state, run_at on registry_orders
      for each statement execute function work_came();

    -- Exports that were made by the schedule of the settings, once a day and kind, and whether the file is there.
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
