import { z } from 'zod';
import { type RunsOut, runningOut } from '../domain/dated.ts';
import type { LocalDay } from '../domain/local-day.ts';
import { METER_ZONES } from '../domain/meter-scale.ts';
import { SbpTemplate } from '../domain/sbp-link.ts';
import { Layouts } from './registries/layouts/layout.ts';
import { FieldText, FieldTime, FieldEndTime, DayOfMonth, WholeRoubles, noneTwice } from './centre/fields.ts';
import { DATED, dated } from './centre/dated-rows.ts';
import { Holidays } from './centre/holidays.ts';
import { PenaltyRates } from './centre/penalty-rates.ts';
import { CardRules } from './centre/card-rules.ts';
import { RequestRules } from './centre/request-rules.ts';

const PaymentPoint = z.strictObject({
  name: FieldText,
  address: FieldText,
  /** As they are shown, a line each: `пн–пт 8:00–17:00`. */
  hours: z.array(FieldText).min(1, 'нужна хотя бы одна строка часов работы'),
  latitude: z.number({ error: 'нужны градусы от −90 до 90' }).min(-90).max(90),
  longitude: z.number({ error: 'нужны градусы от −180 до 180' }).min(-180).max(180),
  phone: FieldText.optional(),
});

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** What the billing centre says about itself: the operator's settings file (`CENTRE_FILE`). */
export const Centre = z.strictObject({
  name: FieldText,
  phones: z.array(z.strictObject({ number: FieldText, about: FieldText })).min(1, 'нужен хотя бы один телефон'),
  /** Where the centre is and when it is open, as its papers say it; absent: the first payment point's. */
  address: FieldText.optional(),
  hours: z.array(FieldText).min(1, 'нужна хотя бы одна строка часов работы').optional(),
  /** Whom residents call when something bursts or goes out. */
  emergency: z.array(z.strictObject({ number: FieldText, about: FieldText })).default([]),
  /** Suppliers by the names that the registry of charges has, for payment documents. */
  performers: z
    .array(
      z.strictObject({
        name: FieldText,
        address: FieldText.optional(),
        phone: FieldText.optional(),
        hours: FieldText.optional(),
        emergency: FieldText.optional(),
      }),
    )
    .refine((performers) => noneTwice(performers.map(({ name }) => name)), 'нужны поставщики с разными name')
    .default([]),
  email: z.email('нужен адрес электронной почты').optional(),
  site: z.url({ protocol: /^https?$/, error: 'нужен адрес, который начинается с https:// или http://' }).optional(),
  paymentPoints: z.array(PaymentPoint).min(1, 'нужен хотя бы один пункт приёма платежей').max(30, 'нужно не больше 30 пунктов'),
  /** The consent to the processing of personal data; a changed text wants a new version. */
  consent: z.strictObject({
    version: FieldText.max(40, 'нужно не больше 40 знаков'),
    title: FieldText,
    text: FieldText.min(200, 'нужен весь текст согласия, 200 знаков или больше'),
    /** What it comes to, in a few short lines above it. */
    summary: z.array(FieldText.max(150, 'нужно не больше 150 знаков')).max(7, 'нужно не больше 7 строк').optional(),
  }),
  workingHours: z
    .array(
      z
        .strictObject({
          days: z.array(z.enum(WEEKDAYS)).min(1),
          from: FieldTime,
          to: FieldEndTime,
          /** Nobody answers meanwhile. */
          lunch: z
            .strictObject({ from: FieldTime, to: FieldTime })
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
  paymentDue: dated(z.strictObject({ ...DATED, day: DayOfMonth })),
  /** By which day of the next month its payment document is there. */
  paymentDocumentReady: dated(z.strictObject({ ...DATED, day: DayOfMonth })).default([{ from: '2005-03-01', day: 5 }]),
  /** The yearly rate of the penalty, and from which day of delay which part of it (1/divisor) is taken a day. */
  penalty: PenaltyRates,
  /** What is said beside a debt of so much and more; null: nothing. */
  largeDebt: z
    .strictObject({ fromRoubles: WholeRoubles, text: FieldText.max(300, 'нужно не больше 300 знаков') })
    .nullable()
    .default({ fromRoubles: 20_000, text: 'Трудно заплатить сразу? Напишите нам о рассрочке.' }),
  /** For so many days from billing's refusal on a reading may be handed in again, also after the window. */
  refusedReadingDays: z.int({ error: 'нужно число дней' }).min(0).max(31).default(5),
  /** What zones of meters are called on their display, in its order; `scale` as the registry of meters has it. */
  meterZones: z
    .array(
      z.strictObject({
        scale: FieldText.max(30, 'нужно не больше 30 знаков'),
        display: FieldText.max(10, 'нужно не больше 10 знаков'),
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
export type PaymentPoint = Centre['paymentPoints'][number];

/** What of the file's dated tables runs out within so many days, or has: past it the bot says that it does not know. */
export function listRunningOut(centre: Centre, today: LocalDay, withinDays: number): RunsOut[] {
  const { holidays, paymentDue, paymentDocumentReady, penalty, cards } = centre;
  return runningOut({ holidays, paymentDue, paymentDocumentReady, penalty, 'cards.receipts': cards.receipts }, today, withinDays);
}
