import { sql } from 'kysely';
import { firstDay, makePeriod, shiftPeriod } from '../../../src/domain/period.ts';
import type { Db } from '../../../src/records/database.ts';

export type CabinetSize = { accounts: number; periods: number; residents: number };

export const SERVICES = 4;
/** The newest month that was charged. */
export const NEWEST = makePeriod(2026, 10);
/** Every resident has one account, every third two, every ninth three. */
const MOST_LINKS = 3;

/**
 * A town as imports would have left it: month after month, so that an account's rows lie apart from each other. Keys are put on when all
 * rows are there; that changes how long it takes, not what is read.
 */
export async function fillTown(db: Db, { accounts, periods, residents }: CabinetSize): Promise<void> {
  const run = (query: ReturnType<typeof sql>) => query.execute(db);
  await run(sql`
    insert into accounts (number, owner_name, address, area, residents)
    select lpad(i::text, 9, '0'), 'Жилец ' || i, 'г. Приморск-на-Миусе, ул. Степная, д. ' || i / 60 || ', кв. ' || i % 60, 54.3, 1 + i % 4
    from generate_series(1, ${sql.lit(accounts)}) i`);

  await run(sql`alter table charges drop constraint charges_pkey`);
  await run(sql`alter table payments drop constraint payments_pkey, drop constraint payments_account_fkey`);
  await run(sql`drop index payments_account_day, payments_entry`);
  for (let back = periods - 1; back >= 0; back -= 1) {
    const day = firstDay(shiftPeriod(NEWEST, -back));
    await db.transaction().execute(async (trx) => {
      await sql`set local registries.accounts_checked = 'yes'`.execute(trx);
      await sql`
        insert into charges (account, period, supplier, service, opening_kopecks, charged_kopecks, penalty_kopecks, paid_kopecks, due_kopecks, volume, unit, tariff)
        select lpad(i::text, 9, '0'), ${day}::date, 'Поставщик ' || s, 'Коммунальная услуга ' || s, c, c, case when i % 7 = 0 then 120 else 0 end,
          case when i % 5 = 0 then 0 else c end, c + case when i % 7 = 0 then 120 else 0 end + case when i % 5 = 0 then c else 0 end, 3 + i % 10, 'куб.м', 41.63
        from generate_series(1, ${sql.lit(accounts)}) i, generate_series(1, ${sql.lit(SERVICES)}) s,
          lateral (select (10000 + (i * 37 + s * 1009) % 90000)::bigint as c) as sums`.execute(trx);
    });
    await run(sql`
      insert into payments (source, operation, account, day, sum_kopecks)
      select 'Банк', ${day} || '-' || i, lpad(i::text, 9, '0'), ${day}::date + 9 + i % 15, 40000 + (i * 37) % 90000
      from generate_series(1, ${sql.lit(accounts)}) i`);
  }
  await run(sql`alter table charges add primary key (account, period, supplier, service)`);
  await run(sql`alter table payments add primary key (source, operation), add foreign key (account) references accounts`);
  await run(sql`create index payments_account_day on payments (account, day)`);
  await run(sql`create index payments_entry on payments (account, entry)`);

  await run(sql`
    insert into meters (account, number, service, digits, value, value_day, verification_due)
    select lpad(i::text, 9, '0'), m::text || i, 'Коммунальная услуга ' || m, 5, i % 90000, '2026-10-22', '2030-01-01'
    from generate_series(1, ${sql.lit(accounts)}) i, generate_series(1, 2) m`);
  await run(sql`
    insert into registry_imports (kind, file_name, started_at, finished_at, rows_read, rows_new, rows_changed, rows_unchanged, rows_refused, data_day)
    select kind, kind || i || '.csv', now(), now(), 1, 1, 0, 0, 0, '2026-11-18'::date - i
    from unnest(array['accounts', 'charges', 'payments', 'meters']) kind, generate_series(0, 400) i`);
  await settleResidents(db, accounts, residents);
  // As autovacuum leaves it.
  await run(sql`vacuum analyze`);
}

async function settleResidents(db: Db, accounts: number, residents: number): Promise<void> {
  const run = (query: ReturnType<typeof sql>) => query.execute(db);
  await run(sql`
    insert into residents (login, phone, password_hash, registered_at)
    select 'resident' || i, '+79' || lpad(i::text, 9, '0'), 'none', '2026-11-01' from generate_series(1, ${sql.lit(residents)}) i`);
  await run(sql`
    insert into sessions (resident_id, messenger_id, opened_at, seen_at)
    select id, 'telegram:' || substr(login, 9), '2026-11-01', '2026-11-20' from residents`);
  await run(sql`
    insert into links (resident_id, account, way, linked_at)
    select id, lpad((1 + (n * 7919 + k * 104729) % ${sql.lit(accounts)})::text, 9, '0'), 'password', '2026-11-01'::timestamptz + k * interval '1 s'
    from (select id, substr(login, 9)::bigint as n from residents) r, generate_series(0, ${sql.lit(MOST_LINKS - 1)}) k
    where n % power(3, k)::bigint = 0`);
}
