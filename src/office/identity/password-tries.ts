import { DAY_MS, HOUR_MS, later, SECOND_MS } from '../../domain/durations.ts';
import { isConfirmed } from '../../records/confirmed-messengers.ts';
import type { Db, Trx } from '../../records/database.ts';
import { lockTries, saveTries } from '../../records/password-tries.ts';
import type { Subject } from '../../records/rate-limit-hits.ts';
import type { MessengerId } from '../caller.ts';

/** Section 2: five wrong passwords are free, then half a minute, doubling up to an hour. A day without any makes it five again. */
const FREE = 5;
const FIRST_WAIT_MS = 30 * SECOND_MS;
const LONGEST_WAIT_MS = HOUR_MS;
const FORGOTTEN_MS = DAY_MS;

/**
 * The counter of wrong passwords for somebody who tries: a messenger account that is confirmed for the login has its own, all the others
 * share one, so that strangers never lock the owner out.
 */
export async function triesKey(db: Db, residentId: string, messengerId: MessengerId): Promise<string> {
  return (await isConfirmed(db, residentId, messengerId)) ? ownersTries(residentId, messengerId) : strangersTries(residentId);
}

export const isOwners = (key: string): boolean => key.startsWith('owner/');

export function ownersTries(residentId: string, messengerId: MessengerId): string {
  return `owner/${residentId}/${messengerId}`;
}

export function strangersTries(residentId: string): string {
  return `strangers/${residentId}`;
}

/**
 * Counts a try before it is judged (so that a hundred at once are no hundred tries) and says whether it may be judged at all: `locked` until
 * then, it may not. A right password clears the counter again. `keys`: the names of the one counter, the newest first.
 */
export async function countTry(trx: Trx, keys: Subject, now: Date): Promise<{ locked?: Date }> {
  const tries = await lockTries(trx, keys);
  if (tries?.lockedUntil && tries.lockedUntil > now) return { locked: tries.lockedUntil };
  const fresh = !tries || now.getTime() - tries.failedAt.getTime() > FORGOTTEN_MS;
  const failures = (fresh ? 0 : tries.failures) + 1;
  await saveTries(trx, keys, { failures, failedAt: now, lockedUntil: lockedUntil(failures, now) });
  return {};
}

function lockedUntil(failures: number, now: Date): Date | null {
  if (failures < FREE) return null;
  return later(now, Math.min(FIRST_WAIT_MS * 2 ** (failures - FREE), LONGEST_WAIT_MS));
}
