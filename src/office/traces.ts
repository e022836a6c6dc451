import { awaitNoSecret } from '../records/awaited-secrets.ts';
import { addErrand, forgetErrandsTo } from '../records/errands.ts';
import { forgetLoginsInDoubt } from '../records/escalations.ts';
import { takeGuestLookups } from '../records/guest-lookups.ts';
import { forgetNoticesTo, forgetUnreachable } from '../records/notices.ts';
import { forgetDraftsOf } from '../records/password-drafts.ts';
import { forgetTriesOf } from '../records/password-tries.ts';
import { forgetPhoneProofsOf } from '../records/proofs.ts';
import { addTally } from '../records/tallies.ts';
import type { Farewell } from './consents.ts';

/**
 * What else would name whoever withdraws the consent: what was said to him, which accounts he looked up as a guest, secrets half typed, counters,
 * the cards about his links. That so many accounts were looked up stays, without their numbers: the limit of a day holds for him as for others.
 * What is left all the same is named in the text `withdraw-consent-explained`, and `test/dialogs/withdrawn.test.ts` holds the two together.
 */
export const forgetTraces: Farewell = async (trx, { residentId, messengerIds, now }) => {
  for (const { messenger_id, counted_at } of await takeGuestLookups(trx, messengerIds))
    await addTally(trx, 'guest-lookup', [messenger_id], counted_at);
  await forgetErrandsTo(trx, messengerIds);
  await forgetNoticesTo(trx, messengerIds);
  await forgetDraftsOf(trx, messengerIds);
  await forgetPhoneProofsOf(trx, messengerIds);
  await forgetTriesOf(trx, residentId);
  for (const messengerId of messengerIds) {
    await forgetUnreachable(trx, [messengerId]);
    await awaitNoSecret(trx, messengerId);
  }
  for (const requestId of await forgetLoginsInDoubt(trx, residentId))
    await addErrand(trx, { to: { staff: requestId }, kind: 'refresh' }, now);
};
