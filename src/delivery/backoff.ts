import { MINUTE_MS, SECOND_MS } from '../domain/durations.ts';

const LONGEST_MS = 10 * MINUTE_MS;

/** How long the next attempt waits after so many that failed: twice as long each time, ten minutes at most. */
export function backoffMs(attempts: number, firstMs: number = SECOND_MS): number {
  return Math.min(LONGEST_MS, firstMs * 2 ** Math.min(attempts, 20));
}

/** With that backoff about a quarter of an hour: what this release does not know a newer one beside it may, and says it once it leads. */
export const UNKNOWN_ATTEMPTS = 10;

/** With that backoff about two days: what was to be told is no news any more, and no messenger takes out a message that is older. */
export const MOST_ATTEMPTS = 300;
