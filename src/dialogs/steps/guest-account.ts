import { AccountNumber, accountNumberOr } from '../../domain/account-number.ts';
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

/**
 * What a button to «Передать показания» or «Произвести оплату» carries besides a link's id: «another account», also with its number, or a guest
 * account's id.
 */
export const OTHER_ACCOUNT = 'other';

/** «Another account», of which the number was typed where one's own were offered. */
export function otherAccountRef(account: AccountNumber): string {
  return `${OTHER_ACCOUNT}-${account}`;
}

/** The number in such a reference, where there is one; undefined when it is another kind of reference. */
export function otherAccountOf(ref: string): { account: AccountNumber | undefined } | undefined {
  const [kind, number = ''] = ref.split('-');
  return kind === OTHER_ACCOUNT ? { account: AccountNumber.safeParse(number).data } : undefined;
}

/** The number of an account that is none of the resident's own, typed where these are offered. */
export function otherAccountNumber(own: number) {
  // Of few, one sees at once that there is no such button.
  return accountNumberOr(own < MANY_ACCOUNTS ? 'press-a-button' : 'none-fits');
}

const GUEST = 'guest-';

export function guestRef(guestAccount: string): string {
  return GUEST + guestAccount;
}

/** The id of a guest account out of such a reference; undefined when it is another kind of reference. */
export function guestAccountOf(ref: string): string | undefined {
  return ref.startsWith(GUEST) ? ref.slice(GUEST.length) : undefined;
}
