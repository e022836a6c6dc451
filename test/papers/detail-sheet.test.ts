import * as fc from 'fast-check';
import { unzipSync } from 'fflate';
import readXlsx from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { Charge } from '../../src/domain/charge.ts';
import type { Detail } from '../../src/domain/detail.ts';
import { METER_ZONES } from '../../src/domain/meter-scale.ts';
import { drawDetailSheet } from '../../src/papers/detail-sheet.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { charge } from '../kit/charge.ts';
import { withTool } from '../kit/tools.ts';
import { readByLibreOffice } from './read-sheet.ts';

const { text: say } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date('2026-11-05T09:00:00Z') });

const row = (service: string, rest: Partial<Charge> = {}) => charge({ service, ...rest });

const TWO_MONTHS: Detail = {
  accountNumber: '0012345678',
  address: 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. 17',
  from: '2026-09',
  to: '2026-10',
  charges: [
    row('Отопление', {
      supplier: 'АО «Тепло & <Ко>»',
      openingKopecks: -500_07,
      chargedKopecks: 5_606_83,
      recalculatedKopecks: -120_55,
      grounds: 'Недопоставка, акт "7"; 3 дня',
      benefitKopecks: 100_00,
      penaltyKopecks: 12_34,
      paidKopecks: 1_000_00,
      dueKopecks: 3_898_55,
      volume: '1.763',
      unit: 'Гкал',
      tariff: '3180.28',
    }),
    row('Лифт', { period: '2026-09', chargedKopecks: 10, dueKopecks: 10, volume: '1.0', unit: 'шт.' }),
    row('Отопление', {
      period: '2026-09',
      chargedKopecks: 29,
      paidKopecks: 500_36,
      dueKopecks: -500_07,
      volume: '0.237',
      unit: 'Гкал',
    }),
  ],
  payments: [
    { day: '2026-10-31', sumKopecks: 1_234_56, source: 'СБП' },
    { day: '2026-09-01', sumKopecks: -200_01, source: '' },
  ],
  paymentsDay: '2026-11-20',
  meterZones: METER_ZONES,
};

test('three sheets, numbers as numbers, days as days, under a name that grammY sends as it is', async () => {
  const { send, name, bytes } = await drawDetailSheet(TWO_MONTHS, say);
  expect([send, name]).toEqual(['document', 'Детализация 0012345678 сентябрь 2026 – октябрь 2026.xlsx']);
  const sheets = await readXlsx(Buffer.from(bytes));
  expect(sheets.map(({ sheet }) => sheet)).toEqual(['Итоги по услугам', 'Начисления', 'Платежи']);
  const [services, charges, payments] = sheets.map(({ data }) => data);
  const october = new Date('2026-10-01T00:00:00Z');
  const september = new Date('2026-09-01T00:00:00Z');
  expect(charges).toEqual([
    [
      'Период',
      'Услуга',
      'Поставщик',
      'Входящее сальдо',
      'Начислено',
      'Перерасчёт',
      'Основание перерасчёта',
      'Льгота',
      'Пени',
      'Оплачено',
      'К оплате',
      'Объём',
      'Единица',
      'Тариф',
    ],
    [
      october,
      'Отопление',
      'АО «Тепло & <Ко>»',
      -500.07,
      5606.83,
      -120.55,
      'Недопоставка, акт "7"; 3 дня',
      100,
      12.34,
      1000,
      3898.55,
      1.763,
      'Гкал',
      3180.28,
    ],
    [september, 'Лифт', null, 0, 0.1, 0, null, 0, 0, 0, 0.1, 1, 'шт.', null],
    [september, 'Отопление', null, 0, 0.29, 0, null, 0, 0, 500.36, -500.07, 0.237, 'Гкал', null],
    ['Итого', null, null, null, 5607.22, -120.55, null, 100, 12.34, 1500.36, null, null, null, null],
  ]);
  expect(payments).toEqual([
    ['Дата', 'Сумма', 'Источник'],
    [new Date('2026-10-31T00:00:00Z'), 1234.56, 'СБП'],
    [new Date('2026-09-01T00:00:00Z'), -200.01, null],
    ['Итого', 1034.55, null],
  ]);
  const blank = (cells: number) => Array.from({ length: 10 - cells }, () => null);
  // What was owed before stands in a column of its own, which is hidden here: nothing above it may be.
  expect(services).toEqual([
    ['Детализация начислений и платежей', ...blank(1)],
    ['Лицевой счёт', null, '0012345678', ...blank(3)],
    ['Адрес', null, TWO_MONTHS.address, ...blank(3)],
    ['Период', null, 'сентябрь 2026 — октябрь 2026', ...blank(3)],
    ['Данные о платежах на', null, new Date('2026-11-20T00:00:00Z'), ...blank(3)],
    blank(0),
    ['Услуга', 'Входящее сальдо', 'Начислено', 'Перерасчёт', 'Льгота', 'Пени', 'Оплачено', 'К оплате', 'Объём', 'Единица'],
    ['Отопление', 0, 5607.12, -120.55, 100, 12.34, 1500.36, 3898.55, 2, 'Гкал'],
    ['Лифт', 0, 0.1, 0, 0, 0, 0, 0, 1, 'шт.'],
    ['Итого', 0, 5607.22, -120.55, 100, 12.34, 1500.36, 3898.55, null, null],
  ]);
});

test('each sheet prints on pages one wide, its heads on each, and columns without anything are hidden', async () => {
  const { bytes } = await drawDetailSheet(
    { ...TWO_MONTHS, charges: [row('Лифт', { chargedKopecks: 10, tariff: '218.3' })] },
    say,
  );
  const files = unzipSync(bytes);
  const text = (path: string) => new TextDecoder().decode(files[path]);
  for (const number of [1, 2, 3]) {
    const sheet = text(`xl/worksheets/sheet${number}.xml`);
    // In the order in which Excel wants them.
    expect(sheet).toMatch(
      /<worksheet [^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr><sheetViews>.*<\/sheetViews><cols>.*<\/cols><sheetData>.*<\/sheetData>.*<pageMargins [^>]*\/><pageSetup paperSize="9" orientation="\w+" fitToWidth="1" fitToHeight="0"\/><headerFooter>/s,
    );
    expect(sheet).not.toContain('bottomRight');
    expect(sheet.includes('xSplit')).toBe(false);
    expect(sheet.includes('activePane="bottomLeft" state="frozen"')).toBe(number > 1);
  }
  const titles = [...text('xl/workbook.xml').matchAll(/localSheetId="(\d)">([^<]*)</g)].map(([, sheet, rows]) => [sheet, rows]);
  expect(titles).toEqual([
    ['0', "'Итоги по услугам'!$7:$7"],
    ['1', "'Начисления'!$1:$1"],
    ['2', "'Платежи'!$1:$1"],
  ]);
  const hidden = (number: number) =>
    [...text(`xl/worksheets/sheet${number}.xml`).matchAll(/<col min="(\d+)"[^>]*hidden="1"/g)].map(([, column]) =>
      Number(column),
    );
  // Of charges all but period, service, charged, paid, due and tariff.
  expect(hidden(2)).toEqual([3, 4, 6, 7, 8, 9, 12, 13]);
  expect(hidden(3)).toEqual([]);
  expect(text('xl/styles.xml')).not.toContain('formatCode="#,##0.0"');
});

test('what stands above the services is in a column that is shown, also where nobody owed anything before', async () => {
  const { bytes } = await drawDetailSheet({ ...TWO_MONTHS, charges: [row('Лифт', { chargedKopecks: 10 })] }, say);
  const [services] = await readXlsx(Buffer.from(bytes));
  expect(new TextDecoder().decode(unzipSync(bytes)['xl/worksheets/sheet1.xml'])).toContain(
    '<col min="2" max="2" width="12" customWidth="1" hidden="1"/>',
  );
  expect(services?.data.slice(1, 5).map(([label, second, third]) => [label, second, third])).toEqual([
    ['Лицевой счёт', null, '0012345678'],
    ['Адрес', null, TWO_MONTHS.address],
    ['Период', null, 'сентябрь 2026 — октябрь 2026'],
    ['Данные о платежах на', null, new Date('2026-11-20T00:00:00Z')],
  ]);
});

test('a row of a long name is as high as its lines, which no program works out by itself', async () => {
  const service = 'Содержание и текущий ремонт общего имущества многоквартирного дома';
  const { bytes } = await drawDetailSheet({ ...TWO_MONTHS, charges: [row(service), row('Лифт')] }, say);
  const sheet = new TextDecoder().decode(unzipSync(bytes)['xl/worksheets/sheet2.xml']);
  const heights = [...sheet.matchAll(/<row r="(\d+)"(?: ht="(\d+)")?/g)].map(([, number, height]) => [number, height]);
  expect(heights).toEqual([
    ['1', '34'],
    ['2', '45'],
    ['3', undefined],
    ['4', undefined],
  ]);
});

const kopecks = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 });
const wildRow = fc
  .record({
    period: fc.constantFrom('2026-09' as const, '2026-10' as const),
    service: fc.constantFrom('Отопление', 'Вода', 'Свет'),
    openingKopecks: kopecks,
    chargedKopecks: kopecks,
    recalculatedKopecks: kopecks,
    benefitKopecks: kopecks,
    penaltyKopecks: kopecks,
    paidKopecks: kopecks,
    dueKopecks: kopecks,
  })
  .map(({ service, ...sums }) => row(service, sums));

test('the rows of totals are what their columns come to, to the kopeck, whatever the sums are', async () => {
  const cents = (cell: unknown) => Math.round(Number(cell) * 100);
  await fc.assert(
    fc.asyncProperty(fc.array(wildRow, { minLength: 1, maxLength: 30 }), async (charges) => {
      const { bytes } = await drawDetailSheet({ ...TWO_MONTHS, charges }, say);
      const [third, first] = await readXlsx(Buffer.from(bytes));
      const total = first?.data.at(-1);
      for (const column of [4, 5, 7, 8, 9]) {
        const parts = (first?.data ?? []).slice(1, -1).map((cells) => cents(cells[column]));
        expect(cents(total?.[column])).toBe(parts.reduce((sum, part) => sum + part, 0));
      }
      const services = (third?.data ?? []).slice(6);
      const end = services.findIndex(([cell]) => cell === 'Итого');
      for (let column = 1; column <= 7; column += 1) {
        const parts = services.slice(1, end).map((cells) => cents(cells[column]));
        expect(cents(services[end]?.[column])).toBe(parts.reduce((sum, part) => sum + part, 0));
      }
      for (const [i, one] of charges.entries()) expect(cents(first?.data[i + 1]?.[4])).toBe(one.chargedKopecks);
    }),
    { numRuns: 15 },
  );
});

test('zones of a service are called as on the meter, with plain spaces, their totals in its order', async () => {
  const charges = ['полупик', 'ночь', 'пик'].map((zone) => row(`Электроснабжение (${zone})`));
  const { bytes } = await drawDetailSheet({ ...TWO_MONTHS, charges: [...charges, row('Лифт № 2')] }, say);
  const [services, rows] = await readXlsx(Buffer.from(bytes));
  const named = ['Электроснабжение, Т3 (полупик)', 'Электроснабжение, Т2 (ночь)', 'Электроснабжение, Т1 (пик)'];
  expect(rows?.data.slice(1, -1).map((cells) => cells[1])).toEqual([...named, 'Лифт № 2']);
  const top = (services?.data ?? []).findIndex(([cell]) => cell === 'Услуга');
  expect(services?.data.slice(top + 1, -1).map(([cell]) => cell)).toEqual([...named.toReversed().toSorted(), 'Лифт № 2']);
});

const INJECTIONS = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1)',
  '=HYPERLINK("http://x";"y")',
  '\t=1+1',
  "'=1+1",
  '<b>&amp;</b>',
  '_x0041_ \u0007 знак',
];

test('what looks like a formula is words', async () => {
  const charges = INJECTIONS.map((text) => row(text, { supplier: text, grounds: text, unit: text }));
  const payments = INJECTIONS.map((source) => ({ day: '2026-10-01', sumKopecks: 1, source }));
  const { bytes } = await drawDetailSheet({ ...TWO_MONTHS, charges, payments, address: '=1+1' }, say);
  const [third, first, second] = await readXlsx(Buffer.from(bytes));
  // A control character is none of XML's.
  const kept = INJECTIONS.map((text) => text.replace('\u0007', ''));
  const trimmed = (cells: unknown[]) => cells.map((cell) => String(cell).trim());
  expect(trimmed((first?.data ?? []).slice(1, -1).map((cells) => cells[1]))).toEqual(trimmed(kept));
  expect(trimmed((second?.data ?? []).slice(1, -1).map((cells) => cells[2]))).toEqual(trimmed(kept));
  expect(third?.data.flat()).toContain('=1+1');
});

test('an account that was only paid for has sheets, too', async () => {
  const { bytes } = await drawDetailSheet({ ...TWO_MONTHS, charges: [], paymentsDay: null }, say);
  const [, first, second] = await readXlsx(Buffer.from(bytes));
  expect(first?.data.at(-1)?.slice(0, 5)).toEqual(['Итого', null, null, null, 0]);
  expect(second?.data.at(-1)?.slice(0, 2)).toEqual(['Итого', 1034.55]);
});

withTool('soffice')(
  'LibreOffice opens it: the same cells, and what looks like a formula is words there, too',
  async () => {
    const formulas = INJECTIONS.slice(0, 5).map((text) => row(text, { supplier: text }));
    const { bytes } = await drawDetailSheet({ ...TWO_MONTHS, charges: [...TWO_MONTHS.charges, ...formulas] }, say);
    const [sheets = {}] = await readByLibreOffice(bytes);
    const { Начисления: charges, Платежи: payments, 'Итоги по услугам': services } = sheets;
    expect(charges?.[1]?.slice(1)).toEqual([
      'Отопление',
      'АО «Тепло & <Ко>»',
      '-500.07',
      '5606.83',
      '-120.55',
      'Недопоставка, акт "7"; 3 дня',
      '100',
      '12.34',
      '1000',
      '3898.55',
      '1.763',
      'Гкал',
      '3180.28',
    ]);
    expect(charges?.slice(4, 9).map((cells) => [cells[1], cells[2]])).toEqual(INJECTIONS.slice(0, 5).map((text) => [text, text]));
    expect(charges?.at(-1)?.slice(0, 6)).toEqual(['Итого', '', '', '', '5607.22', '-120.55']);
    expect(payments?.at(-1)).toEqual(['Итого', '1034.55', '']);
    expect(services?.find(([cell]) => cell === 'Отопление')?.slice(0, 8)).toEqual([
      'Отопление',
      '0',
      '5607.12',
      '-120.55',
      '100',
      '12.34',
      '1500.36',
      '3898.55',
    ]);
  },
  300_000,
);
