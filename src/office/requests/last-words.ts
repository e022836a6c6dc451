import type { Trx } from '../../records/database.ts';
import { findLastTold } from '../../records/last-told.ts';
import type { Caller } from '../caller.ts';

/** What the bot had told the writer of a request before, and when (ISO); kept as the request's `words`, for its card. */
export type LastWords = { told?: string; toldAt?: string };

export async function lastWordsTo(trx: Trx, { messengerId }: Caller): Promise<LastWords> {
  const told = await findLastTold(trx, messengerId);
  return told ? { told: told.words, toldAt: told.at.toISOString() } : {};
}
