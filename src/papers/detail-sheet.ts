import writeXlsx, { type Sheet } from 'write-excel-file/node';
import { addSums, type Charge, type ChargeSums } from '../domain/charge.ts';
import { type Detail, type DetailService, calculateDetail } from '../domain/detail.ts';
import type { PaidRow } from '../domain/history.ts';
import type { Texts } from '../texts/texts.ts';
import { type SheetCell, dayCell, decimalCell, moneyCell, periodCell, textCell, totalCell } from './cells.ts';
import type { DrawnFile } from './paper.ts';
import { type SheetColumn, SHEET_FONT, sheetOf } from './sheet.ts';

/** `total` is what stands under it. */
type TotalledColumn<Row> = SheetColumn<Row> & { total?: SheetCell };

/** «Детализация за период» as a workbook of three sheets that Excel and LibreOffice open. Rows run from the newest. */
export async function drawDetailSheet(detail: Detail, say: Texts['text']): Promise<DrawnFile> {
  const totals = calculateDetail(detail);
  const book = writeXlsx(
    [
      totalled('charges', chargeColumns(addSums(detail.charges)), detail.charges, say),
      totalled('payments', paymentColumns(totals.receivedKopecks), detail.payments, say),
      totalled('services', serviceColumns(totals.sums), totals.services, say, aboutRows(detail, say)),
    ],
    SHEET_FONT,
  );
  const name = `detalizaciya-${detail.accountNumber}-${detail.from}-${detail.to}.xlsx`;
  return { send: 'document', name, bytes: new Uint8Array(await book.toBuffer()) };
}

/** Rows with their totals, where there is anything to add up. */
function totalled<Row>(
  name: string,
  columns: readonly TotalledColumn<Row>[],
  rows: readonly Row[],
  say: Texts['text'],
  after: SheetCell[][] = [],
): Sheet<Buffer> {
  const totals = columns.map(({ total = null }, i) => totalCell(i === 0 ? textCell(say('detail-sheet-total')) : total));
  return sheetOf(name, columns, rows, (text) => say(`detail-sheet-${text}`), [totals, ...after]);
}

/** Opening and due of several months do not add up: they have no total here. */
function chargeColumns(total: ChargeSums): TotalledColumn<Charge>[] {
  return [
    { name: 'period', width: 10, cell: (row) => periodCell(row.period) },
    { name: 'service', width: 34, cell: (row) => textCell(row.service) },
    { name: 'supplier', width: 28, cell: (row) => textCell(row.supplier) },
    { name: 'opening', width: 13, cell: (row) => moneyCell(row.openingKopecks) },
    ...flowColumns(total, [{ name: 'grounds', width: 32, cell: (row: Charge) => textCell(row.grounds) }]),
    { name: 'due', width: 13, cell: (row) => moneyCell(row.dueKopecks) },
    { name: 'volume', width: 11, cell: (row) => decimalCell(row.volume) },
    { name: 'unit', width: 10, cell: (row) => textCell(row.unit) },
    { name: 'tariff', width: 12, cell: (row) => decimalCell(row.tariff) },
  ];
}

/** Opening is of the first month and due of the last. */
function serviceColumns(total: ChargeSums): TotalledColumn<DetailService>[] {
  return [
    { name: 'service', width: 34, cell: (row) => textCell(row.service) },
    { name: 'opening', width: 14, cell: (row) => moneyCell(row.openingKopecks), total: moneyCell(total.openingKopecks) },
    ...flowColumns<DetailService>(total),
    { name: 'due', width: 14, cell: (row) => moneyCell(row.dueKopecks), total: moneyCell(total.dueKopecks) },
    { name: 'volume', width: 12, cell: (row) => decimalCell(row.volume?.amount ?? null) },
    { name: 'unit', width: 10, cell: (row) => textCell(row.volume?.unit ?? null) },
  ];
}

/** What adds up over months, too; `grounds` stand beside the recalculations. */
function flowColumns<Row extends ChargeSums>(total: ChargeSums, grounds: TotalledColumn<Row>[] = []): TotalledColumn<Row>[] {
  const column = (name: string, key: keyof ChargeSums): TotalledColumn<Row> => ({
    name,
    width: 13,
    cell: (row) => moneyCell(row[key]),
    total: moneyCell(total[key]),
  });
  return [
    column('charged', 'chargedKopecks'),
    column('recalculated', 'recalculatedKopecks'),
    ...grounds,
    column('benefit', 'benefitKopecks'),
    column('penalty', 'penaltyKopecks'),
    column('paid', 'paidKopecks'),
  ];
}

function paymentColumns(receivedKopecks: number): TotalledColumn<PaidRow>[] {
  return [
    { name: 'day', width: 13, cell: (row) => dayCell(row.day) },
    { name: 'sum', width: 14, cell: (row) => moneyCell(row.sumKopecks), total: moneyCell(receivedKopecks) },
    { name: 'source', width: 34, cell: (row) => textCell(row.source) },
  ];
}

/** Whose workbook it is and of which months. */
function aboutRows({ accountNumber, address, from, to, paymentsDay }: Detail, say: Texts['text']): SheetCell[][] {
  const span = say('detail-sheet-span-value', { span: from === to ? 'month' : 'months', from, to });
  return [
    [],
    [textCell(say('detail-sheet-account')), textCell(accountNumber)],
    [textCell(say('detail-sheet-address')), textCell(address)],
    [textCell(say('detail-sheet-span')), textCell(span)],
    ...(paymentsDay === null ? [] : [[textCell(say('detail-sheet-payments-day')), dayCell(paymentsDay)]]),
  ];
}
