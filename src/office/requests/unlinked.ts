import type { Trx } from '../../records/database.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import type { Link } from '../../records/links.ts';
import { listOpenRequestsAbout } from '../../records/requests.ts';
import type { MessengerId } from '../caller.ts';
import { silenceOf } from './refusals.ts';

/**
 * Accounts left their residents' cabinets: where a request about one is open, staff hear of it before they say more of the account. Of
 * one whom they do not listen to, only the card says so: linking and unlinking in turns would flood them.
 */
export async function tellUnlinked(trx: Trx, links: readonly Pick<Link, 'residentId' | 'account'>[], now: Date): Promise<void> {
  for (const { residentId, account } of links)
    for (const { id, messengerId } of await listOpenRequestsAbout(trx, { residentId, account })) {
      const silenced =
        messengerId !== null && (await silenceOf(trx, { messengerId: messengerId as MessengerId, residentId }, now));
      const botMessage = { text: 'staff-request-unlinked', words: { account }, doors: [] };
      if (!silenced) await insertDelivery(trx, { to: { staff: id }, kind: 'say', botMessage }, now);
      await insertDelivery(trx, { to: { staff: id }, kind: 'refresh' }, now);
    }
}
