import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACCOUNTS, type Desk, openDesk } from './desk.ts';
import * as make from '../../kit/make.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.take(ACCOUNTS);
});
afterEach(() => desk.close());

const HEADER = 'ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате';
const water = (sum: number): string[] => [HEADER, `0010001;10.2026;Вода;0;${sum};${sum}`, `0010002;10.2026;Вода;0;${sum};${sum}`];

async function dues(): Promise<number[]> {
  const rows = await desk.db.selectFrom('charges').select('dueKopecks').orderBy('account').execute();
  return rows.map((row) => row.dueKopecks);
}

/** Runs `during` while an import of `lines` has merged everything and waits to say so. */
async function beside(lines: string[], during: () => Promise<void>): Promise<void> {
  let importing: Promise<unknown> = Promise.resolve();
  await desk.db.transaction().execute(async (trx) => {
    await sql`lock table registry_imports in share row exclusive mode`.execute(trx);
    importing = desk.take(lines);
    await expect.poll(waitsForLock).toBe(1);
    await during();
  });
  await importing;
}

async function waitsForLock(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
  `.execute(desk.db);
  return rows[0]!.count;
}

test('readers are not held up, and see the old state until all of the new is there', async () => {
  await desk.take(water(1));
  await desk.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (reader) => {
      const before = await reader.selectFrom('charges').select('dueKopecks').execute();
      await beside(water(2), async () => {
        expect(await dues()).toEqual([100, 100]);
        // A resident who links an account holds it like this.
        await desk.db.transaction().execute((trx) => trx.selectFrom('accounts').select('number').forShare().execute());
      });
      expect(await reader.selectFrom('charges').select('dueKopecks').execute()).toEqual(before);
    });
  expect(await dues()).toEqual([200, 200]);
});

test('two imports at once take turns', async () => {
  const files = [1, 2, 3, 4].map((sum) => desk.take(water(sum), { name: `${sum}.csv` }));
  const reports = await Promise.all(files);
  expect(reports.map((report) => report.new).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 2]);
  expect(reports.map((report) => report.changed).toSorted((a, b) => a - b)).toEqual([0, 2, 2, 2]);
  const [one, other] = await dues();
  expect(one).toBe(other);
});

test('a charge needs its account, an account keeps its charges, in the database itself', async () => {
  await desk.take(water(1));
  const stray = {
    account: '0099999',
    period: '2026-10-01',
    service: 'Вода',
    openingKopecks: 0,
    chargedKopecks: 1,
    dueKopecks: 1,
  };
  await expect(make.charge(desk.db, stray)).rejects.toMatchObject({ code: '23503' });
  await expect(
    desk.db.updateTable('charges').set({ account: '0099999' }).where('account', '=', '0010001').execute(),
  ).rejects.toMatchObject({ code: '23503' });
  await expect(desk.db.deleteFrom('accounts').execute()).rejects.toMatchObject({ code: '23503' });
  await expect(
    desk.db.updateTable('accounts').set({ number: '0099999' }).where('number', '=', '0010001').execute(),
  ).rejects.toMatchObject({ code: '23503' });
  await expect(desk.db.updateTable('charges').set({ period: '2026-10-02' }).execute()).rejects.toMatchObject({ code: '23514' });
  const payment = { operation: '1', account: '0010001', day: '2026-10-01' };
  await expect(make.payment(desk.db, { ...payment, sumKopecks: 0 })).rejects.toMatchObject({ code: '23514' });
  expect(await dues()).toEqual([100, 100]);
});
