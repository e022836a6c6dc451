import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Which requests closed by themselves, as nobody said more: their residents may take them up again by writing on.
  await sql`
    alter table requests add column closed_by_itself boolean not null default false;
    alter table requests add constraint requests_closed_by_itself check (not closed_by_itself or state = 'closed');
  `.execute(db);
  // What «К оплате» of the newest charges came to when a resident was told of them: a correction is told to whoever knows the former sum.
  await sql`
    alter table links add column charges_told_due_kopecks bigint;
    alter table links add constraint links_told_due_of_told_charges check (charges_told_due_kopecks is null or charges_told is not null);
  `.execute(db);
  // A correction goes to whoever got the announcement that it corrects; each is corrected once, and a correction may be corrected in turn.
  await sql`
    alter table announcements add column corrects uuid references announcements;
    -- Whom the corrected one had not reached yet gets the new words at once.
    alter table announcements add column takes_over boolean not null default false;
    alter table announcements add constraint announcements_taken_over check (not takes_over or corrects is not null);
    create unique index announcements_corrected_once on announcements (corrects) where number is not null;
  `.execute(db);
}
