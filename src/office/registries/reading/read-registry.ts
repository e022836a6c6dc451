import type { Layout } from '../layouts/layout.ts';
import { readDescribed } from '../layouts/read-described.ts';
import { REGISTRIES } from '../registries.ts';
import type { CsvRecord } from './csv.ts';
import { guessEncoding, readEveryWay } from './encoding.ts';
import { causeOf } from './file-causes.ts';
import { countTitles, type Header, knowHeader, NO_TITLES } from './header.ts';
import { type MergedCells, placesSpread, spreadMerged } from './merged-cells.ts';
import {
  CR_LINES,
  endsLinesWithCr,
  isTitle,
  MOST_TITLE_LINES,
  type ReadBytes,
  readFirst,
  readHead,
  readRows,
} from './records.ts';
import { areOfRefusedRows } from './refused-titles.ts';
import { RegistryUnreadable } from './unreadable.ts';

/** A registry whose header is known; read as often as needed, in memory that does not grow with it. */
export type ReadRegistry = {
  header: Header;
  /** The header's own words, for the file of refused rows; ours, where a layout describes the file. */
  titles: readonly string[];
  /** They are what was refused of another file: of a group there may be a part of the rows. */
  ofRefusedRows: boolean;
  /** The layout by which it is read. */
  layout?: string;
  /** The rows after the header, a piece of the file at a time. */
  rows(): AsyncGenerator<CsvRecord[]>;
};

/**
 * `layout`: what describes the file; `isSheet`: it is a spreadsheet's sheet, which has neither encoding nor separator of its own; `merged`: cells
 * of it over several lines, in the order of the first ones.
 */
export type Form = { layout?: Layout | undefined; isSheet?: boolean; merged?: readonly MergedCells[] | undefined };

/** Knows a file's encoding and kind by its first lines; throws `RegistryUnreadable` when it cannot. */
export async function readRegistry(read: ReadBytes, { layout, isSheet = false, merged = [] }: Form = {}): Promise<ReadRegistry> {
  const head = await readHead(read);
  const looks = isSheet ? 'utf-8' : guessEncoding(head);
  if (layout && !(await isWrittenByUs(read, looks))) return readDescribed(read, head, layout, { isSheet, merged });
  if (typeof looks !== 'string') throw new RegistryUnreadable(looks.problem);
  const encoding = looks;
  if (endsLinesWithCr(head)) throw new RegistryUnreadable(CR_LINES);
  let why = 'файл пуст';
  for (const separator of new Set(REGISTRIES.map((registry) => registry.separator))) {
    const written = { encoding, separator };
    const ofSeparator = REGISTRIES.filter((registry) => registry.separator === separator);
    const first = await readFirst(read, written, MOST_TITLE_LINES + 1);
    let nearest: Nearest | undefined;
    let last = 1;
    for (const [at, record] of first.entries()) {
      const header =
        record.problem === undefined ? knowHeader(record.cells, ofSeparator, record.line) : { problem: record.problem };
      if ('registry' in header) {
        const ofRefusedRows = areOfRefusedRows(record.cells, header.registry);
        const columns = placesSpread(header.registry).map((place) => header.places[place] ?? -1);
        const rows = () => spreadMerged(readRows(read, written, at + 1), merged, columns);
        return { header, titles: record.cells, ofRefusedRows, rows };
      }
      // What of them was meant as the header: the one with most of our titles, else the first that is more than a title above it.
      const titles = countTitles(record.cells) + (isTitle(record) ? 0 : 1);
      if (!nearest || titles > nearest.titles) nearest = { titles, record, why: header.problem };
      last = record.line;
      if (!isTitle(record)) break;
    }
    if (nearest) why = whyNone(nearest, last);
  }
  throw new RegistryUnreadable((isSheet ? undefined : causeOf(readEveryWay(head, encoding))) ?? why);
}

type Nearest = { titles: number; record: CsvRecord; why: string };

/** `last`: the line down to which a header was looked for. */
function whyNone({ record: { problem }, why }: Nearest, last: number): string {
  if (problem !== undefined) return `строка заголовка: ${problem}`;
  if (why.startsWith(NO_TITLES)) return `${last === 1 ? 'в первой строке' : `в строках 1–${last}`} ${why}`;
  return why;
}

/** The refused rows of a described file are in our own form, in the encoding in which a spreadsheet has saved them since. */
async function isWrittenByUs(read: ReadBytes, looks: ReturnType<typeof guessEncoding>): Promise<boolean> {
  if (typeof looks !== 'string') return false;
  const [first] = await readFirst(read, { encoding: looks, separator: ';' }, 1);
  const header = knowHeader(first?.cells ?? []);
  return 'registry' in header && areOfRefusedRows(first?.cells ?? [], header.registry);
}
