import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openPool } from '../../../src/adapters/postgres/pool.ts';
import { importConnection } from '../../../src/adapters/postgres/import-connection.ts';
import { openRegistry } from '../../../src/adapters/registries/file.ts';
import { matchPayments } from '../../../src/office/money/payment-matching.ts';
import { importRegistry } from '../../../src/office/registries/import-registry.ts';
import { openCounter } from '../counter.ts';

const CHARGES = 'ЛС;Период;Услуга;Входящее сальдо;Начислено;Оплачено;К оплате';
const PAYMENTS = 'ЛС;Дата;Сумма;Источник;Номер операции';
const DAY = 86_400_000;

/** The counter on 20 November, where registries come in as files; a resident of `0012345` owes 1 000,50 ₽ for October. */
async function openMonth() {
  const at = await openCounter();
  const folder = await mkdtemp(join(tmpdir(), 'unbilled-'));
  const pool = openPool({ connectionString: at.url, max: 2 });
  onTestFinished(async () => {
    await pool.end();
    await rm(folder, { recursive: true });
  });
  let count = 0;
  const take = async (...lines: readonly string[]) => {
    const path = join(folder, `${++count}.csv`);
    await writeFile(path, `${lines.join('\n')}\n`);
    const file = await openRegistry(path);
    const edges = { connection: importConnection(pool), clock: at.now, timeZone: 'Europe/Moscow' };
    const { refused } = await importRegistry(edges, file);
    await file.close();
    expect(refused).toBe(0);
    await at.db.transaction().execute((trx) => matchPayments(trx, { now: at.now() }));
  };
  return {
    ...at,
    take,
    /** November's charges: 1 000,50 ₽ before, 600 ₽ more, and what billing had as paid. */
    charges: (period = '11.2026', paid = '0', due = '1600,50') =>
      take(CHARGES, `0012345;${period};Отопление;1000,50;600;${paid};${due}`),
    booked: (...rows: readonly string[]) => take(PAYMENTS, ...rows),
    async owed() {
      const shown = await at.debts.show(at.by(1));
      if (shown.outcome !== 'shown') throw new Error(shown.outcome);
      const [own] = shown.debts;
      return {
        total: own?.charged ? own.totalKopecks : undefined,
        offer: own?.offerKopecks,
        underWay: own?.underWayKopecks,
        strayed: own?.strayed.map(({ state, day, sumKopecks }) => `${state} ${day} ${sumKopecks}`),
      };
    },
  };
}

const PAID = '0012345;20.11.2026;1000,50;Telegram;ch_1';
const NOTHING = { underWay: 0, strayed: [] };

test('paid after the charges of this very month had come: it is offered no more when billing books it, until the next charges', async () => {
  const at = await openMonth();
  await at.charges();
  at.later(DAY / 24);
  await at.pay(await at.ordered(1_000_50));
  expect(await at.owed()).toEqual({ total: 1_600_50, offer: 600_00, underWay: 1_000_50, strayed: [] });
  await at.booked(PAID);
  expect(await at.owed()).toEqual({ total: 1_600_50, offer: 600_00, underWay: 0, strayed: ['unbilled 2026-11-20 100050'] });
  await at.charges('12.2026', '1000,50', '600');
  expect(await at.owed()).toEqual({ total: 600_00, offer: 600_00, ...NOTHING });
});

test('whatever billing’s clerks call its source', async () => {
  const at = await openMonth();
  await at.charges();
  at.later(DAY / 24);
  await at.pay(await at.ordered(1_000_50));
  await at.booked(PAID.replace('Telegram', 'Бот'));
  expect(await at.owed()).toMatchObject({ offer: 600_00, strayed: ['unbilled 2026-11-20 100050'] });
});

test('paid before the charges came, booked after them and not contained in them: the same', async () => {
  const at = await openMonth();
  await at.pay(await at.ordered(1_000_50));
  await at.charges();
  await at.booked(PAID);
  expect(await at.owed()).toEqual({ total: 1_600_50, offer: 600_00, underWay: 0, strayed: ['unbilled 2026-11-20 100050'] });
});

test('the charges contain it, though its registry comes after them: nothing is taken off twice', async () => {
  const at = await openMonth();
  await at.pay(await at.ordered(1_000_50));
  await at.charges('11.2026', '1000,50', '600');
  await at.booked(PAID);
  expect(await at.owed()).toEqual({ total: 600_00, offer: 600_00, ...NOTHING });
});

test('the charges contain another payment of that month, and only the one of the bot is missing', async () => {
  const at = await openMonth();
  await at.pay(await at.ordered(1_000_50));
  await at.charges('11.2026', '250', '1350,50');
  await at.booked('0012345;05.11.2026;250;Касса;1', PAID);
  expect(await at.owed()).toEqual({ total: 1_350_50, offer: 350_00, underWay: 0, strayed: ['unbilled 2026-11-20 100050'] });
});

test('what was reversed, given back, or dated after the month is not taken off', async () => {
  const at = await openMonth();
  await at.charges();
  at.later(DAY / 24);
  await at.pay(await at.ordered(1_000_50));
  await at.booked(PAID);
  await at.booked('0012345;21.11.2026;-1000,50;Telegram;ch_1');
  expect(await at.owed()).toEqual({ total: 1_600_50, offer: 1_600_50, ...NOTHING });

  at.later(11 * DAY);
  await at.pay(await at.ordered(100_00));
  await at.booked('0012345;01.12.2026;100;Telegram;ch_2');
  expect(await at.owed()).toEqual({ total: 1_500_50, offer: 1_500_50, ...NOTHING });
});

test('billing takes a payment back under a number of its own: the newest of that sum is not taken off any more', async () => {
  const at = await openMonth();
  await at.charges();
  at.later(DAY / 24);
  await at.pay(await at.ordered(1_000_50));
  await at.booked(PAID);
  await at.booked('0012345;21.11.2026;-1000,50;Telegram;ch_1-R');
  expect(await at.owed()).toEqual({ total: 1_600_50, offer: 1_600_50, ...NOTHING });
  // One that takes back another source's payment says nothing of ours.
  at.later(4 * DAY);
  await at.booked('0012345;22.11.2026;1000,50;Касса;7');
  await at.booked('0012345;23.11.2026;-1000,50;Касса;7');
  at.later(DAY / 24);
  await at.pay(await at.ordered(1_000_50));
  await at.booked('0012345;24.11.2026;1000,50;Telegram;ch_2');
  expect(await at.owed()).toMatchObject({ offer: 600_00 });
});

test('another account’s payments, and charges that no import is known of, are nothing to go by', async () => {
  const at = await openMonth();
  // October's charges were not brought in by an import, and December's payment is dated back.
  await at.pay(await at.ordered(1_000_50));
  await at.booked('0012345;31.10.2026;1000,50;Telegram;ch_1', '0022222;30.10.2026;5000;Касса;2');
  expect(await at.owed()).toEqual({ total: 1_000_50, offer: 1_000_50, ...NOTHING });
});
