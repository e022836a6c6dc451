import { type Action, type Run, runActions } from './run.ts';
import { shrink } from './shrink.ts';
import type { Where } from './world.ts';

/** The shortest part of a failed run in which the same goes wrong in the end. `most`: so many parts are tried. */
export async function shortest({ actions, failure }: Run, borrow: () => Promise<Where>, most?: number): Promise<Run | undefined> {
  const kind = kindOf(failure?.troubles);
  let last: Run | undefined;
  await shrink(
    actions,
    async (part: readonly Action[]) => {
      const run = await runActions(part, await borrow());
      const fails = kindOf(run.failure?.troubles) === kind;
      if (fails) last = run;
      return fails;
    },
    most,
  );
  return last;
}

/** A part takes minutes in programs. */
const MOST_IN_PROGRAMS = 12;

/** The same of a run in programs: in one process, where it goes wrong there as well. */
export async function shortestOfPrograms(run: Run, borrow: () => Promise<Where>): Promise<Run | undefined> {
  const inOne = await runActions(run.actions, await borrow());
  return kindOf(inOne.failure?.troubles) === kindOf(run.failure?.troubles)
    ? shortest(inOne, borrow)
    : shortest(run, async () => 'programs', MOST_IN_PROGRAMS);
}

/** The first trouble without whose it is: a shorter run is to fail for the same reason, with whatever people. */
const kindOf = (troubles: readonly string[] = []): string => (troubles[0] ?? 'holds').replace(/^\S+ |\d+/g, '');

/** What went wrong, for a person: the seed, the step, and the shortest transcript that shows it. */
export function failureLines(seed: number, run: Run, short: Run = run): string {
  const { failure } = run;
  return [
    `seed ${seed}, step ${failure?.step}: ${JSON.stringify(failure?.action)}`,
    ...(failure?.troubles ?? []).map((trouble) => `  ${trouble}`),
    '',
    `the shortest run that shows it: ${short.actions.length} steps`,
    ...short.actions.map((action) => `  ${JSON.stringify(action)}`),
    ...(short.failure?.troubles ?? []).map((trouble) => `  ${trouble}`),
    '',
    ...short.transcript,
  ].join('\n');
}
