import type { RequestRow, RequestsSheet } from '../domain/requests-sheet.ts';
import type { TextArgs, Texts } from '../texts/texts.ts';
import { type SheetCell, countCell, dayCell, decimalCell, textCell, timeCell, wordsCell } from './cells.ts';
import { fileName } from './file-name.ts';
import { writeDay } from './figures.ts';
import type { DrawnFile } from './paper.ts';
import { type SheetColumn, sheetOf, writeBook } from './sheet.ts';

/** Residents' requests as a workbook that Excel and LibreOffice open: a sheet of rows, a sheet that says what they are. */
export async function drawRequestsSheet(sheet: RequestsSheet, say: Texts['text']): Promise<DrawnFile> {
  const own = (name: string, words: TextArgs = {}) => say(`requests-sheet-${name}`, words);
  const rows = sheetOf('requests', columns(own), sheet.rows, own);
  const about = sheetOf('about', ABOUT, aboutRows(sheet, own), own);
  return {
    send: 'document',
    name: fileName(own('file', { from: writeDay(sheet.from), to: writeDay(sheet.to) })),
    bytes: await writeBook([rows, about], own('requests')),
  };
}

/** A text of this workbook's own. */
type Say = (name: string) => string;

function columns(say: Say): SheetColumn<RequestRow>[] {
  return [
    { name: 'number', width: 8, cell: (row) => countCell(row.number) },
    { name: 'topic', width: 20, cell: (row) => wordsCell(row.topic) },
    { name: 'account', width: 14, cell: (row) => textCell(row.account) },
    { name: 'opened-at', width: 17, cell: (row) => timeCell(row.openedAt) },
    { name: 'answered-at', width: 17, cell: (row) => timeCell(row.answeredAt) },
    { name: 'answer-hours', width: 12, cell: (row) => decimalCell(row.answerHours === null ? null : row.answerHours.toFixed(2)) },
    { name: 'fate', width: 14, cell: (row) => textCell(say(`fate-${row.fate}`)) },
    { name: 'state', width: 12, cell: (row) => textCell(say(`state-${row.state}`)) },
    { name: 'closed-at', width: 17, cell: (row) => timeCell(row.closedAt) },
    { name: 'reopened', width: 12, cell: (row) => countCell(row.reopened) },
    { name: 'taken-by', width: 20, cell: (row) => wordsCell(row.takenBy) },
    { name: 'from-resident', width: 12, cell: (row) => countCell(row.fromResident) },
    { name: 'from-staff', width: 12, cell: (row) => countCell(row.fromStaff) },
    { name: 'rating', width: 9, cell: (row) => (row.rating === null ? null : countCell(row.rating)) },
    { name: 'rating-words', width: 40, optional: true, cell: (row) => wordsCell(row.ratingWords) },
  ];
}

type About = { what: string; value: SheetCell };

const ABOUT: SheetColumn<About>[] = [
  { name: 'what', width: 34, cell: ({ what }) => textCell(what) },
  { name: 'value', width: 20, cell: ({ value }) => value },
];

function aboutRows({ from, to, normHours, rows }: RequestsSheet, say: Say): About[] {
  return [
    { what: say('from'), value: dayCell(from) },
    { what: say('to'), value: dayCell(to) },
    { what: say('norm'), value: decimalCell(String(normHours)) },
    { what: say('rows'), value: countCell(rows.length) },
  ];
}
