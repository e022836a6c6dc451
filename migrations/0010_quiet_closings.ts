import { type Kysely, sql } from 'kysely';

/** Which requests closed by themselves, as nobody said more: their residents may take them up again by writing on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table requests add column closed_by_itself boolean not null default false;
    alter table requests add constraint requests_closed_by_itself check (not closed_by_itself or state = 'closed');
  `.execute(db);
}
