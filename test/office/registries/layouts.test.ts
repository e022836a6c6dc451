import { expect, test } from 'vitest';
import { Layouts } from '../../../src/office/registries/layouts/layout.ts';
import { fitsName } from '../../../src/office/registries/layouts/patterns.ts';
import { BANK } from '../../kit/bank-layout.ts';

const slips = (given: unknown): string[] => {
  const read = Layouts.safeParse([given]);
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`);
};

test.each<[unknown, string]>([
  [{ ...BANK, kind: 'payment' }, 'kind: нужно одно из: accounts, charges, payments, meters, reading_answers'],
  [{ ...BANK, encoding: 'cp1252' }, 'encoding: нужно одно из: utf-8, windows-1251, cp866, koi8-r, utf-16le'],
  [{ ...BANK, separator: ';;' }, 'separator: нужен один знак'],
  [{ ...BANK, separator: '"' }, 'separator: нужен один знак'],
  [{ ...BANK, header: 'no' }, 'header: нужно true или false'],
  [{ ...BANK, columns: undefined }, 'columns: нужны столбцы файла по порядку, раз header — false'],
  [{ ...BANK, columns: ['ЛС', 'Сума'] }, 'columns.1: нужен столбец payments (Источник, Номер операции, ЛС, Дата, Сумма)'],
  [{ ...BANK, columns: ['ЛС', 'Дата', 'Сумма'] }, 'columns: не хватает «Номер операции»: здесь или в constants'],
  [{ ...BANK, columns: [...BANK.columns, 'ЛС'] }, 'columns.6: нужен столбец, который заполняется один раз'],
  [{ ...BANK, constants: { Банк: '1' } }, 'constants.Банк: нужен столбец payments'],
  [{ ...BANK, constants: { ЛС: '1' } }, 'constants.ЛС: нужен столбец, который заполняется один раз'],
  [{ ...BANK, rename: { a: 'ЛС' } }, 'rename: нужно одно из двух: columns или rename'],
  [{ ...BANK, header: true, columns: undefined, rename: { a: 'Счёт' } }, 'rename.a: нужен столбец payments'],
  [{ ...BANK, date: 'DD-MM' }, 'date: нужен вид дат, например DD-MM-YYYY'],
  [{ ...BANK, date: 'как обычно' }, 'date: нужен вид дат, например DD-MM-YYYY'],
  [{ ...BANK, skip: '(' }, 'skip: нужно регулярное выражение, например ^#'],
  [{ ...BANK, fileName: '' }, 'fileName: нужен образец, а здесь пусто'],
  [{ ...BANK, fileName: '^*.txt' }, 'fileName: нужна маска или регулярное выражение, например *.txt или ^bank_'],
  [{ ...BANK, skip: '*' }, 'skip: нужно регулярное выражение, например ^#'],
  [{ ...BANK, trailer: { line: '^=' } }, 'trailer.columns: нужно, где стоят count и sum'],
  [{ ...BANK, trailer: { line: '^=', columns: ['total'] } }, 'trailer.columns: нужно, где стоят count и sum'],
  [{ ...BANK, trailer: { line: '^=', columns: ['', ''] } }, 'trailer.columns: нужно count, sum или оба'],
  [{ ...BANK, trailer: { line: '^=', columns: { count: 0 } } }, 'trailer.columns.count: нужен номер столбца, от 1'],
  [{ ...BANK, name: '' }, 'name: нужен текст, а здесь пусто'],
  [{ ...BANK, delimiter: ',' }, 'Unrecognized key'],
  [{ name: 'Счета', kind: 'accounts', trailer: { line: '^=', columns: ['sum'] } }, 'trailer.columns: у accounts суммы нет'],
])('a layout that cannot be meant says what is expected: %j', (given, expected) => {
  expect(slips(given).join('\n')).toContain(expected);
});

test.each<[string, string[], string[]]>([
  ['*.txt', ['a.txt', '.TXT'], ['a.txt.csv', 'atxt']],
  ['?.csv', ['1.csv'], ['12.csv', '.csv']],
  ['*', ['all.csv'], []],
  ['*.*', ['a.txt'], ['a']],
  ['bank_*.txt', ['bank_7.txt'], ['my_bank_7.txt', 'bank_7atxt']],
  ['payments?.csv', ['payments1.csv'], ['payments.csv']],
  ['Выписка (*).csv', ['выписка (12).CSV'], ['Выписка 12.csv']],
  ['[bank]+*.txt', ['[bank]+1.txt'], ['bank1.txt']],
  ['bank\\_\\d+\\-[a\\-c]\\.txt', ['bank_12-a.txt', 'bank_1--.txt'], ['bank_1-b.txt']],
  ['^k+[.]csv$', ['kk.csv'], ['bank.csv']],
  ['bank.*', ['my_bank_1.txt'], ['my.txt']],
])('by the name %s files are known, as by a mask or an expression', (fileName, those, others) => {
  expect(slips({ ...BANK, fileName })).toEqual([]);
  expect(those.filter((name) => !fitsName(fileName, name))).toEqual([]);
  expect(others.filter((name) => fitsName(fileName, name))).toEqual([]);
});

test('layouts have names of their own', () => {
  expect(Layouts.safeParse([BANK, { ...BANK, name: ' БАНК' }]).error?.issues[0]?.message).toBe('нужны описания с разными name');
});
