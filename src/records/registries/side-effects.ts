import { METER_KEY_TAIL } from '../../domain/notice-key.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Trx } from '../database.ts';
import { noticeKeyPartSql, noticeKeyUpToSql } from '../notice-key-sql.ts';
import type { ImportId } from './merge.ts';

/**
 * What an import changes outside its own table: a `stageWatched…` puts aside how it was, an `insertPrevious…` then keeps what has changed, for
 * undoing. Of people's rows the keys alone are kept.
 */
export async function stageWatchedMeterValues(trx: Trx): Promise<void> {
  await sql`
    create temp table watched on commit drop as
    select s.account, s.number, s.scale, s.value_day as day, v.value from staged as s
    left join meter_values as v on v.account = s.account and v.number = s.number and v.scale = s.scale and v.day = s.value_day
    where s.refusal is null and s.value is not null and s.value_day is not null
  `.execute(trx);
}

export async function insertPreviousMeterValues(trx: Trx, id: ImportId): Promise<void> {
  await keep(
    trx,
    id,
    'meter_values',
    sql`
      select to_jsonb(watched) as before from watched join meter_values as v using (account, number, scale, day)
      where v.value is distinct from watched.value`,
  );
}

export async function stageWatchedPaymentLines(trx: Trx, postedSince: Date): Promise<void> {
  await sql`
    create temp table watched on commit drop as
    select operation, posted_at, trouble from card_payment_lines where posted_at is null or posted_at > ${postedSince}
  `.execute(trx);
}

export async function insertPreviousPaymentLines(trx: Trx, id: ImportId): Promise<void> {
  await keep(
    trx,
    id,
    'card_payment_lines',
    sql`
      select to_jsonb(watched) || jsonb_build_object('posted_at_after', l.posted_at, 'trouble_after', l.trouble) as before
      from watched join card_payment_lines as l using (operation)
      where (l.posted_at, l.trouble) is distinct from (watched.posted_at, watched.trouble)`,
  );
}

export async function stageWatchedReadings(trx: Trx): Promise<void> {
  await sql`
    create temp table watched on commit drop as
    select id, state, reason, refused_at from readings where account in (select account from staged where refusal is null)
  `.execute(trx);
}

export async function insertPreviousReadings(trx: Trx, id: ImportId): Promise<void> {
  await keep(
    trx,
    id,
    'readings',
    sql`
      select to_jsonb(watched) || jsonb_build_object('state_after', r.state, 'reason_after', r.reason) as before
      from watched join readings as r using (id) where (r.state, r.reason) is distinct from (watched.state, watched.reason)`,
  );
}

/** Accounts of the file that are there, open or closed. */
export async function stageWatchedAccounts(trx: Trx): Promise<void> {
  await sql`
    create temp table watched on commit drop as
    select a.number, a.closed from accounts as a where a.number in (select number from staged where refusal is null)
  `.execute(trx);
}

/** Those of them that the file has closed, or opened again. */
export async function listAccountsThatBecame(trx: Trx, to: 'closed' | 'open'): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    select a.number from watched join accounts as a using (number)
    where a.closed <> watched.closed and a.closed = ${to === 'closed'} order by 1
  `.execute(trx);
  return rows.map(({ number }) => number);
}

export type ReadingOfGoneMeter = {
  account: string;
  number: string;
  scale: string;
  service: string;
  windowOpens: string;
  value: string;
};

/** Readings of residents, in hand still, of meters that the file no longer has for their accounts. */
export async function listReadingsOfGoneMeters(trx: Trx): Promise<ReadingOfGoneMeter[]> {
  const { rows } = await sql<ReadingOfGoneMeter>`
    select r.account, r.number, r.scale, r.service, r.window_opens, r.value from readings as r
    where r.submitted_by = 'resident' and r.state in ('taken', 'exported')
      and r.account in (select account from staged where refusal is null)
      and r.window_opens = (select max(window_opens) from readings as newest where newest.account = r.account)
      and not exists (select from meters as m where m.account = r.account and m.number = r.number)
    order by r.account, r.number, r.scale
  `.execute(trx);
  return rows;
}

/** Meters of the file of which it was told, or is to be told, that they were replaced. */
export async function listMetersBack(trx: Trx): Promise<{ account: string; number: string }[]> {
  const { rows } = await sql<{ account: string; number: string }>`
    with told as (
      select distinct ${noticeKeyUpToSql(METER_KEY_TAIL)} as meter from outbox
      where kind = 'notice' and starts_with(key, 'meter-replaced/')
    )
    select distinct m.account, m.number from told
    join meters as m on m.account = ${noticeKeyPartSql('subject', sql.ref('told.meter'))} and 'meter-replaced/' || m.account || '/' || m.number = told.meter
    where m.account in (select account from staged where refusal is null)
    order by 1, 2
  `.execute(trx);
  return rows;
}

/** Links and passwords that end because their accounts have another owner now; to be kept before they do. */
export async function insertWhatOwnersLose(trx: Trx, id: ImportId, accounts: readonly string[]): Promise<void> {
  for (const relation of ['links', 'accountPasswords'])
    await keep(
      trx,
      id,
      relation,
      sql`
        select jsonb_build_object('id', t.id) as before from ${sql.id(relation)} as t
        where ended_at is null and account = any(${[...accounts]}::text[])`,
    );
}

async function keep(trx: Trx, id: ImportId, relation: string, changed: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into registry_previous_rows (import_id, relation, before) select ${id}::bigint, ${relation}::text, before from (${changed}) as c
  `.execute(trx);
}
