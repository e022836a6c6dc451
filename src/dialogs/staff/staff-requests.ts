import { AccountNumber } from '../../domain/account-number.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { requestPhrase } from '../steps/found-request.ts';

/** The requests about an account (`ref`), newest first: what they are about and how they stand. */
export const staffRequests: Dialog<Office> = async ({ say, office }, ref) => {
  const account = AccountNumber.safeParse(ref).data;
  const listed = account ? await office.lookUps.requests(account) : undefined;
  if (!account || listed?.outcome !== 'listed') return say('not-understood');
  const lines = listed.requests.map(requestPhrase);
  const words = { account, count: listed.all, more: listed.all - lines.length, requests: lines };
  return say('staff-requests', words, [{ label: 'button-account-of', words: { account }, dialog: 'staff-find', ref: account }]);
};
