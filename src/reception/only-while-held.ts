import { type Turn, TurnLost } from '../adapters/turns/turns.ts';
import type { MayCall } from './channel.ts';

/** Nothing is said any more once the chat is another process's. */
export function onlyWhileHeld(turn: Pick<Turn, 'isHeld'>): MayCall {
  return () => {
    const held = turn.isHeld();
    return held === true ? undefined : Promise.resolve(held).then(refuseUnless);
  };
}

function refuseUnless(held: boolean): void {
  if (!held) throw new TurnLost('another process has the chat by now');
}
