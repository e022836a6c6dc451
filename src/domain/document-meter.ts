import { addDecimals } from './decimal.ts';
import { dayAfter } from './debt.ts';
import type { LocalDay } from './local-day.ts';
import { type Period, periodOf } from './period.ts';

/** What a scale showed on a day; a decimal as text. */
export type ShownValue = { day: LocalDay; value: string };

/** What a payment document says of a scale: where it stood, where it had stood the month before or earlier, and what was used between. */
export type MeterMonth = { previous: ShownValue | null; value: string | null; valueDay: LocalDay | null; used: string | null };

/**
 * The month of a scale out of all that is known of it. `period` is the document's; null for the newest, whose last value counts though it be
 * of the days after the month.
 */
export function meterMonth(shown: readonly ShownValue[], period: Period | null, digits: number | null): MeterMonth {
  const known = shown.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const last = known.findLast(({ day }) => period === null || day < dayAfter(period));
  const previous = (last && known.findLast(({ day }) => periodOf(day) < periodOf(last.day))) ?? null;
  return {
    previous,
    value: last?.value ?? null,
    valueDay: last?.day ?? null,
    used: last && previous ? usedBetween(previous.value, last.value, digits) : null,
  };
}

/** A meter that stood in the last tenth of its dial and now stands lower has rolled over; one that went down otherwise is another one or was corrected. */
function usedBetween(before: string, now: string, digits: number | null): string | null {
  const used = addDecimals([now, `-${before}`]);
  if (!used.startsWith('-')) return used;
  const dial = digits === null ? undefined : 10 ** digits;
  if (dial === undefined || Number(before) < dial * 0.9) return null;
  return addDecimals([String(dial), used]);
}
