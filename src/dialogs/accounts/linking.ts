import { AccountNumber } from '../../domain/account-number.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door, Scene } from '../kit/scene.ts';
import { cardDoors, cardPhrase } from '../steps/account-card.ts';
import { proveAccount } from '../steps/prove-account.ts';
import { turnAway } from '../steps/turn-away.ts';

/** Points 9 and 10: linking a personal account (лицевой счёт) to the cabinet; `ref` may be its number, so that it is not asked for again. */
export const linking: Dialog<Office> = async (scene, ref) => {
  const { say, ask, choose, goTo, office } = scene;

  // 9 Residents only: others sign in or register first.
  const caller = await office.residents.who();
  if (caller.who === 'guest') return turnAway(scene, 'guest');

  // 9 One of two ways.
  const way = await choose('linking-way', ['by-sum', 'by-password', 'get-password']);
  if (way === 'get-password') return goTo('account-password-help');

  // 9.1, 9.2 The number of the account.
  const named = AccountNumber.safeParse(ref);
  const account = named.success ? named.data : await ask('linking-account', AccountNumber);
  const seen = await office.linking.look(account);
  if (seen.outcome === 'linked-already') return say('linking-already', { account });
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
      return say('linking-already', { account });
    case 'too-late':
      return say('linking-proof-too-late', {}, [{ label: 'button-link', dialog: 'linking' }]);
    case 'guest':
    case 'phone-to-confirm':
      return turnAway(scene, linked.outcome);
  }
};

/** With the card of the account: what is to be paid is seen at once. */
async function sayLinked(
  { say, office }: Scene<Office>,
  account: string,
  { link, closed }: { link: string; closed: boolean },
): Promise<void> {
  const page: Door = { label: 'button-accounts', dialog: 'accounts', ref: link };
  const listed = await office.accountCards.list();
  const card = listed.outcome === 'listed' ? listed.cards.find((each) => each.link === link) : undefined;
  if (closed || listed.outcome !== 'listed' || !card)
    return say('linking-done-closed', { account }, [{ label: 'button-debt', dialog: 'debt', ref: link }, page]);
  return say('linking-done', { card: [cardPhrase(card, listed)] }, [...cardDoors(card, listed), page]);
}
