import { sql } from 'kysely';
import { type Announcement, UNSENT } from './announcements.ts';
import type { Db } from './database.ts';

/** An announcement with all that it corrects, one through the other. */
const chainOf = (id: string) => sql`(
  with recursive chain as (
    select id, corrects from announcements where id = ${id}
    union all
    select corrected.id, corrected.corrects from announcements corrected join chain on corrected.id = chain.corrects
  )
  select id from chain
)`;

/** The number of what corrects it, where that is sent. */
export async function findCorrectionNumber(db: Db, id: string): Promise<number | undefined> {
  const found = await db
    .selectFrom('announcements')
    .select('number')
    .where('corrects', '=', id)
    .where('number', 'is not', null)
    .executeTakeFirst();
  return found?.number ?? undefined;
}

export async function findAnnouncementNumber(db: Db, id: string): Promise<number | undefined> {
  const found = await db.selectFrom('announcements').select('number').where('id', '=', id).executeTakeFirst();
  return found?.number ?? undefined;
}

/** What its readers are told last: the announcement itself, or its correction, or the correction of that. A draft is none. */
export async function findNewestOf(db: Db, id: string): Promise<Announcement | undefined> {
  const { rows } = await sql<Announcement>`
    with recursive chain as (
      select id, 1 as step from announcements where id = ${id} and number is not null
      union all
      select correction.id, chain.step + 1 from announcements correction join chain on correction.corrects = chain.id
      where correction.number is not null
    )
    select announcements.* from chain join announcements using (id) order by step desc limit 1
  `.execute(db);
  return rows[0];
}

/** In how many messenger accounts it, or what it corrects, has arrived, and when it did last. */
export async function countReadersSoFar(db: Db, id: string): Promise<{ people: number; lastAt: Date | null }> {
  const { rows } = await sql<{ people: number; lastAt: Date | null }>`
    select count(distinct addressee) as people, max(done_at) as last_at from outbox
    where announcement_id in ${chainOf(id)} and done_at is not null and resident_id is not null
  `.execute(db);
  return rows[0] ?? { people: 0, lastAt: null };
}

/** Whether some notice of it was put in line. */
export async function hasNotices(db: Db, id: string): Promise<boolean> {
  const found = await db.selectFrom('outbox').select('id').where('announcementId', '=', id).limit(1).executeTakeFirst();
  return found !== undefined;
}

/** Whether something that it corrects is still on its way to somebody. */
export async function hasUnsettledBefore(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from announcements where id in ${chainOf(id)} and id <> ${id} and state <> 'over') as found
  `.execute(db);
  return rows[0]?.found === true;
}

/** `gotAt`: when what is corrected arrived there last; null: never. */
export type CorrectedReader = { residentId: string; messengerId: string; gotAt: Date | null };

/**
 * The next messenger accounts that a correction has no notice for yet (whose key is `keyBegins` and the account): those where what it
 * corrects has arrived, and where it takes over, those whose notice of the corrected one was never sent.
 */
export async function listNextCorrectedReaders(
  db: Db,
  { id, corrects, takesOver }: Pick<Announcement, 'id' | 'corrects' | 'takesOver'>,
  keyBegins: string,
  limit: number,
): Promise<CorrectedReader[]> {
  const { rows } = await sql<CorrectedReader>`
    select distinct on (former.addressee) former.resident_id, former.addressee as messenger_id, former.done_at as got_at
    from outbox former
    where former.announcement_id in ${chainOf(id)} and former.announcement_id <> ${id} and former.resident_id is not null
      and (
        former.done_at is not null
        or (${takesOver} and former.announcement_id = ${corrects} and former.last_error = any(${[...UNSENT]}::text[]))
      )
      and not exists (select from outbox own where own.kind = 'notice' and own.key = ${keyBegins}::text || former.addressee)
    order by former.addressee, former.done_at desc nulls last
    limit ${limit}
  `.execute(db);
  return rows;
}
