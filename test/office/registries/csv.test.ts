import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CsvRecord, createCsvReader, LONGEST_RECORD, writeCell } from '../../../src/office/registries/reading/csv.ts';

function read(text: string, messageParts: readonly number[] = []): CsvRecord[] {
  const reader = createCsvReader();
  const records: CsvRecord[] = [];
  let at = 0;
  for (const length of messageParts) {
    records.push(...reader.push(text.slice(at, at + length)));
    at += length;
  }
  return [...records, ...reader.push(text.slice(at)), ...reader.end()];
}

const cells = (text: string): string[][] => read(text).map((record) => record.cells);

test('rows, quotes, line ends', () => {
  expect(cells('a;b\r\nc;d\ne;f')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
    ['e', 'f'],
  ]);
  expect(cells('"a;b";"say ""yes"""\n"two\nlines";x\n')).toEqual([
    ['a;b', 'say "yes"'],
    ['two\nlines', 'x'],
  ]);
  expect(cells('ООО "Вода";1\n')).toEqual([['ООО "Вода"', '1']]);
  expect(cells('a;\n;b\n\n  \n"";""\n')).toEqual([
    ['a', ''],
    ['', 'b'],
    ['', ''],
  ]);
});

test('lines are counted through quoted line ends and empty lines', () => {
  expect(read('a;b\n\n"x\ny";c\nd;e\n').map((record) => record.line)).toEqual([1, 3, 5]);
});

test('a forgotten quote refuses its own line and no other', () => {
  const records = read('a;"b\nc;d\ne;f\n');
  expect(records.map((record) => record.problem)).toEqual(['кавычка открыта, но не закрыта', undefined, undefined]);
  expect(records.map((record) => record.line)).toEqual([1, 2, 3]);
  const [first, second] = read('"a"b;c\n"d";e\n');
  expect(first).toEqual({ line: 1, cells: ['"a"b', 'c'], problem: 'после закрывающей кавычки стоит лишнее' });
  expect(second).toEqual({ line: 2, cells: ['d', 'e'] });
});

test('a line without end is refused in bounded memory, and the next one is read', () => {
  const endless = 'x'.repeat(LONGEST_RECORD * 3);
  for (const messageParts of [[], [10_000, 90_000, 5], [LONGEST_RECORD + 1]]) {
    const records = read(`a;b\n${endless}\nc;d\n`, messageParts);
    expect(records.map((record) => [record.line, record.problem !== undefined])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
    expect(records[1]?.cells[0]?.length).toBe(1_000);
  }
});

const cell = fc.string({ unit: fc.constantFrom('a', 'Ж', '"', ';', '\n', '\r', ' ', '0', '\u0000') });

test('what is written is read back, however the text is cut into pieces', () => {
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 8 });
  fc.assert(
    fc.property(table, fc.array(fc.nat(9)), fc.constantFrom('\n', '\r\n'), (rows, messageParts, end) => {
      const text = rows.map((row) => row.map((one) => writeCell(one)).join(';') + end).join('');
      expect(read(text, messageParts).map((record) => record.cells)).toEqual(rows);
    }),
  );
});

test('no text makes it throw, and pieces change nothing', () => {
  fc.assert(
    fc.property(cell, cell, fc.array(fc.nat(5)), (one, two, messageParts) => {
      const text = `${one};${two}\n${two}"${one}`;
      expect(read(text, messageParts)).toEqual(read(text));
    }),
    { numRuns: 500 },
  );
});
