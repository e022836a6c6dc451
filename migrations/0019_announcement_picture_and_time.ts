import { type Kysely, sql } from 'kysely';

/** An announcement may have a picture, and a time before which nothing of it goes out. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table announcements
      add column picture text,
      add column send_at timestamptz;
  `.execute(db);
}
