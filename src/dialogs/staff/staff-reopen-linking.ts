import { AccountNumber } from '../../domain/account-number.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';

/** Opens an account (`ref`) to linking by the sum of payments again, after too many wrong ones. */
export const staffReopenLinking: Dialog<Office> = async ({ say, choose, office }, ref) => {
  const account = AccountNumber.safeParse(ref).data;
  if (!account || (await office.staffMembers.role()).role === 'none') return say('not-understood');
  await choose('staff-reopen-sure', ['reopen-linking'], { account });
  const done = await office.lookUps.reopenSumWay(account);
  switch (done.outcome) {
    case 'reopened':
      return say('staff-reopened', { account }, [
        { label: 'button-account-of', words: { account }, dialog: 'staff-find', ref: account },
      ]);
    case 'unknown-account':
      return say('staff-find-nothing', { asked: 'account' }, [{ label: 'button-find-account', dialog: 'staff-find' }]);
    case 'not-staff':
      return say('not-understood');
  }
};
