/** `npm run hold`: plays seeds against the reference model; see `README.md` beside this file. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openDatabases } from './database.ts';
import { failureLines, shortest, shortestOfPrograms } from './report.ts';
import { commitOfTree, holdsPage, keepResult, keptResults, resultOf } from './results.ts';
import { type Run, runSeed } from './run.ts';
import type { Where } from './world.ts';

const USAGE = `npm run hold -- [--seed N] [--seeds COUNT] [--steps COUNT] [--minutes COUNT] [--programs] [--whole] [--outcomes] [--transcript]
npm run hold -- --report

  --seed N         the seed to begin with (1)
  --seeds COUNT    how many, one after another (1)
  --steps COUNT    how many things people do in each (300)
  --minutes COUNT  no seed is begun after so many
  --programs       over four shipped programs, Postgres and Redis that faults befall, instead of in one process
  --outcomes       says how often people came to what in all of them
  --whole          a run that fails is not made shorter
  --transcript     says all that was said, also where nothing is wrong
  --report         plays nothing: writes docs/holds.md of all seeds that were run
  --results FILE   where what seeds came to is kept for that (.cache/holds.jsonl)

Exit status 1 where the service and the model differ: then the seed, the step and the transcript of the shortest run that
still shows it are printed.
`;

const ROOT = new URL('../../', import.meta.url);

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    steps: { type: 'string', default: '300' },
    minutes: { type: 'string', default: '10000' },
    programs: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
    outcomes: { type: 'boolean', default: false },
    transcript: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    results: { type: 'string', default: fileURLToPath(new URL('.cache/holds.jsonl', ROOT)) },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) console.log(USAGE);
else if (values.report) writeFileSync(new URL('docs/holds.md', ROOT), holdsPage(keptResults(values.results)));
else process.exitCode = await hold(wholeNumber('seed'), wholeNumber('seeds'), wholeNumber('steps'));

async function hold(first: number, seeds: number, steps: number): Promise<number> {
  let databases: Awaited<ReturnType<typeof openDatabases>> | undefined;
  const inOne = async (): Promise<Where> => ({ database: await (databases ??= await openDatabases()).borrow() });
  const where = async (): Promise<Where> => (values.programs ? 'programs' : inOne());
  const shorten = (run: Run) => (values.programs ? shortestOfPrograms(run, inOne) : shortest(run, inOne));
  const outcomes = new Map<string, number>();
  const commit = commitOfTree();
  const until = performance.now() + wholeNumber('minutes') * 60_000;
  let failed = 0;
  try {
    for (let seed = first; seed < first + seeds && performance.now() < until; seed += 1) {
      const began = performance.now();
      const run = await runSeed(seed, steps, await where());
      const seconds = (performance.now() - began) / 1000;
      keepResult(values.results, resultOf(seed, run, { isOfPrograms: values.programs, seconds, commit }));
      if (values.transcript) console.log(run.transcript.join('\n'));
      const { actions, skipped, failure, faults } = run;
      const injected = [...faults.values()].reduce((sum, { times }) => sum + times, 0);
      for (const [outcome, times] of run.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + times);
      console.log(
        `seed ${seed}: ${actions.length} steps, ${skipped} left out, ${injected} faults, ${seconds.toFixed(1)} s: ${failure ? 'FAILED' : 'holds'}`,
      );
      if (!failure) continue;
      failed += 1;
      console.log(failureLines(seed, run, values.whole ? run : await shorten(run)));
    }
  } finally {
    await databases?.end();
  }
  if (values.outcomes) for (const came of [...outcomes.keys()].toSorted()) console.log(`${outcomes.get(came)}\t${came}`);
  return failed === 0 ? 0 : 1;
}

function wholeNumber(name: 'seed' | 'seeds' | 'steps' | 'minutes'): number {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number > 0) return number;
  console.error(`--${name}: a whole number from 1 on is expected\n\n${USAGE}`);
  process.exit(2);
}
