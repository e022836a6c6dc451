import type { Kopecks } from '../../domain/money.ts';
import { monthsMeant } from '../../domain/said-months.ts';
import { onTheWayOf } from '../../domain/under-way.ts';
import type { ShownMonth } from '../../office/money/history.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door, Doors, Phrase, TextArgs } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { balancePhrase } from '../steps/balance-phrase.ts';
import { monthRef, readMonthRef, readSaidRef } from '../../domain/door-refs.ts';
import { monthOfNothing } from '../steps/month-of-nothing.ts';
import { paidWords } from '../steps/paid-words.ts';
import { pickAccount } from '../steps/pick-account.ts';
import { turnAway } from '../steps/turn-away.ts';

/** «История начислений и платежей»: a month of an account, turned in place. Its buttons carry the link and the month; a month may have been said. */
export const history: Dialog<Office> = async (scene, ref) => {
  const { say, show, office } = scene;
  const said = readSaidRef(ref);
  const { link, months } =
    ref === '' || said ? { link: (await pickAccount(scene, 'history-account'))?.link, months: [] } : readMonthRef(ref);
  if (link === undefined) return;

  let seen = await office.history.month(link, months[0] ?? null);
  const meant = said && seen.outcome === 'shown' ? monthsMeant(said, seen.month.period).from : undefined;
  if (meant !== undefined) seen = await office.history.month(link, meant);
  if (seen.outcome === 'empty') return say('history-empty', accountWords(seen.account));
  if (seen.outcome !== 'shown') return turnAway(scene, seen.outcome);
  return show('history-month', { ...monthWords(seen), ...monthOfNothing(meant, seen.month.period) }, doorsOf(link, seen));
};

function doorsOf(link: string, { earlier, later }: ShownMonth): Doors {
  const door = (label: string, month: ShownMonth['earlier']): Door[] =>
    month ? [{ label, dialog: 'history', ref: monthRef(link, month), replaces: true }] : [];
  const doors = [...door('button-earlier', earlier), ...door('button-later', later)];
  return [
    ...(doors.length > 0 ? [doors] : []),
    { label: 'button-chart', dialog: 'chart', ref: link },
    { label: 'button-details', dialog: 'details', ref: link },
  ];
}

function monthWords({ account, month, later, paymentsDay }: ShownMonth): TextArgs {
  const { charged } = month;
  return {
    ...accountWords(account),
    period: month.period,
    opening: charged ? [balancePhrase('history-opening', charged.sums.openingKopecks)] : [],
    charges: charged ? chargedLines(charged) : [{ text: later ? 'history-not-charged' : 'history-not-charged-yet' }],
    payments: paidLines(month),
    closing: charged ? [balancePhrase('history-closing', charged.sums.dueKopecks)] : [],
    dated: paymentsDay !== null,
    day: paymentsDay ?? '',
  };
}

function chargedLines({ services, sums }: NonNullable<ShownMonth['month']['charged']>): Phrase[] {
  const apart = (text: string, sum: Kopecks): Phrase[] => (sum === 0 ? [] : [{ text, words: { sum } }]);
  return [
    { text: 'history-charged', words: { sum: sums.chargedKopecks } },
    ...services
      .filter(({ chargedKopecks }) => chargedKopecks !== 0)
      .map(({ service, chargedKopecks }) => ({ text: 'history-service', words: { service, sum: chargedKopecks } })),
    ...apart('history-recalculated', sums.recalculatedKopecks),
    ...apart('history-benefit', -sums.benefitKopecks),
    ...apart('history-penalty', sums.penaltyKopecks),
  ];
}

/** Payments by their days, from the newest; where billing reckoned with another sum than they come to, that sum, too, or it alone where no payments are known. */
function paidLines({ payments, receivedKopecks, underWay, charged }: ShownMonth['month']): Phrase[] {
  const counted = charged?.sums.paidKopecks ?? receivedKopecks;
  return [
    ...paidHead({ payments, receivedKopecks, underWay }, counted),
    ...underWay.map(({ day, sumKopecks, state }) => ({ text: 'history-under-way', words: { day, sum: sumKopecks, state } })),
    ...payments.map(({ day, sumKopecks, source }) => ({
      text: sumKopecks < 0 ? 'history-reversal' : 'history-payment',
      words: { day, sum: Math.abs(sumKopecks), sourced: source !== '', source },
    })),
    ...(counted === receivedKopecks ? [] : [{ text: 'history-counted', words: paidWords(counted) }]),
  ];
}

/** What the month's payments come to; where there are none but those that are under way, these. */
function paidHead(
  { payments, receivedKopecks, underWay }: Pick<ShownMonth['month'], 'payments' | 'receivedKopecks' | 'underWay'>,
  counted: Kopecks,
): Phrase[] {
  if (payments.length > 0) return [{ text: 'history-paid', words: paidWords(receivedKopecks) }];
  const underWayKopecks = onTheWayOf(underWay);
  if (underWayKopecks > 0) return [{ text: 'history-paid-under-way', words: { sum: underWayKopecks } }];
  return underWay.length > 0 || counted === 0 ? [{ text: 'history-not-paid' }] : [];
}
