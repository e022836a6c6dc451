import type { Kopecks } from './money.ts';

/** A payment made in the bot that a registry has brought, dated within the newest month that was charged or before it. */
export type BookedLine = {
  sumKopecks: Kopecks;
  paidAt: Date;
  /** It was made, or credited by hand, after the charges of that month had been brought in. */
  isPaidAfterCharges: boolean;
  /** The registry that has it came after them. */
  isBookedAfterCharges: boolean;
  /** So many reversals of this very sum came after it under numbers of their own. */
  reversals: number;
  /** By how much what the registries have for that month is more than what its charges take off as paid; of all lines of an account the same. */
  missingKopecks: Kopecks;
};

/**
 * Which of them the charges of that month do not contain: what was paid after these had been made, for sure; and of what billing booked
 * after them, from the newest, as much as their sums leave out. The rest is in them, though its registry came later.
 */
export function findUnbilled<L extends BookedLine>(lines: readonly L[]): L[] {
  const standing = withoutReversed(lines);
  const sure = standing.filter((line) => line.isPaidAfterCharges);
  let left = (standing[0]?.missingKopecks ?? 0) - sure.reduce((sum, line) => sum + line.sumKopecks, 0);
  return standing.filter((line) => {
    if (line.isPaidAfterCharges) return true;
    if (!line.isBookedAfterCharges || line.sumKopecks > left) return false;
    left -= line.sumKopecks;
    return true;
  });
}

/** A reversal that names no payment takes back the newest of its sum. */
function withoutReversed<L extends BookedLine>(lines: readonly L[]): L[] {
  const taken = new Map<Kopecks, number>();
  return lines.filter(({ sumKopecks, reversals }) => {
    const takenBefore = taken.get(sumKopecks) ?? 0;
    if (takenBefore >= reversals) return true;
    taken.set(sumKopecks, takenBefore + 1);
    return false;
  });
}
