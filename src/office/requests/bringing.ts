import { isNight } from '../../domain/quiet-hours.ts';
import type { Db } from '../../records/database.ts';
import { hasMuted } from '../../records/muted-news.ts';
import { listSeenTogether, type RequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import type { Clock } from '../edges.ts';
import { isQuotable } from '../staff/answered.ts';

/** Section 4: nothing rings at night, nor where the resident does not want to hear of it. */
export async function isBroughtSilently(
  db: Db,
  { residentId }: Pick<Request, 'residentId'>,
  { clock, timeZone }: { clock: Clock; timeZone: string },
): Promise<boolean> {
  return isNight(clock(), timeZone) || (residentId !== null && (await hasMuted(db, residentId, 'requests')));
}

/**
 * The words that a message quotes of `answered`, where its reader may read them still: what a resident quotes was judged when it came; what staff
 * quote may have been taken back since, or corrected into a note.
 */
export async function quotedFor(
  db: Db,
  { side, context }: RequestMessage,
  answered: RequestMessage | undefined,
): Promise<string | undefined> {
  const { quote, elsewhere = false } = context ?? {};
  if (side === 'resident' || elsewhere || quote === undefined) return quote;
  if (!answered) return undefined;
  const seen = answered.copy === null ? [answered] : await listSeenTogether(db, answered.requestId, answered.copy);
  return isQuotable(side, quote, seen) ? quote : undefined;
}

/** Staff wrote first (`/write`), and these are the words. */
export function beginsTalk({ words }: Pick<Request, 'words'>, { source }: Pick<RequestMessage, 'source'>): boolean {
  return words.begunWith === source;
}
