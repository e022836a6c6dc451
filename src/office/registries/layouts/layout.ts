import { z } from 'zod';
import type { RegistryKind } from '../../../records/registries/imports.ts';
import { plainTitle } from '../reading/header.ts';
import { REGISTRIES, registryOf } from '../registries.ts';
import { dateFormOf } from './date-forms.ts';
import { patternOf } from './patterns.ts';

const KINDS = REGISTRIES.map(({ kind }) => kind) as [RegistryKind, ...RegistryKind[]];

/** As layouts and we name them, and `TextDecoder`. */
export const ENCODINGS = {
  'utf-8': 'utf-8',
  'windows-1251': 'windows-1251',
  cp866: 'ibm866',
  'koi8-r': 'koi8-r',
  'utf-16le': 'utf-16le',
} as const;
export type LayoutEncoding = keyof typeof ENCODINGS;

/** Which column of a kind a trailer's sum adds up. */
export const SUMMED: Partial<Record<RegistryKind, string>> = { payments: 'Сумма', charges: 'К оплате' };

const name = z.string({ error: 'a text is expected' }).trim().min(1, 'a text is expected, and this one is empty');
const title = z.string({ error: 'a name of a column is expected' });
const pattern = z
  .string({ error: 'a pattern is expected' })
  .min(1, 'a pattern is expected, and this one is empty')
  .refine((text) => patternOf(text) !== undefined, 'a regular expression is expected, such as ^#');
const dateForm = z
  .string({ error: 'a form of dates such as DD-MM-YYYY is expected' })
  .refine((form) => dateFormOf(form) !== undefined, 'a form of dates such as DD-MM-YYYY is expected');
const value = z.union([z.string(), z.number()], { error: 'a text or a number is expected' }).transform((given) => String(given));

const place = z
  .int({ error: 'the number of a column, from 1, is expected' })
  .min(1, 'the number of a column, from 1, is expected');
const Trailer = z.strictObject({
  /** Which line it is. */
  line: pattern,
  /** Where its totals stand: in the file's order, `""` ignored, or as numbers of columns from 1. */
  columns: z.union(
    [
      z.array(z.enum(['count', 'sum', ''])).transform((names) => ({
        count: names.includes('count') ? names.indexOf('count') + 1 : undefined,
        sum: names.includes('sum') ? names.indexOf('sum') + 1 : undefined,
      })),
      z.strictObject({ count: place.optional(), sum: place.optional() }),
    ],
    { error: 'where count and sum stand is expected: ["count", "sum"] in the order of the line, "" for what is ignored' },
  ),
});

/** How the files of a bank or a provider are written, where that differs from our own form: what is not said is as there. */
export const Layout = z
  .strictObject({
    name: name.max(40, 'at most 40 characters are expected'),
    kind: z.enum(KINDS, { error: `one of ${KINDS.join(', ')} is expected` }),
    /** A pattern of the names of such files; a mask as `bank_*.txt` is one, too. */
    fileName: pattern.optional(),
    encoding: z
      .enum(Object.keys(ENCODINGS) as [LayoutEncoding, ...LayoutEncoding[]], {
        error: `one of ${Object.keys(ENCODINGS).join(', ')} is expected`,
      })
      .optional(),
    separator: z
      .string({ error: 'one sign is expected, such as , or | or \\t' })
      .regex(/^[^\r\n"\p{L}\p{N}]$/u, 'one sign is expected, such as , or | or \\t')
      .default(';'),
    /** False: the first line is a row. */
    header: z.boolean({ error: 'true or false is expected' }).default(true),
    /** Our columns in the file's order; `""`: ignored. */
    columns: z.array(title).min(1, 'at least one column is expected').max(300, 'at most 300 columns are expected').optional(),
    /** Their names of columns, and ours. */
    rename: z
      .record(z.string(), title, { error: 'their names of columns with ours, {"theirs": "ours"}, are expected' })
      .optional(),
    date: z
      .union([dateForm.transform((form) => [form]), z.array(dateForm).min(1)], {
        error: 'a form of dates such as DD-MM-YYYY is expected',
      })
      .optional(),
    /** Our columns that the files do not have, and what stands in them. */
    constants: z
      .record(z.string(), value, { error: 'columns with their values, {"Источник": "Банк"}, are expected' })
      .default({}),
    /** Lines that are no rows. */
    skip: pattern.optional(),
    trailer: Trailer.optional(),
  })
  .superRefine((layout, ctx) => {
    for (const { path, message } of slipsOf(layout)) ctx.addIssue({ code: 'custom', path, message });
  });

export type Layout = z.output<typeof Layout>;

/** Layouts with names of their own. */
export const Layouts = z
  .array(Layout, { error: 'a list […] of layouts is expected' })
  .max(30, 'at most 30 layouts are expected')
  .refine(
    (layouts) => new Set(layouts.map((layout) => plainTitle(layout.name))).size === layouts.length,
    'layouts with names of their own are expected',
  );

type Slip = { path: (string | number)[]; message: string };

/** What each field says well and all of them together do not. */
function slipsOf(layout: Omit<Layout, 'date'>): Slip[] {
  const { kind, header, columns, rename, constants, trailer } = layout;
  const own = registryOf(kind).columns;
  const titles = new Map(own.map((column) => [plainTitle(column.title), column.title]));
  const ofKind = `a column of ${kind} (${own.map((column) => column.title).join(', ')})`;
  const slips: Slip[] = [];
  const say = (path: (string | number)[], message: string) => void slips.push({ path, message });

  if (!header && !columns) say(['columns'], "the file's columns in their order are expected, since header is false");
  if (rename && columns) say(['rename'], 'either columns or rename is expected');

  const filled = new Set<string>();
  const fill = (path: (string | number)[], given: string) => {
    const known = plainTitle(given);
    if (!titles.has(known)) say(path, `${ofKind} is expected`);
    else if (filled.has(known)) say(path, 'a column that is filled once is expected');
    filled.add(known);
  };
  for (const [at, given] of (columns ?? []).entries()) if (given !== '') fill(['columns', at], given);
  for (const [theirs, ours] of Object.entries(rename ?? {})) if (ours !== '') fill(['rename', theirs], ours);
  for (const given of Object.keys(constants)) fill(['constants', given], given);
  const missing = own.filter((column) => !column.optional && !filled.has(plainTitle(column.title)));
  // Without `columns` the header's own words may be ours.
  if (columns && missing.length > 0)
    say(['columns'], `${missing.map((column) => `«${column.title}»`).join(', ')} is expected, here or among constants`);

  if (trailer) {
    const { count, sum } = trailer.columns;
    if (count === undefined && sum === undefined) say(['trailer', 'columns'], 'count, sum or both are expected');
    if (sum !== undefined && SUMMED[kind] === undefined)
      say(['trailer', 'columns'], `no sum is expected of ${kind}: they have none to add up`);
  }
  return slips;
}
