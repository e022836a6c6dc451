import { z } from 'zod';
import { holdsSecret } from './secret-words.ts';
import { DAY_MS, later } from './durations.ts';

/** Section 5: for so long after it was closed a resident may have a request taken up again. */
const REOPEN_MS = 7 * DAY_MS;

/** Until when a request that was closed then may be taken up again. */
export function reopenUntil(closedAt: Date): Date {
  return later(closedAt, REOPEN_MS);
}

/** What was closed since then may be taken up again now. */
export function reopenSince(now: Date): Date {
  return later(now, -REOPEN_MS);
}

export function mayReopen(closedAt: Date, now: Date): boolean {
  return now <= reopenUntil(closedAt);
}

/** What a resident thinks of how a closed request was answered. */
export const MARKS = [1, 2, 3, 4, 5] as const;
export type Mark = (typeof MARKS)[number];

export function isMark(mark: number): mark is Mark {
  return MARKS.some((each) => each === mark);
}

/** A word to it. */
export const RatingWords = z
  .string()
  .min(1, 'words-expected')
  .refine((words) => !holdsSecret(words), 'secret-among-words');

/** Messages that go into a request at once. */
export const MOST_MESSAGE_PARTS = 20;
