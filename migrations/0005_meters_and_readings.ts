import { type Kysely, sql } from 'kysely';

/**
 * Meters as billing has them, readings that residents and guests hand in, with photographs, and what billing answered.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- One scale (zone) of a meter as billing's newest registry of meters has it.
    create table meters (
      account text collate "C" not null references accounts,
      number text collate "C" not null check (number <> ''),
      scale text collate "C" not null default '',
      service text not null check (service <> ''),
      digits integer check (digits >= 1 and digits <= 12),
      verification_due date,
      value numeric check (value >= 0),
      value_day date,
      import_id bigint,
      primary key (account, number, scale)
    );

    -- What a scale showed on a day, as registries of meters had it then; kept by a trigger on meters.
    create table meter_values (
      account text collate "C" not null references accounts,
      number text collate "C" not null,
      scale text collate "C" not null,
      day date not null,
      value numeric not null,
      primary key (account, number, scale, day)
    );
    create index meter_values_day on meter_values (day);

    -- What a scale of a meter showed, as it was handed in: one row a window, which a correction changes. Residents of an account speak as
    -- one (submitted_by 'resident'), each guest for himself (his messenger account, or gone:<id> once he is forgotten).
    create table readings (
      id uuid primary key default gen_random_uuid(),
      account text collate "C" not null references accounts,
      number text collate "C" not null check (number <> ''),
      scale text collate "C" not null,
      service text not null,
      window_opens date not null,
      submitted_by text collate "C" not null check (submitted_by = 'resident' or submitted_by like '_%:_%'),
      resident_id uuid references residents on delete set null,
      value numeric(15,3) not null check (value >= 0),
      day date not null,
      taken_at timestamptz not null,
      previous_value numeric(15,3),
      previous_day date,
      state text not null default 'taken',
      reason text,
      refused_at timestamptz,
      constraint readings_day_in_window check (day >= window_opens),
      constraint readings_reason_when_refused check (reason is null or state = 'refused'),
      constraint readings_resident_is_resident check (resident_id is null or submitted_by = 'resident'),
      constraint readings_once unique (account, number, scale, window_opens, submitted_by)
    );
    create index readings_guest on readings (submitted_by, window_opens) where submitted_by <> 'resident';
    create index readings_resident on readings (resident_id);
    create index readings_taken on readings (taken_at);
    create index readings_waiting on readings (account) where state = 'taken';

    -- Photographs of meters that were attached to readings; the pictures stay with the messenger, this is its handle.
    create table reading_photos (
      id uuid primary key default gen_random_uuid(),
      reading_id uuid not null references readings on delete cascade,
      file text not null check (file <> ''),
      unique_file text not null check (unique_file <> ''),
      messenger_id text not null check (messenger_id like '_%:_%'),
      added_at timestamptz not null,
      constraint reading_photos_once unique (reading_id, unique_file)
    );
    create index reading_photos_messenger on reading_photos (messenger_id);

    -- A reading as it stood in an export: what billing answers on, though it may have been corrected since.
    create table exported_readings (
      reading_id uuid not null references readings on delete cascade,
      export_number integer not null,
      value numeric(15,3) not null,
      day date not null,
      primary key (reading_id, export_number)
    );

    -- What billing said of a reading that went out, as its files say it; told are those who handed it in when told_… is the same.
    create table reading_answers (
      account text collate "C" not null references accounts,
      number text collate "C" not null,
      scale text collate "C" not null default '',
      value numeric not null,
      day date not null,
      result text not null,
      reason text,
      told_result text,
      told_reason text,
      import_id bigint,
      primary key (account, number, scale, value, day)
    );
    create index reading_answers_new on reading_answers (account) where (told_result is distinct from result) or (told_reason is distinct from reason);

    -- What meters showed is kept when billing brings the next value.
    create function meters_keep_values() returns trigger language plpgsql as $$
    begin
      insert into meter_values (account, number, scale, day, value)
      select account, number, scale, value_day, value from brought where value is not null and value_day is not null
      on conflict (account, number, scale, day) do update set value = excluded.value where meter_values.value <> excluded.value;
      return null;
    end $$;

    create trigger meters_keep_values_insert after insert on meters referencing new table as brought
      for each statement execute function meters_keep_values();

    create trigger meters_keep_values_update after update on meters referencing new table as brought
      for each statement execute function meters_keep_values();
  `.execute(db);
}
