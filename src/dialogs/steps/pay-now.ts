import { sumOf } from '../../domain/money.ts';
import type { PayableAccount } from '../../office/money/payments.ts';
import type { Office } from '../../office/office.ts';
import type { Phrase, Scene } from '../kit/scene.ts';
import { sayNothingOwed } from './pay-owed.ts';
import type { Offer, Sums } from './pay-what.ts';
import { turnAway } from './turn-away.ts';

/**
 * What is to be paid now, where it is no longer what the question said and the answer (`sums`) was given by that: a question may stand for half
 * an hour, and others pay meanwhile. Undefined where the answer may stand; `over`: nothing is owed any more, or an account is gone, and that
 * was said.
 */
export async function findOfferNow(scene: Scene<Office>, said: Offer, sums?: Sums): Promise<Offer | 'over' | undefined> {
  const { accounts } = said;
  const asked = accounts.map(({ link, offerKopecks }) => ({ link, offerKopecks }));
  const found = await scene.office.payments.offerAgain(asked);
  if (found.outcome === 'same') return undefined;
  if (found.outcome === 'gone') {
    await scene.say('pay-account-gone', {}, [{ label: 'button-pay', dialog: 'pay' }]);
    return 'over';
  }
  if (found.outcome !== 'changed') {
    await turnAway(scene, found.outcome);
    return 'over';
  }
  const now = accounts.flatMap(({ link }) => found.accounts.filter((each) => each.link === link));
  if (sums && !sums.whole && !isTooMuch(sums, accounts, now)) return undefined;
  if (owedOf(now) === 0) {
    await sayNothingOwed(
      scene,
      now.map(({ link }) => link),
    );
    return 'over';
  }
  return { accounts: now, paymentsDay: found.paymentsDay, because: changePhrase(accounts, now) };
}

/** A sum that was typed is more than what is left of a debt that has become less; up to that, it was meant so. */
function isTooMuch({ lines }: Sums, said: readonly PayableAccount[], now: readonly PayableAccount[]): boolean {
  return lines.some(({ link, sumKopecks }) => {
    const [was, is] = [said, now].map((accounts) => accounts.find((each) => each.link === link)?.offerKopecks ?? 0);
    return is !== undefined && was !== undefined && is < was && sumKopecks > is;
  });
}

/** What it was, what it is, and what was paid in the bot, where that explains it. */
function changePhrase(said: readonly PayableAccount[], now: readonly PayableAccount[]): Phrase {
  const [was, is] = [owedOf(said), owedOf(now)];
  const paid = underWayOf(now) - underWayOf(said);
  return { text: 'pay-debt-changed', words: { was, now: is, paid: was > is && paid >= was - is ? paid : 0 } };
}

const owedOf = (accounts: readonly PayableAccount[]) => sumOf(accounts.map((each) => each.offerKopecks));
const underWayOf = (accounts: readonly PayableAccount[]) => sumOf(accounts.map((each) => each.underWayKopecks));
