import { z } from 'zod';
import { type DatedRow, type RunsOut, runningOut } from '../domain/dated.ts';
import { type JsonPlaces, placesInJson } from '../domain/json-places.ts';
import type { LocalDay } from '../domain/local-day.ts';
import { METER_ZONES } from '../domain/meter-scale.ts';
import { SbpTemplate } from '../domain/sbp-link.ts';
import { PLACES, STAFF_COMMANDS, unknownPlaces } from '../domain/staff-words.ts';
import { Layouts } from './registries/layouts/layout.ts';

const text = z.string({ error: 'нужен текст' }).trim().min(1, 'нужен текст, а здесь пусто');
const date = z.iso.date({ error: 'нужна дата ГГГГ-ММ-ДД' });
const time = z.string({ error: 'нужно время ЧЧ:ММ' }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'нужно время ЧЧ:ММ');
/** `24:00` is the day's end. */
const endTime = z.string({ error: 'нужно время ЧЧ:ММ' }).regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'нужно время ЧЧ:ММ');
const dayOfMonth = z.int({ error: 'нужен день месяца от 1 до 28' }).min(1).max(28);

/** A row holds from a date on, up to and with `until` where that is known; `source` says where it was read. */
const DATED = { from: date, until: date.optional(), source: text.optional() };

/** Rows that hold from a date on, oldest first, no date twice. */
function dated<Row extends z.ZodType<DatedRow>>(row: Row) {
  return datedOrNone(row).min(1, 'нужна хотя бы одна строка с датой');
}

function datedOrNone<Row extends z.ZodType<DatedRow>>(row: Row) {
  return z
    .array(row)
    .refine(inOrder, 'нужны строки по порядку дат, каждая дата один раз')
    .refine(endInOrder, 'нужен until не раньше from своей строки и раньше from следующей');
}

function inOrder(rows: readonly DatedRow[]): boolean {
  return rows.every((each, i) => i === 0 || (rows[i - 1] as DatedRow).from < each.from);
}

function endInOrder(rows: readonly DatedRow[]): boolean {
  return rows.every(({ from, until = from }, i) => from <= until && until < (rows[i + 1]?.from ?? '9999'));
}

const HolidaysRow = z.strictObject({ ...DATED, days: z.array(date) });

/**
 * Days off as rows for the years of which they are known, or as a bare list of days, which is known to the end of the last one's year: the
 * calendar of a year is made the year before.
 */
const Holidays = z
  .union([datedOrNone(HolidaysRow), z.array(date)], {
    error: 'нужен список дат или строк с from, until и days',
  })
  .transform((given): z.output<typeof HolidaysRow>[] => {
    const days = given.filter((each) => typeof each === 'string').toSorted();
    const [first, last] = [days[0], days.at(-1)];
    if (first && last) return [{ from: `${first.slice(0, 4)}-01-01`, until: yearEnd(last), days }];
    return given.filter((each) => typeof each !== 'string').map((row) => ({ ...row, until: row.until ?? yearEnd(row.from) }));
  });

function yearEnd(day: string): string {
  return `${day.slice(0, 4)}-12-31`;
}

/**
 * ПП РФ от 18.03.2025 № 329: the rate of the penalty is held down up to this day. A file that was written before rows could end goes no
 * further either; who knows what comes then writes a row that begins later, or this one's `until`.
 */
const PENALTY_ENDS = { until: '2026-12-31', source: 'постановление Правительства РФ от 18.03.2025 № 329' };

function endedByLaw<Row extends DatedRow>(rows: readonly Row[]): Row[] {
  return rows.map((row, i) =>
    i === rows.length - 1 && row.until === undefined && row.from <= PENALTY_ENDS.until
      ? { ...row, ...PENALTY_ENDS, source: row.source ?? PENALTY_ENDS.source }
      : row,
  );
}

const PaymentPoint = z.strictObject({
  name: text,
  address: text,
  /** As they are shown, a line each: `пн–пт 8:00–17:00`. */
  hours: z.array(text).min(1, 'нужна хотя бы одна строка часов работы'),
  latitude: z.number({ error: 'нужны градусы от −90 до 90' }).min(-90).max(90),
  longitude: z.number({ error: 'нужны градусы от −180 до 180' }).min(-180).max(180),
  phone: text.optional(),
});

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const roubles = z.int({ error: 'нужны целые рубли' }).min(1, 'нужен рубль или больше');

/**
 * Payment by card. Codes of the receipt are those of 54-ФЗ as ЮKassa writes them into `provider_data`; another provider's are the same words
 * or none.
 */
const CardRules = z
  .strictObject({
    /** Below and above, the provider refuses: about 90 ₽ and 865 000 ₽, with the rate of the day. */
    leastRoubles: roubles.default(100),
    mostRoubles: roubles.default(800_000),
    /** Where the fiscal receipt goes; the messenger asks the payer and hands it to the provider, not to us. */
    receiptTo: z.enum(['email', 'phone'], { error: 'нужно email или phone' }).default('email'),
    /**
     * What a line of the receipt says, from a date on. `taxSystem`: 1 the general system, 2–3 simplified, 5–6 others; `vat`: 1 none, 2–12 the
     * rates of VAT. An empty list: the provider makes no receipts, the centre's own cash register does.
     */
    receipts: datedOrNone(
      z.strictObject({
        ...DATED,
        taxSystem: z.int({ error: 'нужна система налогообложения, от 1 до 6' }).min(1).max(6),
        vat: z.int({ error: 'нужен код НДС, от 1 до 12' }).min(1).max(12),
        subject: z.enum(['service', 'payment', 'commodity', 'job', 'composite', 'another']).default('service'),
        mode: z.enum(['full_payment', 'full_prepayment', 'partial_prepayment', 'advance']).default('full_payment'),
      }),
    ).default([{ from: '2019-01-01', taxSystem: 1, vat: 1, subject: 'service', mode: 'full_payment' }]),
    /** After so many days a payment that no registry has brought is told to staff. */
    lateAfterDays: z.int({ error: 'нужно число дней' }).min(1).max(90).default(5),
    /** For so many days it is taken off what is offered to pay; later the debt is shown whole, and the payment beside it. */
    countedForDays: z.int({ error: 'нужно число дней' }).min(1).max(365).default(30),
  })
  .refine((rules) => rules.leastRoubles <= rules.mostRoubles, 'нужно leastRoubles не больше mostRoubles');

const OWN_COMMANDS: ReadonlySet<string> = new Set(STAFF_COMMANDS);

/** What residents may ask about, and how staff answer. */
const RequestRules = z.strictObject({
  topics: z
    .array(
      z.strictObject({
        key: text.regex(/^[a-z-]{1,30}$/, 'нужен ключ из a–z и -'),
        label: text.max(40, 'нужно не больше 40 знаков'),
        /** Beginnings of words by which a question is known to be about it. */
        words: z.array(text.max(30, 'нужно не больше 30 знаков')).max(50, 'нужно не больше 50 слов').optional(),
        /** Colleagues who are mentioned when such a request comes: their Telegram names, without the @. */
        mention: z
          .array(text.regex(/^[A-Za-z]\w{3,31}$/, 'нужно имя в Telegram без @'))
          .max(5, 'нужно не больше 5 имён')
          .default([]),
      }),
    )
    .min(1, 'нужна хотя бы одна тема')
    .max(20, 'нужно не больше 20 тем')
    .refine((topics) => noneTwice(topics.map(({ key }) => key)), 'нужны темы с разными key'),
  /** What staff send by a command of this name; its places (`PLACES`) are filled in. */
  cannedAnswers: z
    .array(
      z.strictObject({
        command: text
          .regex(/^[a-z][a-z0-9_]{1,31}$/, 'нужна команда из a–z, 0–9 и _')
          .refine((command) => !OWN_COMMANDS.has(command), 'нужна команда, которой у самого бота нет'),
        label: text.max(60, 'нужно не больше 60 знаков'),
        text: text.max(3000, 'нужно не больше 3000 знаков').superRefine((words, check) => {
          for (const place of unknownPlaces(words))
            check.addIssue({ code: 'custom', message: `${place} бот не заполняет: он знает ${PLACES.join(', ')}` });
        }),
      }),
    )
    .refine((answers) => noneTwice(answers.map(({ command }) => command)), 'нужны ответы с разными command')
    .default([]),
  /** Working hours within which a resident's word is to be answered; later it is raised in the group. */
  answerWithinHours: z.number({ error: 'нужно число часов' }).min(0.25).max(200).default(8),
  /** After so many days without another word an answered request closes by itself. */
  closeAfterDays: z.int({ error: 'нужно число дней' }).min(1).max(60).default(5),
});

function noneTwice(keys: readonly string[]): boolean {
  return new Set(keys).size === keys.length;
}

/** What the billing centre says about itself: the operator's settings file (`CENTRE_FILE`). */
export const Centre = z.strictObject({
  name: text,
  phones: z.array(z.strictObject({ number: text, about: text })).min(1, 'нужен хотя бы один телефон'),
  /** Where the centre is and when it is open, as its papers say it; absent: the first payment point's. */
  address: text.optional(),
  hours: z.array(text).min(1, 'нужна хотя бы одна строка часов работы').optional(),
  /** Whom residents call when something bursts or goes out. */
  emergency: z.array(z.strictObject({ number: text, about: text })).default([]),
  /** Suppliers by the names that the registry of charges has, for payment documents. */
  performers: z
    .array(
      z.strictObject({
        name: text,
        address: text.optional(),
        phone: text.optional(),
        hours: text.optional(),
        emergency: text.optional(),
      }),
    )
    .refine((performers) => noneTwice(performers.map(({ name }) => name)), 'нужны поставщики с разными name')
    .default([]),
  email: z.email('нужен адрес электронной почты').optional(),
  site: z.url({ protocol: /^https?$/, error: 'нужен адрес, который начинается с https:// или http://' }).optional(),
  paymentPoints: z.array(PaymentPoint).min(1, 'нужен хотя бы один пункт приёма платежей').max(30, 'нужно не больше 30 пунктов'),
  /** The consent to the processing of personal data; a changed text wants a new version. */
  consent: z.strictObject({
    version: text.max(40, 'нужно не больше 40 знаков'),
    title: text,
    text: text.min(200, 'нужен весь текст согласия, 200 знаков или больше'),
    /** What it comes to, in a few short lines above it. */
    summary: z.array(text.max(150, 'нужно не больше 150 знаков')).max(7, 'нужно не больше 7 строк').optional(),
  }),
  workingHours: z
    .array(
      z
        .strictObject({
          days: z.array(z.enum(WEEKDAYS)).min(1),
          from: time,
          to: endTime,
          /** Nobody answers meanwhile. */
          lunch: z
            .strictObject({ from: time, to: time })
            .refine(({ from, to }) => from < to, 'нужно, чтобы from был раньше to')
            .optional(),
        })
        .refine(({ from, to }) => from < to, 'нужно, чтобы from был раньше to'),
    )
    .min(1, 'нужна хотя бы одна строка рабочего времени'),
  /** Days off besides the weekly ones. */
  holidays: Holidays,
  requests: RequestRules,
  /** By which day of the next month a period has to be paid. */
  paymentDue: dated(z.strictObject({ ...DATED, day: dayOfMonth })),
  /** By which day of the next month its payment document is there. */
  paymentDocumentReady: dated(z.strictObject({ ...DATED, day: dayOfMonth })).default([{ from: '2005-03-01', day: 5 }]),
  /** The yearly rate of the penalty, and from which day of delay which part of it (1/divisor) is taken a day. */
  penalty: dated(
    z.strictObject({
      ...DATED,
      percent: z.number({ error: 'нужна ставка в процентах годовых' }).min(0).max(100),
      steps: z
        .array(z.strictObject({ fromDay: z.int().min(1), divisor: z.int().min(1) }))
        .min(1)
        .refine(
          (steps) => steps.every(({ fromDay }, i) => i === 0 || (steps[i - 1]?.fromDay ?? 0) < fromDay),
          'нужны шаги по порядку дней, каждый день один раз',
        ),
    }),
  ).transform(endedByLaw),
  /** What is said beside a debt of so much and more; null: nothing. */
  largeDebt: z
    .strictObject({ fromRoubles: roubles, text: text.max(300, 'нужно не больше 300 знаков') })
    .nullable()
    .default({ fromRoubles: 20_000, text: 'Трудно заплатить сразу? Напишите нам о рассрочке.' }),
  /** For so many days from billing's refusal on a reading may be handed in again, also after the window. */
  refusedReadingDays: z.int({ error: 'нужно число дней' }).min(0).max(31).default(5),
  /** What zones of meters are called on their display, in its order; `scale` as the registry of meters has it. */
  meterZones: z
    .array(
      z.strictObject({
        scale: text.max(30, 'нужно не больше 30 знаков'),
        display: text.max(10, 'нужно не больше 10 знаков'),
      }),
    )
    .refine((zones) => noneTwice(zones.map(({ scale }) => scale.toLowerCase())), 'нужны разные scale, каждая один раз')
    .default([...METER_ZONES]),
  cards: CardRules.prefault({}),
  /** Where a bank's app is opened at a payment, of the acquirer that has such links (СБП); absent: there is no such button. */
  sbp: SbpTemplate.optional(),
  /** How banks and providers write their registries, where that is not our own form. */
  layouts: Layouts.default([]),
});
export type Centre = z.output<typeof Centre>;
export type RequestRules = Centre['requests'];
export type CardRules = Centre['cards'];
export type PaymentPoint = Centre['paymentPoints'][number];

/** What of the file's dated tables runs out within so many days, or has: past it the bot says that it does not know. */
export function listRunningOut(centre: Centre, today: LocalDay, withinDays: number): RunsOut[] {
  const { holidays, paymentDue, paymentDocumentReady, penalty, cards } = centre;
  return runningOut({ holidays, paymentDue, paymentDocumentReady, penalty, 'cards.receipts': cards.receipts }, today, withinDays);
}

/** The settings file is not what it has to be: a line for each fault, with the file, the line in it, the field and what is expected, never a value. */
export class CentreFileError extends Error {
  override name = 'CentreFileError';
  readonly problems: readonly string[];
  constructor(file: string | undefined, faults: readonly CentreFault[]) {
    const problems = faults.map(({ line, says }) => {
      const place = [...(file === undefined ? [] : [file]), ...(line === undefined ? [] : [`строка ${line}`])].join(', ');
      return `CENTRE_FILE: ${place === '' ? '' : `${place}: `}${says}`;
    });
    super(`Файл центра не годится:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

export type CentreFault = { line?: number; says: string };

/** Reads the text of the settings file (JSON), which lies in `file`. @throws {CentreFileError} naming all its faults at once. */
export function readCentre(text: string, file?: string): Centre {
  const json = text.replace(/^\ufeff/, '');
  const lost = json.split('\n').flatMap((line, i) => (/\ufffd|\\ufffd/i.test(line) ? [{ line: i + 1, says: LOST }] : []));
  if (lost.length > 0) throw new CentreFileError(file, lost);
  const places = placesInJson(json);
  if (!places.isJson) throw new CentreFileError(file, [noJson(places)]);
  const read = Centre.safeParse(JSON.parse(json), { error: expectation });
  if (read.success) return read.data;
  throw new CentreFileError(
    file,
    read.error.issues
      .flatMap(faultsOf)
      .map(({ path, says }) => ({ line: places.lineOf(path), says: `${fieldPath(path)}${says}` })),
  );
}

const LOST = 'буквы потерялись в другой кодировке: напишите их заново, в UTF-8';

function noJson({ line, column, atEnd }: Extract<JsonPlaces, { isJson: false }>): CentreFault {
  if (atEnd) return { line, says: 'это не JSON: файл обрывается; закройте все кавычки и скобки' };
  const slips = 'нет запятой или кавычки, лишняя запятая в конце списка, комментарий';
  return { line, says: `столбец ${column}: здесь перестаёт быть JSON (${slips}): исправьте` };
}

type FieldFault = { path: readonly PropertyKey[]; says: string };

/** A field that is unknown has a line of its own. */
function faultsOf(issue: z.core.$ZodIssue): FieldFault[] {
  const { path, message } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ path, says: message }];
  return issue.keys.map((key) => ({ path: [...path, key], says: 'такого поля нет: проверьте, как оно пишется, или уберите' }));
}

/** For fields whose schema has no sentence of its own. */
const EXPECTED_TYPES: Readonly<Record<string, string>> = {
  array: 'нужен список […]',
  object: 'нужен объект {…}',
  int: 'нужно целое число',
  number: 'нужно число',
};

/** What zod would say in English. */
function expectation(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type') return EXPECTED_TYPES[issue.expected] ?? 'нужно значение другого вида';
  if (issue.code === 'too_small')
    return issue.origin === 'array' ? `нужно хотя бы ${issue.minimum} в списке` : `нужно число от ${issue.minimum}`;
  if (issue.code === 'too_big')
    return issue.origin === 'array' ? `нужно не больше ${issue.maximum} в списке` : `нужно число до ${issue.maximum}`;
  if (issue.code === 'invalid_value') return `нужно одно из: ${issue.values.map(String).join(', ')}`;
  return 'нужно другое значение';
}

function fieldPath(path: readonly PropertyKey[]): string {
  const named = path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i ? '.' : ''}${String(key)}`)).join('');
  return named === '' ? '' : `${named}: `;
}
