import type { Office } from '../../office/office.ts';
import type { ShownDebt, ShownDebts } from '../../office/money/debts.ts';
import type { PayWays } from '../../office/money/pay-ways.ts';
import type { Scene } from '../kit/scene.ts';
import { accountWords } from './account-words.ts';
import { MOST_PAID_ACCOUNTS, otherSumRef, type OwnLine } from './pay-what.ts';
import { payWords } from './pay-words.ts';
import { turnAway } from './turn-away.ts';

/**
 * What is to be paid now for the account of a link, or for all (''): whatever stood on the message under whose button it was asked, what has
 * been paid meanwhile is not asked for again. Undefined where there is nothing to pay, or the account is gone, and that was said.
 */
export async function chooseOwed(
  scene: Scene<Office>,
  link: string,
): Promise<{ lines: readonly OwnLine[]; ways: PayWays } | undefined> {
  const { say, office } = scene;
  const shown = await office.debts.show();
  if (shown.outcome !== 'shown') {
    await turnAway(scene, shown.outcome);
    return undefined;
  }
  const chosen = link === '' ? shown.debts : shown.debts.filter((each) => each.link === link);
  const [first, second] = chosen;
  if (!first) {
    await turnAway(scene, 'gone');
    return undefined;
  }
  const owed = chosen.filter(({ offerKopecks }) => offerKopecks > 0);
  if (owed.length > MOST_PAID_ACCOUNTS) {
    await say('pay-too-many', { most: MOST_PAID_ACCOUNTS, owing: owed.length }, [{ label: 'button-pay', dialog: 'pay' }]);
    return undefined;
  }
  if (owed.length > 0) {
    const lines = owed.map(({ account, link: own, offerKopecks }) => ({ account, link: own, sumKopecks: offerKopecks }));
    return { lines, ways: shown.ways };
  }
  await (second ? sayNotNowAll(scene) : sayNotNow(scene, first, shown));
  return undefined;
}

/** Nothing is to be paid now for these accounts any more: says so, first of all why. */
export async function sayNothingOwed(scene: Scene<Office>, links: readonly string[]): Promise<void> {
  const shown = await scene.office.debts.show();
  if (shown.outcome !== 'shown') return turnAway(scene, shown.outcome);
  const [first, second] = shown.debts.filter(({ link }) => links.includes(link));
  if (!first) return turnAway(scene, 'gone');
  return second ? sayNotNowAll(scene) : sayNotNow(scene, first, shown);
}

async function sayNotNow({ say }: Scene<Office>, debt: ShownDebt, shown: ShownDebts): Promise<void> {
  await say('pay-not-now', { ...accountWords(debt), ...payWords(debt, shown) }, [
    { label: 'button-other-sum', dialog: 'pay', ref: otherSumRef(debt.link) },
  ]);
}

async function sayNotNowAll({ say }: Scene<Office>): Promise<void> {
  await say('pay-not-now-all', {}, [{ label: 'button-debt', dialog: 'debt' }]);
}
