import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { makeTown, writeTown } from '../../../src/sandbox/town/generate.ts';
import { townHints } from '../../../src/sandbox/town/hints.ts';

/** The files as plain text, without the reader that the import uses. */
const TOWN = makeTown();
const FILES = writeTown(TOWN);
type Row = Record<string, string>;
const files = new Map<string, Row[]>();
const rowsOf = (kind: string): Row[] => files.get(kind)!;

const kopecks = (text: string): number => Math.round(Number(text.replace(',', '.')) * 100);

for (const [kind, content] of Object.entries(FILES)) {
  const [header, ...lines] = iconv.decode(content, 'win1251').trim().split('\r\n');
  const titles = header!.split(';');
  files.set(
    kind,
    lines.map((line) => Object.fromEntries(line.split(';').map((cell, index) => [titles[index]!, cell]))),
  );
}

/** What readers of the town have learnt by heart, transcripts of browser walks among them, holds as long as these do. */
const HASHES = {
  accounts: 'bf81de134d75c8398ef82c78e3ddf9ec8d4df0d48e47b17c1e13f3ade8f5977c',
  charges: '87fc0594ccaf09071f25c3d9065a9bb1e9242e3a41d63e925b210ab37c0c3be9',
  payments: '2b61f22e5fa42ad41aba050af5355381eb3925bf0cabd1e0bc27e2c25489087f',
  meters: '473873c69b140ce17b0d9689934628cce031c514ea9fa5f8398ba7e01f84ea33',
};

test('a town that is made anew is the same to the byte, in windows-1251', () => {
  const made = writeTown(makeTown());
  const hashes = Object.entries(made).map(([kind, content]) => [kind, createHash('sha256').update(content).digest('hex')]);
  expect(Object.fromEntries(hashes)).toEqual(HASHES);
  for (const content of Object.values(made))
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(content)).toThrow(TypeError);
});

test('«К оплате» adds up in every row', () => {
  expect(rowsOf('charges').length).toBeGreaterThan(20_000);
  for (const row of rowsOf('charges')) {
    const plus = ['Входящее сальдо', 'Начислено', 'Перерасчет', 'Пени'].reduce((sum, title) => sum + kopecks(row[title]!), 0);
    const minus = kopecks(row['Льгота']!) + kopecks(row['Оплачено']!);
    if (plus - minus !== kopecks(row['К оплате']!)) expect.fail(JSON.stringify(row));
    if (kopecks(row['Оплачено']!) < 0 || kopecks(row['Льгота']!) < 0) expect.fail(JSON.stringify(row));
  }
});

test('every month begins with what the month before left', () => {
  const left = new Map<string, { period: string; due: number }>();
  for (const row of rowsOf('charges')) {
    const key = `${row['ЛС']}/${row['Услуга']}`;
    const period = row['Период']!.split('.').toReversed().join('-');
    const before = left.get(key);
    if (before && before.period >= period) expect.fail(`${key}: ${before.period} before ${period}`);
    if (kopecks(row['Входящее сальдо']!) !== (before?.due ?? 0)) expect.fail(JSON.stringify(row));
    left.set(key, { period, due: kopecks(row['К оплате']!) });
  }
});

test('«Оплачено» of a month is the payments of that month', () => {
  const sums = (rows: Row[], period: (row: Row) => string, title: string): Map<string, number> => {
    const result = new Map<string, number>();
    for (const row of rows) {
      const key = `${row['ЛС']} ${period(row)}`;
      result.set(key, (result.get(key) ?? 0) + kopecks(row[title]!));
    }
    return result;
  };
  const charged = sums(rowsOf('charges'), (row) => row['Период']!, 'Оплачено');
  const paid = sums(rowsOf('payments'), (row) => row['Дата']!.slice(3), 'Сумма');
  for (const [key, sum] of charged) if (sum !== (paid.get(key) ?? 0)) expect.fail(key);
  const beyond = [...paid.keys()].filter((key) => !charged.has(key));
  expect(beyond.length).toBeGreaterThan(20);
  expect(beyond.every((key) => key.endsWith('11.2026'))).toBe(true);
});

test('what is charged is volume times tariff', () => {
  for (const row of rowsOf('charges')) {
    const exact = (Number(row['Объем']!.replace(',', '.')) * kopecks(row['Тариф']!)).toFixed(3);
    if (Math.abs(Number(exact) - kopecks(row['Начислено']!)) > 0.5001) expect.fail(JSON.stringify(row));
  }
});

test('the town has what there is to try', () => {
  const charges = rowsOf('charges');
  const payments = rowsOf('payments');
  const some = (rows: Row[], fits: (row: Row) => boolean): boolean => rows.some(fits);
  expect(new Set(charges.map((row) => row['Период'])).size).toBe(13);
  expect(rowsOf('accounts').every((row) => /^0\d{8}$/.test(row['ЛС']!))).toBe(true);
  expect(rowsOf('accounts').length).toBeGreaterThan(250);
  expect(some(rowsOf('accounts'), (row) => row['Закрыт'] !== '')).toBe(true);
  expect(some(charges, (row) => row['Основание'] !== '' && kopecks(row['Перерасчет']!) < 0)).toBe(true);
  expect(some(charges, (row) => kopecks(row['Льгота']!) > 0)).toBe(true);
  expect(some(charges, (row) => kopecks(row['Пени']!) > 0)).toBe(true);
  expect(some(charges, (row) => row['Период'] === '10.2026' && kopecks(row['К оплате']!) < 0)).toBe(true);
  expect(some(payments, (row) => kopecks(row['Сумма']!) < 0)).toBe(true);
  expect(some(payments, (row) => kopecks(row['Сумма']!) % 10_000 === 0)).toBe(true);
  expect(some(payments, (row) => kopecks(row['Сумма']!) % 100 !== 0)).toBe(true);
  expect(new Set(rowsOf('meters').map((row) => row['Шкала']))).toEqual(new Set(['', 'день', 'ночь', 'пик', 'полупик']));
  const keys = payments.map((row) => `${row['Источник']} ${row['Номер операции']}`);
  expect(new Set(keys).size).toBe(keys.length);
});

/** What each service may be recalculated for, and what would make a professional laugh. */
test.each([
  [/^Взнос на капитальный ремонт$/, /площади/, /показани|отсутстви|подач|качеств/i],
  [/^Содержание жилого помещения$/, /площади|491/, /показани|отсутстви|подач/i],
  [/^Отопление$/, /354/, /показани|отсутстви|прожива/i],
  [/^Обращение с ТКО$/, /отсутстви|прожива/i, /показани|подач|площади/i],
  [/^Электроснабжение/, /показани/i, /отсутстви|прожива|площади|воды/i],
  [/водоснабжение$/, /показани|354|прожива|отключени/i, /площади/i],
  [/^Водоотведение$/, /объёму|354|прожива/i, /показани|площади|перерыв/i],
  [/^Газоснабжение$/, /показани|отсутстви|прожива/i, /воды|площади/i],
])('%s is recalculated on grounds that this service knows', (service, known, foreign) => {
  const rows = rowsOf('charges').filter((row) => service.test(row['Услуга']!) && row['Основание'] !== '');
  expect(rows.length).toBeGreaterThan(0);
  for (const { Основание: grounds = '' } of rows) {
    expect(grounds).toMatch(known);
    expect(grounds).not.toMatch(foreign);
  }
});

test('who has meters is recalculated by them, and nobody for having been away where a meter counts', () => {
  const houses = new Map(TOWN.map(({ household }) => [household.account, household]));
  for (const row of rowsOf('charges').filter(
    (one) => /водоснабжение|Газоснабжение/.test(one['Услуга']!) && one['Основание'] !== '',
  ))
    expect(row['Основание']).not.toMatch(houses.get(row['ЛС']!)?.metered ? /отсутствие|числа проживающих/ : /показаниям/);
});

test('hints tell accounts of the town with their last payments', () => {
  const hints = townHints(TOWN, { from: 20, to: 25 });
  expect(hints.accounts.length).toBe(16);
  expect(new Set(hints.accounts.map((account) => account.accountNumber)).size).toBe(16);
  for (const account of hints.accounts) {
    const own = rowsOf('payments').filter((row) => row['ЛС'] === account.accountNumber);
    const months = own.map((row) => row['Дата']!.slice(3).split('.').toReversed().join('-')).sort();
    const sum = own
      .filter((row) => row['Дата']!.endsWith(months.at(-1)!.split('-').toReversed().join('.')))
      .reduce((total, row) => total + kopecks(row['Сумма']!), 0);
    expect(account.lastPaymentsPeriod).toBe(months.at(-1));
    expect(account.lastPaymentsKopecks ?? 0).toBe(sum);
  }
});
