import { cutTo } from '../../../domain/cut.ts';

/**
 * Reads separated text piece by piece, in memory that does not grow with the file.
 * Cells may be quoted (`"a;b"`, `""` is a quote); a quote inside an unquoted cell is a letter like any other. Nothing makes it throw:
 * a record that cannot be read comes with a `problem`, and reading goes on with the next line.
 */
export type CsvRecord = {
  /** Where it starts; the first line of the file is 1. */
  line: number;
  cells: string[];
  /** Why it could not be read, in Russian. */
  problem?: string;
  /** All of its line, where `cells` are but a part of it. */
  whole?: string;
  /** It has the file's totals, and is no row. */
  isTrailer?: true;
};

/** What a line is other than a row, by its text; a cell in quotes that begins before it is not looked into. */
export type LineMark = (line: string) => 'skipped' | 'trailer' | undefined;

export type CsvReader = {
  /** The records that this piece of text completes. */
  push(text: string): CsvRecord[];
  /** What was left without a line end. */
  end(): CsvRecord[];
};

/** A record longer than this, quotes and line ends included, is refused: nobody's row is 64 thousand characters. */
export const LONGEST_RECORD = 65_536;
const KEPT_OF_TOO_LONG = 1_000;

const UNCLOSED = 'кавычка открыта, но не закрыта';
const AFTER_QUOTE = 'после закрывающей кавычки стоит лишнее';
const TOO_LONG = `строка длиннее ${LONGEST_RECORD} знаков`;

type Cut = { record: CsvRecord; end: number; lines: number } | 'more';

export function createCsvReader(separator = ';', mark?: LineMark): CsvReader {
  let rest = '';
  let line = 1;
  let skipping = false;

  function drain(final: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    let at = 0;
    let quote = rest.indexOf('"');
    while (at < rest.length) {
      if (quote >= 0 && quote < at) quote = rest.indexOf('"', at);
      const cut = cutMarked(rest, at, line, separator, final, mark) ?? cutRecord(rest, at, quote, line, separator, final);
      if (cut === 'more') break;
      at = cut.end;
      line += cut.lines;
      if (cut.record.cells.length > 1 || cut.record.cells[0]?.trim() !== '' || cut.record.problem) records.push(cut.record);
    }
    rest = rest.slice(at);
    return records;
  }

  /** Drops the tail of a line that was already refused as too long. */
  function skip(): void {
    const end = rest.indexOf('\n');
    rest = end < 0 ? '' : rest.slice(end + 1);
    if (end < 0) return;
    skipping = false;
    line += 1;
  }

  return {
    push(text) {
      rest = rest === '' ? text : rest + text;
      if (skipping) skip();
      const records = skipping ? [] : drain(false);
      if (!skipping && rest.length > LONGEST_RECORD && !rest.includes('\n')) {
        records.push({ line, cells: cutTo(rest, KEPT_OF_TOO_LONG).split(separator), problem: TOO_LONG });
        rest = '';
        skipping = true;
      }
      return records;
    },
    end() {
      if (skipping) rest = '';
      return drain(true);
    },
  };
}

/** A line that is no row; undefined where it may be one. */
function cutMarked(
  text: string,
  start: number,
  line: number,
  separator: string,
  final: boolean,
  mark: LineMark | undefined,
): Cut | undefined {
  if (!mark) return undefined;
  const newline = text.indexOf('\n', start);
  if (newline < 0 && !final) return 'more';
  const end = newline < 0 ? text.length : newline;
  const bare = trimReturn(text, start, end);
  const marked = bare.length > LONGEST_RECORD ? undefined : mark(bare);
  if (marked === undefined) return undefined;
  const record: CsvRecord =
    marked === 'skipped' ? { line, cells: [''] } : { line, cells: bare.split(separator), isTrailer: true };
  return { record, end: newline < 0 ? end : end + 1, lines: 1 };
}

/** The record that starts at `start`; `quote` is where the next quote stands, or -1. */
function cutRecord(text: string, start: number, quote: number, line: number, separator: string, final: boolean): Cut {
  const newline = text.indexOf('\n', start);
  if (newline < 0 && !final) return 'more';
  const end = newline < 0 ? text.length : newline;
  const bare = trimReturn(text, start, end);
  const next = newline < 0 ? end : end + 1;
  if (bare.length > LONGEST_RECORD)
    return { record: { line, cells: cutTo(bare, KEPT_OF_TOO_LONG).split(separator), problem: TOO_LONG }, end: next, lines: 1 };
  if (quote < 0 || quote >= end) return { record: { line, cells: bare.split(separator) }, end: next, lines: 1 };
  const cut = cutQuoted(text, start, line, separator, final);
  if (cut === 'more' || 'record' in cut) return cut;
  // The line alone is refused, so that a forgotten quote does not swallow the rows after it.
  return { record: { line, cells: bare.split(separator), problem: cut.problem }, end: next, lines: 1 };
}

/** The record with its quotes undone; otherwise why not, or `more` when the text is not there yet. */
function cutQuoted(text: string, start: number, line: number, separator: string, final: boolean): Cut | { problem: string } {
  const cells: string[] = [];
  let at = start;
  let lines = 1;
  for (;;) {
    let cell: string;
    if (text[at] === '"') {
      const quoted = readQuoted(text, at);
      if (quoted === undefined || quoted.end - start > LONGEST_RECORD) {
        return final || text.length - start > LONGEST_RECORD ? { problem: UNCLOSED } : 'more';
      }
      ({ cell } = quoted);
      at = quoted.end;
      lines += quoted.lines;
    } else {
      const stop = nextStop(text, at, separator);
      cell = text[stop] === separator ? text.slice(at, stop) : trimReturn(text, at, stop);
      at = stop;
    }
    cells.push(cell);
    if (text[at] === separator) {
      at += 1;
      continue;
    }
    if (text[at] === '\r' && (text[at + 1] === '\n' || at + 1 === text.length)) at += 1;
    // At the end of a piece the closing quote may be half of `""`, and a `\r` may have its `\n` in the next.
    if (at >= text.length) return final ? { record: { line, cells }, end: at, lines } : 'more';
    return text[at] === '\n' ? { record: { line, cells }, end: at + 1, lines } : { problem: AFTER_QUOTE };
  }
}

function readQuoted(text: string, open: number): { cell: string; end: number; lines: number } | undefined {
  let from = open + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return undefined;
    if (text[quote + 1] !== '"') {
      const raw = text.slice(open + 1, quote);
      return { cell: raw.replaceAll('""', '"'), end: quote + 1, lines: raw.split('\n').length - 1 };
    }
    from = quote + 2;
  }
}

function nextStop(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n') at += 1;
  return at;
}

function trimReturn(text: string, start: number, end: number): string {
  return text.slice(start, end > start && text[end - 1] === '\r' ? end - 1 : end);
}

/** Whether nothing stands in any cell: `;;;` at the end of a spreadsheet, or the mark by which DOS ended files. */
export function isBlank({ cells, problem }: CsvRecord): boolean {
  // oxlint-disable-next-line no-control-regex
  return problem === undefined && cells.every((cell) => /^[\s\u001a]*$/.test(cell));
}

/** One cell as `createCsvReader` reads it back. */
export function writeCell(cell: string, separator = ';'): string {
  return cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
