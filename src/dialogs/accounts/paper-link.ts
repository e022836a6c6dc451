import { AccountNumber } from '../../domain/account-number.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door } from '../kit/scene.ts';
import { guestRef } from '../../domain/door-refs.ts';
import { sayLookupLimit } from '../steps/guest-account.ts';

/** Section 4, «Without registration»: what a QR code on paper opens, for the account that is `ref`: its number. */
export const paperLink: Dialog<Office> = async (scene, ref) => {
  const { say, office } = scene;
  const known = AccountNumber.safeParse(ref);
  if (!known.success) return say('problem-account-number');
  const account = known.data;

  // Whose it is; then readings and payment, as the resident who has it linked or as a guest.
  const looked = await office.guestAccounts.look(account);
  switch (looked.outcome) {
    case 'unknown':
      return say('guest-account-unknown', { account }, [{ label: 'button-contacts', dialog: 'contacts' }]);
    case 'limit':
    case 'crowded':
      return sayLookupLimit(scene, looked);
    case 'linked':
      return say('paper-link-own', { account }, [...actions(looked.link), { label: 'button-debt', dialog: 'debt' }]);
    case 'found': {
      const { who } = await office.residents.who();
      // Who registers goes on to linking this very account.
      const link: Door[] = [
        who === 'resident'
          ? { label: 'button-link', dialog: 'linking', ref: account }
          : { label: 'button-register', dialog: 'registration', ref: account },
      ];
      const doors = [...actions(guestRef(looked.guestAccount)), ...link];
      return say('paper-link-account', { account, address: looked.address, who }, doors);
    }
  }
};

const actions = (ref: string): Door[] => [
  { label: 'button-readings', dialog: 'readings', ref },
  { label: 'button-pay', dialog: 'pay', ref },
];
