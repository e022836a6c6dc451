import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../office/edges.ts';

/** The present moment, as the machine has it. */
export const machineClock: Clock = () => new Date();

/** A clock that stands ahead of another one by as much as `aheadMs` says at the moment of asking. */
export const movableClock =
  (clock: Clock, aheadMs: () => number): Clock =>
  () =>
    new Date(clock().getTime() + aheadMs());

const FILE = 'clock';

/** Notes how far the sandbox of this data folder has moved its clock, for the commands beside it. */
export function noteAhead(sandboxFolder: string, aheadMs: number): void {
  const path = join(sandboxFolder, FILE);
  writeFileSync(`${path}.new`, `${aheadMs}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** The sandbox's time, for who works beside it; the machine's where no sandbox has ever moved its clock. */
export function clockOfSandbox(dataDir: string): Clock {
  return movableClock(machineClock, () => readAhead(join(dataDir, FILE)));
}

function readAhead(path: string): number {
  try {
    const aheadMs = Number(readFileSync(path, 'utf8'));
    return Number.isFinite(aheadMs) ? aheadMs : 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
