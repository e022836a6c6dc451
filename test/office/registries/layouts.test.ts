import { expect, test } from 'vitest';
import { Layouts } from '../../../src/office/registries/layouts/layout.ts';
import { BANK } from '../../kit/bank-layout.ts';

const slips = (given: unknown): string[] => {
  const read = Layouts.safeParse([given]);
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`);
};

test.each<[unknown, string]>([
  [{ ...BANK, kind: 'payment' }, 'kind: one of accounts, charges, payments, meters, reading_answers is expected'],
  [{ ...BANK, encoding: 'cp1252' }, 'encoding: one of utf-8, windows-1251, cp866, koi8-r, utf-16le is expected'],
  [{ ...BANK, separator: ';;' }, 'separator: one sign is expected'],
  [{ ...BANK, separator: '"' }, 'separator: one sign is expected'],
  [{ ...BANK, header: 'no' }, 'header: true or false is expected'],
  [{ ...BANK, columns: undefined }, "columns: the file's columns in their order are expected, since header is false"],
  [
    { ...BANK, columns: ['ЛС', 'Сума'] },
    'columns.1: a column of payments (Источник, Номер операции, ЛС, Дата, Сумма) is expected',
  ],
  [{ ...BANK, columns: ['ЛС', 'Дата', 'Сумма'] }, 'columns: «Номер операции» is expected, here or among constants'],
  [{ ...BANK, columns: [...BANK.columns, 'ЛС'] }, 'columns.6: a column that is filled once is expected'],
  [{ ...BANK, constants: { Банк: '1' } }, 'constants.Банк: a column of payments'],
  [{ ...BANK, constants: { ЛС: '1' } }, 'constants.ЛС: a column that is filled once is expected'],
  [{ ...BANK, rename: { a: 'ЛС' } }, 'rename: either columns or rename is expected'],
  [{ ...BANK, header: true, columns: undefined, rename: { a: 'Счёт' } }, 'rename.a: a column of payments'],
  [{ ...BANK, date: 'DD-MM' }, 'date: a form of dates such as DD-MM-YYYY is expected'],
  [{ ...BANK, date: 'как обычно' }, 'date: a form of dates such as DD-MM-YYYY is expected'],
  [{ ...BANK, skip: '(' }, 'skip: a regular expression is expected, such as ^#'],
  [{ ...BANK, fileName: '' }, 'fileName: a pattern is expected, and this one is empty'],
  [{ ...BANK, trailer: { line: '^=' } }, 'trailer.columns: where count and sum stand is expected'],
  [{ ...BANK, trailer: { line: '^=', columns: ['total'] } }, 'trailer.columns: where count and sum stand is expected'],
  [{ ...BANK, trailer: { line: '^=', columns: ['', ''] } }, 'trailer.columns: count, sum or both are expected'],
  [
    { ...BANK, trailer: { line: '^=', columns: { count: 0 } } },
    'trailer.columns.count: the number of a column, from 1, is expected',
  ],
  [{ ...BANK, name: '' }, 'name: a text is expected, and this one is empty'],
  [{ ...BANK, delimiter: ',' }, 'Unrecognized key'],
  [
    { name: 'Счета', kind: 'accounts', trailer: { line: '^=', columns: ['sum'] } },
    'trailer.columns: no sum is expected of accounts',
  ],
])('a layout that cannot be meant says what is expected: %j', (given, expected) => {
  expect(slips(given).join('\n')).toContain(expected);
});

test('layouts have names of their own', () => {
  expect(Layouts.safeParse([BANK, { ...BANK, name: ' БАНК' }]).error?.issues[0]?.message).toBe(
    'layouts with names of their own are expected',
  );
});
