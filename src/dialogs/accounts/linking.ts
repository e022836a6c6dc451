import { AccountNumber } from '../../domain/account-number.ts';
import { AccountWithSum } from '../../domain/account-with-sum.ts';
import { PaidSumBesideList } from '../../domain/paid-sum.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Doors, Scene } from '../kit/scene.ts';
import { readLinkingRef } from '../../domain/door-refs.ts';
import { type BeginningOfProof, meantBy, proveAccount } from '../steps/prove-account.ts';
import { sayLinked } from '../steps/say-linked.ts';
import { turnAway } from '../steps/turn-away.ts';

/** Points 9 and 10: linking a personal account (лицевой счёт) to the cabinet; `ref`: its number, the way, or both, so that they are not asked for again. */
export const linking: Dialog<Office> = async (scene, ref) => {
  const { say, choose, office } = scene;

  // 9 Residents only: others sign in or register first.
  const caller = await office.residents.who();
  if (caller.who === 'guest') return turnAway(scene, 'guest');

  // 9 One of two ways, and 9.1, 9.2 the number of the account.
  const { account, first } = await begin(scene, readLinkingRef(ref));
  const seen = await office.linking.look(account);
  if (seen.outcome === 'linked-already') {
    // A password counts for more: who proved the account by one may end links of others.
    const page: Doors = [{ label: 'button-accounts', dialog: 'accounts', ref: seen.link }];
    const isForMore = first === 'by-password' && seen.way !== 'password';
    return say('linking-already', { account, anew: isForMore ? 'by-password' : 'no' }, isForMore ? page : []);
  }
  if (seen.outcome !== 'not-linked') return turnAway(scene, seen.outcome);

  // 9.1 The sum of the last payments, or 9.2 the password from a payment point.
  const proved = await proveAccount(scene, account, first, seen.paymentsDay);
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

/**
 * A way; or the number of the account at once, which means the first one, with its sum behind it; where the number is known, the sum at once.
 */
async function begin(
  scene: Scene<Office>,
  { way, account }: ReturnType<typeof readLinkingRef>,
): Promise<{ account: AccountNumber; first: BeginningOfProof }> {
  const { ask, askOr, goTo } = scene;
  if (account !== undefined) {
    if (way !== undefined) return { account, first: way };
    const said = await askOr('linking-way-of', PaidSumBesideList, { buttons: WAYS_TO_BEGIN, words: { account } });
    if ('answer' in said) return { account, first: await meantBy(scene, said.answer, account) };
    return said.pressed === 'get-password' ? goTo('account-password-help', account) : { account, first: said.pressed };
  }
  const chosen = way ? { pressed: way } : await askOr('linking-way', AccountWithSum, { buttons: WAYS_TO_BEGIN });
  if ('answer' in chosen) return begunBySum(chosen.answer);
  if (chosen.pressed === 'get-password') return goTo('account-password-help');
  if (chosen.pressed === 'by-sum') return begunBySum(await ask('linking-account', AccountWithSum));
  return { account: await ask('linking-account', AccountNumber), first: chosen.pressed };
}

const WAYS_TO_BEGIN = ['by-sum', 'by-password', 'get-password'] as const;

function begunBySum({ account, sum }: AccountWithSum): { account: AccountNumber; first: BeginningOfProof } {
  return { account, first: sum === undefined ? 'by-sum' : { sum } };
}
