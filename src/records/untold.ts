import { type RawBuilder, sql } from 'kysely';
import type { Kopecks } from '../domain/money.ts';
import { asColumns } from './column-names.ts';
import type { Db, Trx } from './database.ts';
import { formerPaymentsSql, movedEntriesSql } from './former-payments.ts';

/** A live link whose account has something in the registries that its resident was not told of. */
export type UntoldLink = { link: string; residentId: string; account: string; name: string | null; closed: boolean };

/**
 * What is owed of the newest period, as `domain/debt.ts` has it; `wasKopecks` is the sum that was told of this very period before, null where it is a
 * new one. `told` and `toldDues`: what was told before, and the sums by period (kopecks).
 */
export type UntoldCharges = UntoldLink & {
  period: string;
  dueKopecks: Kopecks;
  paidSinceKopecks: Kopecks;
  wasKopecks: Kopecks | null;
  told: string | null;
  toldDues: Readonly<Record<string, Kopecks>>;
};

/** Of so many periods the sums that were told are kept: no more of them can be undone. */
const PERIODS_KEPT = 4;

const dueOf = (period: string) => sql`(l.charges_told_dues ->> ${sql.ref(period)}::text)::bigint`;

/**
 * Of the next residents after `after`, by id: their links with a newer period than was told, or with another sum of it, of about `limit` links and
 * always all of a resident's; told they are from now on, if the transaction commits. `period` is its first day; `upTo`: no resident after that one.
 */
export async function markChargesTold(trx: Trx, after: string, limit: number, upTo?: string): Promise<UntoldCharges[]> {
  const untold = sql`
    from links l
    join accounts a on a.number = l.account
    cross join lateral (select max(period) as period from charges where charges.account = l.account) c
    where l.ended_at is null and (c.period > coalesce(l.charges_told, '-infinity')
      or c.period = l.charges_told and ${dueOf('c.period')} <> (
        select sum(due_kopecks) from charges as now where now.account = l.account and now.period = c.period
      ))
  `;
  const residents = await listNextResidents(trx, untold, after, limit, upTo);
  const { rows } = await sql<UntoldCharges>`
    with untold as (
      select l.id as link, l.resident_id, l.account, l.name, a.closed, c.period,
        l.charges_told as told, l.charges_told_dues as told_dues, ${dueOf('c.period')} as was_kopecks,
        (select sum(due_kopecks)::bigint from charges as now where now.account = l.account and now.period = c.period) as due_kopecks
      ${untold} and l.resident_id = any(${residents}::uuid[])
      for update of l
    ),
    marked as (
      update links set charges_told = u.period, charges_told_dues = (
        select jsonb_object_agg(key, value) from (
          select * from jsonb_each(u.told_dues || jsonb_build_object(u.period::text, u.due_kopecks)) order by key desc limit ${PERIODS_KEPT}
        ) as kept
      ) from untold u where links.id = u.link
    )
    select u.link, u.resident_id, u.account, u.name, u.closed, u.period, u.due_kopecks, u.was_kopecks, u.told, u.told_dues,
      (select coalesce(sum(sum_kopecks), 0)::bigint from payments p
        where p.account = u.account and p.day >= (u.period + interval '1 month')::date) as paid_since_kopecks
    from untold u order by u.link
  `.execute(trx);
  return rows;
}

/**
 * A payment that is new to a resident (`wasKopecks` null), or another one than was told: of another sum, or on another account now (`sumKopecks`
 * null). `day` is the one that was told.
 */
export type UntoldPayment = { day: string; sumKopecks: number | null; wasKopecks: number | null };

/** `told`: up to which entry they were told before. */
export type UntoldPayments = UntoldLink & { told: number; entry: number; payments: UntoldPayment[] };

/**
 * The same of registry payments. Of new ones those dated before `since` count as told and are left out, and so is what is as it was told:
 * `payments` may be empty.
 */
export async function markPaymentsTold(trx: Trx, after: string, limit: number, since: string): Promise<UntoldPayments[]> {
  const untold = sql`
    from links l
    join accounts a on a.number = l.account
    left join ${movedEntriesSql} as moved on moved.account = l.account
    cross join lateral (select greatest(max(entry), moved.entry) as entry from payments where payments.account = l.account) p
    where l.ended_at is null and p.entry > l.payments_told
  `;
  const residents = await listNextResidents(trx, untold, after, limit);
  const { rows } = await sql<UntoldPayments>`
    with untold as (
      select l.id as link, l.resident_id, l.account, l.name, a.closed, l.payments_told as told, p.entry
      ${untold} and l.resident_id = any(${residents}::uuid[])
      for update of l
    ),
    marked as (update links set payments_told = u.entry from untold u where links.id = u.link),
    former as materialized (select * from ${formerPaymentsSql} as was),
    found as materialized (
      select u.link, u.account as own, u.told, p.* from untold u
      join payments p on p.account = u.account and p.entry > u.told and p.day >= ${since}::date
      union
      select u.link, u.account, u.told, p.* from untold u
      join former on former.account = u.account
      join payments p on (p.source, p.operation, p.reversal) = (former.source, former.operation, former.reversal) and p.entry > u.told
    ),
    -- As the resident knows it.
    known as (
      select distinct on (f.link, f.source, f.operation, f.reversal) f.link, former.* from found f
      join former on (former.source, former.operation, former.reversal) = (f.source, f.operation, f.reversal)
      where former.entry <= f.told and not former.untold ? f.link::text
      order by f.link, f.source, f.operation, f.reversal, former.entry desc
    ),
    compared as (
      select f.link, f.entry, f.day, known.day as was_day, known.news,
        case when f.account = f.own then f.sum_kopecks end as sum, case when known.account = f.own then known.sum_kopecks end as was
      from found f
      left join known on (known.link, known.source, known.operation, known.reversal) = (f.link, f.source, f.operation, f.reversal)
    ),
    news as (
      select link, json_agg(json_build_object(
        'day', case when was is null then day else coalesce(was_day, day) end, 'sumKopecks', sum, 'wasKopecks', was
      ) order by day, entry) as payments
      from compared where sum is distinct from was and case when was is null then day >= ${since}::date else news end
      group by link
    )
    select u.link, u.resident_id, u.account, u.name, u.closed, u.told, u.entry, coalesce(news.payments, '[]') as payments
    from untold u left join news on news.link = u.link order by u.link
  `.execute(trx);
  return rows;
}

/** The newest charges of these accounts, of those that a resident has, as they are now. */
export async function listChargesNow(
  db: Db,
  residentId: string,
  accounts: readonly string[],
): Promise<Omit<UntoldCharges, 'wasKopecks' | 'told' | 'toldDues'>[]> {
  const { rows } = await sql<Omit<UntoldCharges, 'wasKopecks' | 'told' | 'toldDues'>>`
    select l.id as link, l.resident_id, l.account, l.name, a.closed, c.period, sum(c.due_kopecks)::bigint as due_kopecks,
      (select coalesce(sum(sum_kopecks), 0)::bigint from payments p
        where p.account = l.account and p.day >= (c.period + interval '1 month')::date) as paid_since_kopecks
    from links l
    join accounts a on a.number = l.account
    join charges c on c.account = l.account and c.period = (select max(period) from charges as of where of.account = l.account)
    where l.ended_at is null and l.resident_id = ${residentId} and l.account = any(${[...accounts]}::text[])
    group by l.id, l.resident_id, l.account, l.name, a.closed, c.period order by l.id
  `.execute(db);
  return rows;
}

/** Payments of accounts that a resident has between two entries of each, the second included, that are dated `since` or later; as they are now. */
export async function listPaymentsOfEntries(
  db: Db,
  residentId: string,
  between: readonly { account: string; told: number; entry: number }[],
  since: string,
): Promise<UntoldPayments[]> {
  const { rows } = await sql<UntoldPayments>`
    select l.id as link, l.resident_id, l.account, l.name, a.closed, b.told, b.entry, (
      select coalesce(json_agg(json_build_object('day', p.day, 'sumKopecks', p.sum_kopecks, 'wasKopecks', null) order by p.day, p.entry), '[]')
      from payments p where p.account = l.account and p.entry > b.told and p.entry <= b.entry and p.day >= ${since}::date
    ) as payments
    from jsonb_to_recordset(${JSON.stringify(between.map(asColumns))}::jsonb) as b (account text, told bigint, entry bigint)
    join links l on l.account = b.account and l.resident_id = ${residentId} and l.ended_at is null
    join accounts a on a.number = l.account
    order by l.id
  `.execute(db);
  return rows;
}

/** Whose the next `limit` links are, by the id of the resident; the last of them may have more. */
async function listNextResidents(
  trx: Trx,
  untold: RawBuilder<unknown>,
  after: string,
  limit: number,
  upTo: string | null = null,
): Promise<string[]> {
  const { rows } = await sql<{ residentId: string }>`
    select distinct resident_id from (
      select l.resident_id ${untold} and l.resident_id > ${after} and (${upTo}::uuid is null or l.resident_id <= ${upTo}) order by l.resident_id limit ${limit}
    ) as next order by resident_id
  `.execute(trx);
  return rows.map(({ residentId }) => residentId);
}

/** What a resident had been told of an account before a notice that nobody is sent any more: `period` and `dues` of charges, `entry` of payments. */
export type ToldBefore = {
  residentId: string;
  account: string;
  period: string | null;
  dues: Readonly<Record<string, number>>;
  entry: number | null;
};

/** Puts back what was told of charges: whatever else there is now is told anew. */
export async function updateChargesToldBack(trx: Trx, before: readonly ToldBefore[]): Promise<void> {
  if (before.length === 0) return;
  await sql`
    update links as l set charges_told = b.period, charges_told_dues = b.dues
    from ${recordsOf(before)} where l.resident_id = b.resident_id and l.account = b.account and l.ended_at is null
  `.execute(trx);
}

/** The same of payments. */
export async function updatePaymentsToldBack(trx: Trx, before: readonly ToldBefore[]): Promise<void> {
  if (before.length === 0) return;
  await sql`
    update links as l set payments_told = least(l.payments_told, b.entry)
    from ${recordsOf(before)} where l.resident_id = b.resident_id and l.account = b.account and l.ended_at is null
  `.execute(trx);
}

/** One parameter, however many they are. */
const recordsOf = (before: readonly ToldBefore[]) => sql`
  jsonb_to_recordset(${JSON.stringify(before.map(asColumns))}::jsonb) as b (resident_id uuid, account text, period date, dues jsonb, entry bigint)
`;

/**
 * Once charges of an undone import are gone: of those who had been told of a period that is there no more, the newest that there is counts as
 * told. The sums that they know of both stay: they hear of either when it is, or comes again, with another one.
 */
export async function updateChargesTakenBack(trx: Trx, accounts: readonly string[]): Promise<void> {
  await sql`
    with newest as (
      select l.id, (select max(period) from charges as c where c.account = l.account) as period
      from links as l where l.account = any(${[...accounts]}::text[]) and l.charges_told is not null
    )
    update links as l set charges_told = newest.period from newest where l.id = newest.id and (newest.period is null or l.charges_told > newest.period)
  `.execute(trx);
}
