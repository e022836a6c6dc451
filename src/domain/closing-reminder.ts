import { addDays, type LocalDay } from './local-day.ts';
import type { WindowDays } from './readings-window.ts';

/**
 * The first day on which people are reminded that a window of readings closes: the day before its last; its last day where that would be
 * the day it opens; undefined for a window of one day, whose opening says it all.
 */
export function closingReminder({ opens, closes }: WindowDays): LocalDay | undefined {
  if (opens >= closes) return undefined;
  const before = addDays(closes, -1);
  return before > opens ? before : closes;
}
