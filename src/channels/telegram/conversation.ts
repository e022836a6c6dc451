import { enterConversation } from '@grammyjs/conversations';
import type { Context } from 'grammy';

/**
 * Runs each phase of a chapter as a conversation of grammY's: it is entered with what was answered so far and ends when the next question has
 * been put, so its replay log never grows (a long conversation replays every message it ever had at each new one). Throws what the phase throws.
 */
export function conversationsIn(ctx: Context): <End>(phase: () => Promise<End>) => Promise<End> {
  return async <End>(phase: () => Promise<End>) => {
    const ends: End[] = [];
    const conversation = async () => void ends.push(await phase());
    const base = { update: ctx.update, api: { token: ctx.api.token, options: ctx.api.options ?? {} }, me: ctx.me };
    const result = await enterConversation(conversation, base, { ctx });
    if (result.status === 'error') throw result.error;
    const [end] = ends;
    if (end === undefined) throw new Error('the conversation has left its phase before its end');
    return end;
  };
}
