import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import { openRegistry } from '../../../src/adapters/registries/file.ts';
import { Layout } from '../../../src/office/registries/layouts/layout.ts';
import { BANK } from '../../kit/bank-layout.ts';
import { ACCOUNTS, type Desk, openDesk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.take(ACCOUNTS);
});
afterEach(() => desk.close());

const layout = (given: z.input<typeof Layout>) => Layout.parse(given);

const paid = async () =>
  (
    await desk.db
      .selectFrom('payments')
      .select(['account', 'day', 'sumKopecks', 'source', 'operation'])
      .orderBy('operation')
      .execute()
  ).map((row) => Object.values(row).join(' '));

const BANK_FILE = [
  '#реестр платежей;за 5 ноября',
  '05-11-2026;10:15:00;A-1;0010001;Иванов И. И.;1234,56',
  '06-11-2026;11:15:00;A-2;0010002;Петрова А.;500,00',
  '=2;1734,56;0,00',
];

test('a bank’s file is read as its layout describes it', async () => {
  expect(await desk.take(BANK_FILE, { encoding: 'win1251', layouts: [layout(BANK)], named: 'Банк' })).toMatchObject({
    kind: 'payments',
    layout: 'Банк',
    read: 2,
    new: 2,
    refused: 0,
  });
  expect(await paid()).toEqual(['0010001 2026-11-05 123456 Банк A-1', '0010002 2026-11-06 50000 Банк A-2']);
});

test('a layout is known by the name of the file, as an expression or a mask, whatever its case', async () => {
  const at = (name: string, layouts = [layout(BANK)]) => desk.take(BANK_FILE, { encoding: 'win1251', name, layouts });
  expect(await at('bank_20261106.txt')).toMatchObject({ layout: 'Банк', new: 2 });
  expect(await at('BANK_20261106.TXT')).toMatchObject({ layout: 'Банк', unchanged: 2 });
  await expect(at('other.txt')).rejects.toThrow('в строках 1–2 нет столбцов ни одного реестра; строка 2 похожа на данные');
  const mask = layout({ ...BANK, fileName: 'bank_*.txt' });
  expect(await at('bank_20261106.txt', [mask])).toMatchObject({ layout: 'Банк' });
  await expect(at('my_bank_1.txt', [mask])).rejects.toThrow('нет столбцов');
  await expect(at('bank_1.txt', [layout(BANK), layout({ ...BANK, name: 'Другой' })])).rejects.toThrow(
    'имя файла подходит к нескольким описаниям («Банк», «Другой»): выберите одно',
  );
  await expect(desk.take(BANK_FILE, { layouts: [layout(BANK)], named: 'Бонк' })).rejects.toThrow(
    'описания «Бонк» нет: есть «Банк»',
  );
});

test.each<[string, Partial<z.input<typeof Layout>>, string[], string]>([
  ['commas and quotes', { separator: ',' }, ['ЛС,Дата,Сумма,Номер операции', '0010001,05.11.2026,"1 234,56",1'], 'utf8'],
  ['tabs', { separator: '\t' }, ['ЛС\tДата\tСумма\tНомер операции', '0010001\t05.11.2026\t1234,56\t1'], 'utf8'],
  [
    'bars, cp866',
    { separator: '|', encoding: 'cp866' },
    ['ЛС|Дата|Сумма|Номер операции', '0010001|05.11.2026|1234.56|1'],
    'cp866',
  ],
  ['koi8-r', { encoding: 'koi8-r' }, ['ЛС;Дата;Сумма;Номер операции', '0010001;05.11.2026;1234.56;1'], 'koi8-r'],
  ['utf-16le', { encoding: 'utf-16le' }, ['\ufeffЛС;Дата;Сумма;Номер операции', '0010001;05.11.2026;1234.56;1'], 'utf-16le'],
  [
    'other names of columns',
    { rename: { 'Лицевой счёт': 'ЛС', 'Дата платежа': 'Дата', 'Сумма, руб.': 'Сумма', Чек: 'Номер операции' } },
    ['№ п/п;ЛИЦЕВОЙ СЧЕТ;Дата платежа;Сумма, руб.;Чек', '1;0010001;05.11.2026;1234,56;1'],
    'utf8',
  ],
  [
    'other names below a title',
    { rename: { Счёт: 'ЛС', Чек: 'Номер операции' } },
    ['Реестр платежей', '', 'Счёт;Дата;Сумма;Чек', '0010001;05.11.2026;1234,56;1'],
    'utf8',
  ],
  [
    'columns by their order under a header of any words',
    { columns: ['Номер операции', 'ЛС', 'Сумма', 'Дата'] },
    ['a;b;c;d', '1;0010001;1234,56;05.11.2026'],
    'utf8',
  ],
  ['days in digits', { date: 'YYYYMMDD' }, ['ЛС;Дата;Сумма;Номер операции', '0010001;20261105;1234,56;1'], 'utf8'],
  ['the American way', { date: 'MM/DD/YYYY' }, ['ЛС;Дата;Сумма;Номер операции', '0010001;11/5/2026;1234,56;1'], 'utf8'],
  ['two digits of the year', { date: 'DD.MM.YY' }, ['ЛС;Дата;Сумма;Номер операции', '0010001;05.11.26;1234,56;1'], 'utf8'],
  [
    'one of two forms',
    { date: ['DD/MM/YYYY', 'DDMMYYYY'] },
    ['ЛС;Дата;Сумма;Номер операции', '0010001;05112026;1234,56;1'],
    'utf8',
  ],
  [
    'a time after the day',
    { date: 'DD-MM-YYYY' },
    ['ЛС;Дата;Сумма;Номер операции', '0010001;05-11-2026 10:15;1234,56;1'],
    'utf8',
  ],
  [
    'a form with its time',
    { date: 'YYYYMMDDHHmmss' },
    ['ЛС;Дата;Сумма;Номер операции', '0010001;20261105101500;1234,56;1'],
    'utf8',
  ],
  [
    'rows without trailing cells',
    { columns: ['Номер операции', 'ЛС', 'Сумма', 'Дата', '', ''] },
    ['h', '1;0010001;1234,56;05.11.2026;;'],
    'utf8',
  ],
])('%s', async (_, given, lines, encoding) => {
  const by = layout({ name: 'Банк', kind: 'payments', ...given });
  expect(await desk.take(lines, { encoding, layouts: [by], named: 'Банк' })).toMatchObject({ read: 1, new: 1, refused: 0 });
  expect(await paid()).toEqual(['0010001 2026-11-05 123456  1']);
});

test.each([
  ['windows-1251', 'win1251'],
  ['UTF-8', 'utf8'],
])('%s is told by a row, too, where the layout names no encoding', async (_, encoding) => {
  const columns = ['ЛС', 'Дата', 'Сумма', 'Источник', 'Номер операции'];
  const by = layout({ name: 'Банк', kind: 'payments', header: false, columns });
  const rows = ['0010001;05.11.2026;1234,56;Банк;1'];
  expect(await desk.take(rows, { encoding, layouts: [by], named: 'Банк' })).toMatchObject({ new: 1, refused: 0 });
  expect(await paid()).toEqual(['0010001 2026-11-05 123456 Банк 1']);
});

test('a byte that is spoilt in a file in UTF-8 does not make it another encoding', async () => {
  const path = join(desk.folder, 'x.csv');
  const rows = BANK_FILE.slice(1, 3).join('\n');
  await writeFile(
    path,
    Buffer.concat([Buffer.from(`${rows}\n07-11-2026;;A-3;0010002;Ко`), Buffer.from([0xf2]), Buffer.from(';5,00')]),
  );
  const given = { ...BANK, skip: undefined, trailer: undefined };
  const read = async (encoding: 'utf-8' | 'windows-1251' | undefined) => {
    const file = await openRegistry(path, { layouts: [layout({ ...given, encoding })], named: 'Банк' });
    await file.close();
  };
  await read('utf-8');
  await read(undefined);
  await expect(read('windows-1251')).rejects.toThrow('похоже на кодировку utf-8');
});

test('months of charges, in a form of their own or in ours', async () => {
  const charges = layout({ name: 'Начисления', kind: 'charges', date: ['MMYYYY', 'DD.MM.YYYY'] });
  const head = 'ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате';
  const rows = ['112026', '10.2026', '01.09.2026'].map((period) => `0010001;${period};Вода;0;5;5`);
  expect(await desk.take([head, ...rows], { layouts: [charges], named: 'Начисления' })).toMatchObject({ new: 3, refused: 0 });
  const periods = await desk.db.selectFrom('charges').select('period').orderBy('period').execute();
  expect(periods.map(({ period }) => period)).toEqual(['2026-09-01', '2026-10-01', '2026-11-01']);
});

test.each<[string, (lines: string[]) => string[], string]>([
  [
    'a row less',
    (lines) => lines.filter((line) => !line.includes('A-2')),
    'итоги не сходятся: строк в итоге 2, а в файле 1; сумма в итоге 1 734,56 ₽, а в файле 1 234,56 ₽',
  ],
  [
    'another sum',
    (lines) => lines.map((line) => line.replace('500,00', '500,01')),
    'сумма в итоге 1 734,56 ₽, а в файле 1 734,57 ₽',
  ],
  ['a sum that is none', (lines) => lines.map((line) => line.replace('500,00', 'пятьсот')), '(не прочитана сумма в строках: 1)'],
  ['no totals', (lines) => lines.slice(0, -1), 'в файле нет строки с итогами'],
  ['totals twice', (lines) => [...lines, '=2;1734,56'], 'несколько строк с итогами'],
  ['totals without a sum', (lines) => [...lines.slice(0, -1), '=2'], 'нет суммы'],
  ['totals without a count', (lines) => [...lines.slice(0, -1), '=;1734,56'], 'нет числа строк'],
])('totals of the trailer: %s refuses the file', async (_, change, cause) => {
  const taking = desk.take(change(BANK_FILE), { encoding: 'win1251', layouts: [layout(BANK)], named: 'Банк' });
  await expect(taking).rejects.toThrow(cause);
  expect(await paid()).toEqual([]);
});

test('totals count refused rows, stand in words, above or below, by numbers of columns', async () => {
  const strangers = BANK_FILE.map((line) => line.replace('0010002', '7777777'));
  const take = (lines: string[], given: Partial<z.input<typeof Layout>> = {}) =>
    desk.take(lines, { encoding: 'win1251', layouts: [layout({ ...BANK, ...given })], named: 'Банк' });
  expect(await take(strangers)).toMatchObject({ read: 2, new: 1, refused: 1 });
  const [title = '', first = '', second = ''] = BANK_FILE;
  const words = { trailer: { line: '^Итого', columns: { sum: 3, count: 2 } } };
  expect(await take([title, first, second, 'Итого;платежей: 2;"на сумму 1 734,56 руб."'], words)).toMatchObject({ read: 2 });
  expect(await take(['Итого;2;1734.56', first, second], words)).toMatchObject({ read: 2 });
});

test.each<[string, Partial<z.input<typeof Layout>>, string | Buffer, string]>([
  [
    'commas instead',
    {},
    iconv.encode(BANK_FILE.join('\n').replaceAll(';', ','), 'win1251'),
    'столбцы разделены запятой, а в описании «Банк» точкой с запятой: исправьте описание (separator)',
  ],
  [
    'another encoding',
    {},
    iconv.encode(BANK_FILE.join('\n'), 'cp866'),
    'похоже на кодировку cp866, а в описании «Банк» windows-1251',
  ],
  [
    'KOI8-R',
    { encoding: 'cp866' },
    iconv.encode(BANK_FILE.join('\n'), 'koi8-r'),
    'похоже на кодировку koi8-r, а в описании «Банк» cp866',
  ],
  ['UTF-8', {}, BANK_FILE.join('\n'), 'похоже на кодировку utf-8'],
  ['UTF-16', {}, iconv.encode(BANK_FILE.join('\n'), 'utf-16le'), 'похоже на кодировку utf-16le'],
  [
    'no UTF-16',
    { encoding: 'utf-16le' },
    iconv.encode(BANK_FILE.join('\n'), 'win1251'),
    'похоже на кодировку windows-1251, а в описании «Банк» utf-16le',
  ],
  ['a PDF', {}, '%PDF-1.7', 'это документ PDF'],
  [
    'another header',
    { header: true, columns: undefined, rename: { Счёт: 'ЛС' } },
    iconv.encode('Счёт;Дата;Чек\n1;2;3', 'win1251'),
    'нужно добавить: «Номер операции», «Сумма»; найдено: «Счёт», «Дата», «Чек»; переименуйте столбцы или исправьте описание; файл читался по описанию «Банк»',
  ],
])('what a layout says otherwise is named: %s', async (_, given, content, cause) => {
  const path = join(desk.folder, 'x.txt');
  await writeFile(path, typeof content === 'string' ? Buffer.from(content) : content);
  await expect(openRegistry(path, { layouts: [layout({ ...BANK, ...given })], named: 'Банк' })).rejects.toThrow(cause);
});

test('refused rows come back in our own form and are taken as they are, by the layout and without it', async () => {
  const lines = BANK_FILE.map((line) => line.replace('0010002', '0O10002').replace('06-11-2026', '99-11-2026'));
  const name = 'bank_7.txt';
  expect(await desk.take(lines, { encoding: 'win1251', name, layouts: [layout(BANK)] })).toMatchObject({ new: 1, refused: 1 });
  const rows = await desk.refused(name);
  expect(rows[0]).toBe('\ufeffИсточник;Номер операции;ЛС;Дата;Сумма;Строка;Причина');
  expect(rows[1]).toContain('Банк;A-2;0O10002;99.11.2026;500,00;3;');
  const mended = rows.map((row) => row.replace('0O10002', '0010002').replace('99.11', '06.11'));
  const loose = layout({ ...BANK, fileName: 'bank' });
  expect(await desk.take(mended, { name: `${name}.refused.csv`, layouts: [loose] })).toMatchObject({ new: 1, refused: 0 });
  expect(await desk.take(mended, { layouts: [loose], named: 'Банк' })).toMatchObject({ unchanged: 1, refused: 0 });
});

test('so are those that a spreadsheet has saved in windows-1251, under the name of a second copy of them', async () => {
  const lines = BANK_FILE.map((line) => line.replace('0010002', '0O10002'));
  const loose = layout({ ...BANK, fileName: 'bank_*' });
  expect(await desk.take(lines, { encoding: 'win1251', name: 'bank_7.txt', layouts: [loose] })).toMatchObject({ refused: 1 });
  const mended = (await desk.refused('bank_7.txt')).map((row) => row.replace('\ufeff', '').replace('0O10002', '0010002'));
  const back = { encoding: 'win1251', layouts: [loose] };
  expect(await desk.take(mended, { ...back, name: 'bank_7.txt.refused (1).csv' })).toMatchObject({ new: 1, refused: 0 });
  expect(await desk.take(mended, { ...back, named: 'Банк' })).toMatchObject({ unchanged: 1, refused: 0 });
});

test.each([
  ['a cell too many', '05-11-2026;10:15:00;A-1;0010001;Иванов;1;500,00', 'Банк;A-1;0010001;05.11.2026;1'],
  ['a cell too few', '05-11-2026;A-1;0010001;Иванов;500,00', 'Банк;0010001;Иванов;05.11.2026;'],
])('a row of another width comes back with all its line, and is refused until it is put right: %s', async (_, line, cells) => {
  const by = layout({ ...BANK, trailer: undefined });
  const name = 'bank_7.txt';
  await desk.take([line], { encoding: 'win1251', name, layouts: [by] });
  const rows = await desk.refused(name);
  const row = `${cells};"${line}";1;`;
  expect(rows[1]?.slice(0, row.length)).toBe(row);
  expect(await desk.take(rows, { name: `${name}.refused.csv`, layouts: [by] })).toMatchObject({ read: 1, refused: 1 });
  const mended = rows.map((one) => one.replace(`${cells};"${line}"`, 'Банк;A-1;0010001;05.11.2026;1500,00'));
  expect(await desk.take(mended, { name: `${name}.refused.csv`, layouts: [by] })).toMatchObject({ new: 1, refused: 0 });
});

test('a day that is in none of the forms is refused, though it would be one of ours', async () => {
  const by = layout({ name: 'Банк', kind: 'payments', date: 'MM-DD-YYYY' });
  await desk.take(['ЛС;Дата;Сумма;Номер операции', '0010001;05.11.2026;1;1'], { layouts: [by], named: 'Банк' });
  expect((await desk.refused())[1]).toContain('«Дата»: нужна дата как MM-DD-YYYY, а стоит «05.11.2026»');
});
