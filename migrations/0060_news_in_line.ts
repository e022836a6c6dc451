import { type Kysely, sql } from 'kysely';

/** Of which kind a piece of news is and about whose account, so that it is judged once more when it is sent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table notices
      add column news text,
      -- Who withdraws the consent takes along what waits in line.
      add column resident_id uuid references residents on delete cascade,
      -- Null where it is about all accounts of the resident.
      add column account text collate "C",
      add constraint notices_news check ((news is null) = (resident_id is null) and (news is not null or account is null));
    create index notices_resident on notices (resident_id) where resident_id is not null;

    create index payments_entry on payments (account, entry);
  `.execute(db);
}
