import { type Kysely, sql } from 'kysely';

/** Meter readings that residents and guests hand in, photographs of meters, and what meters showed in the past. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table readings (
      id uuid primary key default gen_random_uuid(),
      account text collate "C" not null references accounts,
      -- No reference to meters: a registry replaces them whole.
      number text collate "C" not null check (number <> ''),
      scale text collate "C" not null,
      service text not null,
      -- The first day of the window in which it was handed in.
      window_opens date not null,
      -- Residents of an account speak for it as one; each guest for himself.
      giver text collate "C" not null check (giver = 'resident' or giver like '_%:_%'),
      resident_id uuid references residents on delete set null,
      value numeric(15, 3) not null check (value >= 0),
      day date not null,
      taken_at timestamptz not null,
      previous_value numeric(15, 3),
      previous_day date,
      state text not null default 'taken' check (state in ('taken', 'exported', 'accepted', 'refused')),
      reason text,
      constraint readings_once unique (account, number, scale, window_opens, giver),
      constraint readings_resident_is_resident check (resident_id is null or giver = 'resident'),
      constraint readings_reason_when_refused check (reason is null or state = 'refused'),
      constraint readings_day_in_window check (day >= window_opens)
    );
    create index readings_resident on readings (resident_id);
    create index readings_guest on readings (giver, window_opens) where giver <> 'resident';
    create index readings_waiting on readings (account) where state = 'taken';
    create index readings_taken on readings (taken_at);

    create table reading_photos (
      id uuid primary key default gen_random_uuid(),
      reading_id uuid not null references readings on delete cascade,
      -- The messenger's handle; the picture itself stays with the messenger.
      file text not null check (file <> ''),
      unique_file text not null check (unique_file <> ''),
      messenger_id text not null check (messenger_id like '_%:_%'),
      added_at timestamptz not null,
      constraint reading_photos_once unique (reading_id, unique_file)
    );
    create index reading_photos_messenger on reading_photos (messenger_id);

    -- A registry of meters has the last value only; what it had before is how much is usual.
    create table meter_values (
      account text collate "C" not null references accounts,
      number text collate "C" not null,
      scale text collate "C" not null,
      day date not null,
      value numeric not null,
      primary key (account, number, scale, day)
    );
    create index meter_values_day on meter_values (day);

    insert into meter_values (account, number, scale, day, value)
    select account, number, scale, value_day, value from meters where value is not null and value_day is not null;

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
