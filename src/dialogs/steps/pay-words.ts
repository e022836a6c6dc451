import { goesByCard } from '../../domain/card-limits.ts';
import type { Kopecks } from '../../domain/money.ts';
import type { ShownDebt, ShownDebts } from '../../office/money/debts.ts';
import type { PayWays } from '../../office/money/pay-ways.ts';
import type { Door, TextArgs } from '../kit/scene.ts';

type Owed = Pick<ShownDebt, 'underWayKopecks' | 'deductedKopecks' | 'offerKopecks' | 'payBy' | 'isPayByOver'> &
  ({ charged: false } | { charged: true; totalKopecks: Kopecks });

/** The words of the text `account-pay`: whether anything is to be paid now, first of all, and up to which day. */
export function payWords(debt: Owed, { paymentsDay }: Pick<ShownDebts, 'paymentsDay'>): TextArgs {
  return {
    state: payStateOf(debt),
    offer: debt.offerKopecks,
    total: debt.charged ? Math.abs(debt.totalKopecks) : 0,
    underWay: debt.underWayKopecks,
    deducted: debt.deductedKopecks,
    payBy: debt.payBy ?? '',
    over: debt.payBy === null ? 'unknown' : debt.isPayByOver,
    dated: paymentsDay !== null,
    day: paymentsDay ?? '',
  };
}

function payStateOf(debt: Owed): 'not-charged' | 'owed' | 'under-way' | 'overpaid' | 'even' {
  if (!debt.charged) return 'not-charged';
  if (debt.offerKopecks > 0) return 'owed';
  return debt.totalKopecks > 0 ? 'under-way' : debt.totalKopecks < 0 ? 'overpaid' : 'even';
}

/** What pays a sum in one tap: by card and by QR code where these are taken; else the way by which one pays at all. `ref`: a link, or '' for all. */
export function payDoors(sumKopecks: Kopecks, ways: PayWays, ref: string): readonly (readonly Door[])[] {
  if (sumKopecks <= 0) return [];
  const card: Door[] = goesByCard(sumKopecks, ways.cardLimits) ? [{ label: 'button-pay-by-card', dialog: 'pay-card', ref }] : [];
  const qr: Door[] = ways.qr ? [{ label: 'button-qr', dialog: 'pay-qr', ref }] : [];
  const doors = [...card, ...qr];
  return [doors.length > 0 ? doors : [{ label: 'button-pay', dialog: 'pay', ref }]];
}

/** What pays one of several at once, by its name: by card where the sum goes by it, else by QR code. */
export function payDoorOf(sumKopecks: Kopecks, ways: PayWays, ref: string, label: string): Door[] {
  if (goesByCard(sumKopecks, ways.cardLimits)) return [{ label: 'button-pay-of', words: { label }, dialog: 'pay-card', ref }];
  return ways.qr ? [{ label: 'button-qr-of', words: { label }, dialog: 'pay-qr', ref }] : [];
}
