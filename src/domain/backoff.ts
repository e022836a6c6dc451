import { MINUTE_MS, SECOND_MS } from './durations.ts';

/** The wait after the first failure, and the longest one. */
export type Backoff = { firstMs: number; mostMs: number };

/** Of what waits as a row or a file until it is done. */
export const QUEUE_BACKOFF: Backoff = { firstMs: SECOND_MS, mostMs: 10 * MINUTE_MS };

/**
 * Exponential backoff: how many milliseconds the next attempt waits after one that failed, and `attempts` before it: `firstMs`, twice as long
 * each time, `mostMs` at most.
 */
export function backoffMs(attempts: number, { firstMs, mostMs }: Backoff): number {
  return Math.min(mostMs, firstMs * 2 ** Math.min(attempts, 20));
}
