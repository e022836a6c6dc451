import type { CardLimits } from '../../domain/card-limits.ts';
import type { OfficeEdges } from '../edges.ts';

/** How money can be paid at all: which sums by card, and whether a bank's app can be asked for it by a QR code. */
export type PayWays = { cardLimits: CardLimits; qr: boolean };

/** What has to be known for that. */
export type PayEdges = Pick<OfficeEdges, 'centre'> & { settings: Pick<OfficeEdges['settings'], 'cards' | 'payee'> };

export function payWaysOf({ centre, settings }: PayEdges): PayWays {
  const { leastRoubles, mostRoubles } = centre.cards;
  return {
    cardLimits: settings.cards ? { leastKopecks: leastRoubles * 100, mostKopecks: mostRoubles * 100 } : null,
    qr: settings.payee !== null,
  };
}
