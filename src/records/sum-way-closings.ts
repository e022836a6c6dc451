import { type ColumnType, sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import type { LinkEnd } from './links.ts';

/** That somebody else ended a link: by what its resident is known, a row a fingerprint, so that a new login does not undo it. */
export type SumWayClosingsTable = {
  linkId: string;
  account: string;
  person: string;
  why: EndedByOther;
  at: ColumnType<Date, Date, never>;
};

/** By a holder who proved the account by an issued password, by staff, or by whoever gave the access. */
export type EndedByOther = Extract<LinkEnd, 'by-other-holder' | 'by-staff' | 'by-giver'>;

/** What was ended of a person's links to an account by others: each once, from the newest. */
export type EndedBefore = { at: Date; why: LinkEnd };

/** Closes linking by sum to whoever these fingerprints are of. */
export async function insertSumWayClosing(
  trx: Trx,
  { link, account, persons, why }: { link: string; account: string; persons: readonly string[]; why: EndedByOther },
  now: Date,
): Promise<void> {
  await sql`
    insert into sum_way_closings (link_id, account, person, why, at)
    select ${link}, ${account}, person, ${why}, ${now} from unnest(${[...persons]}::text[]) person
    on conflict (link_id, person) do nothing`.execute(trx);
}

/**
 * The links to an account that others, or a change of owner, ended for a resident or for whoever has these fingerprints. `sinceOpened`: only
 * those after staff last opened the way to such people.
 */
export async function listEndedByOthers(
  db: Db,
  { account, residentId, persons }: { account: string; residentId: string; persons: readonly string[] },
  { sinceOpened }: { sinceOpened: boolean },
): Promise<EndedBefore[]> {
  const { rows } = await sql<EndedBefore>`
    select max(at) as at, min(why) as why from (
      select id, ended_at as at, ended_why as why from links
      where account = ${account} and resident_id = ${residentId}
        and ended_why in ('by-other-holder', 'by-staff', 'by-giver', 'owner-changed')
      union all
      select link_id, at, why from sum_way_closings where account = ${account} and person = any(${[...persons]}::text[])
    ) ended
    where not ${sinceOpened} or at > coalesce(
      (select max(at) from sum_reopenings where account = ${account} and for_ended), '-infinity'
    )
    group by id
    order by 1 desc`.execute(db);
  return rows;
}

/** For how many people linking by sum is closed since others ended their links. */
export async function countSumWayClosings(db: Db, account: string): Promise<number> {
  const { rows } = await sql<{ closed: number }>`
    select count(distinct resident_id) as closed from links
    where account = ${account} and ended_why in ('by-other-holder', 'by-staff', 'by-giver', 'owner-changed')
      and ended_at > coalesce((select max(at) from sum_reopenings where account = ${account} and for_ended), '-infinity')`.execute(
    db,
  );
  return rows[0]?.closed ?? 0;
}

export async function deleteOldSumWayClosings(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('sumWayClosings').where('at', '<', before).execute();
}
