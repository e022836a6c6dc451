import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OpenWay, openRegistry } from '../../../src/adapters/registries/file.ts';
import { Layout } from '../../../src/office/registries/layouts/layout.ts';
import { type MadeCell, type MadeWorkbook, workbook, zip } from '../../kit/workbook.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workbook-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(bytes: Buffer, way: OpenWay = {}) {
  const path = join(folder, 'book.xlsx');
  await writeFile(path, bytes);
  const file = await openRegistry(path, way);
  try {
    const rows = [];
    for await (const records of file.rows()) rows.push(...records);
    return { kind: file.header.registry.kind, titles: file.titles, rows: rows.map(({ line, cells }) => [line, ...cells]) };
  } finally {
    await file.close();
  }
}

const PAYMENTS = ['ЛС', 'Дата', 'Сумма', 'Номер операции'];
const DAY = { xml: '<c r="@" s="1"><v>46331</v></c>' };
const book = (...rows: MadeCell[][]): MadeWorkbook => ({ rows: [PAYMENTS, ...rows], formats: ['dd/mm/yyyy;@'] });

test('the first sheet is read: strings, numbers, days, rows that are not there', async () => {
  const made = { ...book(['0010001', DAY, 1234.56, 'A-1'], ['0010002', DAY, 500, 'A;"2"']), numbers: [1, 2, 5] };
  expect(await read(workbook(made))).toEqual({
    kind: 'payments',
    titles: PAYMENTS,
    rows: [
      [2, '0010001', '2026-11-05', '1234,56', 'A-1'],
      [5, '0010002', '2026-11-05', '500', 'A;"2"'],
    ],
  });
});

test.each<[string, MadeCell, string, string[]?]>([
  ['a float that is nearly a sum', { xml: '<c r="@"><v>1234.5600000000001</v></c>' }, '1234,56'],
  ['a small one', { xml: '<c r="@"><v>1E-3</v></c>' }, '0,001'],
  ['a large number, of which digits are lost', { xml: '<c r="@"><v>12345678901234567890</v></c>' }, '1,23457E+19'],
  ['zeros that its format puts before', { xml: '<c r="@" s="1"><v>10001</v></c>' }, '0010001', ['0000000']],
  ['money', { xml: '<c r="@" s="1"><v>1234.5</v></c>' }, '1234,5', ['#,##0.00\\ "₽"']],
  ['words of a format are no day', { xml: '<c r="@" s="1"><v>5</v></c>' }, '5', ['0" дней (d)"']],
  ['a day with its time', { xml: '<c r="@" s="1"><v>46331.75</v></c>' }, '2026-11-05', ['dd.mm.yyyy\\ h:mm']],
  ['a day in a country’s words', { xml: '<c r="@" s="1"><v>46331</v></c>' }, '2026-11-05', ['[$-419]d\\ mmmm\\ yyyy;@']],
  ['a month', { xml: '<c r="@" s="1"><v>46327</v></c>' }, '2026-11', ['[$-419]mmmm\\ yyyy;@']],
  ['a built-in day', { xml: '<c r="@" s="1"><v>46331</v></c>' }, '2026-11-05', []],
  ['a time alone', { xml: '<c r="@" s="1"><v>0.5</v></c>' }, '0,5', ['h:mm']],
  ['a formula by what it came to', { xml: '<c r="@"><f>SUM(A1:A2)</f><v>7.5</v></c>' }, '7,5'],
  ['a formula of words', { xml: '<c r="@" t="str"><f>A1&amp;"1"</f><v>слово</v></c>' }, 'слово'],
  ['a formula that came to nothing', { xml: '<c r="@" t="str"><f>""</f><v></v></c>' }, ''],
  ['a formula that was never worked out', { xml: '<c r="@"><f>SUM(A1)</f></c>' }, '=SUM(A1)'],
  ['an error', { xml: '<c r="@" t="e"><v>#N/A</v></c>' }, '#N/A'],
  ['yes', { xml: '<c r="@" t="b"><v>1</v></c>' }, '1'],
  ['a day of ISO', { xml: '<c r="@" t="d"><v>2026-11-05T00:00:00</v></c>' }, '2026-11-05T00:00:00'],
  [
    'words in the cell itself',
    { xml: '<c r="@" t="inlineStr"><is><r><t>сло</t></r><r><t>во</t></r><rPh><t>x</t></rPh></is></c>' },
    'слово',
  ],
  ['lines', 'две\nстроки', 'две строки'],
  ['signs that XML has not', 'а_x000D_\nб', 'а б'],
])('a cell: %s', async (_, cell, text, formats = ['0.00']) => {
  const { rows } = await read(workbook({ rows: [PAYMENTS, ['0010001', cell, 1, 'A']], formats }));
  expect(rows[0]?.[2]).toBe(text);
});

test('days from 1904, hidden sheets, titles, namespaces, no strings and styles', async () => {
  const day = { xml: '<c r="@" s="1"><v>44869</v></c>' };
  const titled = { rows: [['Реестр'], [], PAYMENTS, ['0010001', day, 1, 'A']], formats: ['dd/mm/yyyy'], hidden: true };
  expect((await read(workbook({ ...titled, from1904: true }))).rows).toEqual([[4, '0010001', '2026-11-05', '1', 'A']]);
  const inline = (text: string) => `<x:c t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c>`;
  const rows = [PAYMENTS, ['0010001', '05.11.2026', '1', 'A']].map((cells) => `<x:row>${cells.map(inline).join('')}</x:row>`);
  const sheet = `<x:worksheet xmlns:x="urn:x"><x:sheetData>${rows.join('')}</x:sheetData></x:worksheet>`;
  const bare = {
    rows: [],
    parts: { 'xl/worksheets/sheet1.xml': sheet, 'xl/sharedStrings.xml': undefined, 'xl/styles.xml': undefined },
  };
  expect((await read(workbook(bare))).rows).toEqual([[2, '0010001', '05.11.2026', '1', 'A']]);
});

test('a layout reads a workbook, too: its columns and days, whatever it says of encodings and separators', async () => {
  const layout = Layout.parse({
    name: 'Банк',
    kind: 'payments',
    encoding: 'cp866',
    separator: '|',
    rename: { Счёт: 'ЛС', Чек: 'Номер операции' },
    date: 'MM-DD-YYYY',
    trailer: { line: '^Итого', columns: ['', 'count', 'sum'] },
  });
  const rows = [
    ['Счёт', 'Дата', 'Сумма', 'Чек'],
    ['0010001', DAY, 10, 'A'],
    ['0010002', '11-06-2026', 5.5, 'B'],
    ['Итого', 2, 15.5],
  ];
  const made = workbook({ rows, formats: ['dd/mm/yyyy'] });
  expect((await read(made, { layouts: [layout], named: 'Банк' })).rows).toEqual([
    [2, 'A', '0010001', '2026-11-05', '10'],
    [3, 'B', '0010002', '06.11.2026', '5,5'],
  ]);
});

test('what merged cells show of whose a row is holds for each of their rows, but for totals; a sum stays in the first one', async () => {
  const titles = ['ЛС', 'Период', 'Услуга', 'Входящее сальдо', 'Начислено', 'К оплате'];
  const rows = [
    titles,
    ['0010001', '10.2026', 'Отопление', 0, 1, 1],
    [null, null, 'Вода', 0, 2, 2],
    [null, null, 'Итого', 0, 3, 3],
    ['0010002', '10.2026', 'Отопление', 0, 4, 9],
    [null, '10.2026', 'Вода', 0, 5],
    [null, '10.2026', 'Свет', 0, 6, 6],
  ];
  const merged = ['A5:A6', 'F5:F6', 'B2:C2', 'A2:A4', 'B2:B4'];
  expect((await read(workbook({ rows, merged }))).rows).toEqual([
    [2, '0010001', '10.2026', 'Отопление', '0', '1', '1'],
    [3, '0010001', '10.2026', 'Вода', '0', '2', '2'],
    [4, '', '', 'Итого', '0', '3', '3'],
    [5, '0010002', '10.2026', 'Отопление', '0', '4', '9'],
    [6, '0010002', '10.2026', 'Вода', '0', '5'],
    [7, '', '10.2026', 'Свет', '0', '6', '6'],
  ]);
  // Of a title that is merged nothing is put into the rows below it.
  const titled = await read(workbook({ rows: [titles, ...rows.slice(2, 3)], merged: ['A1:A2'] }));
  expect(titled.rows).toEqual([[2, '', '', 'Вода', '0', '2', '2']]);
});

test('merged cells of a file that a layout describes', async () => {
  const layout = Layout.parse({ name: 'Банк', kind: 'payments', rename: { Чек: 'Номер операции', Счёт: 'ЛС' } });
  const rows = [
    ['Чек', 'Дата', 'Сумма', 'Счёт'],
    ['A', '05.11.2026', 10, '0010001'],
    ['B', '06.11.2026', 5.5],
  ];
  const made = workbook({ rows, merged: ['D2:D3'] });
  expect((await read(made, { layouts: [layout], named: 'Банк' })).rows).toEqual([
    [2, 'A', '0010001', '05.11.2026', '10'],
    [3, 'B', '0010001', '06.11.2026', '5,5'],
  ]);
});

const sheetOf = (xml: string) => workbook({ rows: [], parts: { 'xl/worksheets/sheet1.xml': xml } });
const whole = workbook(book(['0010001', DAY, 1, 'A']));

test.each<[string, Buffer, string]>([
  ['no table', workbook({ rows: [['привет']], sheetName: 'Титул' }), 'первый лист книги («Титул»): в первой строке нет столбцов'],
  ['an empty one', workbook({ rows: [] }), 'первый лист книги («Лист1»): файл пуст'],
  ['a Latin C', workbook({ rows: [['ЛC', 'Дата', 'Сумма', 'Номер операции']] }), 'латинские буквы вместо русских («C»)'],
  ['cut short', whole.subarray(0, whole.length - 40), 'это книга Excel (XLSX), но она повреждена'],
  ['XML that is none', sheetOf('<worksheet><sheetData><row r="1"><c'), 'но она повреждена'],
  ['text for a sheet', sheetOf('привет'), 'но она повреждена'],
  ['rows that go back', sheetOf('<w><row r="2"/><row r="1"/></w>'), 'но она повреждена'],
  ['a row beyond all rows', sheetOf('<w><row r="99999999"/></w>'), 'но она повреждена'],
  ['a column beyond all columns', sheetOf('<w><row r="1"><c r="ZZZ1"><v>1</v></c></row></w>'), 'но она повреждена'],
  ['a string that is not there', sheetOf('<w><row r="1"><c r="A1" t="s"><v>99</v></c></row></w>'), 'но она повреждена'],
  [
    'entities of its own',
    sheetOf('<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></w>'),
    'но она повреждена',
  ],
  ['no sheets', workbook({ rows: [], parts: { 'xl/workbook.xml': '<workbook><sheets/></workbook>' } }), 'нет ни одного листа'],
  ['a sheet that is gone', workbook({ rows: [], parts: { 'xl/worksheets/sheet1.xml': undefined } }), 'но она повреждена'],
  ['a binary workbook', zip({ '[Content_Types].xml': 'x', 'xl/workbook.bin': 'x' }), 'двоичная книга Excel (XLSB)'],
  ['a document', zip({ '[Content_Types].xml': 'x', 'word/document.xml': 'x' }), 'это документ Word'],
  ['ODS', zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': 'x' }), 'это архив ZIP'],
  ['an archive with a registry', zip({ 'payments.csv': 'ЛС;Дата' }), 'это архив ZIP; достаньте из него файл'],
  ['an archive in which a workbook is stored', zip({ 'book.xlsx': whole }, {}, ['book.xlsx']), 'это архив ZIP; достаньте'],
  [
    'an archive in which a document is stored beside other things',
    zip({ 'a/': '', 'a/act.docx': zip({ 'word/document.xml': 'x' }) }, {}, ['a/', 'a/act.docx']),
    'это архив ZIP; достаньте',
  ],
  ['a part that says it is a gigabyte', zip({ 'xl/workbook.xml': '<a/>' }, { 'xl/workbook.xml': 2 ** 30 }), 'слишком велика'],
  ['a bomb that says it is small', bomb(100), 'но она повреждена'],
])('a workbook that cannot be read: %s', async (_, bytes, cause) => {
  await expect(read(bytes)).rejects.toThrow(cause);
  // Nothing of it is left.
  expect((await readdir(tmpdir())).filter((name) => name.startsWith('registry-sheet-'))).toEqual([]);
});

/** A sheet of 64 MB of nothing that says it has `bytes`. */
function bomb(bytes: number): Buffer {
  const main = zipParts(Buffer.alloc(64 * 1024 * 1024, 32));
  return zip(main, { 'xl/worksheets/sheet1.xml': bytes });
}

function zipParts(sheet: Buffer): Record<string, string | Buffer> {
  const id = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return {
    'xl/workbook.xml': '<workbook><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${id}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
  };
}

test('a sheet of many rows is read in pieces, while others have their turn', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => ['0010001', '05.11.2026', at + 1, `A-${at}`]);
  const bytes = workbook(book(...rows));
  let turns = 0;
  const ticking = setInterval(() => (turns += 1), 1);
  const { rows: found } = await read(bytes).finally(() => clearInterval(ticking));
  expect(found).toHaveLength(20_000);
  expect(turns).toBeGreaterThan(3);
});
