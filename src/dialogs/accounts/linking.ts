import { AccountNumber } from '../../domain/account-number.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Doors, Scene } from '../kit/scene.ts';
import { readLinkingRef } from '../../domain/door-refs.ts';
import { proveAccount } from '../steps/prove-account.ts';
import { sayLinked } from '../steps/say-linked.ts';
import { turnAway } from '../steps/turn-away.ts';

/** Points 9 and 10: linking a personal account (лицевой счёт) to the cabinet; `ref`: its number, the way, or both, so that they are not asked for again. */
export const linking: Dialog<Office> = async (scene, ref) => {
  const { say, ask, choose, goTo, office } = scene;

  // 9 Residents only: others sign in or register first.
  const caller = await office.residents.who();
  if (caller.who === 'guest') return turnAway(scene, 'guest');

  // 9 One of two ways. Whoever writes the number at once means the first one.
  const known = readLinkingRef(ref);
  const chosen = known.way ? { pressed: known.way } : await chooseWay(scene, known.account);
  const way = 'pressed' in chosen ? chosen.pressed : 'by-sum';
  if (way === 'get-password') return goTo('account-password-help', known.account);

  // 9.1, 9.2 The number of the account.
  const account = 'answer' in chosen ? chosen.answer : (known.account ?? (await ask('linking-account', AccountNumber)));
  const seen = await office.linking.look(account);
  if (seen.outcome === 'linked-already') {
    // A password counts for more: who proved the account by one may end links of others.
    const page: Doors = [{ label: 'button-accounts', dialog: 'accounts', ref: seen.link }];
    const isForMore = way === 'by-password' && seen.way !== 'password';
    return say('linking-already', { account, anew: isForMore ? 'by-password' : 'no' }, isForMore ? page : []);
  }
  if (seen.outcome !== 'not-linked') return turnAway(scene, seen.outcome);

  // 9.1 The sum of the last payments, or 9.2 the password from a payment point.
  const proved = await proveAccount(scene, account, way, seen.paymentsDay);
  if (!proved) return;

  // 10 «Подключить», once the address is seen.
  await choose('linking-address', ['connect'], { account, address: proved.address });
  const linked = await office.linking.confirm(proved.proof);
  switch (linked.outcome) {
    case 'linked':
      return sayLinked(scene, account, linked);
    case 'linked-already':
      return say('linking-already', { account, anew: 'no' });
    case 'too-late':
      return say('linking-proof-too-late', {}, [{ label: 'button-link', dialog: 'linking' }]);
    case 'guest':
    case 'phone-to-confirm':
      return turnAway(scene, linked.outcome);
  }
};

/** A way; or the number of the account at once, where it is not known yet. */
async function chooseWay({ askOr, choose }: Scene<Office>, account: AccountNumber | undefined) {
  const buttons = ['by-sum', 'by-password', 'get-password'] as const;
  if (account === undefined) return askOr('linking-way', AccountNumber, { buttons });
  return { pressed: await choose('linking-way-of', buttons, { account }) };
}
