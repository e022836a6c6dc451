import { LAYOUTS, type Layout, NOT_TAKEN } from './layouts.ts';

/** A known header: which layout it is, and which cell of a row each column of the layout is (-1: absent). */
export type Header = { layout: Layout; places: readonly number[]; width: number };

/** Knows a registry by its header row; otherwise says in Russian why not, naming the columns that are missing. */
export function knowHeader(cells: readonly string[], layouts: readonly Layout[] = LAYOUTS): Header | { problem: string } {
  const titles = cells.map(plainTitle);
  const candidates = layouts.map((layout) => {
    const required = layout.columns.filter((column) => !column.optional).map((column) => column.title);
    return { layout, required, missing: missingOf(required, titles) };
  });
  const known = candidates
    .filter((candidate) => candidate.missing.length === 0)
    .sort((a, b) => b.required.length - a.required.length)[0];
  if (!known) return { problem: unknownHeader(candidates) };

  // What went out and came back with an answer beside it is an answer.
  const better = NOT_TAKEN.some(
    (other) => known.required.every((title) => other.includes(title)) && missingOf(other, titles).length === 0,
  );
  if (better)
    return {
      problem:
        'это выгрузка показаний, она не загружается; нужен реестр лицевых счетов, начислений, платежей, счётчиков или ответ на показания',
    };

  const places = known.layout.columns.map((column) => titles.indexOf(plainTitle(column.title)));
  const twice = known.layout.columns.find((column) => count(titles, plainTitle(column.title)) > 1);
  if (twice) return { problem: `столбец «${twice.title}» стоит в заголовке дважды` };
  return { layout: known.layout, places, width: cells.length };
}

/** Case, spaces and ё do not tell two titles apart. */
function plainTitle(title: string): string {
  return title
    .replace(/[\s\u00a0\ufeff]+/g, ' ')
    .trim()
    .toLowerCase()
    .replaceAll('ё', 'е');
}

function missingOf(required: readonly string[], titles: readonly string[]): string[] {
  return required.filter((title) => !titles.includes(plainTitle(title)));
}

function count(titles: readonly string[], title: string): number {
  return titles.filter((other) => other === title).length;
}

function unknownHeader(candidates: readonly { layout: Layout; required: string[]; missing: string[] }[]): string {
  const nearest = candidates.toSorted((a, b) => a.missing.length / a.required.length - b.missing.length / b.required.length)[0];
  const missing = (nearest?.missing ?? []).map((title) => `«${title}»`).join(', ');
  const nothingKnown = nearest === undefined || nearest.missing.length === nearest.required.length;
  if (nothingKnown) {
    const wanted = candidates.map(({ layout, required }) => `${layout.title} (${required.join(';')})`).join(', ');
    return `в первой строке нет столбцов ни одного реестра; известны: ${wanted}`;
  }
  return `заголовок не узнан: чтобы это был ${nearest.layout.title}, не хватает столбцов ${missing}`;
}
