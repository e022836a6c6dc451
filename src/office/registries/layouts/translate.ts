import { cutTo } from '../../../domain/cut.ts';
import { day, month } from '../reading/cells.ts';
import type { CsvRecord } from '../reading/csv.ts';
import { type Header, plainTitle, whyNotOf } from '../reading/header.ts';
import type { Column } from '../registry.ts';
import { registryOf } from '../registries.ts';
import { type DateForm, dateFormOf } from './date-forms.ts';
import type { Layout } from './layout.ts';

/** Puts rows of a described file into our own form, so that nothing after it knows of layouts. */
export type Translation = {
  header: Header;
  /** Ours, of the columns that the file or the layout's constants have. */
  titles: readonly string[];
  /** Where in the file each column of the registry stands; -1: nowhere. */
  from: readonly number[];
  row: (record: CsvRecord) => CsvRecord;
};

/** `titles`: the file's own header, where the layout says that it has one and does not name its columns. `sheet`: cells come from a spreadsheet, in which a date is one. */
export function translationOf(
  layout: Layout,
  titles: readonly string[] | undefined,
  isSheet: boolean,
): Translation | { problem: string } {
  const registry = registryOf(layout.kind);
  const constants = new Map(Object.entries(layout.constants).map(([title, value]) => [plainTitle(title), value]));
  const given = layout.columns ?? renamed(layout, titles ?? []);
  const theirs = given.map(plainTitle);
  const taken = registry.columns.filter(({ title }) => theirs.includes(plainTitle(title)) || constants.has(plainTitle(title)));
  const ours = taken.map(({ title }) => title);
  const why = whyNotOf(given, registry, new Set(constants.keys()), titles);
  if (why !== undefined) return { problem: why };

  const forms = (layout.date ?? []).map(dateFormOf).filter((form) => form !== undefined);
  const width = theirs.length;
  const readers = taken.map((column) => {
    const title = plainTitle(column.title);
    const dated = column.until !== undefined && forms.length > 0 ? datesOf(column, forms, isSheet) : undefined;
    return { title: column.title, constant: constants.get(title), place: theirs.indexOf(title), dated };
  });
  const least = Math.max(0, ...readers.map(({ place }, at) => (taken[at]?.optional ? 0 : place + 1)));

  return {
    header: { registry, places: registry.columns.map((column) => taken.indexOf(column)), width: taken.length },
    titles: ours,
    from: registry.columns.map(({ title }) => theirs.indexOf(plainTitle(title))),
    row({ line, cells, problem }) {
      const said: string[] = problem === undefined ? [] : [problem];
      const isNarrow = cells.length < least;
      const isWide = cells.slice(width).some((cell) => cell.trim() !== '');
      if (isNarrow) said.push(`в строке полей: ${cells.length}, а в описании «${layout.name}»: ${width}`);
      else if (isWide) said.push(`в строке полей: ${cells.length}, а в описании «${layout.name}»: ${width}; лишний разделитель?`);
      const translated = readers.map(({ title, constant, place, dated }) => {
        const cell = place < 0 ? (constant ?? '') : (cells[place] ?? '').trim() || (constant ?? '');
        if (!dated || cell === '') return cell;
        const read = dated(cell);
        if (read === undefined)
          said.push(`«${title}»: нужна дата как ${(layout.date ?? []).join(' или ')}, а стоит «${cutTo(cell, 60)}»`);
        return read ?? cell;
      });
      // Which cell is which is not known then: what ours lack may stand in one that the layout ignores.
      const isCut = problem !== undefined || isNarrow || isWide;
      return {
        line,
        cells: translated,
        ...(said.length > 0 && { problem: said.join('; ') }),
        ...(isCut && { whole: cells.join(isSheet ? registry.separator : layout.separator) }),
      };
    },
  };
}

/** The file's titles, with ours in place of those that the layout renames. */
function renamed({ rename = {} }: Layout, titles: readonly string[]): readonly string[] {
  const ours = new Map(Object.entries(rename).map(([theirs, title]) => [plainTitle(theirs), title]));
  return titles.map((title) => ours.get(plainTitle(title)) ?? title);
}

/** A day or a month in a form of the layout, as we write it; what says something else than a date («да», `MM.YYYY` of a period) as it is. */
function datesOf({ until, read }: Column, forms: readonly DateForm[], isSheet: boolean): (cell: string) => string | undefined {
  const isMonth = until === 'next-month';
  const isOurs = (cell: string): boolean => {
    // What a spreadsheet has as a date comes so.
    if (isSheet && /^\d{4}-\d\d(?:-\d\d)?$/.test(cell)) return true;
    if (isMonth) return typeof month(cell) === 'string' && typeof day(cell) !== 'string';
    return typeof read(cell) === 'string' && typeof day(cell) !== 'string';
  };
  return (cell) => {
    if (isOurs(cell)) return cell;
    for (const form of forms) {
      const found = form.read(cell);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}
