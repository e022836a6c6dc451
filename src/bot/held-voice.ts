import { type Turn, TurnLost } from '../adapters/turns/turns.ts';
import type { Voice } from '../dialogs/kit/voice.ts';

/** The same voice, which falls silent once the chat is another process's: what it says then throws `TurnLost`. */
export function whileHeld(voice: Voice, turn: Pick<Turn, 'isHeld'>): Voice {
  const guarded =
    <A extends readonly unknown[], R>(say: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const held = turn.isHeld();
      if (held !== true && !(await held)) throw new TurnLost('another process has the chat by now');
      return say(...args);
    };
  return {
    ...voice,
    say: guarded(voice.say),
    show: guarded(voice.show),
    hand: guarded(voice.hand),
    handSecret: guarded(voice.handSecret),
    invoice: guarded(voice.invoice),
    showPlace: guarded(voice.showPlace),
    deleteMessage: guarded(voice.deleteMessage),
    answerPress: guarded(voice.answerPress),
    replaceButtons: guarded(voice.replaceButtons),
  };
}
