import { z } from 'zod';
import { type DatedRow, type RunsOut, runningOut } from '../domain/dated.ts';
import type { LocalDay } from '../domain/local-day.ts';
import { METER_ZONES } from '../domain/meter-scale.ts';
import { SbpTemplate } from '../domain/sbp-link.ts';
import { PLACES, STAFF_COMMANDS, unknownPlaces } from '../domain/staff-words.ts';
import { Layouts } from './registries/layouts/layout.ts';

const text = z.string({ error: 'a text is expected' }).trim().min(1, 'a text is expected, and this one is empty');
const date = z.iso.date({ error: 'a date YYYY-MM-DD is expected' });
const time = z.string({ error: 'a time HH:MM is expected' }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time HH:MM is expected');
/** `24:00` is the day's end. */
const endTime = z
  .string({ error: 'a time HH:MM is expected' })
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time HH:MM is expected');
const dayOfMonth = z.int({ error: 'a day of the month, 1 to 28, is expected' }).min(1).max(28);

/** A row holds from a date on, up to and with `until` where that is known; `source` says where it was read. */
const DATED = { from: date, until: date.optional(), source: text.optional() };

/** Rows that hold from a date on, oldest first, no date twice. */
function dated<Row extends z.ZodType<DatedRow>>(row: Row) {
  return datedOrNone(row).min(1, 'at least one row with its date is expected');
}

function datedOrNone<Row extends z.ZodType<DatedRow>>(row: Row) {
  return z
    .array(row)
    .refine(inOrder, 'rows in the order of their dates are expected, no date twice')
    .refine(endInOrder, 'an until that is no earlier than its row’s from and earlier than the next one’s is expected');
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
    error: 'a list of dates, or of rows with from, until and days, is expected',
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
  hours: z.array(text).min(1, 'at least one line of hours is expected'),
  latitude: z.number({ error: 'degrees, −90 to 90, are expected' }).min(-90).max(90),
  longitude: z.number({ error: 'degrees, −180 to 180, are expected' }).min(-180).max(180),
  phone: text.optional(),
});

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const roubles = z.int({ error: 'whole roubles are expected' }).min(1, 'one rouble or more is expected');

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
    receiptTo: z.enum(['email', 'phone'], { error: 'email or phone is expected' }).default('email'),
    /**
     * What a line of the receipt says, from a date on. `taxSystem`: 1 the general system, 2–3 simplified, 5–6 others; `vat`: 1 none, 2–12 the
     * rates of VAT. An empty list: the provider makes no receipts, the centre's own cash register does.
     */
    receipts: datedOrNone(
      z.strictObject({
        ...DATED,
        taxSystem: z.int({ error: 'a tax system, 1 to 6, is expected' }).min(1).max(6),
        vat: z.int({ error: 'a code of VAT, 1 to 12, is expected' }).min(1).max(12),
        subject: z.enum(['service', 'payment', 'commodity', 'job', 'composite', 'another']).default('service'),
        mode: z.enum(['full_payment', 'full_prepayment', 'partial_prepayment', 'advance']).default('full_payment'),
      }),
    ).default([{ from: '2019-01-01', taxSystem: 1, vat: 1, subject: 'service', mode: 'full_payment' }]),
    /** After so many days a payment that no registry has brought is told to staff. */
    lateAfterDays: z.int({ error: 'a number of days is expected' }).min(1).max(90).default(5),
    /** For so many days it is taken off what is offered to pay; later the debt is shown whole, and the payment beside it. */
    countedForDays: z.int({ error: 'a number of days is expected' }).min(1).max(365).default(30),
  })
  .refine((rules) => rules.leastRoubles <= rules.mostRoubles, 'leastRoubles not above mostRoubles is expected');

const OWN_COMMANDS: ReadonlySet<string> = new Set(STAFF_COMMANDS);

/** What residents may ask about, and how staff answer. */
const RequestRules = z.strictObject({
  topics: z
    .array(
      z.strictObject({
        key: text.regex(/^[a-z-]{1,30}$/, 'a key of a–z and - is expected'),
        label: text.max(40, 'at most 40 characters are expected'),
        /** Beginnings of words by which a question is known to be about it. */
        words: z.array(text.max(30, 'at most 30 characters are expected')).max(50, 'at most 50 words are expected').optional(),
        /** Colleagues who are mentioned when such a request comes: their Telegram names, without the @. */
        mention: z
          .array(text.regex(/^[A-Za-z]\w{3,31}$/, 'a Telegram name without the @ is expected'))
          .max(5, 'at most 5 names are expected')
          .default([]),
      }),
    )
    .min(1, 'at least one topic is expected')
    .max(20, 'at most 20 topics are expected')
    .refine((topics) => noneTwice(topics.map(({ key }) => key)), 'topics with keys of their own are expected'),
  /** What staff send by a command of this name; its places (`PLACES`) are filled in. */
  cannedAnswers: z
    .array(
      z.strictObject({
        command: text
          .regex(/^[a-z][a-z0-9_]{1,31}$/, 'a command of a–z, 0–9 and _ is expected')
          .refine((command) => !OWN_COMMANDS.has(command), 'a command that the bot does not have itself is expected'),
        label: text.max(60, 'at most 60 characters are expected'),
        text: text.max(3000, 'at most 3000 characters are expected').superRefine((words, check) => {
          for (const place of unknownPlaces(words))
            check.addIssue({ code: 'custom', message: `${place} is no place that is filled in: ${PLACES.join(', ')} are` });
        }),
      }),
    )
    .refine(
      (answers) => noneTwice(answers.map(({ command }) => command)),
      'canned answers with commands of their own are expected',
    )
    .default([]),
  /** Working hours within which a resident's word is to be answered; later it is raised in the group. */
  answerWithinHours: z.number({ error: 'a number of hours is expected' }).min(0.25).max(200).default(8),
  /** After so many days without another word an answered request closes by itself. */
  closeAfterDays: z.int({ error: 'a number of days is expected' }).min(1).max(60).default(5),
});

function noneTwice(keys: readonly string[]): boolean {
  return new Set(keys).size === keys.length;
}

/** What the billing centre says about itself: the operator's settings file (`CENTRE_FILE`). */
export const Centre = z.strictObject({
  name: text,
  phones: z.array(z.strictObject({ number: text, about: text })).min(1, 'at least one phone is expected'),
  /** Where the centre is and when it is open, as its papers say it; absent: the first payment point's. */
  address: text.optional(),
  hours: z.array(text).min(1, 'at least one line of hours is expected').optional(),
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
    .refine((performers) => noneTwice(performers.map(({ name }) => name)), 'performers with names of their own are expected')
    .default([]),
  email: z.email('an e-mail address is expected').optional(),
  site: z.url({ protocol: /^https?$/, error: 'an address that starts with https:// or http:// is expected' }).optional(),
  paymentPoints: z.array(PaymentPoint).min(1, 'at least one payment point is expected').max(30, 'at most 30 points are expected'),
  /** The consent to the processing of personal data; a changed text wants a new version. */
  consent: z.strictObject({
    version: text.max(40, 'at most 40 characters are expected'),
    title: text,
    text: text.min(200, 'the whole text of the consent, 200 characters or more, is expected'),
    /** What it comes to, in a few short lines above it. */
    summary: z.array(text.max(150, 'at most 150 characters are expected')).max(7, 'at most 7 lines are expected').optional(),
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
            .refine(({ from, to }) => from < to, 'from before to is expected')
            .optional(),
        })
        .refine(({ from, to }) => from < to, 'from before to is expected'),
    )
    .min(1, 'at least one row of working hours is expected'),
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
      percent: z.number({ error: 'a rate in percent a year is expected' }).min(0).max(100),
      steps: z
        .array(z.strictObject({ fromDay: z.int().min(1), divisor: z.int().min(1) }))
        .min(1)
        .refine(
          (steps) => steps.every(({ fromDay }, i) => i === 0 || (steps[i - 1]?.fromDay ?? 0) < fromDay),
          'steps in the order of their days are expected, no day twice',
        ),
    }),
  ).transform(endedByLaw),
  /** What is said beside a debt of so much and more; null: nothing. */
  largeDebt: z
    .strictObject({ fromRoubles: roubles, text: text.max(300, 'at most 300 characters are expected') })
    .nullable()
    .default({ fromRoubles: 20_000, text: 'Трудно заплатить сразу? Напишите нам о рассрочке.' }),
  /** For so many days from billing's refusal on a reading may be handed in again, also after the window. */
  refusedReadingDays: z.int({ error: 'a number of days is expected' }).min(0).max(31).default(5),
  /** What zones of meters are called on their display, in its order; `scale` as the registry of meters has it. */
  meterZones: z
    .array(
      z.strictObject({
        scale: text.max(30, 'at most 30 characters are expected'),
        display: text.max(10, 'at most 10 characters are expected'),
      }),
    )
    .refine((zones) => noneTwice(zones.map(({ scale }) => scale.toLowerCase())), 'no scale twice is expected')
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

/** The settings file is not what it has to be. Each line names the field and what is expected, never a value. */
export class CentreFileError extends Error {
  constructor(lines: readonly string[]) {
    super(`CENTRE_FILE: the centre's settings file cannot be used:\n${lines.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'CentreFileError';
  }
}

/** Reads the text of the settings file (JSON). @throws {CentreFileError} */
export function readCentre(json: string): Centre {
  const lost = json.split('\n').findIndex((line) => /\ufffd|\\ufffd/i.test(line));
  if (lost >= 0)
    throw new CentreFileError([
      `line ${lost + 1}: letters are expected that another encoding has lost: write them again, as UTF-8`,
    ]);
  const read = Centre.safeParse(parseJson(json), { error: expectedType });
  if (read.success) return read.data;
  throw new CentreFileError(read.error.issues.map((issue) => `${fieldPath(issue.path)}: ${issue.message}`));
}

/** For fields whose schema has no sentence of its own. */
const EXPECTED_TYPES: Readonly<Record<string, string>> = {
  array: 'a list […] is expected',
  object: 'an object {…} is expected',
  int: 'a whole number is expected',
  number: 'a number is expected',
};

function expectedType({ code, expected }: { code?: string; expected?: unknown }): string | undefined {
  return code === 'invalid_type' ? EXPECTED_TYPES[String(expected)] : undefined;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\ufeff/, ''));
  } catch {
    throw new CentreFileError(['the file as a whole: JSON is expected, and this does not parse as JSON']);
  }
}

function fieldPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file as a whole';
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i ? '.' : ''}${String(key)}`)).join('');
}
