import { markOf } from './edits.ts';
import type { DialogProgress } from './progress.ts';

/** The chapter has gone another way over the same answers than it had: they are answers to something else now. */
export class ReplayDiverged extends Error {}

/** Signs of a mark: what is kept beside an answer is to be short. */
const SIGNS = 2;
/** Of an answer that was brought along, or kept by a release that noted no calls. */
const UNKNOWN = '?'.repeat(SIGNS);

/** Notes by which call the last of the answers came. */
export function noteCall(progress: DialogProgress, name: string): void {
  progress.calls = progress.calls.padEnd((progress.answers.length - 1) * SIGNS, UNKNOWN) + mark(name);
}

/**
 * Non-determinism check of the replay: the answer at this place came by the same call. It does not where an outcome of the office means something
 * else after an upgrade that left the chapter's version as it was. @throws {ReplayDiverged}
 */
export function checkCall({ dialog, calls }: DialogProgress, at: number, name: string): void {
  const noted = calls.slice(at * SIGNS, (at + 1) * SIGNS);
  if (noted === '' || noted === UNKNOWN || noted === mark(name)) return;
  throw new ReplayDiverged(`${dialog} asks for ${name} as its call ${at}, where another one was answered`);
}

const mark = (name: string): string => markOf(name, '').slice(-SIGNS).padStart(SIGNS, '0');
