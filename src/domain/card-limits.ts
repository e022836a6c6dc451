import type { Kopecks } from './money.ts';

/** The sums that go by card, both included; null where cards are not taken. */
export type CardLimits = { leastKopecks: Kopecks; mostKopecks: Kopecks } | null;

export function goesByCard(sumKopecks: Kopecks, limits: CardLimits): boolean {
  return limits !== null && sumKopecks >= limits.leastKopecks && sumKopecks <= limits.mostKopecks;
}
