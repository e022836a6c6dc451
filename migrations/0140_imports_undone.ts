import { type Kysely, sql } from 'kysely';

/**
 * An import can be undone: each row names the import that wrote it last, and what was there before is kept for a time. The number is no
 * foreign key: it would be looked up for each of a million rows.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['accounts', 'charges', 'payments', 'meters', 'reading_answers'])
    await sql`alter table ${sql.table(table)} add column import_id bigint`.execute(db);

  await sql`
    alter table registry_imports
      -- Earlier imports whose rows this one met, changed or not; null: from before this was kept.
      add column rests_on bigint[],
      add column undone_at timestamptz,
      -- A messenger id, or the command line.
      add column undone_by text,
      add constraint registry_imports_undone_whole check ((undone_at is null) = (undone_by is null));

    -- What an import changed or took away, as it was before.
    create table registry_befores (
      import_id bigint not null,
      -- A table.
      relation text collate "C" not null,
      -- Of a registry's own table the row; of others the key, with what it was and what it became.
      before jsonb not null
    );
    create index registry_befores_import on registry_befores (import_id, relation);

    -- An account that goes with its import is looked for in ended ones, too.
    create index links_account_any on links (account);
    create index account_passwords_account_any on account_passwords (account);

    alter table registry_orders
      add column import_id bigint,
      -- A senior said yes to it.
      add column owners_may_change boolean not null default false,
      drop constraint registry_orders_what_check,
      add constraint registry_orders_what_check check (what in ('import', 'undo', 'readings', 'payments')),
      drop constraint registry_orders_state_check,
      add constraint registry_orders_state_check check (
        state in ('to-check', 'checked', 'to-conduct', 'conducted', 'to-export', 'exported', 'to-undo', 'undone', 'refused', 'dropped')
      ),
      add constraint registry_orders_undo check (what <> 'undo' or import_id is not null);
  `.execute(db);
  await dataDaysOfWhatIsThere(db);
}

/** From now on the day that the data are of is what the newest import found in the tables; what was read so far may be far off. */
async function dataDaysOfWhatIsThere(db: Kysely<unknown>): Promise<void> {
  await sql`update registry_imports set data_day = null where data_day > finished_at::date + 31`.execute(db);
  const newest = {
    charges: sql`select (max(period) + interval '1 month' - interval '1 day')::date from charges where period <= i.finished_at::date + 31`,
    payments: sql`select max(day) from payments where day <= i.finished_at::date + 1`,
    meters: sql`select max(value_day) from meters where value_day <= i.finished_at::date + 1`,
    reading_answers: sql`select max(day) from reading_answers where day <= i.finished_at::date + 1`,
  };
  for (const [kind, day] of Object.entries(newest))
    await sql`
      update registry_imports as i set data_day = case when (${day}) is not null then least((${day}), i.finished_at::date) end
      where id = (select max(id) from registry_imports where kind = ${kind})
    `.execute(db);
}
