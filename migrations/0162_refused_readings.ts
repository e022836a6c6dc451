import { type Kysely, sql } from 'kysely';

/** When billing refused a reading: for some days from then on it may be handed in again, also after the window. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table readings add column refused_at timestamptz;
    -- Whoever was told to hand in again and could not.
    update readings set refused_at = now() where state = 'refused' and taken_at > now() - interval '40 days';
  `.execute(db);
}
