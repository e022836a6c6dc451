import { sql } from 'kysely';
import type { Db } from './database.ts';

/** A live link to an account whose newest charges are those of a period. */
export type DueLink = { id: string; residentId: string; account: string; name: string | null; address: string; closed: boolean };

/** DueOf: the next residents after an id, at most so many of them, or one. */
export type DueOf = { after: string; limit: number } | { residentId: string };

/** Residents' links to accounts that were charged for the period (its first day) and for none later, by resident. */
export async function listDueLinks(db: Db, firstDay: string, whose: DueOf): Promise<DueLink[]> {
  const isMeant = 'after' in whose ? sql`l.resident_id > ${whose.after}` : sql`l.resident_id = ${whose.residentId}`;
  const { rows } = await sql<DueLink>`
    with due as (
      select l.id, l.resident_id, l.account, l.name, l.linked_at, a.address, a.closed
      from links l join accounts a on a.number = l.account
      where l.ended_at is null and ${isMeant}
        and (select max(c.period) from charges c where c.account = l.account) = ${firstDay}::date
    ),
    next as (select distinct resident_id from due order by resident_id limit ${'limit' in whose ? whose.limit : 1})
    select d.id, d.resident_id, d.account, d.name, d.address, d.closed
    from due d join next n on n.resident_id = d.resident_id
    order by d.resident_id, d.linked_at, d.account
  `.execute(db);
  return rows;
}
