import { deleteAwaitedSecret } from '../records/awaited-secrets.ts';
import { insertDelivery, deleteDeliveriesTo } from '../records/deliveries.ts';
import { updateLoginsInDoubtGone } from '../records/escalations.ts';
import { deleteGuestLookupsOf } from '../records/guest-lookups.ts';
import { deleteNoticesTo, deleteUnreachable } from '../records/notices.ts';
import { deleteDraftsOf } from '../records/password-drafts.ts';
import { deleteTriesOf } from '../records/password-tries.ts';
import { deletePhoneProofsOf } from '../records/proofs.ts';
import { insertRateLimitHit } from '../records/rate-limit-hits.ts';
import type { OnConsentWithdrawn } from './consents.ts';

/**
 * What else would name whoever withdraws the consent: what was said to him, which accounts he looked up as a guest, secrets half typed, counters,
 * the cards about his links. That so many accounts were looked up stays, without their numbers: the limit of a day holds for him as for others.
 * What is left all the same is named in the text `withdraw-consent-explained`, and `test/dialogs/withdrawn.test.ts` holds the two together.
 */
export const forgetTraces: OnConsentWithdrawn = async (trx, { residentId, messengerIds, now }) => {
  for (const { messenger_id, counted_at } of await deleteGuestLookupsOf(trx, messengerIds))
    await insertRateLimitHit(trx, 'guest-lookup', [messenger_id], counted_at);
  await deleteDeliveriesTo(trx, messengerIds);
  await deleteNoticesTo(trx, messengerIds);
  await deleteDraftsOf(trx, messengerIds);
  await deletePhoneProofsOf(trx, messengerIds);
  await deleteTriesOf(trx, residentId);
  for (const messengerId of messengerIds) {
    await deleteUnreachable(trx, [messengerId]);
    await deleteAwaitedSecret(trx, messengerId);
  }
  for (const requestId of await updateLoginsInDoubtGone(trx, residentId))
    await insertDelivery(trx, { to: { staff: requestId }, kind: 'refresh' }, now);
};
