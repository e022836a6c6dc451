import { insertDelivery } from '../../records/deliveries.ts';
import { listDelivered, wipePersonFromRequests } from '../../records/request-wiping.ts';
import type { OnConsentWithdrawn } from '../identity/consents.ts';

/**
 * What goes with a resident who withdraws the consent: all that the resident wrote, in staff's threads too. The requests stay with number, topic and
 * states; staff are told of those that were open.
 */
export const wipeRequests: OnConsentWithdrawn = async (trx, gone) => {
  const { now } = gone;
  const wiped = await wipePersonFromRequests(trx, gone, now);
  if (wiped.length === 0) return;
  const ids = wiped.map(({ id }) => id);
  for (const { id, requestId } of await listDelivered(trx, ids))
    await insertDelivery(trx, { to: { staff: requestId }, kind: 'withdraw', messageId: id }, now);
  for (const { id, wasOpen } of wiped) {
    const botMessage = { text: 'staff-request-consent-withdrawn', words: {}, doors: [] };
    if (wasOpen) await insertDelivery(trx, { to: { staff: id }, kind: 'say', botMessage }, now);
    await insertDelivery(trx, { to: { staff: id }, kind: 'refresh' }, now);
  }
};
