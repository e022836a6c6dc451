import { afterEach, beforeEach, expect, test } from 'vitest';
import { REGISTRIES } from '../../../src/office/registries/registries.ts';
import { ACCOUNTS, type Desk, openDesk } from './desk.ts';

/** Whatever stands in a cell, a row of it is taken or refused with a reason: it never breaks the import of the others. */

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.take(ACCOUNTS);
});
afterEach(() => desk.close());

/** What each column is in a row that is taken, by its title. */
const GOOD: Readonly<Record<string, string>> = {
  ФИО: 'Иванов Иван',
  Адрес: 'ул. Лесная, д. 1, кв. 1',
  Период: '10.2026',
  Услуга: 'Отопление',
  'Входящее сальдо': '0',
  Начислено: '10',
  'К оплате': '10',
  Дата: '01.11.2026',
  Сумма: '100',
  'Номер операции': 'A-1',
  'Номер счетчика': 'M1',
  Показание: '12',
  Результат: 'принято',
};

const HOSTILE = [
  '',
  ' ',
  '\u0000',
  '\u0007',
  '\\N',
  '\\.',
  "'; drop table accounts; --",
  '🏠'.repeat(400),
  'ё'.repeat(60_000),
  '0'.repeat(60_000),
  '9'.repeat(400),
  '-9'.repeat(300),
  '999999999999,999999',
  '-999999999999,99',
  '99999999999999999999',
  '1E+400',
  'NaN',
  'Infinity',
  '29.02.2100',
  '31.12.9999',
  '0001-01-01',
  '12.2099',
  '2026-11-05T00:00:00+99:99',
  '=1+1',
  '\ufeff',
  '\u2028\u200f\u202e',
  '\ufffd',
];

test.each(REGISTRIES.map(({ kind }) => kind))('%s', async (kind) => {
  const registry = REGISTRIES.find((each) => each.kind === kind)!;
  const titles = registry.columns.map(({ title }) => title);
  // Each is of an account of its own: one refused row refuses a period of its account.
  let account = 2_000_000;
  const row = (put: Readonly<Record<string, string>>) => {
    account += 1;
    return titles.map((title) => put[title] ?? (title === 'ЛС' ? String(account) : GOOD[title]) ?? '').join(';');
  };
  const rows = titles.flatMap((title) => HOSTILE.map((cell) => row({ [title]: cell })));
  const all = HOSTILE.map((cell) => row(Object.fromEntries(titles.map((title) => [title, cell]))));
  const accounts = Array.from({ length: rows.length + all.length + 1 }, (_, n) => `${2_000_001 + n};Иванов;ул. Лесная, д. ${n}`);
  await desk.take(['ЛС;ФИО;Адрес', ...accounts]);
  const report = await desk.take([titles.join(';'), ...rows, ...all, row({})], { owners: 'any' });
  expect(report.read).toBeGreaterThan(rows.length * 0.9);
  expect(report.refused).toBeGreaterThan(HOSTILE.length);
  // An answer is to a reading, and there is none.
  if (kind !== 'reading_answers') expect(report.read - report.refused).toBeGreaterThan(rows.length * 0.05);
});
