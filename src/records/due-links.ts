import { sql } from 'kysely';
import type { Db } from './database.ts';

/** A live link to an account whose newest charges are those of a period. */
export type DueLink = { id: string; residentId: string; account: string; name: string | null; address: string; closed: boolean };

/**
 * Of the next residents after `after`, by id, at most `limit` of them: their links to accounts that were charged for the period (its first
 * day) and for none later.
 */
export async function listDueLinks(db: Db, firstDay: string, after: string, limit: number): Promise<DueLink[]> {
  const { rows } = await sql<DueLink>`
    with due as (
      select l.id, l.resident_id, l.account, l.name, l.linked_at, a.address, a.closed
      from links l join accounts a on a.number = l.account
      where l.ended_at is null and l.resident_id > ${after}
        and (select max(c.period) from charges c where c.account = l.account) = ${firstDay}::date
    ),
    next as (select distinct resident_id from due order by resident_id limit ${limit})
    select d.id, d.resident_id, d.account, d.name, d.address, d.closed
    from due d join next n on n.resident_id = d.resident_id
    order by d.resident_id, d.linked_at, d.account
  `.execute(db);
  return rows;
}
