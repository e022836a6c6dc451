import type { Blob } from 'node:buffer';
import type Stream from 'node:stream';
import writeXlsx, { type Feature, type Sheet } from 'write-excel-file/node';
import { type SheetCell, headCell } from './cells.ts';

/**
 * A column of rows; its head is the sheet's text `<name>`. `optional`: it is hidden where no row has anything in it, a sum of nothing
 * included.
 */
export type SheetColumn<Row> = { name: string; width: number; cell: (row: Row) => SheetCell; optional?: boolean };

/** A sheet of a workbook, and how it is looked at and printed: one page wide, the row of heads on each. */
export type PrintedSheet = Sheet<Buffer> & {
  print: { headRow: number; hidden: readonly number[]; widths: readonly number[]; orientation: 'portrait' | 'landscape' };
};

/** More columns than fit an upright page in readable letters are printed across. */
const WIDEST_UPRIGHT = 110;

/** One sheet: what stands above (`before`), heads, rows, and what comes after them. `say` puts the sheet's own texts into words. */
export function sheetOf<Row>(
  name: string,
  columns: readonly SheetColumn<Row>[],
  rows: readonly Row[],
  say: (name: string) => string,
  { before = [], after = [] }: { before?: SheetCell[][]; after?: SheetCell[][] } = {},
): PrintedSheet {
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  const hidden = hiddenColumns(columns, rows);
  const widths = columns.map(({ width }) => width);
  const tall = cells.map((row) => withHeight(row, widths, hidden));
  const shown = widths.filter((_, i) => !hidden.includes(i)).reduce((sum, width) => sum + width, 0);
  return {
    sheet: say(name),
    data: [...before, columns.map((column) => headCell(say(column.name))), ...tall, ...after],
    columns: widths.map((width) => ({ width })),
    print: { headRow: before.length + 1, hidden, widths, orientation: shown > WIDEST_UPRIGHT ? 'landscape' : 'portrait' },
  };
}

/** Which columns of these rows are hidden, counted from 0. */
export function hiddenColumns<Row>(columns: readonly SheetColumn<Row>[], rows: readonly Row[]): number[] {
  return columns.flatMap(({ optional, cell }, i) => (optional && rows.every((row) => isNothing(cell(row))) ? [i] : []));
}

/** The workbook's bytes. `footer` stands at the foot of each printed page, beside its number. */
export async function writeBook(sheets: readonly PrintedSheet[], footer: string): Promise<Uint8Array> {
  const book = writeXlsx([...sheets], { fontFamily: 'Calibri', fontSize: 11, features: [printing(sheets, footer)] });
  return new Uint8Array(await book.toBuffer());
}

const LINE_HEIGHT = 15;

/** Programs that only show or print do not find out how high broken words are: a row that needs more lines says so. */
function withHeight(row: readonly SheetCell[], widths: readonly number[], hidden: readonly number[]): SheetCell[] {
  const lines = row.map((cell, i) =>
    cell?.wrap && typeof cell.value === 'string' && !hidden.includes(i) ? countLines(cell.value, (widths[i] ?? 0) - 3) : 1,
  );
  const most = Math.max(1, ...lines);
  const first = row.findIndex((cell) => cell !== null);
  return row.map((cell, i) => (cell && most > 1 && i === first ? { ...cell, height: most * LINE_HEIGHT } : cell));
}

/** On how many lines of so many letters a text is broken between its words; a word that is longer takes several. */
function countLines(text: string, width: number): number {
  let lines = 1;
  let used = 0;
  for (const word of text.split(/[ \t\r\n]+/)) {
    const needed = used === 0 ? word.length : used + 1 + word.length;
    if (needed <= width) used = needed;
    else {
      lines += (used === 0 ? 0 : 1) + Math.floor((word.length - 1) / width);
      used = ((word.length - 1) % width) + 1;
    }
  }
  return lines;
}

function isNothing(cell: SheetCell): boolean {
  return cell === null || cell.value === null || cell.value === undefined || cell.value === 0 || cell.value === '';
}

/**
 * What write-excel-file does not write: the print settings, heads that are repeated, hidden columns, and a frozen pane whose active part
 * exists. The order of elements is that of ECMA-376 (CT_Worksheet).
 */
function printing(sheets: readonly PrintedSheet[], footer: string): Feature<Stream | Buffer | Blob> {
  const foot = xmlText(`&L${footer.replaceAll('&', '&&')}&R&P / &N`);
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml, _options, { sheetIndex }) => {
            const sheet = sheets[sheetIndex];
            if (!sheet) return xml;
            const { headRow, hidden, widths, orientation } = sheet.print;
            const columns = widths.map((width, i) => {
              const how = hidden.includes(i) ? ' hidden="1"' : '';
              return `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"${how}/>`;
            });
            const view = `<sheetViews><sheetView workbookViewId="0"${sheetIndex === 0 ? ' tabSelected="1"' : ''}>${paneAfter(headRow)}</sheetView></sheetViews>`;
            const setup =
              '<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>' +
              `<pageSetup paperSize="9" orientation="${orientation}" fitToWidth="1" fitToHeight="0"/>` +
              `<headerFooter><oddFooter>${foot}</oddFooter></headerFooter>`;
            return xml
              .replace(/<cols>.*?<\/cols>/s, '')
              .replace(
                /(<worksheet [^>]*>)/,
                `$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>${view}<cols>${columns.join('')}</cols>`,
              )
              .replace('</worksheet>', () => `${setup}</worksheet>`);
          },
        },
        'xl/workbook.xml': {
          transform: (xml) => {
            const titles = sheets.map(({ sheet = '', print: { headRow } }, i) => {
              const row = `'${sheet.replaceAll("'", "''")}'!$${headRow}:$${headRow}`;
              return `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${xmlText(row)}</definedName>`;
            });
            return xml.replace(
              /<definedNames\s*\/>|<definedNames><\/definedNames>/,
              () => `<definedNames>${titles.join('')}</definedNames>`,
            );
          },
        },
      },
    },
  };
}

/** Heads at the top stay in sight; those that stand below a summary do not: it would take half of a small screen. */
function paneAfter(headRow: number): string {
  if (headRow > 1) return '';
  return '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/>';
}

function xmlText(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.codePointAt(0)};`);
}
