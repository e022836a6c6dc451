import { figure } from './figure.ts';
import type { Shell } from './shell.ts';

const PROGRESS_MS = 5_000;

/** Tells of a long work every few seconds, apart from its result: `what` and how many. */
export function tellProgress(shell: Shell, what: string): (count: number) => void {
  let told = Date.now();
  return (count) => {
    if (Date.now() - told < PROGRESS_MS) return;
    told = Date.now();
    shell.tell(`${what}: ${figure(count)}…`);
  };
}
