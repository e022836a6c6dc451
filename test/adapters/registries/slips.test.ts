import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importConnection } from '../../../src/adapters/postgres/import-connection.ts';
import { openRegistry } from '../../../src/adapters/registries/file.ts';
import type { RegistryFile } from '../../../src/office/edges.ts';
import { importRegistry } from '../../../src/office/registries/import-registry.ts';
import { zoneCheck } from '../../../src/office/registries/reading/zones.ts';
import { RegistryUnreadable } from '../../../src/office/registries/reading/unreadable.ts';
import { ACCOUNTS, type Desk, openDesk } from './desk.ts';
import * as make from '../../kit/make.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

/** The reasons why rows of a file were refused, by their lines. */
async function refused(lines: readonly string[]): Promise<string[]> {
  if ((await desk.take(lines)).refused === 0) return [];
  return (await desk.refused()).slice(1).map((row) => row.split(';').slice(-2).join(' ').replaceAll('"', ''));
}

const PAYMENTS = 'ЛС;Дата;Сумма;Источник;Номер операции';
const CHARGES = 'ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате';
const METERS = 'ЛС;Номер счетчика;Услуга;Поверка;Показание;Дата показания';
const ANSWER = 'ЛС;Номер счетчика;Показание;Дата;Результат';
// The desk's day is 25 November 2026.
const LATE = 'нужен день не позже завтрашнего, 26.11.2026';
const EARLY = 'нужен день не раньше 01.01.2000';

test.each([
  [PAYMENTS, '0010001;27.11.2026;1;Банк;1', `2 «Дата»: ${LATE}, а стоит «27.11.2026»`],
  [PAYMENTS, '0010001;05.11.2062;1;Банк;1', `2 «Дата»: ${LATE}, а стоит «05.11.2062»`],
  [PAYMENTS, '0010001;2062-11-05T00:00:00;1;Банк;1', `2 «Дата»: ${LATE}, а стоит «2062-11-05T00:00:00»`],
  [PAYMENTS, '0010001;01.01.1900;1;Банк;1', `2 «Дата»: ${EARLY}, а стоит «01.01.1900»`],
  [PAYMENTS, '0010001;31.12.1999;1;Банк;1', `2 «Дата»: ${EARLY}, а стоит «31.12.1999»`],
  [PAYMENTS, '0010001;05.11.0026;1;Банк;1', '2 «Дата»: нужен год от 2000, а стоит «05.11.0026»'],
  [PAYMENTS, '0010001;05.11.2626;1;Банк;1', '2 «Дата»: нужен год от 2000, а стоит «05.11.2626»'],
  [PAYMENTS, '0010001;46331;1;Банк;1', '2 «Дата»: стоит «46331»: так Excel хранит даты'],
  [CHARGES, '0010001;01.2027;Вода;0;5;5', '2 «Период»: нужен месяц не позже следующего, декабрь 2026, а стоит «01.2027»'],
  [CHARGES, '0010001;2062-01;Вода;0;5;5', '2 «Период»: нужен месяц не позже следующего, декабрь 2026, а стоит «2062-01»'],
  [CHARGES, '0010001;12.1999;Вода;0;5;5', '2 «Период»: нужен месяц не раньше 01.2000, а стоит «12.1999»'],
  [METERS, '0010001;M1;Вода;;1;27.11.2026', `2 «Дата показания»: ${LATE}, а стоит «27.11.2026»`],
  [METERS, '0010001;M1;Вода;01.01.2062;1;', '2 «Поверка»: нужен день не позже, чем через 30 лет, а стоит «01.01.2062»'],
  [METERS, '0010001;M1;Вода;01.01.1962;1;', `2 «Поверка»: ${EARLY}, а стоит «01.01.1962»`],
  [ANSWER, '0010001;M1;1;27.11.2026;принято', `2 «Дата»: ${LATE}, а стоит «27.11.2026»`],
  ['ЛС;ФИО;Адрес;Закрыт', '0010003;Кот;дом;27.11.2026', `2 «Закрыт»: ${LATE}, а стоит «27.11.2026»`],
  [
    'ЛС;ФИО;Адрес;Закрыт',
    '0010003;Кот;дом;26.11.2026',
    '2 «Закрыт»: этот день ещё не наступил: загрузите строку снова, когда счёт закроется, а стоит «26.11.2026»',
  ],
  ['ЛС;ФИО;Адрес', '1,23E+09;Кот;дом', '2 «ЛС»: стоит «1,23E+09»: так Excel сокращает длинные номера'],
  ['ЛС;ФИО;Адрес', '="0010003";Кот;дом', '2 «ЛС»: стоит «=0010003»: так Excel пишет текст формулой'],
  ['ЛС;ФИО;Адрес', '"=""0010003""";Кот;дом', '2 «ЛС»: стоит «=0010003»: так Excel пишет текст формулой'],
  ['ЛС;ФИО;Адрес', "'0010003;Кот;дом", "2 «ЛС»: стоит «'0010003»: апостроф в начале остался от Excel"],
  ['ЛС;ФИО;Адрес', '10003,0;Кот;дом', '2 «ЛС»: стоит «10003,0»: Excel сделал из номера дробное число'],
  ['ЛС;ФИО;Адрес', '0010003;#Н/Д;дом', '2 «ФИО»: стоит «#Н/Д»: это ошибка в формуле Excel'],
  ['ЛС;ФИО;Адрес', '00100O3;Кот;дом', '2 «ЛС»: стоит «00100O3»: в номере буква «О» вместо нуля'],
  ['ЛС;ФИО;Адрес', 'LS0010003;Кот;дом', '2 «ЛС»: стоит «LS0010003»: в номере латинские буквы'],
  [PAYMENTS, '0010001;05.11.2026;1;Банк;1,23457E+15', '2 «Номер операции»: стоит «1,23457E+15»: так Excel сокращает'],
  [PAYMENTS, '0010001;05.11.2026;1,5E+03;Банк;1', '2 «Сумма»: стоит «1,5E+03»: так Excel сокращает'],
  [METERS, "0010001;'0077;Вода;;1;", "2 «Номер счетчика»: стоит «'0077»: апостроф в начале остался от Excel"],
])('%s: %s is refused with its cause', async (header, row, reason) => {
  await desk.take(ACCOUNTS);
  const [why = ''] = await refused([header, row]);
  expect(why.startsWith(reason), why).toBe(true);
});

test.each([
  [PAYMENTS, '0010001;26.11.2026;1;Банк;1'],
  [PAYMENTS, '0010001;01.01.2000;1;Банк;1'],
  [PAYMENTS, '0010001;05.11.2026 0:00:00;1;Банк;1'],
  [PAYMENTS, '0010001;05.11.2026 23:59;1;Банк;1'],
  [PAYMENTS, '0010001;2026-11-05T00:00:00;1;Банк;1'],
  [PAYMENTS, '0010001;2026-11-05 14:05:59.123;1;Банк;1'],
  [PAYMENTS, '0010001;2026-11-05T00:00:00Z;1;Банк;1'],
  [PAYMENTS, '0010001;2026-11-05T14:05:59+03:00;1;Банк;1'],
  [PAYMENTS, '0010001;05.11.2026 23:59+0300;1;Банк;1'],
  [PAYMENTS, '0010001;2026-11-05 14:05:59.123+03;1;Банк;1'],
  [PAYMENTS, '0010001;2026-11-05T00:00:00.000+07:00;1;Банк;1'],
  [PAYMENTS, '0010001;05-11-2026;,56;Банк;1'],
  [PAYMENTS, '0010001;05-11-2026 0:00:00;12,50-;Банк;1'],
  [PAYMENTS, '0010001;05.11.2026;1234.5600;Банк;1'],
  ['ЛС;ФИО;Адрес;Проживает;Площадь', '0010003;Кот;дом;2,0;,5'],
  [CHARGES, '0010001;12.2026;Вода;0;5;5'],
  [CHARGES, '0010001;01.11.2026;Вода;0;5;5'],
  [CHARGES, '0010001;2026-11-01T00:00:00;Вода;0;5;5'],
  [CHARGES, '0010001;01.11.2026 0:00:00;Вода;0;5;5'],
  [METERS, '0010001;M1;Вода;01.05.2046;1;26.11.2026'],
  ['ЛС;ФИО;Адрес;Закрыт', '0010003;Кот;дом;25.11.2026'],
  ['ЛС;ФИО;Адрес;Закрыт', '0010003;Кот;дом;2026-11-25T00:00:00Z'],
])('%s: %s is taken', async (header, row) => {
  await desk.take(ACCOUNTS);
  expect(await refused([header, row])).toEqual([]);
});

test.each(['05.11.2026 24:00:00', '05.11.2026 12:60', '05.11.2026 12:00 МСК', '05.11.2026 г.', '05.11.2026T'])(
  '%s is no day',
  async (day) => {
    await desk.take(ACCOUNTS);
    expect((await refused([PAYMENTS, `0010001;${day};1;Банк;1`]))[0]).toContain('нужна дата как 31.10.2026');
  },
);

test.each([
  [PAYMENTS, '0010001;30.02.2026;1;Банк;1', '2 «Дата»: такого дня нет, а стоит «30.02.2026»'],
  [PAYMENTS, '0010001;2026-09-31;1;Банк;1', '2 «Дата»: такого дня нет, а стоит «2026-09-31»'],
  [PAYMENTS, '0010001;10.31.2026;1;Банк;1', '2 «Дата»: нужна дата как 31.10.2026, а стоит «10.31.2026»'],
  [CHARGES, '0010001;13.2026;Вода;0;5;5', '2 «Период»: такого месяца нет, а стоит «13.2026»'],
  ['ЛС;ФИО;Адрес;Закрыт', '0010003;Кот;дом;30.02.2026', '2 «Закрыт»: такого дня нет, а стоит «30.02.2026»'],
])('%s: %s is a form that is right, of no day that there is', async (header, row, reason) => {
  await desk.take(ACCOUNTS);
  expect(await refused([header, row])).toEqual([reason]);
});

test.each([
  [PAYMENTS, '0010001;2026-10-31T21:00:00Z;1;Банк;1'],
  [PAYMENTS, '0010001;2026-10-31T21:00:00+00:00;1;Банк;1'],
  [PAYMENTS, '0010001;2026-11-05T12:00:00-0300;1;Банк;1'],
  [PAYMENTS, '0010001;05.11.2026 0:00:01 Z;1;Банк;1'],
  [PAYMENTS, '0010001;1.11.2026 9:00+05;1;Банк;1'],
  [CHARGES, '0010001;2026-11-01T00:30:00+05:00;Вода;0;5;5'],
  [METERS, '0010001;M1;Вода;;1;2026-11-05T12:00:00Z'],
  ['ЛС;ФИО;Адрес;Закрыт', '0010003;Кот;дом;2026-11-05T12:00:00Z'],
])('%s: %s is a moment of another zone, here maybe another day', async (header, row) => {
  await desk.take(ACCOUNTS);
  const [why = ''] = await refused([header, row]);
  expect(why).toContain('время другого часового пояса, у нас это может быть другой день');
});

test('which zone is the centre’s own depends on the day', () => {
  const inBerlin = zoneCheck('Europe/Berlin');
  expect(inBerlin('2026-07-01', '2026-07-01T12:00:00+02:00')).toBeUndefined();
  expect(inBerlin('2026-12-01', '2026-12-01T12:00:00+01:00')).toBeUndefined();
  expect(inBerlin('2026-12-01', '2026-12-01T12:00:00+02:00')).toBeDefined();
  expect(zoneCheck('UTC')('2026-12-01', '2026-12-01T12:00:00Z')).toBeUndefined();
});

test('«later than tomorrow» is by the calendar of TIME_ZONE', async () => {
  await desk.take(ACCOUNTS);
  // 22:30 in London is 1:30 of the next day in Moscow.
  const now = new Date('2026-11-25T22:30:00Z');
  const file = (day: string) => [PAYMENTS, `0010001;${day};1;Банк;1`];
  expect(await desk.take(file('27.11.2026'), { now })).toMatchObject({ new: 1, refused: 0 });
  expect(await desk.take(file('28.11.2026'), { now })).toMatchObject({ refused: 1 });
});

test('titles above the header are passed over, and lines are counted as in the file', async () => {
  const titled = ['Реестр лицевых счетов', '', ';за ноябрь 2026;', ...ACCOUNTS, '77;Кот;дом'];
  expect(await desk.take(titled)).toMatchObject({ read: 3, new: 2, refused: 1 });
  expect((await desk.refused())[1]).toMatch(/^77;Кот;дом;7;/);
});

test.each<[string, string[]]>([
  ['an empty line', ['']],
  ['separators', [';;;;']],
  ['Excel’s word on the separator', ['sep=;']],
  ['a year', ['2026']],
  ['a day and separators', ['05.11.2026;;;', '']],
  ['Latin', ['Report;', '2026']],
])('windows-1251 is told by the first line that has Russian in it, below %s', async (_, above) => {
  expect(await desk.take([...above, ...ACCOUNTS], { encoding: 'win1251' })).toMatchObject({ read: 2, new: 2, refused: 0 });
  expect(await desk.take([...above, ...ACCOUNTS])).toMatchObject({ unchanged: 2, refused: 0 });
});

test.each<[string, Buffer, string]>([
  ['cp866', iconv.encode(`Реестр\n${ACCOUNTS.join('\n')}`, 'cp866'), 'похоже на кодировку cp866, а нужна UTF-8 или windows-1251'],
  [
    'two encodings',
    Buffer.concat([Buffer.from('Реестр\n'), iconv.encode(ACCOUNTS.join('\n'), 'win1251')]),
    'строки файла в разных кодировках, UTF-8 и windows-1251',
  ],
  [
    'a mark of UTF-8 above windows-1251',
    Buffer.concat([Buffer.from('\ufeffsep=;\n'), iconv.encode(ACCOUNTS.join('\n'), 'win1251')]),
    'в начале стоит метка UTF-8, а текст в другой кодировке',
  ],
])('below a title, too, the cause is named: %s', async (_, bytes, cause) => {
  const path = join(desk.folder, 'x.csv');
  await writeFile(path, bytes);
  await expect(openRegistry(path)).rejects.toThrow(cause);
});

test('a byte that is spoilt in a row of a file in UTF-8 costs that row alone', async () => {
  const path = join(desk.folder, 'registry.csv');
  await writeFile(
    path,
    Buffer.concat([Buffer.from(`${ACCOUNTS.join('\n')}\n0010003;Ко`), Buffer.from([0xf2]), Buffer.from(';дом\n')]),
  );
  const file = await openRegistry(path);
  await file.close();
  expect(file.titles).toEqual(['ЛС', 'ФИО', 'Адрес']);
});

test('rows may end where all that is left may be empty', async () => {
  await desk.take(ACCOUNTS);
  const header = 'ЛС;Номер счетчика;Услуга;Показание;Дата показания';
  expect(await desk.take([header, '0010001;M1;Вода', '0010002;M2;Вода;5'])).toMatchObject({ new: 2, refused: 0 });
  expect(await refused([header, '0010001;M1'])).toEqual(['2 в строке полей: 2, а в заголовке: 5']);
});

test('empty lines, rows of separators and the mark of DOS at the end are no rows', async () => {
  expect(await desk.take(['', ...ACCOUNTS, ';;', '', ' ; ; ', '"";"";""', '\u001a'])).toMatchObject({
    read: 2,
    new: 2,
    refused: 0,
  });
});

const ZEROS = 'только нулями в начале: Excel их теряет';

test('an account that is another one but for leading zeros is refused, whichever of them is known', async () => {
  const accounts = (...numbers: string[]) => ['ЛС;ФИО;Адрес', ...numbers.map((number) => `${number};Кот;дом`)];
  await desk.take(accounts('0010001', '20002'));
  expect(await refused(accounts('10001', '0020002', '00010001', '0030003'))).toEqual([
    `2 «ЛС»: 10001 отличается от 0010001 ${ZEROS}`,
    `3 «ЛС»: 0020002 отличается от 20002 ${ZEROS}`,
    `4 «ЛС»: 00010001 отличается от 0010001 ${ZEROS}`,
  ]);
  // Of two in one file the shorter has lost them.
  expect(await refused(accounts('40004', '0040004', '0050005'))).toEqual([`2 «ЛС»: 40004 отличается от 0040004 ${ZEROS}`]);
  // Two that were let in before this was refused are both kept up.
  await make.account(desk.db, { number: '30003', ownerName: 'Кот', address: 'дом' });
  expect(await refused(['ЛС;ФИО;Адрес', '30003;Кот;другой дом', '0030003;Кот;третий дом'])).toEqual([]);
});

test.each([
  [PAYMENTS, '10001;05.11.2026;1;Банк;1'],
  [CHARGES, '10001;10.2026;Вода;0;5;5'],
  [METERS, '10001;M1;Вода;;1;'],
  [ANSWER, '10001;M1;1;05.11.2026;принято'],
])('%s: an unknown account that is a known one but for zeros says so', async (header, row) => {
  await desk.take(ACCOUNTS);
  expect(await refused([header, row, row.replace('10001', '99999')])).toEqual([
    `2 лицевой счёт 10001 не найден, а 0010001 отличается от него ${ZEROS}`,
    '3 лицевой счёт 99999 не найден: сначала загрузите его в реестре лицевых счетов',
  ]);
});

const HEADER = 'ЛС;ФИО;Адрес\n0010001;Иванов Иван;ул. Лесная, д. 1\n';

test.each<[string, string | Uint8Array, string]>([
  ['a Latin C in «ЛC»', HEADER.replace('ЛС', 'ЛC'), 'в столбце «ЛС» латинские буквы вместо русских («C»)'],
  ['Latin letters in an optional column', 'ЛС;ФИО;Адрес;EЛC\n', 'в столбце «ЕЛС» латинские буквы вместо русских («E», «C»)'],
  ['commas', HEADER.replaceAll(';', ','), 'столбцы разделены запятой, а нужна точка с запятой'],
  ['tabs', HEADER.replaceAll(';', '\t'), 'столбцы разделены табуляцией'],
  ['bars', HEADER.replaceAll(';', '|'), 'столбцы разделены чертой «|»'],
  ['cp866', iconv.encode(HEADER, 'cp866'), 'похоже на кодировку cp866'],
  ['KOI8-R', iconv.encode(HEADER, 'koi8-r'), 'похоже на кодировку KOI8-R'],
  [
    'cp866 with commas',
    iconv.encode(HEADER.replaceAll(';', ','), 'cp866'),
    'столбцы разделены запятой, а нужна точка с запятой; похоже на кодировку cp866',
  ],
  ['UTF-16 with a mark', iconv.encode(`\ufeff${HEADER}`, 'utf-16le'), 'UTF-16'],
  ['UTF-16 without one', iconv.encode(HEADER, 'utf-16le'), 'UTF-16'],
  ['UTF-16 big-endian', iconv.encode(HEADER, 'utf-16be'), 'UTF-16'],
  [
    'a mark of UTF-8 before windows-1251',
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), iconv.encode(HEADER, 'win1251')]),
    'метка UTF-8',
  ],
  ['rows above the header', `0010002;Петров;дом\n${HEADER}`, 'строка заголовка должна быть первой, а она 2-я'],
  ['lines of an old Mac', HEADER.replaceAll('\n', '\r'), 'строки кончаются одним знаком CR'],
  [
    'XLSX',
    Buffer.from('PK\u0003\u0004........[Content_Types].xml....xl/workbook.xml'),
    'это книга Excel (XLSX), но она повреждена',
  ],
  ['ODS', Buffer.from('PK\u0003\u0004....mimetypeapplication/vnd.oasis.opendocument.spreadsheet'), 'OpenDocument'],
  ['ZIP', Buffer.from('PK\u0003\u0004........registry.csv'), 'это архив ZIP'],
  ['a book under a password', ole('EncryptedPackage'), 'под паролем; снимите пароль'],
  ['an old book', ole('Workbook'), 'прежних версий (XLS); сохраните таблицу как XLSX или как CSV'],
  ['an old document', ole('WordDocument'), 'документ Word'],
  ['XLS', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'книга Excel прежних версий (XLS)'],
  ['PDF', Buffer.from('%PDF-1.7\n%\u00e2'), 'PDF'],
  ['RAR', Buffer.from('Rar!\u001a\u0007'), 'архив'],
  ['HTML called XLS', '<html><table><tr><td>ЛС</td></tr></table></html>', 'HTML'],
  ['XML', '<?xml version="1.0"?><реестр/>', 'XML'],
  [
    'a statement for 1C',
    iconv.encode('1CClientBankExchange\r\nВерсияФормата=1.02\r\n', 'win1251'),
    'в ней нет поля с лицевым счётом; нужен реестр платежей',
  ],
  ['DBF', dbf(), 'это таблица DBF'],
])('a file that is no registry: %s is named', async (_, content, cause) => {
  const path = join(desk.folder, 'x.csv');
  await writeFile(path, content);
  await expect(openRegistry(path)).rejects.toThrow(cause);
});

function ole(stream: string): Buffer {
  const head = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  return Buffer.concat([head, Buffer.alloc(504), Buffer.from(stream, 'utf16le')]);
}

function dbf(): Uint8Array {
  const head = Buffer.alloc(32 + 32 + 1 + 20);
  head.set([0x03, 126, 11, 5]);
  head.writeUInt32LE(1, 4);
  head.writeUInt16LE(65, 8);
  head.writeUInt16LE(20, 10);
  head.write('LS', 32, 'latin1');
  head[64] = 0x0d;
  return head;
}

test('refused rows say their line, and mended they are taken as they are, also answers that have a reason of their own', async () => {
  await desk.take(ACCOUNTS);
  await make.reading(desk.db, {
    account: '0010001',
    number: '77',
    scale: '',
    service: 'Вода',
    windowOpens: '2026-10-20',
    submittedBy: 'telegram:9',
    value: '5',
    day: '2026-10-21',
    takenAt: new Date('2026-10-21T09:00:00Z'),
    state: 'exported',
  });
  const { id } = await desk.db.selectFrom('readings').select('id').executeTakeFirstOrThrow();
  await desk.db
    .insertInto('exportedReadings')
    .values({ readingId: id, exportNumber: 1, value: '5', day: '2026-10-21' })
    .execute();

  const answer = 'ЛС;Номер счетчика;Показание;Дата;Результат;Причина';
  expect(await desk.take([answer, '0010001;77;5;21.10.2026;непонятно;старый счётчик'])).toMatchObject({ refused: 1 });
  const rows = await desk.refused();
  expect(rows[0]).toBe(`\ufeff${answer};Строка;Почему отклонено`);
  // Refused once more, they do not gather columns.
  expect(await desk.take(rows)).toMatchObject({ refused: 1 });
  expect(await desk.refused()).toEqual(rows);
  expect(await desk.take(rows.map((row) => row.replace('непонятно', 'отклонено')))).toMatchObject({ new: 1, refused: 0 });
  expect(await desk.db.selectFrom('readingAnswers').select('reason').execute()).toEqual([{ reason: 'старый счётчик' }]);

  await desk.take([PAYMENTS, '0010001;05.11.2026;сто;Банк;1']);
  const payments = await desk.refused();
  expect(payments[0]).toBe(`\ufeff${PAYMENTS};Строка;Причина`);
  expect(await desk.take(payments.map((row) => row.replace(';сто;', ';100;')))).toMatchObject({ new: 1, refused: 0 });
});

/** As a spreadsheet saves them: the header as wide as the widest row. */
const saved = ([title = '', ...rows]: string[]) => [`${title.replace('\ufeff', '')};`, ...rows];

test('refused rows have what does not fit under the header, too, and are refused until it is put right', async () => {
  await desk.take(ACCOUNTS);
  await desk.take([PAYMENTS, '0010001;05.11.2026;1;500,00;Банк;77;;']);
  const rows = await desk.refused();
  const row = '0010001;05.11.2026;1;500,00;Банк;77;2;';
  expect(rows).toEqual([`\ufeff${PAYMENTS};Строка;Причина`, `${row}"в строке полей: 8, а в заголовке: 5; лишний разделитель?"`]);
  for (const lines of [rows, saved(rows)]) {
    expect(await desk.take(lines)).toMatchObject({ read: 1, refused: 1 });
    const again = await desk.refused();
    expect([again[0], again[1]?.slice(0, row.length), again.length]).toEqual([rows[0], row, 2]);
  }
  const mended = rows.map((line) => line.replace('1;500,00', '1500,00'));
  expect(await desk.take(saved(mended))).toMatchObject({ new: 1, refused: 0 });
  const paid = await desk.db.selectFrom('payments').select(['sumKopecks', 'source', 'operation']).execute();
  expect(paid).toEqual([{ sumKopecks: 150_000, source: 'Банк', operation: '77' }]);
});

test.each([
  ['0010003;"Иванов;ул. Мира, 1', '0010003;"""Иванов";ул. Мира, 1', '"0010003;""Иванов;ул. Мира, 1"'],
  ['0010003;"Иванов" Иван;ул. Мира, 1', '0010003;"""Иванов"" Иван";ул. Мира, 1', '"0010003;""Иванов"" Иван;ул. Мира, 1"'],
])('a line that cannot be divided into its cells comes back whole: %s', async (line, cells, whole) => {
  await desk.take(ACCOUNTS);
  expect(await desk.take(['ЛС;ФИО;Адрес', line])).toMatchObject({ refused: 1 });
  const row = `${cells};${whole};2;`;
  for (let times = 0; times < 3; times += 1) {
    const rows = await desk.refused();
    expect(rows[1]?.slice(0, row.length)).toBe(row);
    expect(await desk.take(times === 1 ? saved(rows) : rows)).toMatchObject({ read: 1, refused: 1 });
  }
  const mended = (await desk.refused()).map((one) => one.replace(`${cells};${whole}`, '0010003;Иванов Иван;ул. Мира, 1'));
  expect(await desk.take(mended)).toMatchObject({ new: 1, refused: 0 });
});

const ODD: [string, string | Buffer][] = [
  ['a million columns', `${'ЛС;'.repeat(1_000_000)}\n1;2`],
  ['a million columns in a row', `${HEADER}${'1;'.repeat(1_000_000)}\n`],
  ['a million rows of nothing', ';;\n'.repeat(1_000_000)],
  ['NUL in a name', HEADER.replace('Иванов', 'Ива\u0000нов')],
  ['NUL in the header', HEADER.replace('ФИО', 'ФИО\u0000')],
  ['a lone quote', HEADER.replace('Иванов', '"Иванов')],
  ['quotes within quotes', HEADER.replace('Иванов Иван', '"Иванов "Иван""')],
  ['quotes to the end', `${HEADER}"${'x'.repeat(200_000)}`],
  ['formulas', `${HEADER}=1+1;=cmd|'/c calc'!A1;@SUM(1)\n+7;-8;\t=9\n`],
  ['half a letter at the end', Buffer.from(HEADER).subarray(0, -2)],
  ['letters of every plane', `${HEADER}0010009;\u{1f468}\u200d\u{1f469};\ud800\n`],
  ['a backslash at the end', `${HEADER}0010009;Кот\\;дом\\\n\\.\n`],
  ['random bytes', Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7919 + (at >> 3)) & 255))],
];

test.each(ODD)('%s: a report or a sentence, never a crash', async (_, content) => {
  const path = join(desk.folder, 'odd.csv');
  await writeFile(path, content);
  const file = await openRegistry(path).catch((error: unknown) => error);
  if (file instanceof RegistryUnreadable) return expect(file.why).toMatch(/[а-яё]{3}/i);
  if (file instanceof Error) throw file;
  const edges = {
    connection: importConnection(desk.pool),
    clock: () => new Date('2026-11-25T09:00:00Z'),
    timeZone: 'Europe/Moscow',
  };
  const report = await importRegistry(edges, file as RegistryFile);
  await (file as RegistryFile).close();
  expect(report.read).toBe(report.new + report.changed + report.unchanged + report.refused);
});
