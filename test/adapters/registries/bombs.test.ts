import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRegistry } from '../../../src/adapters/registries/file.ts';
import { styleOf } from '../../../src/adapters/registries/workbook/number-formats.ts';
import { RegistryUnreadable } from '../../../src/office/registries/reading/unreadable.ts';
import { type MadeWorkbook, workbook } from '../../kit/workbook.ts';

/** Small files that would take hours, or all memory, if they were read as they ask: each is refused, or read in a moment. */

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bombs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(bytes: Buffer | string, name = 'book.xlsx') {
  const path = join(folder, name);
  await writeFile(path, bytes);
  const file = await openRegistry(path);
  try {
    const rows = [];
    for await (const records of file.rows()) rows.push(...records);
    return rows;
  } finally {
    await file.close();
  }
}

const PAYMENTS = ['ЛС', 'Дата', 'Сумма', 'Номер операции'];
const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const RELATION = `<Relationship Id="rId1" Type="${TYPES}/worksheet" Target="worksheets/sheet1.xml"/>`;
const STRINGS = `<Relationship Id="rId3" Type="${TYPES}/sharedStrings" Target="sharedStrings.xml"/>`;
const MB = 1024 * 1024;
const filling = (bytes: number, one: string) => one.repeat(Math.floor(bytes / one.length));
const parts = (made: MadeWorkbook['parts']) => workbook({ rows: [PAYMENTS], parts: made ?? {} });
const ofSheet = (rows: string) => parts({ 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>` });

const sheets = `<workbook><sheets>${filling(7.9 * MB, '<sheet/>')}<sheet r:id="rId1"/></sheets></workbook>`;
const relations = `<Relationships>${filling(7.9 * MB, '<Relationship/>')}${RELATION}</Relationships>`;

test.each<[string, () => Buffer, string]>([
  [
    'a million sheets, half a million relations',
    () => parts({ 'xl/workbook.xml': sheets, 'xl/_rels/workbook.xml.rels': relations }),
    'больше 1000 листов или частей',
  ],
  ['sheets alone', () => parts({ 'xl/workbook.xml': sheets }), 'больше 1000 листов или частей'],
  ['relations alone', () => parts({ 'xl/_rels/workbook.xml.rels': relations }), 'больше 1000 листов или частей'],
  [
    'ends without beginnings, over a million elements that are open',
    () => parts({ 'xl/workbook.xml': `<workbook>${filling(4 * MB, '<a>')}${filling(3 * MB, '</b>')}` }),
    'но она повреждена',
  ],
  ['elements within elements', () => ofSheet(filling(16 * MB, '<a>')), 'но она повреждена'],
  [
    'an element of a million attributes',
    () => ofSheet(`<row ${Array.from({ length: 1_000_000 }, (_, at) => `a${at}=""`).join(' ')}/>`),
    'но она повреждена',
  ],
  ['an attribute without an end', () => ofSheet(`<row r="${filling(40 * MB, '1')}`), 'но она повреждена'],
  [
    'rows of one cell in the last column',
    () =>
      ofSheet(Array.from({ length: 30_000 }, (_, at) => `<row r="${at + 1}"><c r="XFD${at + 1}"><v>1</v></c></row>`).join('')),
    'в строке 1 первого листа заняты столбцы после 1000-го',
  ],
  [
    'more merged cells than anybody has',
    () => ofSheet('<mergeCell ref="A1:A2"/>'.repeat(1_000_001)),
    'больше 1000000 объединённых ячеек',
  ],
  [
    'formats without number',
    () => parts({ 'xl/styles.xml': `<styleSheet><cellXfs>${filling(16 * MB, '<xf/>')}</cellXfs></styleSheet>` }),
    'но она повреждена',
  ],
])('a workbook that is refused: %s', async (_, bomb, cause) => {
  await expect(read(bomb())).rejects.toThrow(cause);
});

test('a row whose cells show one long string again and again is refused as too long, and the others are read', async () => {
  const long = `<c t="s"><v>0</v></c>`.repeat(900);
  const rows = Array.from({ length: 300 }, () => `<row>${long}</row>`);
  const cells = (...texts: string[]) => `<row>${texts.map((text) => `<c t="str"><v>${text}</v></c>`).join('')}</row>`;
  const book = parts({
    'xl/worksheets/sheet1.xml': `<worksheet>${cells(...PAYMENTS)}${rows.join('')}${cells('0010001', '05.11.2026', '1', 'A')}</worksheet>`,
    'xl/sharedStrings.xml': `<sst><si><t>${'а'.repeat(32_000)}</t></si></sst>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${RELATION}${STRINGS}</Relationships>`,
  });
  const found = await read(book);
  expect(found).toHaveLength(301);
  expect(new Set(found.slice(0, -1).map(({ problem }) => problem))).toEqual(new Set(['строка длиннее 65536 знаков']));
  expect(found.at(-1)?.cells).toEqual(['0010001', '05.11.2026', '1', 'A']);
});

test('a cell with nothing in it and no address keeps its place', async () => {
  const cells = (...texts: string[]) =>
    `<row>${texts.map((text) => (text === '' ? '<c/>' : `<c t="str"><v>${text}</v></c>`)).join('')}</row>`;
  const [row] = await read(ofSheet(`${cells(...PAYMENTS)}${cells('0010001', '', '1', 'A')}`));
  expect(row?.cells).toEqual(['0010001', '', '1', 'A']);
});

test('a format longer than any of Excel’s says nothing, however many brackets it opens', () => {
  expect(styleOf(200, '['.repeat(16 * MB))).toEqual({ shows: 'number' });
  expect(styleOf(200, '0'.repeat(16 * MB))).toEqual({ shows: 'number' });
  expect(styleOf(200, '[$-419]dd/mm/yyyy')).toEqual({ shows: 'day' });
});

test('a line of 8 MB, and a header of more columns than anybody has', async () => {
  const rows = [PAYMENTS.join(';'), filling(8 * MB, '1'), '0010001;05.11.2026;1;A'].join('\n');
  const found = await read(rows, 'payments.csv');
  expect(found.map(({ line, problem }) => [line, problem])).toEqual([
    [2, 'строка длиннее 65536 знаков'],
    [3, undefined],
  ]);
  const wide = `${filling(60_000, 'ЛС;')}\n0010001;\n`;
  await expect(read(wide, 'wide.csv')).rejects.toThrow('это не заголовок');
});

test('what is quoted of a file can be kept: neither controls nor halves of characters', async () => {
  const wide = '🏠'.repeat(60);
  const why = await read(`Реестр\nЛС;${'a'.repeat(38)}${wide}\u0000\u0007;Сумма\n`, 'odd.csv').catch((error: unknown) =>
    error instanceof RegistryUnreadable ? error.why : '',
  );
  expect(why).toContain('найдено: «ЛС», «aaa');
  // oxlint-disable-next-line no-control-regex
  expect(why).not.toMatch(/[\u0000-\u001f]|\p{Surrogate}/u);
  const named = workbook({ rows: [['привет']], sheetName: `x${'🏠'.repeat(40)}` });
  await expect(read(named)).rejects.toSatisfy(
    (error) => error instanceof RegistryUnreadable && !/\p{Surrogate}/u.test(error.why),
  );
});
