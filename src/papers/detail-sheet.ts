import writeXlsx, { type Sheet } from 'write-excel-file/node';
import { type Detail, type DetailRow, type DetailService, reckonDetail } from '../domain/detail.ts';
import { addSums, type ChargedSums, type PaidRow } from '../domain/history.ts';
import type { Texts } from '../texts/texts.ts';
import { type Cell, dayCell, decimalCell, headCell, moneyCell, periodCell, textCell, totalCell } from './cells.ts';
import type { DrawnFile } from './paper.ts';

/** A column: its head is the text `detail-sheet-<name>`; `total` is what stands under it. */
type Column<Row> = { name: string; width: number; cell: (row: Row) => Cell; total?: Cell };

/** «Детализация за период» as a workbook of three sheets that Excel and LibreOffice open. Rows run from the newest. */
export async function drawDetailSheet(detail: Detail, say: Texts['text']): Promise<DrawnFile> {
  const totals = reckonDetail(detail);
  const book = writeXlsx(
    [
      sheetOf('charges', chargeColumns(addSums(detail.charges)), detail.charges, say),
      sheetOf('payments', paymentColumns(totals.receivedKopecks), detail.payments, say),
      sheetOf('services', serviceColumns(totals.sums), totals.services, say, aboutRows(detail, say)),
    ],
    { fontFamily: 'Calibri', fontSize: 11 },
  );
  const name = `detalizaciya-${detail.accountNumber}-${detail.from}-${detail.to}.xlsx`;
  return { send: 'document', name, bytes: new Uint8Array(await book.toBuffer()) };
}

/** Heads, which stay in sight, rows, and their totals, where there is anything to add up. */
function sheetOf<Row>(
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  say: Texts['text'],
  after: Cell[][] = [],
): Sheet<Buffer> {
  const heads = columns.map((column) => headCell(say(`detail-sheet-${column.name}`)));
  const totals = columns.map(({ total = null }, i) => totalCell(i === 0 ? textCell(say('detail-sheet-total')) : total));
  return {
    sheet: say(`detail-sheet-${name}`),
    data: [heads, ...rows.map((row) => columns.map(({ cell }) => cell(row))), totals, ...after],
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    orientation: 'landscape',
  };
}

/** Opening and due of several months do not add up: they have no total here. */
function chargeColumns(total: ChargedSums): Column<DetailRow>[] {
  return [
    { name: 'period', width: 10, cell: (row) => periodCell(row.period) },
    { name: 'service', width: 34, cell: (row) => textCell(row.service) },
    { name: 'supplier', width: 28, cell: (row) => textCell(row.supplier) },
    { name: 'opening', width: 13, cell: (row) => moneyCell(row.openingKopecks) },
    ...flowColumns(total, [{ name: 'grounds', width: 32, cell: (row: DetailRow) => textCell(row.grounds) }]),
    { name: 'due', width: 13, cell: (row) => moneyCell(row.dueKopecks) },
    { name: 'volume', width: 11, cell: (row) => decimalCell(row.volume) },
    { name: 'unit', width: 10, cell: (row) => textCell(row.unit) },
    { name: 'tariff', width: 12, cell: (row) => decimalCell(row.tariff) },
  ];
}

/** Opening is of the first month and due of the last. */
function serviceColumns(total: ChargedSums): Column<DetailService>[] {
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
function flowColumns<Row extends ChargedSums>(total: ChargedSums, grounds: Column<Row>[] = []): Column<Row>[] {
  const column = (name: string, key: keyof ChargedSums): Column<Row> => ({
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

function paymentColumns(receivedKopecks: number): Column<PaidRow>[] {
  return [
    { name: 'day', width: 13, cell: (row) => dayCell(row.day) },
    { name: 'sum', width: 14, cell: (row) => moneyCell(row.sumKopecks), total: moneyCell(receivedKopecks) },
    { name: 'source', width: 34, cell: (row) => textCell(row.source) },
  ];
}

/** Whose workbook it is and of which months. */
function aboutRows({ accountNumber, address, from, to, paymentsDay }: Detail, say: Texts['text']): Cell[][] {
  const span = say('detail-sheet-span-value', { span: from === to ? 'month' : 'months', from, to });
  return [
    [],
    [textCell(say('detail-sheet-account')), textCell(accountNumber)],
    [textCell(say('detail-sheet-address')), textCell(address)],
    [textCell(say('detail-sheet-span')), textCell(span)],
    ...(paymentsDay === null ? [] : [[textCell(say('detail-sheet-payments-day')), dayCell(paymentsDay)]]),
  ];
}
