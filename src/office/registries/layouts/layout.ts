import { z } from 'zod';
import type { RegistryKind } from '../../../records/registries/imports.ts';
import { plainTitle } from '../reading/header.ts';
import { REGISTRIES, registryOf } from '../registries.ts';
import { dateFormOf } from './date-forms.ts';
import { namePatternOf, patternOf } from './patterns.ts';

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

const name = z.string({ error: 'нужен текст' }).trim().min(1, 'нужен текст, а здесь пусто');
const title = z.string({ error: 'нужно название столбца' });
const patternText = z.string({ error: 'нужен образец' }).min(1, 'нужен образец, а здесь пусто');
const pattern = patternText.refine((text) => patternOf(text) !== undefined, 'нужно регулярное выражение, например ^#');
const namePattern = patternText.refine(
  (text) => namePatternOf(text) !== undefined,
  'нужна маска или регулярное выражение, например *.txt или ^bank_',
);
const dateForm = z
  .string({ error: 'нужен вид дат, например DD-MM-YYYY' })
  .refine((form) => dateFormOf(form) !== undefined, 'нужен вид дат, например DD-MM-YYYY');
const value = z.union([z.string(), z.number()], { error: 'нужен текст или число' }).transform((given) => String(given));

const place = z.int({ error: 'нужен номер столбца, от 1' }).min(1, 'нужен номер столбца, от 1');
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
    { error: 'нужно, где стоят count и sum: ["count", "sum"] в порядке строки, "" для лишнего' },
  ),
});

/** How the files of a bank or a provider are written, where that differs from our own form: what is not said is as there. */
export const Layout = z
  .strictObject({
    name: name.max(40, 'нужно не больше 40 знаков'),
    kind: z.enum(KINDS, { error: `нужно одно из: ${KINDS.join(', ')}` }),
    /** A pattern of the names of such files; a mask as `bank_*.txt` is one, too. */
    fileName: namePattern.optional(),
    encoding: z
      .enum(Object.keys(ENCODINGS) as [LayoutEncoding, ...LayoutEncoding[]], {
        error: `нужно одно из: ${Object.keys(ENCODINGS).join(', ')}`,
      })
      .optional(),
    separator: z
      .string({ error: 'нужен один знак, например , или | или \\t' })
      .regex(/^[^\r\n"\p{L}\p{N}]$/u, 'нужен один знак, например , или | или \\t')
      .default(';'),
    /** False: the first line is a row. */
    header: z.boolean({ error: 'нужно true или false' }).default(true),
    /** Our columns in the file's order; `""`: ignored. */
    columns: z.array(title).min(1, 'нужен хотя бы один столбец').max(300, 'нужно не больше 300 столбцов').optional(),
    /** Their names of columns, and ours. */
    rename: z.record(z.string(), title, { error: 'нужны их названия столбцов с нашими: {"их": "наше"}' }).optional(),
    date: z
      .union([dateForm.transform((form) => [form]), z.array(dateForm).min(1)], {
        error: 'нужен вид дат, например DD-MM-YYYY',
      })
      .optional(),
    /** Our columns that the files do not have, and what stands in them. */
    constants: z.record(z.string(), value, { error: 'нужны столбцы со значениями: {"Источник": "Банк"}' }).default({}),
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
  .array(Layout, { error: 'нужен список […] описаний' })
  .max(30, 'нужно не больше 30 описаний')
  .refine(
    (layouts) => new Set(layouts.map((layout) => plainTitle(layout.name))).size === layouts.length,
    'нужны описания с разными name',
  );

type LayoutSlip = { path: (string | number)[]; message: string };

/** What each field says well and all of them together do not. */
function slipsOf(layout: Omit<Layout, 'date'>): LayoutSlip[] {
  const { kind, header, columns, rename, constants, trailer } = layout;
  const own = registryOf(kind).columns;
  const titles = new Map(own.map((column) => [plainTitle(column.title), column.title]));
  const ofKind = `столбец ${kind} (${own.map((column) => column.title).join(', ')})`;
  const slips: LayoutSlip[] = [];
  const say = (path: (string | number)[], message: string) => void slips.push({ path, message });

  if (!header && !columns) say(['columns'], 'нужны столбцы файла по порядку, раз header — false');
  if (rename && columns) say(['rename'], 'нужно одно из двух: columns или rename');

  const filled = new Set<string>();
  const fill = (path: (string | number)[], given: string) => {
    const known = plainTitle(given);
    if (!titles.has(known)) say(path, `нужен ${ofKind}`);
    else if (filled.has(known)) say(path, 'нужен столбец, который заполняется один раз');
    filled.add(known);
  };
  for (const [at, given] of (columns ?? []).entries()) if (given !== '') fill(['columns', at], given);
  for (const [theirs, ours] of Object.entries(rename ?? {})) if (ours !== '') fill(['rename', theirs], ours);
  for (const given of Object.keys(constants)) fill(['constants', given], given);
  const missing = own.filter((column) => !column.optional && !filled.has(plainTitle(column.title)));
  // Without `columns` the header's own words may be ours.
  if (columns && missing.length > 0)
    say(['columns'], `не хватает ${missing.map((column) => `«${column.title}»`).join(', ')}: здесь или в constants`);

  if (trailer) {
    const { count, sum } = trailer.columns;
    if (count === undefined && sum === undefined) say(['trailer', 'columns'], 'нужно count, sum или оба');
    if (sum !== undefined && SUMMED[kind] === undefined)
      say(['trailer', 'columns'], `у ${kind} суммы нет, складывать нечего: уберите sum`);
  }
  return slips;
}
