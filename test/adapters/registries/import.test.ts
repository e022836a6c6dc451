import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRegistry } from '../../../src/adapters/registries/file.ts';
import { findDataDay } from '../../../src/records/registries/imports.ts';
import { account } from '../../kit/make.ts';
import { ACCOUNTS, type Desk, openDesk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

test('a table that was looked at while its first rows were on their way is looked at again before a file is compared with it', async () => {
  const counted = async () => {
    const { rows } = await desk.pool.query("select reltuples::integer as rows from pg_class where oid = 'accounts'::regclass");
    return rows[0].rows as number;
  };
  await desk.db.transaction().execute(async (trx) => {
    await account(trx, ...Array.from({ length: 1000 }, (_, n) => ({ number: String(1_000_000 + n) })));
    // As autovacuum does.
    await desk.pool.query('analyze accounts');
  });
  expect(await counted()).toBe(0);
  await desk.take(ACCOUNTS);
  expect(await counted()).toBeGreaterThanOrEqual(1000);
});

test('accounts: new, changed, unchanged, refused; a column that is absent keeps what was known', async () => {
  expect(
    await desk.counts([
      'ЛС;ФИО;Адрес;ЕЛС;Площадь;Проживает;Закрыт',
      '0010001;Иванов;ул. Лесная, д. 1;70АА;45,3;2;',
      '0010002;Петрова;дом;;;;01.02.2026',
      '0010003;Котов;дом;;;;да',
    ]),
  ).toBe('3 0 0 0');
  expect(await desk.counts(['ЛС;Адрес;ФИО', '0010001;ул. Лесная, д. 1;Иванов', '0010002;другой дом;Петрова', '12;;x'])).toBe(
    '0 1 1 1',
  );
  const rows = await desk.db.selectFrom('accounts').selectAll().orderBy('number').execute();
  expect(rows).toEqual([
    {
      number: '0010001',
      ownerName: 'Иванов',
      address: 'ул. Лесная, д. 1',
      unifiedNumber: '70АА',
      fias: null,
      area: '45.3',
      residents: 2,
      closed: false,
      closedOn: null,
      importId: 1,
      ownerChangedAt: null,
    },
    {
      number: '0010002',
      ownerName: 'Петрова',
      address: 'другой дом',
      unifiedNumber: null,
      fias: null,
      area: null,
      residents: null,
      closed: true,
      closedOn: '2026-02-01',
      importId: 2,
      ownerChangedAt: null,
    },
    {
      number: '0010003',
      ownerName: 'Котов',
      address: 'дом',
      unifiedNumber: null,
      fias: null,
      area: null,
      residents: null,
      closed: true,
      closedOn: null,
      importId: 1,
      ownerChangedAt: null,
    },
  ]);
  expect(await desk.refused()).toEqual([
    '\ufeffЛС;Адрес;ФИО;Строка;Причина',
    '12;;x;4;"«ЛС»: нужен номер из 5–20 цифр, а стоит «12»; «Адрес»: нужно значение, а пусто"',
  ]);
});

test('accounts: a new owner is told, another spelling is not', async () => {
  await desk.take(ACCOUNTS);
  await desk.take(['ЛС;ФИО;Адрес', '0010001;ИВАНОВ  ИВАН;ул. Лесная, д. 1, кв. 1', '0010002;Сидоров Пётр;ул. Лесная, д. 2']);
  expect(await desk.moved()).toEqual(['0010002']);
});

test('the same account twice in one file: alike is unchanged, another is refused', async () => {
  expect(await desk.counts([...ACCOUNTS, ACCOUNTS[1]!, '0010002;Другой Человек;ул. Лесная, д. 2'])).toBe('2 0 1 1');
  expect((await desk.refused())[1]).toContain('этот лицевой счёт уже есть в строке 3, данные другие');
  const owner = await desk.db
    .selectFrom('accounts')
    .select('ownerName')
    .where('number', '=', '0010002')
    .executeTakeFirstOrThrow();
  expect(owner.ownerName).toBe('Петрова Анна');
});

const CHARGES = 'ЛС;Период;Поставщик;Услуга;Входящее сальдо;Начислено;Оплачено;К оплате';

async function services(account: string): Promise<string[]> {
  const rows = await desk.db
    .selectFrom('charges')
    .selectAll()
    .where('account', '=', account)
    .orderBy('period')
    .orderBy('supplier')
    .orderBy('service')
    .execute();
  return rows.map((row) => `${row.period} ${row.supplier} ${row.service} ${row.dueKopecks}`);
}

test('charges replace an account’s period whole, per supplier', async () => {
  await desk.take(ACCOUNTS);
  const september = '0010001;09.2026;А;Вода;0;10;0;10';
  const file = [
    CHARGES,
    september,
    '0010001;10.2026;А;Вода;10;5;0;15',
    '0010001;10.2026;А;Тепло;0;7;0;7',
    '0010001;10.2026;Б;Свет;0;3;0;3',
    '0010002;2026-10;А;Вода;0;1;0;1',
  ];
  expect(await desk.counts(file)).toBe('5 0 0 0');
  expect(await desk.counts(file)).toBe('0 0 5 0');
  expect(await desk.counts([CHARGES, '0010001;10.2026;А;Вода;10;6;0;16', '0010001;10.2026;А;ТКО;0;2;0;2'])).toBe('1 2 0 0');
  expect(await services('0010001')).toEqual(
    ['2026-09-01 А Вода 1000', '2026-10-01 А ТКО 200', '2026-10-01 А Вода 1600', '2026-10-01 Б Свет 300'].sort(),
  );
  expect(await services('0010002')).toEqual(['2026-10-01 А Вода 100']);
  expect(await findDataDay(desk.db, 'charges')).toBe('2026-10-31');
});

test('charges: one refused row refuses that account’s period of that supplier, and nothing else', async () => {
  await desk.take(ACCOUNTS);
  await desk.take([CHARGES, '0010001;10.2026;А;Вода;0;1;0;1']);
  const report = await desk.take([
    CHARGES,
    '0010001;10.2026;А;Вода;0;2;0;2',
    '0010001;10.2026;А;Тепло;0;много;0;7',
    '0010001;10.2026;Б;Свет;0;3;0;3',
    '0010001;09.2026;А;Вода;0;4;0;4',
    '0010002;10.2026;А;Вода;0;5;0;5',
  ]);
  expect(report).toMatchObject({ read: 5, new: 3, changed: 0, unchanged: 0, refused: 2 });
  expect(await services('0010001')).toEqual(['2026-09-01 А Вода 400', '2026-10-01 А Вода 100', '2026-10-01 Б Свет 300']);
  expect(await desk.refused()).toEqual([
    `\ufeff${CHARGES};Строка;Причина`,
    '0010001;10.2026;А;Вода;0;2;0;2;2;не загружено вместе со строкой 3: она отклонена, а период лицевого счёта заменяется целиком',
    '0010001;10.2026;А;Тепло;0;много;0;7;3;«Начислено»: нужна сумма как 1234,56, а стоит «много»',
  ]);
});

test('charges: a row whose period cannot be read may belong to any of the account', async () => {
  await desk.take(ACCOUNTS);
  expect(
    await desk.counts([
      CHARGES,
      '0010001;10.2026;А;Вода;0;2;0;2',
      '0010001;осень;А;Тепло;0;1;0;1',
      '0010001;09.2026;Б;Вода;0;2;0;2',
      '0010002;10.2026;А;Вода;0;5;0;5',
    ]),
  ).toBe('2 0 0 2');
  expect(await desk.counts([CHARGES, '0010001;10.2026;А;Вода;0;2;0;2', '0010001;обрыв', '0010001;09.2026;Б;Вода;0;9;0;9'])).toBe(
    '0 0 0 3',
  );
});

test.each(['', ' ', '001O001', "'0010001", '10001,0', '1,23E+09', '="0010001"', '0010001 л/с', '000'])(
  'charges: a row of the account «%s» holds back nobody else',
  async (unread) => {
    await desk.take(ACCOUNTS);
    const rows = ['0010001;10.2026;А;Вода;0;2;0;2', `${unread};10.2026;А;Тепло;0;2;0;2`, '0010002;10.2026;А;Вода;0;2;0;2'];
    expect(await desk.counts([CHARGES, ...rows])).toBe('2 0 0 1');
  },
);

test.each([
  'Итого;;;;;4;;4',
  ';;Всего по реестру;;;4;;4',
  ';10.2026;;;0;4;0;4',
  '1;2;3;4;5;6;7;8',
  CHARGES,
  '0;4',
  'Главный бухгалтер;;;Иванова',
  'Выгружено 05.11.2026 в 10:00',
])('charges: «%s» is nobody’s, and no account loses it', async (row) => {
  await desk.take(ACCOUNTS);
  const rows = ['0010001;10.2026;А;Вода;0;2;0;2', row, '0010002;10.2026;А;Вода;0;2;0;2'];
  expect(await desk.counts([CHARGES, ...rows])).toBe('2 0 0 1');
});

test.each<[string, string]>([
  ['an open quote among quotes', '"0010001";"10.2026";"А";"Тепло;0;2;0;2'],
  ['a line that is too long', `0010001;10.2026;А;${'Тепло '.repeat(12_000)};0;2;0;2`],
  ['a cell too many', '0010001;10.2026;А;Тепло;0;2;0;2;2'],
])('charges: %s is of its account all the same', async (_, row) => {
  await desk.take(ACCOUNTS);
  const rows = [row, '0010002;10.2026;А;Вода;0;2;0;2', '0010001;10.2026;А;Вода;0;2;0;2'];
  expect(await desk.counts([CHARGES, ...rows])).toBe('1 0 0 2');
  expect(await services('0010001')).toEqual([]);
});

test('charges: unknown accounts and repeated services are refused, in a file in any order too', async () => {
  await desk.take(ACCOUNTS);
  const report = await desk.take([
    CHARGES,
    '0010002;10.2026;А;Вода;0;2;0;2',
    '0099999;10.2026;А;Вода;0;2;0;2',
    '0010001;10.2026;А;Вода;0;2;0;2',
    '0010002;10.2026;А;Вода;0;2;0;2',
    '0010001;10.2026;А;Свет;0;2;0;2',
  ]);
  expect(report).toMatchObject({ read: 5, new: 2, refused: 3 });
  expect((await desk.refused()).slice(1).map((line) => line.split(';').at(-1))).toEqual([
    'не загружено вместе со строкой 5: она отклонена, а период лицевого счёта заменяется целиком',
    'лицевой счёт 0099999 не найден: сначала загрузите его в реестре лицевых счетов',
    'эта услуга за этот месяц уже есть в строке 2 с теми же данными',
  ]);
});

test('charges: a «К оплате» that does not add up is a warning', async () => {
  await desk.take(ACCOUNTS);
  const report = await desk.take([CHARGES, '0010001;10.2026;А;Вода;1;2;0,5;2,5', '0010002;10.2026;А;Вода;1;2;0;999']);
  expect(report).toMatchObject({ new: 2, refused: 0, dueDiffers: { rows: 1, lines: [3] } });
});

const PAYMENTS = 'ЛС;Дата;Сумма;Источник;Номер операции';

test('payments: the key is source and operation', async () => {
  await desk.take(ACCOUNTS);
  const file = [
    PAYMENTS,
    '0010001;05.10.2026;1 000,50;Сбербанк;1',
    '0010001;06.10.2026;-1000,50;Сбербанк;2',
    '0010001;06.10.2026;5;Почта;1',
  ];
  expect(await desk.counts(file)).toBe('3 0 0 0');
  expect(await desk.counts(file)).toBe('0 0 3 0');
  expect(
    await desk.counts([
      PAYMENTS,
      '0010002;05.10.2026;1000,50;Сбербанк;1',
      '0010001;07.10.2026;0;Почта;2',
      '0010001;07.10.2026;7;Почта;3',
      '0010001;07.10.2026;7;Почта;3',
      '0010001;07.10.2026;8;Почта;3',
    ]),
  ).toBe('1 1 1 2');
  const rows = await desk.db.selectFrom('payments').selectAll().orderBy('source').orderBy('operation').execute();
  expect(rows.map((row) => `${row.source} ${row.operation} ${row.account} ${row.day} ${row.sumKopecks}`).sort()).toEqual([
    'Почта 1 0010001 2026-10-06 500',
    'Почта 3 0010001 2026-10-07 700',
    'Сбербанк 1 0010002 2026-10-05 100050',
    'Сбербанк 2 0010001 2026-10-06 -100050',
  ]);
  expect(await findDataDay(desk.db, 'payments')).toBe('2026-10-07');
});

const METERS = 'ЛС;Номер счетчика;Услуга;Шкала;Разрядность;Поверка;Показание;Дата показания';

test('meters replace an account’s meters whole, but a refused row does not lose its meter', async () => {
  await desk.take(ACCOUNTS);
  const file = [
    METERS,
    '0010001;77;Свет;день;5;01.05.2030;100,5;20.10.2026',
    '0010001;77;Свет;ночь;5;01.05.2030;50;20.10.2026',
    '0010001;88;Вода;;5;;;',
    '0010002;99;Вода;;5;;1;20.10.2026',
  ];
  expect(await desk.counts(file)).toBe('4 0 0 0');
  expect(await desk.counts(file)).toBe('0 0 4 0');
  expect(await desk.counts([METERS, '0010001;77;Свет;день;5;01.05.2030;110;20.11.2026', '0010001;77;Свет;ночь;пять;;50;'])).toBe(
    '0 1 0 1',
  );
  expect(await desk.counts([METERS, '0010001;77;Свет;день;5;01.05.2030;110;20.11.2026'])).toBe('0 2 1 0');
  const rows = await desk.db
    .selectFrom('meters')
    .select(['account', 'number', 'scale', 'value'])
    .orderBy('account')
    .orderBy('number')
    .execute();
  expect(rows).toEqual([
    { account: '0010001', number: '77', scale: 'день', value: '110' },
    { account: '0010002', number: '99', scale: '', value: '1' },
  ]);
});

test('meters: a row without its account may be any, so none is taken away; one of totals is none', async () => {
  await desk.take(ACCOUNTS);
  const meter = (account: string, number: string) => `${account};${number};Вода;;5;;;`;
  await desk.take([METERS, meter('0010001', 'M1'), meter('0010001', 'M2'), meter('0010002', 'M3'), meter('0010002', 'M4')]);
  // As merged cells are saved.
  const merged = [METERS, meter('0010001', 'M1'), meter('', 'M2'), meter('0010002', 'M3'), meter('', 'M5')];
  expect(await desk.counts(merged)).toBe('0 0 2 2');
  expect(await desk.counts([METERS, meter('0010001', 'M1'), meter('0010002', 'M3'), 'Итого;2;;;;;;'])).toBe('0 2 2 1');
});

const OF_METERS = 'registry.csv.refused.csv';
const withoutOurs = (lines: string[]) => lines.map((line) => line.split(';').slice(0, -2).join(';'));
/** As a spreadsheet saves them: no mark, and cells to the width of a sheet. */
const widened = (lines: string[]) => lines.map((line) => `${line.replace('\ufeff', '')};;`);
const turned = (lines: string[]) => lines.map((line) => line.replace('\ufeff', '').split(';').toReversed().join(';'));

test.each<[string, (lines: string[]) => string[], { name?: string; encoding?: string }]>([
  ['as they are', (lines) => lines, {}],
  ['saved by a spreadsheet', widened, { encoding: 'win1251' }],
  ['with their columns moved', turned, {}],
  ['by the name alone', withoutOurs, { name: OF_METERS }],
  ['by the name that a browser gave', withoutOurs, { name: 'registry.csv.refused (1).csv' }],
])('meters: the refused rows, corrected, take none of the others away: %s', async (_, change, way) => {
  await desk.take(ACCOUNTS);
  const file = [
    METERS,
    '0010001;77;Свет;день;5;;100;20.10.2026',
    '0010001;77;Свет;ночь;5;;50;31.09.2026',
    '0010001;88;Вода;;5;;;',
    '0010002;99;Вода;;пять;;;',
    '0010002;98;Вода;;5;;;',
  ];
  expect(await desk.take(file)).toMatchObject({ new: 3, refused: 2 });
  const corrected = (await desk.refused()).map((line) => line.replace('31.09', '30.09').replace(';пять;', ';5;'));
  expect(await desk.take(change(corrected), way)).toMatchObject({ new: 2, changed: 0, refused: 0 });
  const numbers = async () => (await desk.db.selectFrom('meters').select('number').orderBy('number').execute()).length;
  expect(await numbers()).toBe(5);
  // A registry of the same rows is all that there is.
  expect(await desk.take(withoutOurs(corrected))).toMatchObject({ new: 0, changed: 3, unchanged: 2 });
  expect(await numbers()).toBe(2);
});

test('charges: the refused rows, corrected, replace their period whole all the same', async () => {
  await desk.take(ACCOUNTS);
  await desk.take([CHARGES, '0010001;10.2026;А;Вода;0;1;0;1', '0010001;10.2026;А;Свет;0;1;0;1']);
  await desk.take([CHARGES, '0010001;10.2026;А;Вода;0;2;0;2', '0010001;10.2026;А;Тепло;0;много;0;7']);
  expect(await desk.take((await desk.refused()).map((line) => line.replace('много', '7')))).toMatchObject({ refused: 0 });
  expect(await services('0010001')).toEqual(['2026-10-01 А Вода 200', '2026-10-01 А Тепло 700']);
});

test('windows-1251, a BOM, line ends of Windows', async () => {
  expect(
    await desk.take(
      ACCOUNTS.map((line) => `${line}\r`),
      { encoding: 'win1251' },
    ),
  ).toMatchObject({ new: 2, refused: 0 });
  expect(await desk.take(ACCOUNTS.map((line, index) => (index === 0 ? `\ufeff${line}` : line)))).toMatchObject({
    unchanged: 2,
    refused: 0,
  });
});

test('wild rows are refused with reasons, and the rest goes in', async () => {
  const wild = [
    '0010003;"Котов;дом',
    '0010004;Кот\u0000ов;дом',
    `0010005;${'я'.repeat(201)};дом`,
    '0010006;Котов',
    '\\N;\\.;\t',
    '0010007;Котов\\t\\N;дом',
  ];
  expect(await desk.counts([...ACCOUNTS, ...wild])).toBe('3 0 0 5');
  const owner = await desk.db
    .selectFrom('accounts')
    .select('ownerName')
    .where('number', '=', '0010007')
    .executeTakeFirstOrThrow();
  expect(owner.ownerName).toBe('Котов\\t\\N');
  expect((await desk.refused()).length).toBe(6);
});

test('the refused rows, corrected, can be imported as they are; a clean import removes the old ones', async () => {
  await desk.take([...ACCOUNTS, '3;Котов;дом'], { encoding: 'win1251' });
  const corrected = (await desk.refused()).map((line) => line.replace(/^3;/, '0010003;'));
  expect(await desk.counts(corrected)).toBe('1 0 0 0');
  expect(existsSync(join(desk.folder, 'registry.csv.refused.csv'))).toBe(false);
});

test('files that are no registries are told apart in a sentence', async () => {
  const problem = async (content: string | Uint8Array): Promise<string> => {
    const path = join(desk.folder, 'x.csv');
    await writeFile(path, content);
    return openRegistry(path).then(
      () => 'known',
      (error: Error) => error.message.replace(path, 'FILE'),
    );
  };
  expect(await problem('')).toBe('FILE: файл пуст');
  expect(await problem('ЛС;Дата\n')).toContain(
    'FILE: заголовок не узнан: чтобы это был реестр платежей, нужно добавить: «Номер операции», «Сумма»',
  );
  const titled = 'Реестр платежей\n\nза ноябрь\n';
  expect(await problem(`${titled}Лицевой счет;Дата;Сумма;Номер операции\n1;2;3;4\n`)).toMatch(
    /^FILE: заголовок не узнан: чтобы это был реестр платежей, нужно добавить: «ЛС»; в строке 4 найдено: «Лицевой счет», .*; переименуйте столбцы/,
  );
  expect(await problem(`${titled}a;b;c\n`)).toMatch(
    /^FILE: в строках 1–4 нет столбцов ни одного реестра; в строке 4 найдено: «a», «b», «c»; переименуйте/,
  );
  expect(await problem(titled)).toMatch(/^FILE: в строках 1–3 нет столбцов/);
  expect(await problem(Buffer.from('PK\u0003\u0004..'))).toContain('архив ZIP');
  expect(await problem(Buffer.from('\ufeffЛС;ФИО', 'utf16le'))).toContain('UTF-16');
  await expect(openRegistry(desk.folder)).rejects.toThrow('это папка, а нужен файл');
  await expect(openRegistry(join(desk.folder, 'none'))).rejects.toThrow('такого файла нет');
});

test('what an import did is remembered', async () => {
  await desk.take(ACCOUNTS);
  const rows = await desk.db.selectFrom('registryImports').selectAll().execute();
  expect(rows).toMatchObject([
    { kind: 'accounts', fileName: 'registry.csv', rowsRead: 2, rowsNew: 2, rowsRefused: 0, dataDay: null },
  ]);
});

test.each([
  [
    'суммы другие',
    [CHARGES, '0010001;10.2026;А;Вода;0;2;0;2', '0010001;10.2026;А;Вода;0;3;0;3'],
    'эта услуга за этот месяц уже есть в строке 2, суммы другие',
  ],
  [
    'сумма другая',
    [PAYMENTS, '0010001;05.10.2026;1;Почта;7', '0010001;05.10.2026;2;Почта;7'],
    'этот номер операции уже есть в строке 2, сумма другая',
  ],
  [
    'счётчик',
    [METERS, '0010001;77;Свет;;5;;1;', '0010001;77;Свет;;5;;2;'],
    'этот счётчик с той же шкалой уже есть в строке 2, данные другие',
  ],
])('the second row of a key says what it repeats, and how it differs: %s', async (_, rows, reason) => {
  await desk.take(ACCOUNTS);
  await desk.take(rows);
  expect((await desk.refused()).join('\n')).toContain(reason);
});
