import type { Kopecks } from '../../domain/money.ts';
import type { ShownDebt, ShownDebts } from '../../office/money/debts.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door, Doors, Phrase, Scene, TextArgs } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { readPage, showAccountsPage } from '../steps/accounts-page.ts';
import { penaltyEndLines, penaltyToCome } from '../steps/penalty-end.ts';
import { paidWords } from '../steps/paid-words.ts';
import { otherSumRef } from '../steps/pay-what.ts';
import { payDoors, payWords } from '../steps/pay-words.ts';
import { strayedLines } from '../steps/strayed.ts';
import { turnAway } from '../steps/turn-away.ts';

/**
 * «Задолженность»: what the account owes by billing's registries, or of several a list in one message, in pages, from which each is opened.
 * `ref`: a link, or a page of the list.
 */
export const debt: Dialog<Office> = async (scene, ref) => {
  const { say, office } = scene;
  const shown = await office.debts.show();
  if (shown.outcome !== 'shown') return turnAway(scene, shown.outcome);
  const [first, second] = shown.debts;
  if (!first) return say('accounts-none', {}, [{ label: 'button-link', dialog: 'linking' }]);

  const page = readPage(ref);
  if (ref !== '' && page === undefined) {
    const one = shown.debts.find(({ link }) => link === ref);
    return one ? sayAccount(scene, one, shown) : turnAway(scene, 'gone');
  }
  if (!second) return sayAccount(scene, first, shown);
  return showAccountsPage(scene, shown, page ?? 1, { dialog: 'debt', opens: 'debt', text: 'debt-page' });
};

async function sayAccount({ say }: Scene<Office>, each: ShownDebt, shown: ShownDebts): Promise<void> {
  const words = {
    ...accountWords(each),
    address: each.address,
    ...payWords(each, shown),
    strayed: strayedLines(each.strayed),
    strayedCount: each.strayed.length,
  };
  if (!each.charged) return say('debt-not-charged', words);
  const { largeDebt } = shown;
  const large = largeDebt !== null && each.offerKopecks >= largeDebt.fromKopecks;
  return say(
    'debt-account',
    { ...words, ...debtWords(each), large, largeText: large ? largeDebt.text : '' },
    doorsOf(each, shown, large),
  );
}

function doorsOf({ link: ref, offerKopecks }: ShownDebt, { ways }: ShownDebts, large: boolean): Doors {
  const otherSum: Door[] = offerKopecks > 0 ? [{ label: 'button-other-sum', dialog: 'pay', ref: otherSumRef(ref) }] : [];
  const write: Door[] = large ? [{ label: 'button-request', dialog: 'request' }] : [];
  return [
    ...payDoors(offerKopecks, ways, ref),
    ...otherSum,
    [
      { label: 'button-why', dialog: 'why', ref },
      { label: 'button-bill', dialog: 'bill', ref },
    ],
    ...write,
  ];
}

function debtWords({
  services,
  period,
  penaltyKopecks,
  paidSinceKopecks,
  penalty,
}: Extract<ShownDebt, { charged: true }>): TextArgs {
  const owed = services.filter((each) => each.sumKopecks > 0).map((each) => line(each.service, each.sumKopecks));
  const overpaid = services.filter((each) => each.sumKopecks < 0).map((each) => line(each.service, -each.sumKopecks));
  return {
    period,
    services: owed,
    owedCount: owed.length,
    overpaid,
    overpaidCount: overpaid.length,
    penalty: penaltyKopecks,
    paidSince: paidSinceKopecks === 0 ? [] : [{ text: 'debt-paid-since', words: paidWords(paidSinceKopecks) }],
    paidSinceCount: paidSinceKopecks === 0 ? 0 : 1,
    overdue: penalty?.overdueKopecks ?? 0,
    until: penalty?.until ?? '',
    added: penaltyToCome(penalty),
    penaltyEnds: penaltyEndLines(penalty),
  };
}

const line = (service: string, sum: Kopecks): Phrase => ({ text: 'debt-service', words: { service, sum } });
