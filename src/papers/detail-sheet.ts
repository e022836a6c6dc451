import { addSums, type Charge, type ChargeSums } from '../domain/charge.ts';
import { type Detail, type DetailService, calculateDetail } from '../domain/detail.ts';
import type { PaidRow } from '../domain/history.ts';
import type { Texts } from '../texts/texts.ts';
import { formatUnit } from '../domain/quantity.ts';
import { plainSpaces } from '../domain/unbroken.ts';
import {
  type SheetCell,
  dayCell,
  decimalCell,
  moneyCell,
  mostPlaces,
  periodCell,
  tariffCell,
  textCell,
  titleCell,
  totalCell,
  wideCell,
  wordsCell,
} from './cells.ts';
import { fileName } from './file-name.ts';
import type { DrawnFile } from './paper.ts';
import { hiddenColumns, type PrintedSheet, type SheetColumn, sheetOf, writeBook } from './sheet.ts';

/** `total` is what stands under it. */
type TotalledColumn<Row> = SheetColumn<Row> & { total?: SheetCell };

/**
 * «Детализация за период» as a workbook of three sheets that Excel and LibreOffice open and print on pages one wide: whose it is and what
 * the services came to; every charge; every payment. Rows run from the newest.
 */
export async function drawDetailSheet(detail: Detail, say: Texts['text']): Promise<DrawnFile> {
  const totals = calculateDetail(detail);
  const { accountNumber, from, to } = detail;
  const services = serviceColumns(totals.sums, totals.services, say);
  const charges = chargeColumns(addSums(detail.charges), detail.charges, say);
  const bytes = await writeBook(
    [
      totalled(
        'services',
        services,
        totals.services,
        say,
        aboutRows(detail, services, firstShown(services, totals.services), say),
      ),
      totalled('charges', charges, detail.charges, say),
      totalled('payments', paymentColumns(totals.receivedKopecks), detail.payments, say),
    ],
    say('detail-sheet-footer', { account: accountNumber }),
  );
  const span = from === to ? 'month' : 'months';
  return { send: 'document', name: fileName(say('detail-sheet-file', { account: accountNumber, span, from, to })), bytes };
}

/** Rows with their totals, where there is anything to add up. */
function totalled<Row>(
  name: string,
  columns: readonly TotalledColumn<Row>[],
  rows: readonly Row[],
  say: Texts['text'],
  before: SheetCell[][] = [],
): PrintedSheet {
  const totals = columns.map(({ total = null }, i) => totalCell(i === 0 ? wordsCell(say('detail-sheet-total')) : total));
  return sheetOf(name, columns, rows, (text) => say(`detail-sheet-${text}`), { before, after: [totals] });
}

/** Opening and due of several months do not add up: they have no total here. */
function chargeColumns(total: ChargeSums, rows: readonly Charge[], say: Texts['text']): TotalledColumn<Charge>[] {
  const places = mostPlaces(rows.map(({ tariff }) => tariff));
  return [
    { name: 'period', width: 10, cell: (row) => periodCell(row.period) },
    { name: 'service', width: 27, cell: (row) => serviceCell(row, say) },
    { name: 'supplier', width: 22, optional: true, cell: (row) => wordsCell(row.supplier) },
    { name: 'opening', width: 12, optional: true, cell: (row) => moneyCell(row.openingKopecks) },
    ...flowColumns(total, [{ name: 'grounds', width: 28, optional: true, cell: (row: Charge) => wordsCell(row.grounds) }]),
    { name: 'due', width: 12, cell: (row) => moneyCell(row.dueKopecks) },
    { name: 'volume', width: 10, optional: true, cell: (row) => decimalCell(row.volume) },
    { name: 'unit', width: 9, optional: true, cell: (row) => unitCell(row.unit) },
    { name: 'tariff', width: 11, optional: true, cell: (row) => tariffCell(row.tariff, places) },
  ];
}

/** Opening is of the first month and due of the last. */
function serviceColumns(total: ChargeSums, rows: readonly DetailService[], say: Texts['text']): TotalledColumn<DetailService>[] {
  return [
    { name: 'service', width: 30, cell: (row) => serviceCell(row, say) },
    {
      name: 'opening',
      width: 12,
      optional: rows.length > 0,
      cell: (row) => moneyCell(row.openingKopecks),
      total: moneyCell(total.openingKopecks),
    },
    ...flowColumns<DetailService>(total),
    { name: 'due', width: 12, cell: (row) => moneyCell(row.dueKopecks), total: moneyCell(total.dueKopecks) },
    { name: 'volume', width: 10, optional: true, cell: (row) => decimalCell(row.volume?.amount ?? null) },
    { name: 'unit', width: 9, optional: true, cell: (row) => unitCell(row.volume?.unit ?? null) },
  ];
}

/** What adds up over months, too; `grounds` stand beside the recalculations. */
function flowColumns<Row extends ChargeSums>(total: ChargeSums, grounds: TotalledColumn<Row>[] = []): TotalledColumn<Row>[] {
  const column = (name: string, key: keyof ChargeSums, optional = false): TotalledColumn<Row> => ({
    name,
    width: 12,
    optional,
    cell: (row) => moneyCell(row[key]),
    total: moneyCell(total[key]),
  });
  return [
    column('charged', 'chargedKopecks'),
    column('recalculated', 'recalculatedKopecks', true),
    ...grounds,
    column('benefit', 'benefitKopecks', true),
    column('penalty', 'penaltyKopecks', true),
    column('paid', 'paidKopecks'),
  ];
}

function paymentColumns(receivedKopecks: number): TotalledColumn<PaidRow>[] {
  return [
    { name: 'day', width: 13, cell: (row) => dayCell(row.day) },
    { name: 'sum', width: 14, cell: (row) => moneyCell(row.sumKopecks), total: moneyCell(receivedKopecks) },
    { name: 'source', width: 40, optional: true, cell: (row) => wordsCell(row.source) },
  ];
}

/** Its zone, where it has one, as on the meter. Plain spaces: others are not found by what is typed into a search. */
function serviceCell({ service }: { service: string }, say: Texts['text']): SheetCell {
  return wordsCell(plainSpaces(say('detail-sheet-service-name', { service })));
}

function unitCell(unit: string | null): SheetCell {
  return wordsCell(unit === null ? null : formatUnit(unit));
}

/** Where what stands above the table is read: a hidden column hides it, too. */
function firstShown(columns: readonly SheetColumn<DetailService>[], rows: readonly DetailService[]): number {
  const hidden = hiddenColumns(columns, rows);
  return columns.findIndex((_, i) => i > 0 && !hidden.includes(i));
}

/** Whose workbook it is and of which months, above the table; the table's columns give them room from `place` on. */
function aboutRows(
  { accountNumber, address, from, to, paymentsDay }: Detail,
  columns: readonly SheetColumn<DetailService>[],
  place: number,
  say: Texts['text'],
): SheetCell[][] {
  const span = say('detail-sheet-span-value', { span: from === to ? 'month' : 'months', from, to });
  // Columns that may be hidden give none.
  const room = columns.slice(1).filter(({ optional }) => !optional);
  const width = room.reduce((sum, each) => sum + each.width, 0);
  const before = Array.from({ length: place - 1 }, () => null);
  const fact = (name: string, value: SheetCell): SheetCell[] => [textCell(say(`detail-sheet-${name}`)), ...before, value];
  return [
    [titleCell(say('detail-sheet-title'))],
    fact('account', textCell(accountNumber)),
    fact('address', wideCell(address, { columns: columns.length - place, width })),
    fact('span', textCell(span)),
    ...(paymentsDay === null ? [] : [fact('payments-day', { ...dayCell(paymentsDay), align: 'left' })]),
    [],
  ];
}
