import type { AccountNumber } from '../../domain/account-number.ts';
import { GuestOrderSum } from '../../domain/order-sum.ts';
import type { PayWays } from '../../office/money/pay-ways.ts';
import type { PayableAccount } from '../../office/money/payments.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Scene } from '../kit/scene.ts';
import { guestAccountOf, OTHER_ACCOUNT, otherAccountOf } from '../../domain/door-refs.ts';
import { askGuestAccount, sayGuestAccountGone } from '../steps/guest-account.ts';
import { accountWords } from '../steps/account-words.ts';
import { findOfferNow } from '../steps/pay-now.ts';
import { askWay, onlyWay, payBy } from '../steps/pay-way.ts';
import { askSum, askSums, type Offer, otherSumLinkOf, pickAccounts, type Sums } from '../steps/pay-what.ts';
import { turnAway } from '../steps/turn-away.ts';

/**
 * Section 4, «Произвести оплату онлайн»: which accounts, how much, by card or by a QR code. `ref`: a link, a link of which another sum is to be
 * paid, «another account», or an account that was looked up as a guest.
 */
export const pay: Dialog<Office> = async (scene, ref) => {
  const { say, office } = scene;

  // A guest, or an account that is not linked: its number, and the sum is typed.
  const lookedUp = guestAccountOf(ref);
  if (lookedUp !== undefined) return payAsGuest(scene, lookedUp);
  const other = otherAccountOf(ref);
  if (other) return payForOther(scene, other.account);
  const offered = await office.payments.offer();
  if (offered.outcome === 'phone-to-confirm') return turnAway(scene, offered.outcome);
  if (offered.outcome === 'guest') return payForOther(scene);

  // Which accounts: a resident with one is not asked.
  if (offered.accounts.length === 0)
    return say('accounts-none', {}, [
      { label: 'button-link', dialog: 'linking' },
      { label: 'button-account-by-number', dialog: 'pay', ref: OTHER_ACCOUNT },
    ]);
  // For a closed account without a debt no bill will come.
  const link = otherSumLinkOf(ref);
  const named = link ?? ref;
  const payable = offered.accounts.filter(({ closed, offerKopecks }) => !closed || offerKopecks > 0);
  const settled = offered.accounts.filter((each) => !payable.includes(each));
  const asked = settled.find((each) => each.link === named) ?? (payable.length === 0 ? settled[0] : undefined);
  if (asked) return sayClosed(scene, asked);
  const chosen = await pickAccounts(scene, payable, named);
  const [first] = chosen;
  if (!first) return say('pay-account-gone', {}, [{ label: 'button-accounts', dialog: 'accounts' }]);

  const offer = { accounts: chosen, paymentsDay: offered.paymentsDay };
  if (link !== undefined) return paySums(scene, offer, { lines: [await askSum(scene, first)] }, offered.ways);
  // The question which ones may have stood for long.
  const wasAsked = named === '' && payable.length > 1;
  return payOffer(scene, (wasAsked && (await findOfferNow(scene, offer))) || offer, offered.ways);
};

/** «Вся задолженность» or «Другая сумма» of what is offered; asked anew wherever something else is owed by the time it is answered. */
async function payOffer(scene: Scene<Office>, offer: Offer | 'over', ways: PayWays): Promise<void> {
  if (offer === 'over') return;
  return paySums(scene, offer, await askSums(scene, offer, ways.cardLimits), ways);
}

async function paySums(scene: Scene<Office>, offer: Offer, sums: Sums, ways: PayWays): Promise<void> {
  const { say, office } = scene;
  const { lines } = sums;
  if (lines.length === 0) return say('pay-nothing', {}, [{ label: 'button-pay', dialog: 'pay' }]);
  const now = await findOfferNow(scene, offer, sums);
  if (now) return payOffer(scene, now, ways);

  // «Оплатить картой», or a QR code.
  const known = onlyWay(lines, ways, sums.way);
  const way = known ?? (await askWay(scene, lines));
  const then = known === undefined ? await findOfferNow(scene, offer, sums) : undefined;
  if (then) return payOffer(scene, then, ways);
  const wanted = lines.map(({ link, sumKopecks }) => ({ link, sumKopecks }));
  return payBy(scene, { lines, way, order: () => office.payments.order(wanted) });
}

async function sayClosed({ say }: Scene<Office>, account: PayableAccount): Promise<void> {
  await say('pay-account-closed', accountWords(account), [
    { label: 'button-account-by-number', dialog: 'pay', ref: OTHER_ACCOUNT },
    { label: 'button-write-us', dialog: 'request' },
  ]);
}

/** An account by its number; it may turn out to be linked. */
async function payForOther(scene: Scene<Office>, known?: AccountNumber): Promise<void> {
  const acted = await askGuestAccount(scene, known);
  if (!acted) return;
  if (acted.as === 'resident') return scene.goTo('pay', acted.link);
  return payAsGuest(scene, acted.guestAccount);
}

async function payAsGuest(scene: Scene<Office>, guestAccount: string): Promise<void> {
  const { ask, office } = scene;
  const opened = await office.guestAccounts.open(guestAccount);
  if (opened.outcome === 'gone') return sayGuestAccountGone(scene, 'pay');
  // An old button of a guest's may be of an account that is linked by now.
  if (opened.outcome === 'linked') return scene.goTo('pay', opened.link);
  const { account, closed } = opened;
  const sumKopecks = await ask('pay-sum-guest', GuestOrderSum, { account, closed });
  const ways = await office.payments.ways();
  const lines = [{ account, sumKopecks, link: null }] as const;
  const way = onlyWay(lines, ways) ?? (await askWay(scene, lines));
  await payBy(scene, { lines, guestAccount, way, order: () => office.payments.orderAsGuest(guestAccount, sumKopecks) });
}
