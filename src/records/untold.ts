import { type RawBuilder, sql } from 'kysely';
import type { Trx } from './database.ts';

/** A live link whose account has something in the registries that its resident was not told of. */
export type UntoldLink = { link: string; residentId: string; account: string; name: string | null; closed: boolean };

/**
 * `due` is the sum of «К оплате» of the newest period, `paidSince` what was paid from the day after it, both in kopecks; `was` is the sum that was
 * told of this very period before, null where it is a new one.
 */
export type UntoldCharges = UntoldLink & { period: string; due: number; paidSince: number; was: number | null };

/**
 * Of the next residents after `after`, by id: their links with a newer period than was told, or with another sum of it, of about `limit` links and
 * always all of a resident's; told they are from now on, if the transaction commits. `period` is its first day.
 */
export async function claimUntoldCharges(trx: Trx, after: string, limit: number): Promise<UntoldCharges[]> {
  const untold = sql`
    from links l
    join accounts a on a.number = l.account
    cross join lateral (select max(period) as period from charges where charges.account = l.account) c
    where l.ended_at is null and (c.period > coalesce(l.charges_told, '-infinity')
      or c.period = l.charges_told and l.charges_told_due_kopecks <> (
        select sum(due_kopecks) from charges as now where now.account = l.account and now.period = c.period
      ))
  `;
  const residents = await listNextResidents(trx, untold, after, limit);
  const { rows } = await sql<UntoldCharges>`
    with untold as (
      select l.id as link, l.resident_id, l.account, l.name, a.closed, c.period,
        case when c.period = l.charges_told then l.charges_told_due_kopecks end as was,
        (select sum(due_kopecks)::bigint from charges as now where now.account = l.account and now.period = c.period) as due
      ${untold} and l.resident_id = any(${residents}::uuid[])
      for update of l
    ),
    marked as (
      update links set charges_told = u.period, charges_told_due_kopecks = u.due from untold u where links.id = u.link
    )
    select u.link, u.resident_id, u.account, u.name, u.closed, u.period, u.due, u.was,
      (select coalesce(sum(sum_kopecks), 0)::bigint from payments p
        where p.account = u.account and p.day >= (u.period + interval '1 month')::date) as paid_since
    from untold u order by u.link
  `.execute(trx);
  return rows;
}

export type UntoldPayments = UntoldLink & { entry: number; payments: { day: string; sumKopecks: number }[] };

/** The same of registry payments; those dated before `since` count as told and are left out, so `payments` may be empty. */
export async function claimUntoldPayments(trx: Trx, after: string, limit: number, since: string): Promise<UntoldPayments[]> {
  const untold = sql`
    from links l
    join accounts a on a.number = l.account
    cross join lateral (select max(entry) as entry from payments where payments.account = l.account) p
    where l.ended_at is null and p.entry > l.payments_told
  `;
  const residents = await listNextResidents(trx, untold, after, limit);
  const { rows } = await sql<UntoldPayments>`
    with untold as (
      select l.id as link, l.resident_id, l.account, l.name, a.closed, l.payments_told as told, p.entry
      ${untold} and l.resident_id = any(${residents}::uuid[])
      for update of l
    ),
    marked as (update links set payments_told = u.entry from untold u where links.id = u.link)
    select u.link, u.resident_id, u.account, u.name, u.closed, u.entry, (
      select coalesce(json_agg(json_build_object('day', p.day, 'sumKopecks', p.sum_kopecks) order by p.day, p.entry), '[]')
      from payments p where p.account = u.account and p.entry > u.told and p.day >= ${since}::date
    ) as payments
    from untold u order by u.link
  `.execute(trx);
  return rows;
}

/** Whose the next `limit` links are, by the id of the resident; the last of them may have more. */
async function listNextResidents(trx: Trx, untold: RawBuilder<unknown>, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ residentId: string }>`
    select distinct resident_id from (
      select l.resident_id ${untold} and l.resident_id > ${after} order by l.resident_id limit ${limit}
    ) as next order by resident_id
  `.execute(trx);
  return rows.map(({ residentId }) => residentId);
}
