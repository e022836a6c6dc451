import { sql } from 'kysely';
import type { Db } from './database.ts';

/** Residents with a live link to an open account that has a meter: the next ids after `after`, at most `limit`. */
export async function listReadersOfMeters(db: Db, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ resident_id: string }>`
    select distinct l.resident_id
    from links l join accounts a on a.number = l.account and not a.closed
    where l.ended_at is null and l.resident_id > ${after} and exists (select from meters m where m.account = l.account)
    order by l.resident_id limit ${limit}
  `.execute(db);
  return rows.map(({ resident_id }) => resident_id);
}

export type UnreadAccount = { link: string; resident_id: string; account: string; name: string | null; closed: boolean };

/**
 * Their open accounts with a scale of which nothing was handed in for the window that opened on that day: neither to billing nor by a resident
 * here (a guest's waits to be checked). What billing refused is to be handed in again.
 */
export async function listUnreadAccounts(db: Db, residentIds: readonly string[], opens: string): Promise<UnreadAccount[]> {
  const { rows } = await sql<UnreadAccount>`
    select l.id as link, l.resident_id, l.account, l.name, a.closed
    from links l join accounts a on a.number = l.account and not a.closed
    where l.ended_at is null and l.resident_id = any(${[...residentIds]}::uuid[]) and exists (
      select from meters m
      where m.account = l.account and coalesce(m.value_day < ${opens}::date, true) and not exists (
        select from readings r
        where r.account = m.account and r.number = m.number and r.scale = m.scale and r.window_opens = ${opens}::date
          and r.giver = 'resident' and r.state <> 'refused'
      )
    )
    order by l.linked_at, l.account
  `.execute(db);
  return rows;
}

export type VerificationDue = {
  link: string;
  resident_id: string;
  account: string;
  name: string | null;
  closed: boolean;
  /** 0, 1, …: in which of the spans it is. */
  stage: number;
  /** The last day of the verification. */
  due: string;
  meters: { number: string; service: string }[];
};

/**
 * Meters of open accounts whose verification runs out in one of the spans of days, by link, span and day: those of the next links after
 * `after`, by id, at most `limit` links.
 */
export async function listVerifications(
  db: Db,
  after: string,
  limit: number,
  spans: readonly { from: string; to: string }[],
): Promise<VerificationDue[]> {
  const { rows } = await sql<VerificationDue>`
    with spans as (
      select stage - 1 as stage, "from", "to"
      from rows from (jsonb_to_recordset(${JSON.stringify(spans)}::jsonb) as ("from" date, "to" date)) with ordinality
        as s ("from", "to", stage)
    ),
    due as (
      select l.id as link, l.resident_id, l.account, l.name, a.closed, s.stage::integer as stage, m.verification_due as due,
        json_agg(distinct jsonb_build_object('number', m.number, 'service', m.service)) as meters
      from spans s
      join meters m on m.verification_due between s."from" and s."to"
      join accounts a on a.number = m.account and not a.closed
      join links l on l.account = m.account and l.ended_at is null
      where l.id > ${after}
      group by l.id, a.closed, s.stage, m.verification_due
    )
    select * from due where link in (select distinct link from due order by link limit ${limit})
    order by link, stage, due
  `.execute(db);
  return rows;
}
