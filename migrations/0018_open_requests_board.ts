import { type Kysely, sql } from 'kysely';

/** The list of requests that wait, in the staff group: one message that is kept current. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Where the list of requests that wait stands in the staff group; one row at most.
    create table request_board (
      one_row boolean primary key default true check (one_row),
      message text check (message like '_%:_%/_%'),
      former text check (former like '_%:_%/_%'),
      pinned boolean not null default false,
      page integer not null default 1 check (page > 0),
      shows text not null default '',
      asked_at timestamptz not null
    );
  `.execute(db);
}
