import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  account,
  closing,
  day,
  decimal,
  maybe,
  money,
  month,
  needed,
  type ReadCell,
  repeated,
  whole,
  words,
} from '../../../src/office/registries/reading/cells.ts';

const refused = (read: ReadCell, cell: string): boolean => typeof read(cell) === 'object' && read(cell) !== null;

test('accounts are text', () => {
  expect(account(' 0012345 ')).toBe('0012345');
  for (const cell of ['1234', '1'.repeat(21), '12 345', '1234A', '٠٠٠٠٠']) expect(refused(account, cell), cell).toBe(true);
});

test('sums', () => {
  const sums: Record<string, string> = {
    '1234,56': '123456',
    '1 234.5': '123450',
    '-12': '-1200',
    '0,00': '0',
    '-0': '0',
    '1\u00a0000,10': '100010',
    '007': '700',
    '−5,01': '-501',
    '99999999999,99': '9999999999999',
    ',56': '56',
    '-.5': '-50',
    '1234.5600': '123456',
    '1 234.560': '123456',
    '0,560': '56',
    '12,50-': '-1250',
    ',56-': '-56',
    '+7,1': '710',
    '500\r\n': '50000',
  };
  for (const [cell, kopecks] of Object.entries(sums)) expect(money(cell), cell).toBe(kopecks);
  for (const cell of [
    '',
    '1,234',
    '1.234,56',
    '12a',
    '1e5',
    '--1',
    '5,',
    ',',
    '-',
    '-12-',
    '12,501',
    '12.500',
    '1.000',
    'NaN',
    '100000000000',
    '1;2',
    '500\n200',
  ])
    expect(refused(money, cell), cell).toBe(true);
});

test('a sum of more than kopecks says so: what a spreadsheet shows of it is rounded', () => {
  const more = { cause: expect.stringContaining('больше двух знаков после запятой') as string };
  for (const cell of ['2725,66666666667', '1234.567', '-0,333', '99999999999.999']) expect(money(cell), cell).toEqual(more);
  const maybeThousands = { cause: expect.stringContaining('то ли тысячи') as string };
  for (const cell of ['12.500', '12,501', '-1,234']) expect(money(cell), cell).toEqual(maybeThousands);
  expect(money('1234,5,6')).toEqual({ expected: 'нужна сумма как 1234,56' });
});

test('any sum is read back to the kopeck', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 13) + 1, max: 10 ** 13 - 1 }), fc.constantFrom(',', '.'), (kopecks, mark) => {
      const digits = String(Math.abs(kopecks)).padStart(3, '0');
      const text = `${kopecks < 0 ? '-' : ''}${digits.slice(0, -2)}${mark}${digits.slice(-2)}`;
      expect(money(text)).toBe(String(kopecks));
      expect(money(` ${text}`)).toBe(String(kopecks));
    }),
  );
});

test('days are days of the calendar', () => {
  expect(day('29.02.2024')).toBe('2024-02-29');
  expect(day('2026-11-05')).toBe('2026-11-05');
  expect(day('5.1.2026')).toBe('2026-01-05');
  for (const cell of ['29.02.2023', '31.04.2026', '00.01.2026', '01.13.2026', '01.01.1899', '2026-1-5', '1/2/2026', '01.01.26']) {
    expect(refused(day, cell), cell).toBe(true);
  }
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }), (date) => {
      const iso = date.toISOString().slice(0, 10);
      expect(day(iso.split('-').toReversed().join('.'))).toBe(iso);
      expect(day(iso)).toBe(iso);
    }),
  );
});

test('months, numbers, words, closings', () => {
  expect(month('10.2026')).toBe('2026-10-01');
  expect(month('2026-09')).toBe('2026-09-01');
  expect(refused(month, '13.2026')).toBe(true);
  expect(decimal('any')('-1 234,5')).toBe('-1234.5');
  expect(refused(decimal('positive'), '-1')).toBe(true);
  expect(refused(decimal('any'), '1,2345678')).toBe(true);
  expect(whole(1, 12)('8')).toBe('8');
  expect(refused(whole(1, 12), '13')).toBe(true);
  expect(['2,0', '2.000'].map(whole(1, 12))).toEqual(['2', '2']);
  expect(refused(whole(1, 12), '2,5')).toBe(true);
  expect(['.5', '12,5000000', '3-'].map(decimal('any'))).toEqual(['0.5', '12.500000', '-3']);
  expect(refused(decimal('positive'), '3-')).toBe(true);
  expect(day('05-11-2026 10:15')).toBe('2026-11-05');
  expect(refused(day, '05-31-2026')).toBe(true);
  expect(words(10)(' a \t b ')).toBe('a b');
  expect(refused(words(10), 'a\u0000b')).toBe(true);
  expect(refused(words(10), 'a\ufffdb')).toBe(true);
  expect(refused(words(3), 'abcd')).toBe(true);
  expect(['Да', '1', 'нет', '0', '01.02.2026'].map(closing)).toEqual(['true', 'true', 'false', 'false', '2026-02-01']);
  expect(refused(closing, 'может быть')).toBe(true);
});

test('nothing is an answer or a slip', () => {
  for (const nothing of ['', ' ', '\u00a0']) {
    expect(maybe(money, '0')(nothing)).toBe('0');
    expect(maybe(day)(nothing)).toBe(null);
    expect(needed(day)(nothing)).toEqual({ expected: 'нужно значение, а пусто' });
  }
});

test('a remembered answer is the answer', () => {
  const read = repeated(needed(month));
  const same = fc.property(fc.string(), (cell) => {
    expect(read(cell)).toEqual(needed(month)(cell));
  });
  fc.assert(same);
  const services = repeated(words(20));
  for (let index = 0; index < 10_000; index += 1) expect(services(`услуга ${index}`)).toBe(`услуга ${index}`);
  expect(services('услуга 1')).toBe('услуга 1');
});
