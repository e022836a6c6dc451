import { deleteAwaitedSecret } from '../records/awaited-secrets.ts';
import { listConfirmedMessengers } from '../records/confirmed-messengers.ts';
import { insertDelivery } from '../records/deliveries.ts';
import { updateLoginsInDoubtGone } from '../records/escalations.ts';
import { deleteGuestLookupsOf } from '../records/guest-lookups.ts';
import { deleteLastToldTo } from '../records/last-told.ts';
import { deleteIdempotencyKeysOf } from '../records/idempotency-keys.ts';
import { deleteSaidTo } from '../records/notices.ts';
import { deleteOutboxTo } from '../records/outbox.ts';
import { deleteDraftsOf } from '../records/password-drafts.ts';
import { deleteTriesOf } from '../records/password-tries.ts';
import { deletePhoneProofsOf } from '../records/proofs.ts';
import { listFormerMessengers } from '../records/sessions.ts';
import { insertRateLimitHit, deleteRateLimitHitsOf } from '../records/rate-limit-hits.ts';
import { deleteUnreachable } from '../records/unreachable.ts';
import type { OnConsentWithdrawn } from './identity/consents.ts';
import { forgetCountedFor } from './requests/refusals.ts';

/**
 * What else would name whoever withdraws the consent: what was said to them, which accounts they looked up as a guest, secrets half typed, counters,
 * the cards about their links. That so many accounts were looked up stays, without their numbers: the limit of a day holds all the same.
 * What is left all the same is named in the text `withdraw-consent-explained`, and `test/dialogs/identity/withdrawn.test.ts` holds the two together.
 */
export const forgetTraces: OnConsentWithdrawn = async (trx, { residentId, messengerIds, now }) => {
  for (const { messengerId, countedAt } of await deleteGuestLookupsOf(trx, messengerIds))
    await insertRateLimitHit(trx, 'guest-lookup', [messengerId], countedAt);
  await deleteOutboxTo(trx, messengerIds);
  await deleteDraftsOf(trx, messengerIds);
  await deletePhoneProofsOf(trx, messengerIds);
  await deleteTriesOf(trx, residentId);
  // It keeps no limit: whoever is told a second time loses nothing.
  await deleteRateLimitHitsOf(trx, 'edit-refused', messengerIds);
  await forgetCountedFor(trx, residentId);
  for (const messengerId of messengerIds) {
    await deleteUnreachable(trx, [messengerId]);
    await deleteAwaitedSecret(trx, messengerId);
  }
  // Where this login was signed out from elsewhere somebody else may be by now: what was done there as a guest is theirs, what was told there is not.
  const former = await listFormerMessengers(trx, residentId);
  const shared = (await listConfirmedMessengers(trx, residentId)).filter(
    (id) => !(messengerIds as readonly string[]).includes(id),
  );
  // Of an account that is another login's, too, nobody knows to which of them it was told last.
  await deleteLastToldTo(trx, [...former, ...shared]);
  await deleteSaidTo(trx, former);
  for (const messengerId of former) await deleteIdempotencyKeysOf(trx, messengerId);
  for (const requestId of await updateLoginsInDoubtGone(trx, residentId))
    await insertDelivery(trx, { to: { staff: requestId }, kind: 'refresh' }, now);
};
