import { expect, onTestFinished, test, vi } from 'vitest';
import { exportsOfProgram } from '../../../src/sandbox/demonstration/export-payments.ts';
import { type Exports, findPaidByCard } from '../../../src/sandbox/demonstration/paid-by-card.ts';
import type { Later } from '../../../src/sandbox/town/later.ts';
import { ownFolder } from '../../kit/own-folder.ts';
import * as make from '../../kit/make.ts';
import { testDatabase } from '../../kit/postgres.ts';

const HEADER = '\ufeffЛС;Дата;Сумма;Источник;Номер операции';
const rowOf = (account: string, sum: string, operation: string) => [account, '29.11.2026', sum, 'Telegram', operation];
const fileOf = (...rows: string[][]) => [HEADER, ...rows.map((row) => row.join(';')), ''].join('\r\n');

const ONE = rowOf('100000001', '500,00', 'ch_1');
const TWO = rowOf('100000002', '1234,56', 'ch_2-1');
const THREE = rowOf('100000001', '7,00', 'ch_3');

/** A program that has made these exports, of which the retention has left some. */
function programOf(files: readonly (string | undefined)[]) {
  const asked: number[] = [];
  const exports: Exports = {
    exportNew: () => Promise.resolve(files.length),
    readAgain: (number) => {
      asked.push(number);
      return Promise.resolve(files[number - 1]);
    },
  };
  return { exports, asked };
}
const bookedOf = (paid: Awaited<ReturnType<typeof findPaidByCard>>): Later[] =>
  paid.map(({ row, exportNumber }) => ({ account: row[0]!, sum: 1, operation: row[4]!, exportNumber }));

test('what somebody has exported by hand is under way until billing has booked it, and then no more', async () => {
  const { exports, asked } = programOf([fileOf(ONE, TWO), fileOf(THREE)]);
  const paid = await findPaidByCard(
    [{ month: '2026-11' }, { account: '100000001', sum: 50_000, operation: '2026-П000001' }],
    exports,
  );
  expect(paid).toEqual([
    { row: ONE, exportNumber: 1 },
    { row: TWO, exportNumber: 1 },
    { row: THREE, exportNumber: 2 },
  ]);
  expect(await findPaidByCard(bookedOf(paid), exports)).toEqual([]);
  // What was booked is not read again.
  expect(asked).toEqual([1, 2]);
  const { exports: later } = programOf([fileOf(ONE, TWO), fileOf(THREE), fileOf(rowOf('100000001', '9,00', 'ch_4'))]);
  expect(await findPaidByCard(bookedOf(paid), later)).toMatchObject([{ exportNumber: 3 }]);
});

test('nothing was exported, or it is no longer kept: nothing is under way', async () => {
  expect(await findPaidByCard([], programOf([]).exports)).toEqual([]);
  expect(await findPaidByCard([], programOf([undefined, fileOf(THREE)]).exports)).toEqual([{ row: THREE, exportNumber: 2 }]);
});

test('what an older release has booked is known by account and sum, each once', async () => {
  const twice = rowOf('100000001', '500,00', 'ch_5');
  const { exports } = programOf([fileOf(ONE, twice)]);
  expect(await findPaidByCard([{ account: '100000001', sum: 50_000 }], exports)).toEqual([{ row: twice, exportNumber: 1 }]);
});

test('the program’s own command tells the number of its newest export, new or not, and gives each again', async () => {
  const { db, url, close } = await testDatabase();
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await close();
  });
  vi.stubEnv('BOT_TOKEN', '1:test');
  vi.stubEnv('DATABASE_URL', url);
  const { exportNew, readAgain } = exportsOfProgram(await ownFolder('exports-'));
  expect(await exportNew()).toBe(0);
  await make.account(db, { number: '100000001', ownerName: 'Иванов И. И.', address: 'ул. Мира, 1' });
  await make.cardPayment(db, [{ account: '100000001', sumKopecks: 500_00, operation: 'ch_1' }], { operation: 'ch_1' });
  expect(await exportNew()).toBe(1);
  expect(await exportNew()).toBe(1);
  expect(await readAgain(1)).toContain('100000001;');
  expect(await readAgain(2)).toBeUndefined();
}, 120_000);
