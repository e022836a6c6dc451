import { sameScale } from '../../domain/meter-scale.ts';
import type { Office } from '../../office/office.ts';
import type { HandedIn, MeterAccount } from '../../office/readings/readings.ts';
import type { Leaving, Scene } from '../kit/scene.ts';
import { meterLine } from '../steps/meter-words.ts';

/**
 * Hands them in. What another resident has handed in meanwhile is shown, and replaced only when that is wanted: else that value stands, and the rest
 * goes on without it.
 */
export async function takeUnseen(scene: Scene<Office>, account: MeterAccount, handed: readonly HandedIn[], leaving: Leaving) {
  const { choose, office } = scene;
  const done = await office.readings.take(account, handed);
  if (done.outcome !== 'given-meanwhile') return done;
  const { given } = done;
  const theirs = (reading: HandedIn) => given.find((each) => sameScale(each, reading));
  const lines = given.map((each) => meterLine(each, each.value, null));
  const answer = await choose(
    'readings-given-meanwhile',
    ['replace-theirs', 'keep-theirs'],
    { lines, count: given.length },
    leaving,
  );
  const next =
    answer === 'keep-theirs'
      ? handed.filter((reading) => !theirs(reading))
      : handed.map((reading) => ({ ...reading, seen: theirs(reading)?.value ?? reading.seen ?? null }));
  if (next.length === 0) return { outcome: 'left' as const };
  const again = await office.readings.take(account, next);
  // Once more within these seconds: both are at it, and are to talk to each other.
  return again.outcome === 'given-meanwhile' ? { outcome: 'changed' as const } : again;
}
