import { z } from 'zod';
import { isFilling } from './said-words.ts';
import { judgeReading, readReadingNumber, type Scale, type TypedReading } from './reading.ts';

/** A scale that a message may be about: what it is called, whether its reading is wanted, and what is known of it. */
export type AskedScale = Scale & { service: string; number: string; scale: string; display: string; wanted: boolean };

type NamedScale = Pick<AskedScale, 'service' | 'number' | 'scale' | 'display'>;

/** A value, and of which scale it is: its place among those that were asked. */
export type PlacedReading = TypedReading & { at: number };

/**
 * What a message says. `read`: each value has its scale; `some` of the wanted ones were given without saying which, and are taken for the first.
 * `either`: the same signs are one number or several, and both may be. `partly`: what was called by its name could be read, but for one, whose
 * place is `at` where that is clear. `slip`: the name of what is wrong.
 */
export type TypedReadings =
  | { outcome: 'read'; readings: PlacedReading[]; some: boolean }
  | { outcome: 'either'; readings: [PlacedReading[], PlacedReading[]] }
  | { outcome: 'partly'; readings: PlacedReading[]; at: number | null; slip: ReadingSlip }
  | { outcome: 'slip'; slip: ReadingSlip };

export type ReadingSlip =
  | 'reading'
  | 'reading-decimals'
  | 'reading-long'
  /** More values than meters. */
  | 'reading-several'
  /** Words that are no meter, or more than one. */
  | 'reading-which'
  /** Two values of one scale. */
  | 'reading-twice';

/** How spaces and commas within a line are read; a line's end always parts two values. */
type Separators = { spaces: 'join' | 'part'; commas: 'decimal' | 'part' };
const MANNERS: readonly Separators[] = [
  { spaces: 'join', commas: 'decimal' },
  { spaces: 'part', commas: 'decimal' },
  { spaces: 'part', commas: 'part' },
];

/**
 * Readings as people write them: one a line or in a row, by the order of the question or with what the meter is called (`холодная 123, горячая
 * 45`, `Т1 100`, `№ 59907451: 620`), with or without units.
 */
export function readReadings(text: string, scales: readonly AskedScale[]): TypedReadings {
  const lines = linesOf(text);
  const ways = MANNERS.map((manner) => readIn(lines, scales, manner));
  // A comma parts values only where all that was asked is there so.
  const read = ways.flatMap((way, i) => (way.outcome === 'read' && !(way.some && MANNERS[i]?.commas === 'part') ? [way] : []));
  const [first] = read;
  if (!first) return ways.find(({ outcome }) => outcome === 'partly') ?? ways[0] ?? { outcome: 'slip', slip: 'reading' };

  const distinct = read.filter((way, i) => read.findIndex((other) => isSame(way, other)) === i);
  const fitting = distinct.filter(({ readings }) => readings.every((reading) => fits(reading, scales)));
  const [only, ...others] = fitting;
  if (!only) return first;
  const [rival] = others;
  return rival ? { outcome: 'either', readings: [only.readings, rival.readings] } : only;
}

/** The same as the answer to a question; the message of what does not fit is its slip. */
export function readingsText(scales: readonly AskedScale[]) {
  return z.string().transform((text, context): Exclude<TypedReadings, { outcome: 'slip' }> => {
    const read = readReadings(text, scales);
    if (read.outcome !== 'slip') return read;
    context.addIssue({ code: 'custom', message: read.slip });
    return z.NEVER;
  });
}

function fits(reading: PlacedReading, scales: readonly AskedScale[]): boolean {
  const scale = scales[reading.at];
  return scale !== undefined && judgeReading(reading, scale).verdict === 'fits';
}

type Read = Extract<TypedReadings, { outcome: 'read' }>;

function isSame(one: Read, other: Read): boolean {
  const key = ({ readings }: Read) => readings.map(({ at, value, digits }) => `${at}/${value}/${digits}`).join();
  return key(one) === key(other);
}

const UNIT = /(?<=\d|\s)(?:м3|м\^3|куб(?:\.?\s?м\p{L}*|\p{L}*)?\.?|к?вт(?:[·*.\-/\s]?ч\p{L}*)?\.?|гкал)(?![\p{L}\d])/gu;
const FILLING = /(?<!\p{L})(?:показани\p{L}*|счетчик\p{L}*|вод[аыеу]|номер|это|сейчас)(?!\p{L})\.?/gu;

/** What «№» becomes, which NFKC makes two letters of. */
const NUMBER = '#';

/** Lines without what says nothing: units, the word «показание», numbers of a list. */
function linesOf(text: string): string[] {
  const plain = text
    .replaceAll('№', NUMBER)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/(?<![\p{L}\d])[tт]\s?([1-9])(?![\d.,]*\d)/gu, ' т$1 ')
    .replace(UNIT, ' ')
    .replace(/(?<=\d\s*)\sи\s(?=\s*\d)/gu, ', ');
  const lines = plain
    .split(/[\r\n;|]+|(?<=\d)\s*\/\s*(?=\d)/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const listed = listOf(lines);
  if (listed) return listed;
  return lines.length > 1 ? lines.map(withoutEnd) : lines;
}

const withoutEnd = (line: string): string => line.replace(/(?<=\d)\s*[,.]$/, '');

/** «1. 305», «2) 620», «3 – 5»: where a meter stands in the question. */
const PLACE = /^(\d{1,2})(?:\s*[):=]\s*|\.\s+|\s*\p{Pd}\s*(?=\d))/u;
const NEXT_PLACE = /[,\s]\s*(?=\d{1,2}(?:\s*[):=]|\.\s))|,\s*(?=\d{1,2}\s*\p{Pd})/u;

/** What stands behind the numbers of a list, in lines or in a row; undefined where it is none. */
function listOf(lines: readonly string[]): string[] | undefined {
  const [only = '', more] = lines;
  const pieces = more === undefined ? only.split(NEXT_PLACE) : lines;
  const isList = pieces.length > 1 && pieces.every((piece, i) => PLACE.exec(piece)?.[1] === String(i + 1));
  return isList ? pieces.map((piece) => withoutEnd(piece.replace(PLACE, ''))) : undefined;
}

/** Values with the words that stand before them. */
type LabelledValues = { label: string[]; values: string[] };

function readIn(lines: readonly string[], scales: readonly AskedScale[], manner: Separators): TypedReadings {
  const said = lines.flatMap((line) => partsOf(line, manner, scales)).flatMap((each) => unlabelled(each, scales));
  if (said.length === 0) return { outcome: 'slip', slip: 'reading' };
  const [wrong, another] = said.filter((each) => slipIn(each) !== undefined);
  if (!wrong) return place(said, said.flatMap(readingsIn), scales);
  const slip = slipIn(wrong) ?? 'reading';
  const right = said.filter((each) => each !== wrong);
  if (another || right.length === 0 || said.some(({ label }) => label.length === 0)) return { outcome: 'slip', slip };
  const placed = place(right, right.flatMap(readingsIn), scales);
  if (placed.outcome !== 'read') return { outcome: 'slip', slip };
  const [at, rival] = calledBy(wrong.label, scales).filter((each) => !placed.readings.some((reading) => reading.at === each));
  return { outcome: 'partly', readings: placed.readings, at: rival === undefined ? (at ?? null) : null, slip };
}

const readingsIn = ({ values }: LabelledValues): TypedReading[] => values.flatMap((value) => readReadingNumber(value) ?? []);

/** What is wrong with one of the values; undefined where nothing is. */
function slipIn({ values }: LabelledValues): ReadingSlip | undefined {
  const wrong = values.find((value) => readReadingNumber(value) === undefined);
  return wrong === undefined ? (values.length === 0 ? 'reading' : undefined) : slipOf(wrong);
}

/** The scales that any of the words call. */
function calledBy(label: readonly string[], scales: readonly AskedScale[]): number[] {
  const words = label.filter((word) => scales.some((scale) => isCalled(scale, word)));
  return words.length === 0 ? [] : [...scales.keys()].filter((at) => words.every((word) => isCalled(scales[at], word)));
}

/** «день abc ночь 100» is a name without a value, and one with its own. */
function unlabelled(said: LabelledValues, scales: readonly AskedScale[]): LabelledValues[] {
  const { label, values } = said;
  const fits = (words: readonly string[]) =>
    [...scales.keys()].some((at) => words.length > 0 && words.every((word) => isCalled(scales[at], word)));
  if (label.length < 2 || fits(label)) return [said];
  const from = label.findIndex((_, i) => i > 0 && fits(label.slice(i)));
  const before = label.slice(0, from);
  return from > 0 && calledBy(before, scales).length > 0
    ? [
        { label: before, values: [] },
        { label: label.slice(from), values },
      ]
    : [said];
}

function slipOf(value: string): ReadingSlip {
  if (/^\d+[.,]\d{4,}$/.test(value)) return 'reading-decimals';
  return /^\d{13,}/.test(value) ? 'reading-long' : 'reading';
}

const TOKEN = /т[1-9](?![\p{L}\d])|\p{L}[\p{L}.]*(?:-\p{L}+)*|#\s*\d+|\d+(?:[.,]\d+)*|[^\s\p{L}\d]/gu;

/** Signs that say nothing before or behind words. */
const NOISE = /^[:=()#"«»!…]$|^\.$/;
const DASH = /^\p{Pd}$/u;

/**
 * A line cut where one value ends and the next begins. Signs beside words say nothing; a minus before the first, and a bare comma, do. Between two
 * values a dash parts them; «2: 620» is the place of a meter and its value, or something else: nothing is guessed.
 */
function partsOf(line: string, manner: Separators, scales: readonly AskedScale[]): LabelledValues[] {
  const said: LabelledValues[] = [];
  const NONE: LabelledValues = { label: [], values: [] };
  let now = NONE;
  const close = () => {
    if (now !== NONE) said.push(now);
    now = NONE;
  };
  const open = () => {
    if (now === NONE) now = { label: [], values: [] };
    return now;
  };
  for (const piece of line.split(/,(?=\s|\p{L})|(?<=\p{L}),/u)) {
    const tokens = piece.replace(FILLING, ' ').match(TOKEN) ?? [];
    const isBetween = (i: number) => /^\d/.test(tokens[i - 1] ?? '') && /^\d/.test(tokens[i + 1] ?? '');
    if (tokens.some((_, i) => isBetween(i) && isPlaceMark(tokens, i, scales))) return [{ label: [], values: [piece] }];
    const strict = tokens.filter((token, i) =>
      DASH.test(token) ? isBetween(i) || (token === '-' && i === 0) : !NOISE.test(token),
    );
    // «123 холодная»: the words come after.
    const behind = /^\d/.test(strict[0] ?? '') && strict.length > 1 && strict.slice(1).every((token) => /^\p{L}/u.test(token));
    for (const [i, token] of (behind ? [...strict.slice(1), ...strict.slice(0, 1)] : strict).entries()) {
      if (DASH.test(token) && i > 0) {
        now.values = joined(now.values, manner);
        if (now.values.length > 0) close();
        continue;
      }
      if (/^\p{L}/u.test(token) || isNumberOf(token, scales, strict)) {
        if (now.values.length > 0) close();
        open().label.push(token.replace(/\.$/, ''));
      } else if (/^\d/.test(token)) open().values.push(...numbersOf(token, manner));
      else return [{ label: [], values: [token] }];
    }
    if (now.values.length > 0) {
      now.values = joined(now.values, manner);
      close();
    }
  }
  close();
  return said;
}

/** Whether the sign between two numbers may make the first of them a place in the question. */
function isPlaceMark(tokens: readonly string[], at: number, scales: readonly AskedScale[]): boolean {
  const [sign = '', before = ''] = [tokens[at], tokens[at - 1]];
  if (isNumberOf(before, scales, tokens)) return false;
  if (/^[:=)]$/.test(sign)) return true;
  // «2 – 620» alone: of the second meter, or two values.
  return DASH.test(sign) && tokens.length === 3 && scales.length > 1 && Number(before) >= 1 && Number(before) <= scales.length;
}

/** The number of a meter, said as such: with «№», or whole and beside a value. */
function isNumberOf(token: string, scales: readonly AskedScale[], tokens: readonly string[]): boolean {
  if (token.startsWith(NUMBER)) return true;
  const values = tokens.filter((each) => /^\d/.test(each));
  return values.length > 1 && values[0] === token && scales.some(({ number }) => number.toLowerCase() === token);
}

function numbersOf(token: string, { commas }: Separators): string[] {
  const parts = token.split(',');
  return commas === 'part' || parts.length > 2 ? parts : [token];
}

/** `12 345` and `0 0 6 2 0` are one number, where spaces may join. */
function joined(values: readonly string[], { spaces }: Separators): string[] {
  const [first = '', ...rest] = values;
  const thousands =
    /^\d{1,3}$/.test(first) && rest.every((part, i) => (i < rest.length - 1 ? /^\d{3}$/ : /^\d{3}([.,]\d+)?$/).test(part));
  const single = values.length > 2 && values.every((part, i) => (i < rest.length ? /^\d$/ : /^\d([.,]\d+)?$/).test(part));
  return spaces === 'join' && rest.length > 0 && (thousands || single) ? [values.join('')] : [...values];
}

/** Which value is of which scale. */
function place(said: readonly LabelledValues[], read: readonly TypedReading[], scales: readonly AskedScale[]): TypedReadings {
  const slip = (slip: ReadingSlip): TypedReadings => ({ outcome: 'slip', slip });
  const all = [...scales.keys()];
  if (said.every(({ label }) => label.length === 0)) {
    const wanted = all.filter((at) => scales[at]?.wanted);
    const asked = read.length > wanted.length && read.length === all.length ? all : wanted;
    if (read.length > asked.length) return slip('reading-several');
    const readings = read.map((typed, i) => ({ ...typed, at: asked[i] ?? 0 }));
    return { outcome: 'read', readings, some: read.length > 1 && read.length < asked.length };
  }

  const readings: PlacedReading[] = [];
  const taken = new Set<number>();
  let open: number[] = [];
  let next = 0;
  for (const { label, values } of said) {
    // Without words of its own, it goes on with those before it.
    const named = label.length === 0 ? open : all.filter((at) => label.every((word) => isCalled(scales[at], word)));
    if (named.length === 0) return slip('reading-which');
    const free = named.filter((at) => !taken.has(at));
    if (free.length === 0) return slip('reading-twice');
    open = named;
    for (const [i] of values.entries()) {
      const at = free[i];
      const typed = read[next];
      next += 1;
      if (at === undefined || !typed) return slip(named.length === 1 ? 'reading-twice' : 'reading-several');
      taken.add(at);
      readings.push({ ...typed, at });
    }
  }
  // Of two meters that are called so, both are to be there.
  const half = said.some(({ label }) => {
    const named = label.length === 0 ? [] : all.filter((at) => label.every((word) => isCalled(scales[at], word)));
    return named.length > 1 && named.some((at) => !taken.has(at));
  });
  return half ? slip('reading-which') : { outcome: 'read', readings, some: false };
}

/** How people call services, where it is not the beginning of a word of billing's. */
const SERVICES: readonly (readonly [said: RegExp, service: RegExp])[] = [
  [/^(?:хвс?|хол\p{L}*)$/u, /холод/],
  [/^(?:гвс?|гор\p{L}*)$/u, /горяч/],
  [/^(?:свет\p{L}*|эл\p{L}*|э-?э|ээ)$/u, /электр/],
  [/^газ\p{L}*$/u, /газ/],
  [/^(?:отоп\p{L}*|тепл\p{L}*)$/u, /отопл|тепл/],
];
const ZONES: readonly (readonly [said: RegExp, scale: RegExp])[] = [
  [/^(?:день|дня|днем|дневн\p{L}*)$/u, /^день$/],
  [/^ноч\p{L}*$/u, /^ночь$/],
  [/^полупик\p{L}*$/u, /^полупик$/],
  [/^пик\p{L}*$/u, /^пик$/],
];

/** Whether all that was said calls this scale: «холодная», «за свет», «т1», the end of the meter's number. */
export function meansScale(said: string, scale: NamedScale): boolean {
  const [line = '', more] = linesOf(said);
  const words = (line.replace(FILLING, ' ').match(TOKEN) ?? []).filter((word) => /[\p{L}\d]/u.test(word) && !isFilling(word));
  return more === undefined && words.length > 0 && words.every((word) => isCalled(scale, word.replace(/\.$/, '')));
}

function isCalled(scale: NamedScale | undefined, word: string): boolean {
  if (!scale) return false;
  const service = scale.service.toLowerCase().replaceAll('ё', 'е');
  const zone = scale.scale.toLowerCase();
  const number = word.startsWith(NUMBER) ? word.slice(1).trim() : word;
  if (/^\d/.test(number)) return number.length >= Math.min(4, scale.number.length) && scale.number.toLowerCase().endsWith(number);
  if (/^т\d$/.test(word)) return word === scale.display.toLowerCase() || word === zone.replace('t', 'т');
  if (ZONES.some(([said, is]) => said.test(word) && is.test(zone))) return true;
  if (ZONES.some(([said]) => said.test(word))) return false;
  const known = SERVICES.find(([said]) => said.test(word));
  if (known) return known[1].test(service);
  return word.length >= 3 && service.split(/[^\p{L}]+/u).some((part) => part.startsWith(word));
}
