import type { CsvRecord, LineMark } from '../reading/csv.ts';
import { otherKind } from '../reading/file-kinds.ts';
import { MOST_TITLES, tooManyTitles } from '../reading/header.ts';
import { type MergedCells, placesSpread, spreadMerged } from '../reading/merged-cells.ts';
import type { ReadRegistry } from '../reading/read-registry.ts';
import {
  CR_LINES,
  endsLinesWithCr,
  isTitle,
  MOST_TITLE_LINES,
  type ReadBytes,
  readFirst,
  readRecords,
  readRows,
  type WrittenIn,
} from '../reading/records.ts';
import { RegistryUnreadable } from '../reading/unreadable.ts';
import { encodingOf } from './encoding-of.ts';
import { ENCODINGS, type Layout } from './layout.ts';
import { patternOf } from './patterns.ts';
import { trailerTotals } from './totals.ts';
import { type Translation, translationOf } from './translate.ts';

/** `isSheet`: the bytes are a spreadsheet's, which has neither encoding nor separator of its own; `merged`: its cells over several lines. */
type OfSheet = { isSheet: boolean; merged: readonly MergedCells[] };

/** Reads a file as a layout describes it. A file that is written otherwise, or whose totals differ from its rows, is refused as a whole. */
export async function readDescribed(
  read: ReadBytes,
  head: Buffer,
  layout: Layout,
  { isSheet, merged }: OfSheet,
): Promise<ReadRegistry> {
  const said = `а в описании «${layout.name}»`;
  const written: WrittenIn = { encoding: 'utf-8', separator: ';', mark: markOf(layout) };
  if (!isSheet) {
    const other = otherKind(head);
    if (other !== undefined) throw new RegistryUnreadable(other);
    const encoding = encodingOf(head, layout.encoding);
    if (typeof encoding !== 'string')
      throw new RegistryUnreadable(
        `похоже на кодировку ${encoding.looks}, ${said} ${layout.encoding ?? 'её нет'}: исправьте описание (encoding) или выгрузите файл заново`,
      );
    if (endsLinesWithCr(head)) throw new RegistryUnreadable(CR_LINES);
    written.encoding = ENCODINGS[encoding];
    written.separator = layout.separator;
  }

  const first = await readFirst(read, written, MOST_TITLE_LINES + 1);
  const found = begin(layout, first, isSheet);
  if ('problem' in found) {
    const separator = isSheet ? undefined : await otherSeparator(read, written, layout);
    throw new RegistryUnreadable(
      separator === undefined
        ? `${found.problem}; файл читался по описанию «${layout.name}»`
        : `столбцы разделены ${separator}, ${said} ${SEPARATORS[layout.separator] ?? `«${layout.separator}»`}: исправьте описание (separator) или выгрузите файл заново`,
    );
  }
  const { translation, skipped } = found;
  const { header, titles, from, row } = translation;
  const columns = placesSpread(header.registry).map((place) => from[place] ?? -1);

  const totals = trailerTotals(layout, translation);
  if (totals) {
    let at = 0;
    for await (const records of readRecords(read, written))
      for (const record of records) {
        at += 1;
        // Totals may stand above the header.
        if (at > skipped || record.isTrailer) totals.see(record);
      }
    const differ = totals.differ();
    if (differ !== undefined) throw new RegistryUnreadable(differ);
  }
  return {
    header,
    titles,
    ofRefusedRows: false,
    layout: layout.name,
    async *rows() {
      for await (const records of spreadMerged(readRows(read, written, skipped), merged, columns)) {
        const rows = records.filter(({ isTrailer }) => !isTrailer).map(row);
        if (rows.length > 0) yield rows;
      }
    },
  };
}

type Begun = { translation: Translation; skipped: number };

/** Where the rows begin, and how they are read. */
function begin(layout: Layout, first: readonly CsvRecord[], isSheet: boolean): Begun | { problem: string } {
  if (layout.columns) {
    const translation = translationOf(layout, undefined, isSheet);
    if ('problem' in translation) return translation;
    const skipped = layout.header ? first.findIndex(({ isTrailer }) => !isTrailer) + 1 : 0;
    const rows = first.slice(skipped).filter(({ isTrailer }) => !isTrailer);
    // All of them in one cell: another separator.
    const needed = 1 + Math.max(...translation.header.places);
    return rows.length > 0 && needed > 1 && layout.columns.length > 1 && rows.every(({ cells }) => cells.length === 1)
      ? { problem: `в строке полей: 1, а в описании: ${layout.columns.length}` }
      : { translation, skipped };
  }
  let why: string | undefined;
  for (const [at, record] of first.entries()) {
    if (record.isTrailer) continue;
    const problem = record.problem ?? (record.cells.length > MOST_TITLES ? tooManyTitles(record.cells.length) : undefined);
    const translation = problem === undefined ? translationOf(layout, record.cells, isSheet) : { problem };
    if (!('problem' in translation)) return { translation, skipped: at + 1 };
    why ??= translation.problem;
    if (!isTitle(record)) break;
  }
  return { problem: why ?? 'файл пуст' };
}

function markOf({ skip, trailer }: Layout): LineMark | undefined {
  const skipped = skip === undefined ? undefined : patternOf(skip);
  const last = trailer && patternOf(trailer.line);
  if (!skipped && !last) return undefined;
  return (line) => (last?.test(line) ? 'trailer' : skipped?.test(line) ? 'skipped' : undefined);
}

const SEPARATORS: Readonly<Record<string, string>> = {
  ';': 'точкой с запятой',
  ',': 'запятой',
  '\t': 'табуляцией',
  '|': 'чертой «|»',
};

/** By which separator, in words, the file would begin as the layout says. */
async function otherSeparator(read: ReadBytes, written: WrittenIn, layout: Layout): Promise<string | undefined> {
  for (const [separator, words] of Object.entries(SEPARATORS)) {
    if (separator === layout.separator) continue;
    const first = await readFirst(read, { ...written, separator }, MOST_TITLE_LINES + 1);
    if (first.some(({ cells }) => cells.length > 1) && !('problem' in begin(layout, first, false))) return words;
  }
  return undefined;
}
