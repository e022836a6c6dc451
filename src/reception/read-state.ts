import type { Turn } from '../adapters/turns/turns.ts';
import { type DialogProgress, decodeProgress } from '../dialogs/kit/progress.ts';
import { decodeRest } from './chat-at-rest.ts';
import type { DialogFlow } from './dialog-flow.ts';
import type { Visit } from './visit.ts';

/** What the state of a chat says of the dialog under way, or of the one that ended; `outdated`: another release wrote it. */
export function readState(
  turn: Turn,
  flow: Pick<DialogFlow, 'versionOf'>,
): Pick<Visit, 'progress' | 'outdated' | 'over' | 'afterSecret' | 'answered'> {
  if (!turn.state) return { progress: undefined, outdated: false };
  const rest = decodeRest(turn.state);
  if (rest) return { progress: undefined, outdated: false, over: rest.run, afterSecret: rest.leftSecret, answered: rest.answer };
  const progress = decoded(turn.state);
  if (!progress) return { progress: undefined, outdated: true };
  const outdated = flow.versionOf(progress.dialog) !== progress.version;
  return { progress: outdated ? undefined : progress, outdated };
}

/** Undefined: another release wrote it, in another shape. */
function decoded(state: Uint8Array): DialogProgress | undefined {
  try {
    return decodeProgress(state);
  } catch {
    return undefined;
  }
}
