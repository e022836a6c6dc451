import { AccountNumber, accountNumberOr } from '../../domain/account-number.ts';
import { OTHER_ACCOUNT } from '../../domain/door-refs.ts';
import { MANY_ACCOUNTS } from '../../domain/many-accounts.ts';
import type { LookupLimit } from '../../office/accounts/guest-accounts.ts';
import type { Office } from '../../office/office.ts';
import type { Door, Scene } from '../kit/scene.ts';

/** An account that somebody acts for: as a guest, or as the resident who turns out to have it linked. */
export type ActedFor = { as: 'guest'; guestAccount: string; account: string } | { as: 'resident'; link: string; account: string };

/**
 * An account by its number, for a person who has not linked it: the number, then its masked address, «Всё верно» or «Исправить». Undefined where
 * no more numbers may be looked up and the person knows why. `known`: was typed already.
 */
export async function askGuestAccount(scene: Scene<Office>, known?: AccountNumber): Promise<ActedFor | undefined> {
  const { say, ask, choose, office } = scene;
  for (let typed = known; ; typed = undefined) {
    const account = typed ?? (await ask('guest-account', AccountNumber));
    const looked = await office.guestAccounts.look(account);
    switch (looked.outcome) {
      case 'linked':
        return { as: 'resident', link: looked.link, account };
      case 'unknown':
        await say('guest-account-unknown', { account });
        break;
      case 'limit':
      case 'crowded':
        await sayLookupLimit(scene, looked);
        return undefined;
      case 'found': {
        const { guestAccount, address } = looked;
        const right = await choose('guest-account-address', ['all-right', 'correct'], { account, address });
        if (right === 'all-right') return { as: 'guest', guestAccount, account };
      }
    }
  }
}

/** The limits hold for every number, and what is linked stays open: so that is the way on. */
export async function sayLookupLimit({ say, office }: Scene<Office>, { outcome, until }: LookupLimit): Promise<void> {
  const { who } = await office.residents.who();
  const doors: Door[] =
    who === 'resident'
      ? [{ label: 'button-link', dialog: 'linking' }]
      : [
          { label: 'button-login', dialog: 'sign-in' },
          { label: 'button-register', dialog: 'registration' },
        ];
  await say(`guest-account-${outcome}`, { until, who }, doors);
}

/** The id that a button carried is another's or older than a day. */
export async function sayGuestAccountGone({ say }: Scene<Office>, dialog: 'readings' | 'pay'): Promise<void> {
  await say('guest-account-gone', {}, [{ label: `button-${dialog}`, dialog, ref: OTHER_ACCOUNT }]);
}

/** The number of an account that is none of the resident's own, typed where these are offered. */
export function otherAccountNumber(own: number) {
  // Of few, one sees at once that there is no such button.
  return accountNumberOr(own < MANY_ACCOUNTS ? 'press-a-button' : 'none-fits');
}
