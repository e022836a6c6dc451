import { sql } from 'kysely';
import type { Db } from '../../../src/records/database.ts';

/** What may have something to do, due or not. */
export type Waiting = { orders: boolean; announcements: boolean; outbox: boolean };

/** Asked once after each step of a transcript, where mostly nothing waits: each of the three would ask several times. */
export async function findWaiting(db: Db): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    select exists (select from registry_orders) as orders, exists (select from announcements) as announcements,
      exists (select from outbox where done_at is null and failed_at is null) as outbox
  `.execute(db);
  return rows[0] as Waiting;
}
