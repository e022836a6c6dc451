import type { Kopecks } from '../../domain/money.ts';
import type { PenaltyEstimate } from '../../domain/penalty.ts';
import type { Phrase } from '../kit/scene.ts';

type Estimate = Pick<PenaltyEstimate, 'addedKopecks' | 'ends'> | null;

/** What of an estimated penalty is still to come: nothing, where the rules that are known have ended. How much it was, `penaltyEndLines` says. */
export function penaltyToCome(estimate: Estimate): Kopecks {
  return !estimate || estimate.ends?.passed ? 0 : estimate.addedKopecks;
}

/** Up to which day the estimate of a penalty holds, and why no further; nothing where its rules are known. */
export function penaltyEndLines(estimate: Estimate): Phrase[] {
  const ends = estimate?.ends;
  if (!ends) return [];
  const { day, source } = ends;
  const added = ends.passed ? estimate.addedKopecks : 0;
  return [{ text: 'penalty-ends', words: { day, added, sourced: source !== null, source: source ?? '' } }];
}
