import { type Kysely, sql } from 'kysely';

/** What «К оплате» of the newest charges came to when a resident was told of them: a correction is told to whoever knows the former sum. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table links add column charges_told_due_kopecks bigint;
    alter table links add constraint links_told_due_of_told_charges check (charges_told_due_kopecks is null or charges_told is not null);
  `.execute(db);
}
