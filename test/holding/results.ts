import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { FAULTS } from './faults.ts';
import { PROGRAM_FAULTS } from './programs/faults.ts';
import type { FaultCount } from './programs/world.ts';
import type { Run } from './run.ts';

/** What a seed came to, as a line of the file of results. */
export type Result = {
  seed: number;
  isOfPrograms: boolean;
  steps: number;
  seconds: number;
  day: string;
  commit: string;
  faults: Readonly<Record<string, FaultCount>>;
  /** What went wrong, and beside what. */
  troubles: readonly string[];
  fault: string | undefined;
};

/** Beside which tree it was run; `+`: with changes that are not committed. */
export function commitOfTree(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  return `${git('rev-parse', '--short=8', 'HEAD')}${git('status', '--porcelain', '--', 'src', 'migrations') === '' ? '' : '+'}`;
}

export function resultOf(seed: number, run: Run, about: Pick<Result, 'isOfPrograms' | 'seconds' | 'commit'>): Result {
  const { actions, faults, failure } = run;
  return {
    seed,
    ...about,
    steps: actions.length,
    day: new Date().toISOString().slice(0, 10),
    faults: Object.fromEntries(faults),
    troubles: failure?.troubles ?? [],
    fault: failure?.action?.fault?.kind,
  };
}

export function keepResult(file: string, result: Result): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(result)}\n`);
}

export function keptResults(file: string): Result[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Result);
}

/** `docs/holds.md`: the faults that were injected, and what came of them. */
export function holdsPage(results: readonly Result[]): string {
  const failed = results.filter(({ troubles }) => troubles.length > 0);
  const inOne = results.filter(({ isOfPrograms }) => !isOfPrograms);
  const inSeveral = results.filter(({ isOfPrograms }) => isOfPrograms);
  return `# It holds

Made by \`npm run hold -- --report\` out of the seeds that were run; nothing in it is written by hand. What a seed is, and what is compared
after each step with the reference model, is in [test/holding/README.md](../test/holding/README.md).

| | seeds | steps | hours |
|---|---|---|---|
| one process, its clock standing between steps | ${sumsOf(inOne)} |
| four programs (web × 2, worker × 2), Postgres and Redis behind cables | ${sumsOf(inSeveral)} |

${daysOf(results)} on ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'an unknown processor'}, of which other work took its share. Seeds by commit:

${commitsOf(results)}

«Lost»: what the model says is done, told or kept, and is not; «doubled»: what is there, or was done, once more than it says; each
counted beside the fault of the step in which it was found. «Recovery»: from the end of the fault to the first right answer, in seconds;
a fault of which an answer waits by its nature (a program that stands still) is counted from its end.

| fault | where | times | lost | doubled | longest recovery |
|---|---|---|---|---|---|
${tableOf(results, failed)}

${failuresOf(failed)}
`;
}

function sumsOf(results: readonly Result[]): string {
  const steps = results.reduce((sum, one) => sum + one.steps, 0);
  const hours = results.reduce((sum, one) => sum + one.seconds, 0) / 3_600;
  return `${results.length} | ${steps} | ${hours.toFixed(2)}`;
}

function daysOf(results: readonly Result[]): string {
  const days = [...new Set(results.map(({ day }) => day))].toSorted();
  return days.length > 1 ? `${days[0]} to ${days.at(-1)}` : (days[0] ?? 'Never');
}

function commitsOf(results: readonly Result[]): string {
  const commits = [...new Set(results.map(({ commit }) => commit))];
  return commits.map((commit) => `- ${commit}: ${results.filter((one) => one.commit === commit).length}`).join('\n') || '- none';
}

function tableOf(results: readonly Result[], failed: readonly Result[]): string {
  const rows = Object.entries({ ...FAULTS, ...PROGRAM_FAULTS, none: 'steps without a fault' }).map(([kind, where]) => {
    const times = results.reduce((sum, { faults }) => sum + (faults[kind]?.times ?? 0), 0);
    const longest = Math.max(0, ...results.map(({ faults }) => faults[kind]?.longestMs ?? 0));
    const beside = failed.filter(({ fault }) => (fault ?? 'none') === kind).flatMap(({ troubles }) => troubles);
    const doubled = beside.filter(isDoubled).length;
    const recovery = longest > 0 ? (longest / 1_000).toFixed(1) : '–';
    return {
      times,
      line: `| ${kind} | ${where} | ${kind === 'none' ? '–' : times} | ${beside.length - doubled} | ${doubled} | ${recovery} |`,
    };
  });
  const all = rows.reduce((sum, { times }) => sum + times, 0);
  const troubles = failed.flatMap((one) => one.troubles);
  const doubled = troubles.filter(isDoubled).length;
  return [...rows.map(({ line }) => line), `| all | | ${all} | ${troubles.length - doubled} | ${doubled} | |`].join('\n');
}

const isDoubled = (trouble: string): boolean => /should not|twice|came again/.test(trouble);

function failuresOf(failed: readonly Result[]): string {
  if (failed.length === 0) return 'No seed failed.';
  const lines = failed.map(
    ({ seed, isOfPrograms, commit, troubles }) =>
      `- seed ${seed}${isOfPrograms ? ' (programs)' : ''} at ${commit}: ${(troubles[0] ?? '').replaceAll(/\s+/g, ' ').slice(0, 80)}`,
  );
  return `Seeds that failed:\n\n${lines.join('\n')}`;
}
