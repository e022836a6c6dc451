import type { AccountNumber } from '../../domain/account-number.ts';
import { maskAddress } from '../../domain/address.ts';
import { DAY_MS, later } from '../../domain/durations.ts';
import { GUEST_LOOKUPS, GUEST_LOOKUPS_OVERALL, type Limit, toldTime, windowEnd, windowStart } from '../../domain/limits.ts';
import { isUuid } from '../../domain/uuid.ts';
import { findAccount } from '../../records/accounts.ts';
import type { Db, Trx } from '../../records/database.ts';
import {
  saveGuestLookup,
  countGuestLookups,
  findGuestLookup,
  lockGuestLookups,
  updateGuestLookupSeen,
} from '../../records/guest-lookups.ts';
import { findLinkTo } from '../../records/links.ts';
import { listRateLimitHits } from '../../records/rate-limit-hits.ts';
import { admit } from '../admission.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { escalate } from '../escalations.ts';
import { idempotent } from '../idempotent.ts';

/** For so long after it was looked up a person may act for an account as a guest. */
const GUEST_ACCOUNT_MS = DAY_MS;

/** An account for which somebody acts as a guest. Its address is masked: that alone shows whether it is the right one. */
export type GuestAccount = { account: string; address: string; closed: boolean };

/** Too many numbers were looked up: by this person, or by all people together. Nothing was looked at. */
export type LookupLimit = { outcome: 'limit' | 'crowded'; until: string };

/** Section 4, «Without registration»: an account by its number alone, for readings and payment. */
export function createGuestAccounts(edges: Pick<OfficeEdges, 'db' | 'clock'>) {
  const { db, clock } = edges;
  return {
    /**
     * Looks an account up. `guestAccount` is good for a day and for this caller alone; what the caller has linked is their own
     * (`linked`) and counts for nothing. Ten different numbers a day per person, right or wrong; the same number again is free. A limit
     * is told as such: it holds for any number, so it says nothing about this one.
     */
    async look(
      caller: Caller,
      account: AccountNumber,
    ): Promise<
      | { outcome: 'found'; guestAccount: string; address: string }
      | { outcome: 'linked'; link: string }
      | { outcome: 'unknown' }
      | LookupLimit
    > {
      return idempotent(edges, caller, 'guestAccounts.look', async (trx) => {
        const now = clock();
        const link = await ownLinkTo(trx, caller, account, now);
        if (link !== undefined) return { outcome: 'linked', link } as const;
        const counted = await count(trx, caller, account, now);
        if ('outcome' in counted) return counted;
        const known = await findAccount(trx, account);
        if (!known) return { outcome: 'unknown' } as const;
        return { outcome: 'found', guestAccount: counted.id, address: maskAddress(known.address) } as const;
      });
    },

    /** What a look-up of this caller was of; `linked`: it is the caller's own by now; `gone` when it is another's or too old. */
    async open(
      caller: Caller,
      guestAccount: string,
    ): Promise<({ outcome: 'open' } & GuestAccount) | { outcome: 'linked'; link: string } | { outcome: 'gone' }> {
      const now = clock();
      const opened = await openGuestAccount(db, caller, guestAccount, now);
      if (!opened) return { outcome: 'gone' };
      const link = await ownLinkTo(db, caller, opened.account, now);
      return link === undefined ? { outcome: 'open', ...opened } : { outcome: 'linked', link };
    },
  };
}

/** The account for which the caller may act as a guest now; undefined when the id is another's, made up or too old. */
export async function openGuestAccount(
  db: Db,
  caller: Caller,
  guestAccount: string,
  now: Date,
): Promise<GuestAccount | undefined> {
  if (!isUuid(guestAccount)) return undefined;
  const found = await findGuestLookup(db, guestAccount, caller.messengerId, later(now, -GUEST_ACCOUNT_MS));
  return found && { ...found, address: maskAddress(found.address) };
}

async function ownLinkTo(db: Db, caller: Caller, account: string, now: Date): Promise<string | undefined> {
  const admitted = await admit(db, caller, now);
  if ('outcome' in admitted) return undefined;
  return (await findLinkTo(db, admitted.residentId, account))?.id;
}

/** Counts the number to the caller's day and to everybody's; staff are told when a limit is reached. */
async function count(trx: Trx, caller: Caller, account: string, now: Date): Promise<{ id: string } | LookupLimit> {
  await lockGuestLookups(trx);
  const lookup = { messengerId: caller.messengerId, account };
  const again = await updateGuestLookupSeen(trx, lookup, windowStart(GUEST_LOOKUPS, now), now);
  if (again !== undefined) return { id: again };

  const own = await countedNow(trx, GUEST_LOOKUPS, caller.messengerId, now);
  if (own.until !== undefined) return { outcome: 'limit', until: own.until };
  const all = await countedNow(trx, GUEST_LOOKUPS_OVERALL, undefined, now);
  if (all.until !== undefined) return { outcome: 'crowded', until: all.until };

  const id = await saveGuestLookup(trx, lookup, now);
  if (own.count + 1 === GUEST_LOOKUPS.count)
    await escalate(trx, { kind: 'guest-lookups', key: 'guest-lookups', account, looked: own.count + 1 }, now);
  if (all.count + 1 === GUEST_LOOKUPS_OVERALL.count)
    await escalate(trx, { kind: 'guest-lookups-overall', key: 'guest-lookups-overall', looked: all.count + 1 }, now);
  return { id };
}

async function countedNow(
  trx: Trx,
  limit: Limit,
  messengerId: string | undefined,
  now: Date,
): Promise<{ count: number; until: string | undefined }> {
  const { count, nthAt } = await countGuestLookups(trx, messengerId, windowStart(limit, now), limit.count);
  // Of whoever withdrew the consent since, only that they were is left.
  const before =
    messengerId === undefined
      ? []
      : await listRateLimitHits(trx, 'guest-lookup', [messengerId], windowStart(limit, now), limit.count);
  const nth = nthAt ?? before[limit.count - count - 1];
  return { count: count + before.length, until: nth && toldTime(windowEnd(limit, nth)) };
}
