/** `npm run hold`: plays seeds against the reference model; see `README.md` beside this file. */
import { parseArgs } from 'node:util';
import { openDatabases } from './database.ts';
import { failureLines, shortest } from './report.ts';
import { runSeed } from './run.ts';

const USAGE = `npm run hold -- [--seed N] [--seeds COUNT] [--steps COUNT] [--whole] [--outcomes] [--transcript]

  --seed N         the seed to begin with (1)
  --seeds COUNT    how many, one after another (1)
  --steps COUNT    how many things people do in each (300)
  --outcomes       says how often people came to what in all of them
  --whole          a run that fails is not made shorter
  --transcript     says all that was said, also where nothing is wrong

Exit status 1 where the service and the model differ: then the seed, the step and the transcript of the shortest run that
still shows it are printed.
`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    steps: { type: 'string', default: '300' },
    whole: { type: 'boolean', default: false },
    outcomes: { type: 'boolean', default: false },
    transcript: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) console.log(USAGE);
else process.exitCode = await hold(wholeNumber('seed'), wholeNumber('seeds'), wholeNumber('steps'));

async function hold(first: number, seeds: number, steps: number): Promise<number> {
  const databases = await openDatabases();
  const outcomes = new Map<string, number>();
  let failed = 0;
  try {
    for (let seed = first; seed < first + seeds; seed += 1) {
      const began = performance.now();
      const run = await runSeed(seed, steps, await databases.borrow());
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      if (values.transcript) console.log(run.transcript.join('\n'));
      const { actions, skipped, failure } = run;
      for (const [outcome, times] of run.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + times);
      console.log(`seed ${seed}: ${actions.length} steps, ${skipped} left out, ${seconds} s: ${failure ? 'FAILED' : 'holds'}`);
      if (!failure) continue;
      failed += 1;
      console.log(failureLines(seed, run, values.whole ? run : await shortest(run, () => databases.borrow())));
    }
  } finally {
    await databases.end();
  }
  if (values.outcomes) for (const came of [...outcomes.keys()].toSorted()) console.log(`${outcomes.get(came)}\t${came}`);
  return failed === 0 ? 0 : 1;
}

function wholeNumber(name: 'seed' | 'seeds' | 'steps'): number {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number > 0) return number;
  console.error(`--${name}: a whole number from 1 on is expected\n\n${USAGE}`);
  process.exit(2);
}
