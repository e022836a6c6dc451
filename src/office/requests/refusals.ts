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
import { listOpenRequestsOf, listOpenRequestsOfAll, type Request } from '../../records/requests.ts';
import { findSilence } from '../../records/silenced.ts';
import {
  deleteRateLimitHitsOf,
  insertRateLimitHit,
  insertRateLimitHits,
  listRateLimitHits,
  type RateLimitKind,
} from '../../records/rate-limit-hits.ts';
import { countedAs, countedWith, subjectOfLogin } from './counted-as.ts';
import type { Person } from './requester.ts';

/** Staff do not listen to this person for a while (`until`), or at all. */
export type Silenced = { outcome: 'silenced'; until: string | null };
/** So many messages or new requests within a day. */
export type EnoughToday = { outcome: 'enough-today'; until: string };
/** So many requests wait for an answer already; `elsewhere`: some of them are seen only after a sign-in, or in another messenger account. */
export type EnoughOpen = { outcome: 'enough-open'; open: number; elsewhere?: true };

/** What comes before staff, and is counted for whoever it is from. */
const COUNTED_KINDS = ['request', 'request-message', 'reading-photo'] as const satisfies readonly RateLimitKind[];
type CountedKind = (typeof COUNTED_KINDS)[number];

/** Asked by every verb of a resident's that ends before staff. */
export async function silenceOf(db: Db, { messengerId, residentId }: Person, now: Date): Promise<Silenced | undefined> {
  const silence = await findSilence(db, await silencedAs(db, messengerId, residentId), now);
  return silence && { outcome: 'silenced', until: silence.until?.toISOString() ?? null };
}

/** What a silence is kept for: the resident, whatever account in the messenger is taken up next, and each of those that are known. */
export async function silencedAs(db: Db, messengerId: string, residentId: string | undefined): Promise<[string, ...string[]]> {
  if (residentId === undefined) return [messengerId];
  const confirmed = await listConfirmedMessengers(db, residentId);
  return [...new Set([messengerId, subjectOfLogin(residentId), ...confirmed])] as [string, ...string[]];
}

/** Why this person may not open another request now. */
export async function refusesToOpen(
  trx: Db | Trx,
  person: Person,
  now: Date,
): Promise<Silenced | EnoughOpen | EnoughToday | undefined> {
  const silenced = await silenceOf(trx, person, now);
  if (silenced) return silenced;
  const open = waitingOf(await listOpenRequestsOfAll(trx, await countedWith(trx, person)));
  if (open.length >= OPEN_REQUESTS) {
    const seen = waitingOf(await listOpenRequestsOf(trx, person)).length;
    return { outcome: 'enough-open', open: open.length, ...(seen < open.length && { elsewhere: true as const }) };
  }
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

export async function countPhoto(trx: Trx, person: Person, now: Date): Promise<void> {
  await count(trx, 'reading-photo', person, 1, now);
}

export async function countRequest(trx: Trx, person: Person, now: Date): Promise<void> {
  await count(trx, 'request', person, 1, now);
}

export async function countMessages(trx: Trx, person: Person, messages: number, now: Date): Promise<void> {
  await count(trx, 'request-message', person, messages, now);
}

async function count(trx: Trx, kind: CountedKind, person: Person, times: number, now: Date): Promise<void> {
  const subjects = (await countedAs(trx, person)).map((subject) => [subject]);
  for (let i = 0; i < times; i += 1) await insertRateLimitHits(trx, kind, subjects, true, now);
}

/** What a login's messenger accounts have together is counted no longer: there is no such login. */
export async function forgetCountedFor(trx: Trx, residentId: string): Promise<void> {
  for (const kind of COUNTED_KINDS) await deleteRateLimitHitsOf(trx, kind, [subjectOfLogin(residentId)]);
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
  kind: CountedKind,
  person: Person,
  limit: Limit,
  more: number,
  now: Date,
): Promise<EnoughToday | undefined> {
  let inTheWay: Date | undefined;
  for (const subject of await countedAs(trx, person)) {
    const times = await listRateLimitHits(trx, kind, [subject], windowStart(limit, now), limit.count);
    const last = times[limit.count - more];
    if (last && (!inTheWay || last > inTheWay)) inTheWay = last;
  }
  return inTheWay && { outcome: 'enough-today', until: toldTime(windowEnd(limit, inTheWay)) };
}

/** Those of a person's open requests that count to the most there may be: what was answered waits for nobody here. */
export function waitingOf<R extends Pick<Request, 'state'>>(open: readonly R[]): R[] {
  return open.filter(({ state }) => state !== 'answered');
}
