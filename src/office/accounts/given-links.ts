import { noticeKey } from '../../domain/notice-key.ts';
import { listAccessOffersOpenedBy, markAccessOffersWithdrawn } from '../../records/access-offers.ts';
import type { Trx } from '../../records/database.ts';
import { markGivenLinksEnded } from '../../records/links.ts';
import type { MessengerId } from '../caller.ts';
import { postNotice } from '../notices.ts';
import { tellUnlinked } from '../requests/unlinked.ts';
import { announceGiverLeft } from './link-notices.ts';

/**
 * These links have ended: what they gave to relatives ends with them, and so do one-time links that nobody has used. A relative's right is the
 * giver's; who has a proof of one's own links the account anew.
 */
export async function endWhatLinksGave(trx: Trx, linkIds: readonly string[], now: Date): Promise<void> {
  if (linkIds.length === 0) return;
  await markAccessOffersWithdrawn(trx, linkIds, now);
  const ended = await markGivenLinksEnded(trx, linkIds, now);
  await announceGiverLeft(trx, ended, now);
  await tellUnlinked(trx, ended, now);
}

/** Whoever opened a one-time link as a guest is offered the access once signed in. */
export async function offerKeptAccess(trx: Trx, messengerId: MessengerId, now: Date): Promise<void> {
  for (const { id, expiresAt } of await listAccessOffersOpenedBy(trx, messengerId, now)) {
    const doors = [{ label: 'button-take-access', dialog: 'take-access', ref: id }] as const;
    const words = { until: expiresAt.toISOString() };
    await postNotice(
      trx,
      {
        to: messengerId,
        text: 'notice-access-kept',
        words,
        doors: [...doors],
        key: noticeKey('access-kept', id, now.toISOString()),
      },
      now,
    );
  }
}
