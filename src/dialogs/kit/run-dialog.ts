import { type ConversationBuilder, enterConversation } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import { openScene } from './open-scene.ts';
import type { Dialog } from './scene.ts';
import type { DialogEnd, DialogTurn } from './turn.ts';

/**
 * Runs one phase of a dialog as a conversation: it is entered with what was answered so far and ends when the next question has been put,
 * so its replay log never grows (a long conversation replays every message it ever had at each new one).
 * What the dialog throws is thrown here, and `turn.progress` then must not be kept.
 */
export async function runDialog<Office extends object>(
  dialog: Dialog<Office>,
  turn: DialogTurn<Office>,
  ctx: Context,
): Promise<DialogEnd> {
  let end: DialogEnd = { end: 'done' };
  const phase: ConversationBuilder<Context, Context> = async () => {
    let stop: () => void = () => {};
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const scene = openScene<Office>(turn, (how) => {
      end = how;
      stop();
      // Nobody holds it, so what waits for it is collected with the phase.
      return new Promise<never>(() => {});
    });
    await Promise.race([dialog(scene, turn.progress.ref), stopped]);
  };
  const result = await enterConversation(
    phase,
    { update: ctx.update, api: { token: ctx.api.token, options: ctx.api.options ?? {} }, me: ctx.me },
    { ctx },
  );
  if (result.status === 'error') throw result.error;
  return end;
}
