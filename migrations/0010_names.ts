import { type Kysely, sql } from 'kysely';

/** The field's words for what had others: who submitted a reading, whose turn a line of the outbox waits for, a registry that is applied. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table readings rename column giver to submitted_by;
    alter table outbox rename column whose to owner;
    update registry_orders set state = 'to-apply' where state = 'to-conduct';
    update registry_orders set state = 'applied' where state = 'conducted';
  `.execute(db);
}
