import {
  EDIT_REFUSALS,
  type Limit,
  NEW_REQUESTS,
  OPEN_REQUESTS,
  READING_PHOTOS,
  REQUEST_MESSAGES,
  toldTime,
  windowEnd,
  windowStart,
} from '../../domain/limits.ts';
import { listConfirmedMessengers } from '../../records/confirmed-messengers.ts';
import type { Db, Trx } from '../../records/database.ts';
import { hasReadingPhoto } from '../../records/reading-photos.ts';
import { listOpenRequestsOf, type Request } from '../../records/requests.ts';
import { findSilence } from '../../records/silenced.ts';
import { insertRateLimitHit, listRateLimitHits, type RateLimitKind } from '../../records/rate-limit-hits.ts';
import type { Person } from './requester.ts';

/** Staff do not listen to this person for a while (`until`), or at all. */
export type Silenced = { outcome: 'silenced'; until: string | null };
/** So many messages or new requests within a day. */
export type EnoughToday = { outcome: 'enough-today'; until: string };
/** So many requests wait for an answer already. */
export type EnoughOpen = { outcome: 'enough-open'; open: number };

/** Asked by every verb of a resident's that ends before staff. */
export async function silenceOf(db: Db, { messengerId, residentId }: Person, now: Date): Promise<Silenced | undefined> {
  const silence = await findSilence(db, await silencedAs(db, messengerId, residentId), now);
  return silence && { outcome: 'silenced', until: silence.until?.toISOString() ?? null };
}

/** What a silence is kept for: the resident, whatever account in the messenger is taken up next, and each of those that are known. */
export async function silencedAs(db: Db, messengerId: string, residentId: string | undefined): Promise<[string, ...string[]]> {
  if (residentId === undefined) return [messengerId];
  const confirmed = await listConfirmedMessengers(db, residentId);
  return [...new Set([messengerId, `resident:${residentId}`, ...confirmed])] as [string, ...string[]];
}

/** Why this person may not open another request now. */
export async function refusesToOpen(
  trx: Db | Trx,
  person: Person,
  now: Date,
): Promise<Silenced | EnoughOpen | EnoughToday | undefined> {
  const silenced = await silenceOf(trx, person, now);
  if (silenced) return silenced;
  const open = waitingOf(await listOpenRequestsOf(trx, person));
  if (open.length >= OPEN_REQUESTS) return { outcome: 'enough-open', open: open.length };
  return hasRoom(trx, 'request', person, NEW_REQUESTS, 1, now);
}

/** Why so many messages more of this person are not taken now. */
export async function refusesMessages(
  trx: Db | Trx,
  person: Person,
  messages: number,
  now: Date,
): Promise<Silenced | EnoughToday | undefined> {
  return (await silenceOf(trx, person, now)) ?? hasRoom(trx, 'request-message', person, REQUEST_MESSAGES, messages, now);
}

/**
 * Why a photograph of a meter is not taken now: staff are shown it as they are shown messages. `counted`: this very picture was, within the same
 * day, and one picture of several scales is one.
 */
export async function refusesPhoto(
  trx: Trx,
  person: Person,
  counted: boolean,
  now: Date,
): Promise<Silenced | EnoughToday | undefined> {
  const silenced = await silenceOf(trx, person, now);
  if (silenced || counted) return silenced;
  return hasRoom(trx, 'reading-photo', person, READING_PHOTOS, 1, now);
}

/** Whether this picture of the person's has been counted within the day. */
export async function isPhotoCounted(trx: Trx, { messengerId }: Person, uniqueFile: string, now: Date): Promise<boolean> {
  return hasReadingPhoto(trx, { messengerId, uniqueFile, since: windowStart(READING_PHOTOS, now) });
}

export async function countPhoto(trx: Trx, { messengerId }: Person, now: Date): Promise<void> {
  await insertRateLimitHit(trx, 'reading-photo', [messengerId], now);
}

export async function countRequest(trx: Trx, { messengerId }: Person, now: Date): Promise<void> {
  await insertRateLimitHit(trx, 'request', [messengerId], now);
}

export async function countMessages(trx: Trx, { messengerId }: Person, messages: number, now: Date): Promise<void> {
  for (let i = 0; i < messages; i += 1) await insertRateLimitHit(trx, 'request-message', [messengerId], now);
}

/** The first time within a while that a correction is not taken: once is said enough. */
export async function isFirstRefusal(trx: Trx, { messengerId }: Person, now: Date): Promise<boolean> {
  const [before] = await listRateLimitHits(
    trx,
    'edit-refused',
    [messengerId],
    windowStart(EDIT_REFUSALS, now),
    EDIT_REFUSALS.count,
  );
  if (before) return false;
  await insertRateLimitHit(trx, 'edit-refused', [messengerId], now);
  return true;
}

async function hasRoom(
  trx: Db | Trx,
  kind: RateLimitKind,
  { messengerId }: Person,
  limit: Limit,
  more: number,
  now: Date,
): Promise<EnoughToday | undefined> {
  const times = await listRateLimitHits(trx, kind, [messengerId], windowStart(limit, now), limit.count);
  const inTheWay = times[limit.count - more];
  return inTheWay && { outcome: 'enough-today', until: toldTime(windowEnd(limit, inTheWay)) };
}

/** Those of a person's open requests that count to the most there may be: what was answered waits for nobody here. */
export function waitingOf<R extends Pick<Request, 'state'>>(open: readonly R[]): R[] {
  return open.filter(({ state }) => state !== 'answered');
}
