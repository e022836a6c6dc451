import { z } from 'zod';
import { DAY_MS, later } from './durations.ts';
import { addDays, type LocalDay, localDay, localMoment } from './local-day.ts';
import type { TextLimits } from './text-limits.ts';

/** How many characters an announcement may have, and one under a picture. */
export type AnnouncementLimits = { words: number; underPicture: number };

/** Our own limits, as staff are told. */
const MOST: AnnouncementLimits = { words: 3500, underPicture: 900 };
/** So much is left for the title above the words: `notice-announcement-correction` is the longest. */
const LONGEST_TITLE = 120;

/** With its title an announcement is one message, or stands under its picture, in each messenger: where one takes less than our own limits, they are lower. */
export function announcementLimits({ text, caption }: TextLimits): AnnouncementLimits {
  return {
    words: Math.min(MOST.words, text - LONGEST_TITLE),
    underPicture: Math.min(MOST.underPicture, caption - LONGEST_TITLE),
  };
}

/** The words of an announcement, plain text in as many lines as it takes; `tooLong`: they are more than `longest` characters, and are not kept. */
export const announcementWords = (longest: number) =>
  z
    .string()
    .trim()
    .min(3, 'announcement-short')
    .transform((words) => (words.length > longest ? { words: '', tooLong: true } : { words, tooLong: false }));

/** Nobody plans for later than that. */
const FARTHEST_DAYS = 60;

export type SendTime = { at: Date } | { wrong: 'unclear' | 'past' | 'far' };

/**
 * When an announcement is to go out, as it is typed: `25.11 10:00`, `25.11.2026 в 10:00`, `завтра 9:30`, `18:00`. A day without a year is the
 * next one of that name.
 */
export function readSendTime(typed: string, now: Date, timeZone: string): SendTime {
  const said = partsOf(typed);
  if (!said) return { wrong: 'unclear' };
  const { day, hour, minute } = said;
  const today = localDay(now, timeZone);
  const date = dayTyped(day, today);
  if (date === undefined) return { wrong: 'unclear' };
  const at = localMoment(date, hour * 60 + minute, timeZone);
  if (at <= now) return { wrong: 'past' };
  return at > later(now, FARTHEST_DAYS * DAY_MS) ? { wrong: 'far' } : { at };
}

/** The day as it is written, and the time: `10:00`, `10.00`, `в 10`, `в 10 часов`, `в 7 вечера`. */
function partsOf(typed: string): { day: string; hour: number; minute: number } | undefined {
  const words = typed
    .trim()
    .toLowerCase()
    .replace(/[\s,]+/g, ' ')
    .replace(/[.!]+$/u, '');
  const exact = /^(?:(.*?) )?(?:в )?(\d{1,2})[:.](\d{2})$/u.exec(words);
  const hours = /^(?:(.*?) )?в (\d{1,2})(?: ?(?:час\p{L}*|ч))?(?: (утра|дня|вечера))?$/u.exec(words);
  const [, day = '', typedHour, third] = exact ?? hours ?? [];
  if (typedHour === undefined) return undefined;
  const half = exact ? undefined : third;
  const later12 = (half === 'дня' || half === 'вечера') && Number(typedHour) < 12;
  const hour = Number(typedHour) + (later12 ? 12 : 0);
  const minute = exact ? Number(third) : 0;
  return hour > 23 || minute > 59 ? undefined : { day: day.replace(/(?:^| )в$/u, ''), hour, minute };
}

function dayTyped(words: string, today: LocalDay): LocalDay | undefined {
  if (words === '' || words === 'сегодня') return today;
  if (words === 'завтра') return addDays(today, 1);
  if (words === 'послезавтра') return addDays(today, 2);
  const [, day = '', month = '', year] = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?$/.exec(words) ?? [];
  const dated = (of: number) => `${of}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const own = Number(today.slice(0, 4));
  const date = year !== undefined ? dated(Number(year)) : dated(own) < today ? dated(own + 1) : dated(own);
  const moment = Date.parse(`${date}T00:00:00Z`);
  const isDay = day !== '' && !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(date);
  return isDay ? date : undefined;
}

/** The same where other words are no answer. */
export const SendTimeAlone = z
  .string()
  .trim()
  .max(40, 'preview')
  .refine((typed) => partsOf(typed) !== undefined, 'preview');

/** A street or a house as it is typed to be found. */
export const PlaceTyped = z
  .string()
  .trim()
  .max(100, 'place-typed')
  .regex(/\p{L}{2}/u, 'place-typed');

/** What is typed for the time at which an announcement is to go out; the office reads it. */
export const SendTimeTyped = z.string().trim().min(1, 'send-time').max(40, 'send-time');
