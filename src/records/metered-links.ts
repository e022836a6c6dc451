import { asColumns } from './column-names.ts';
import { sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** Residents with a live link to an open account that has a meter: the next ids after `after`, at most `limit`. */
export async function listReadersOfMeters(db: Db, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ residentId: string }>`
    select distinct l.resident_id
    from links l join accounts a on a.number = l.account and not a.closed
    where l.ended_at is null and l.resident_id > ${after} and exists (select from meters m where m.account = l.account)
    order by l.resident_id limit ${limit}
  `.execute(db);
  return rows.map(({ residentId }) => residentId);
}

/** Whether the account of this table's row has a scale of which nothing was handed in for the window, as below. */
export const unreadScaleSql = (table: string, opens: string) => sql<boolean>`exists (
    select from meters m
    where m.account = ${sql.ref(`${table}.account`)} and coalesce(m.value_day < ${opens}::date, true) and not exists (
      select from readings r
      where r.account = m.account and r.number = m.number and r.scale = m.scale and r.window_opens = ${opens}::date
        and r.submitted_by = 'resident' and r.state <> 'refused'
    )
  )`;

export type UnreadAccount = { link: string; residentId: string; account: string; name: string | null; closed: boolean };

/**
 * Their open accounts with a scale of which nothing was handed in for the window that opened on that day: neither to billing nor by a resident
 * here (a guest's waits to be checked). What billing refused is to be handed in again.
 */
export async function listUnreadAccounts(db: Db, residentIds: readonly string[], opens: string): Promise<UnreadAccount[]> {
  const { rows } = await sql<UnreadAccount>`
    select l.id as link, l.resident_id, l.account, l.name, a.closed
    from links l join accounts a on a.number = l.account and not a.closed
    where l.ended_at is null and l.resident_id = any(${[...residentIds]}::uuid[]) and ${unreadScaleSql('l', opens)}
    order by l.linked_at, l.account
  `.execute(db);
  return rows;
}

/** Of which meters' verifications a resident was told, at which of the times before they run out, and of which day. */
export type ToldVerificationsTable = { residentId: string; account: string; number: string; stage: number; due: string };

/** A day that moved by no more than this is the same verification still. */
const SAME_VERIFICATION_DAYS = 31;

export type VerificationDue = {
  link: string;
  residentId: string;
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
 * Of which verifications a resident was told, as they are now and from today on: of open accounts that he has, by link and day. One that was told
 * and has moved farther than `SAME_VERIFICATION_DAYS` is another.
 */
export async function listToldVerifications(db: Db, residentId: string, today: string): Promise<VerificationDue[]> {
  const { rows } = await sql<VerificationDue>`
    with due as (
      select distinct l.id as link, l.resident_id, l.account, l.name, a.closed, m.verification_due as due, m.number, m.service
      from told_verifications t
      join meters m on m.account = t.account and m.number = t.number and abs(t.due - m.verification_due) <= ${SAME_VERIFICATION_DAYS}
      join accounts a on a.number = t.account and not a.closed
      join links l on l.account = t.account and l.resident_id = t.resident_id and l.ended_at is null
      where t.resident_id = ${residentId} and m.verification_due >= ${today}::date
    )
    select link, resident_id, account, name, closed, 0 as stage, due,
      json_agg(jsonb_build_object('number', number, 'service', service) order by number, service) as meters
    from due group by link, resident_id, account, name, closed, due order by due, account
  `.execute(db);
  return rows;
}

/**
 * Meters of open accounts whose verification runs out in one of the spans of days and of which their residents were not told, by link, span
 * and day: those of the next residents after `after`, by id, at most `limit` of them; told they are from now on, if the transaction commits.
 */
export async function saveToldVerifications(
  trx: Trx,
  after: string,
  limit: number,
  spans: readonly { from: string; to: string }[],
): Promise<VerificationDue[]> {
  const { rows } = await sql<VerificationDue>`
    with spans as (
      select stage::integer - 1 as stage, "from", "to"
      from rows from (jsonb_to_recordset(${JSON.stringify(spans.map(asColumns))}::jsonb) as ("from" date, "to" date)) with ordinality
        as s ("from", "to", stage)
    ),
    due as (
      select distinct l.id as link, l.resident_id, l.account, l.name, a.closed, s.stage, m.verification_due as due, m.number, m.service
      from spans s
      join meters m on m.verification_due between s."from" and s."to"
      join accounts a on a.number = m.account and not a.closed
      join links l on l.account = m.account and l.ended_at is null
      where l.resident_id > ${after} and not exists (
        select from told_verifications t
        where t.resident_id = l.resident_id and t.account = m.account and t.number = m.number and t.stage = s.stage
          and abs(t.due - m.verification_due) <= ${SAME_VERIFICATION_DAYS}
      )
    ),
    next as (select * from due where resident_id in (select distinct resident_id from due order by resident_id limit ${limit})),
    marked as (
      insert into told_verifications (resident_id, account, number, stage, due)
      select resident_id, account, number, stage, max(due) from next group by 1, 2, 3, 4
      on conflict (resident_id, account, number, stage) do update set due = excluded.due
    )
    select link, resident_id, account, name, closed, stage, due,
      json_agg(jsonb_build_object('number', number, 'service', service) order by number, service) as meters
    from next group by link, resident_id, account, name, closed, stage, due order by link, stage, due
  `.execute(trx);
  return rows;
}
