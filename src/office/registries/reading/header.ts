import { shortenTo } from '../../../domain/cut.ts';
import { NOT_TAKEN, REGISTRIES } from '../registries.ts';
import type { Registry } from '../registry.ts';
import { alienLetters, inOneScript } from './look-alikes.ts';
import { areOfRefusedRows } from './refused-titles.ts';

/** A known header: which registry it is of, and which cell of a row each of its columns is (-1: absent). */
export type Header = { registry: Registry; places: readonly number[]; width: number };

/** Of a header: a line of more cells is none, and is not looked through word by word. */
export const MOST_TITLES = 1_000;

/** Knows a registry by its header row, `line` of the file; otherwise says in Russian why not, naming the columns that are missing and those that are there. */
export function knowHeader(
  cells: readonly string[],
  registries: readonly Registry[] = REGISTRIES,
  line?: number,
): Header | { problem: string } {
  if (cells.length > MOST_TITLES) return { problem: tooManyTitles(cells.length) };
  const titles = cells.map(plainTitle);
  const candidates = registries.map((registry) => {
    const required = registry.columns.filter((column) => !column.optional).map((column) => column.title);
    const there = registry.columns.filter((column) => titles.includes(plainTitle(column.title))).length;
    return { registry, required, missing: missingOf(required, titles), there };
  });
  // Of two that are equal in both the later: a print of meters names the owner and the address, no list of accounts names their meters.
  const known = candidates
    .filter((candidate) => candidate.missing.length === 0)
    .toReversed()
    .sort((a, b) => b.required.length - a.required.length || b.there - a.there)[0];
  if (!known) return { problem: alienTitle(cells, registries) ?? unknownHeader(foundIn(cells, line), candidates) };

  // What went out and came back with an answer beside it is an answer.
  const better = NOT_TAKEN.some(
    (other) => known.required.every((title) => other.includes(title)) && missingOf(other, titles).length === 0,
  );
  if (better)
    return {
      problem:
        'это выгрузка показаний, она не загружается; нужен реестр лицевых счетов, начислений, платежей, счётчиков или ответ на показания',
    };

  // Of a column that may be absent nobody would miss what stands under it.
  const alien = alienTitle(cells, [known.registry]);
  if (alien !== undefined) return { problem: alien };
  const places = known.registry.columns.map((column) => titles.indexOf(plainTitle(column.title)));
  const twice = known.registry.columns.find((column) => count(titles, plainTitle(column.title)) > 1);
  if (twice) return { problem: `столбец «${twice.title}» стоит в заголовке дважды` };
  // A spreadsheet saves a header as wide as the widest row: what is too much in refused rows is so still.
  const width = areOfRefusedRows(cells, known.registry) ? cells.findLastIndex((cell) => cell.trim() !== '') + 1 : cells.length;
  return { registry: known.registry, places, width };
}

/**
 * Why titles are not those of a registry, some of whose columns the file need not have; undefined where they are. `theirs`: as they stand in
 * the file.
 */
export function whyNotOf(
  titles: readonly string[],
  registry: Registry,
  given: ReadonlySet<string>,
  theirs = titles,
): string | undefined {
  const plain = titles.map(plainTitle);
  const required = registry.columns.filter(({ title, optional }) => !optional && !given.has(plainTitle(title)));
  const missing = missingOf(
    required.map(({ title }) => title),
    plain,
  );
  if (missing.length > 0)
    return (
      alienTitle(titles, [registry]) ??
      `заголовок не узнан: чтобы это был ${registry.title}, нужно добавить: ${missing.map((title) => `«${title}»`).join(', ')}; ${foundIn(theirs)} или исправьте описание`
    );
  const twice = registry.columns.find(({ title }) => count(plain, plainTitle(title)) > 1);
  return twice && `столбец «${twice.title}» стоит в заголовке дважды`;
}

export const tooManyTitles = (cells: number): string =>
  `в строке полей: ${cells}, это не заголовок; нужны столбцы одного реестра, каждый один раз`;

/** How many titles of any registry stand in a row; for telling what is wrong with a file. */
export function countTitles(cells: readonly string[]): number {
  const titles = new Set(cells.slice(0, MOST_TITLES).map(plainTitle));
  const known = new Set(REGISTRIES.flatMap(({ columns }) => columns.map(({ title }) => plainTitle(title))));
  return [...titles].filter((title) => known.has(title)).length;
}

/** A title that would be known, were its letters not of two alphabets. */
function alienTitle(cells: readonly string[], registries: readonly Registry[]): string | undefined {
  const known = new Map(registries.flatMap(({ columns }) => columns.map(({ title }) => [plainTitle(title), title] as const)));
  for (const cell of cells) {
    const title = plainTitle(cell);
    const meant = known.has(title) ? undefined : known.get(plainTitle(inOneScript(cell)));
    if (meant !== undefined)
      return `в столбце «${meant}» латинские буквы вместо русских (${alienLetters(cell)}): напишите название русскими`;
  }
  return undefined;
}

/** Case, spaces and ё do not tell two titles apart. */
export function plainTitle(title: string): string {
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

/** What stands there instead, for whoever has to rename it; of a row, which is nobody's business here, only that it is one. */
function foundIn(cells: readonly string[], line?: number): string {
  const said = cells.map((cell) => cell.replace(/\s+/g, ' ').trim()).filter((cell) => cell !== '');
  if (said.some((cell) => /\d{4}/.test(cell))) {
    const row = line === undefined ? 'строка' : `строка ${line}`;
    return `${row} похожа на данные, а не на заголовок: добавьте над ней названия столбцов`;
  }
  const more = said.length > MOST_FOUND ? ` и ещё ${said.length - MOST_FOUND}` : '';
  const titles = said.slice(0, MOST_FOUND).map((cell) => `«${shortenTo(cell, 40)}»`);
  return `${line === undefined ? 'найдено' : `в строке ${line} найдено`}: ${titles.join(', ')}${more}; переименуйте столбцы`;
}

const MOST_FOUND = 16;

/** Begins what is said of a line without any title of ours. */
export const NO_TITLES = 'нет столбцов ни одного реестра';

const DESCRIBED = 'а если такие файлы приходят всегда, опишите их в CENTRE_FILE под layouts';

function unknownHeader(
  found: string,
  candidates: readonly { registry: Registry; required: string[]; missing: string[] }[],
): string {
  const nearest = candidates.toSorted((a, b) => a.missing.length / a.required.length - b.missing.length / b.required.length)[0];
  const missing = (nearest?.missing ?? []).map((title) => `«${title}»`).join(', ');
  const nothingKnown = nearest === undefined || nearest.missing.length === nearest.required.length;
  if (nothingKnown) {
    const wanted = candidates.map(({ registry, required }) => `${registry.title} (${required.join(';')})`).join(', ');
    return `${NO_TITLES}; ${found}, ${DESCRIBED}; известны: ${wanted}`;
  }
  return `заголовок не узнан: чтобы это был ${nearest.registry.title}, нужно добавить: ${missing}; ${found}, ${DESCRIBED}`;
}
