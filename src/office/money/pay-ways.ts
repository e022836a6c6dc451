import type { CardLimits } from '../../domain/card-limits.ts';
import { isReceiptKnown } from '../../domain/fiscal-receipt.ts';
import { localDay } from '../../domain/local-day.ts';
import { type MessengerId, messengerOf } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';

/** How a person can pay at all: which sums by card, and whether a bank's app can be asked for it by a QR code. */
export type PayWays = { cardLimits: CardLimits; qr: boolean };

/** What has to be known for that. */
export type PayEdges = Pick<OfficeEdges, 'centre' | 'clock'> & {
  settings: Pick<OfficeEdges['settings'], 'cards' | 'payee' | 'timeZone'>;
};

/**
 * No cards where his messenger sends no invoices, nor where it is not known what a fiscal receipt has to say by now, before the first of its
 * rules or past the last: a wrong one, or none, is worse than the QR code.
 */
export function payWaysOf({ centre, clock, settings }: PayEdges, person: MessengerId): PayWays {
  const { leastRoubles, mostRoubles, receipts } = centre.cards;
  const today = localDay(clock(), settings.timeZone);
  const takesCards = settings.cards.includes(messengerOf(person)) && isReceiptKnown(receipts, today);
  return {
    cardLimits: takesCards ? { leastKopecks: leastRoubles * 100, mostKopecks: mostRoubles * 100 } : null,
    qr: settings.payee !== null,
  };
}
