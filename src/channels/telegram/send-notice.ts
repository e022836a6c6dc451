import { type Api, GrammyError, HttpError, InputFile } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { NoticeSent, SendNotice, SpokenNotice } from '../../delivery/notices/send.ts';
import { splitText } from '../../domain/parts.ts';
import type { DrawPaper } from '../../papers/paper.ts';
import { plainText } from '../../texts/markup.ts';
import { buttonData } from './callback-data.ts';
import { readPersonId } from './ids.ts';
import { SHORTER_PART } from './limits.ts';
import { classifyError, type RefusedWhat } from './refusals.ts';
import type { StaffGroup } from './staff-group.ts';

/**
 * Sends notices by Telegram: to a person's private chat and to the staff group, whose upgrade to a supergroup is followed and told to
 * `group`. Where there is no group, notices to staff wait until there is one.
 * The client under `api` must hand a 429 on: the worker rests for everybody.
 */
export function createSendNotice(api: Api, group: StaffGroup, draw: DrawPaper): SendNotice {
  return async (to, notice) => {
    const chat = to === 'staff' ? group.id() : readPersonId(to);
    if (chat === undefined)
      return to === 'staff'
        ? { outcome: 'blocked', reason: 'STAFF_CHAT_ID is not set' }
        : { outcome: 'refused', reason: 'not an account in Telegram' };
    try {
      return await say(chat, notice);
    } catch (error) {
      const moved = error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
      if (to !== 'staff' || moved === undefined) return judge(error);
      group.moved(moved);
      return say(moved, notice).catch(judge);
    }
  };

  async function say(chat: number, { html, doors, paper }: SpokenNotice): Promise<NoticeSent> {
    const buttons = doors.map((door) => [{ text: door.label, callback_data: buttonData(door) }]);
    const markup = buttons.length > 0 ? { reply_markup: { inline_keyboard: buttons } } : {};
    if (paper === undefined) return sayWords(chat, html, markup);
    const drawn = await draw(paper).catch(unlessOverloaded);
    if (!drawn) return { outcome: 'refused', reason: `${paper.kind} cannot be drawn` };
    const { send, name, bytes } = drawn;
    const caption = { caption: html, parse_mode: 'HTML', ...markup } as const;
    try {
      if (send === 'photo') await api.sendPhoto(chat, new InputFile(bytes, name), caption);
      else await api.sendDocument(chat, new InputFile(bytes, name), caption);
    } catch (error) {
      // What it says is not lost with the file.
      if (!isOurFault(error)) throw error;
      return sayWords(chat, html, markup);
    }
    return { outcome: 'sent' };
  }

  /** As they are; without their looks, and without buttons, where it is those that are not taken. */
  async function sayWords(chat: number, html: string, markup: Markup): Promise<NoticeSent> {
    const bare = plainText(html);
    const preview = { link_preview_options: { is_disabled: true } };
    const ways: (() => Promise<unknown>)[] = [
      () => api.sendMessage(chat, html, { parse_mode: 'HTML', ...preview, ...markup }),
      () => api.sendMessage(chat, bare, { ...preview, ...markup }),
      async () => {
        for (const part of splitText(bare, SHORTER_PART)) await api.sendMessage(chat, part, preview);
      },
    ];
    for (const [i, way] of ways.entries()) {
      try {
        await way();
        break;
      } catch (error) {
        if (i === ways.length - 1 || !isOurFault(error)) throw error;
      }
    }
    return { outcome: 'sent' };
  }
}

type Markup = { reply_markup?: InlineKeyboardMarkup };

/** Too many papers wait: later, then. What cannot be drawn now never can, and must not hold up the line. */
function unlessOverloaded(error: unknown): undefined {
  if (error instanceof Error && error.name === 'Overloaded') throw error;
}

/** Telegram does not take it as it is, from anybody at any time. */
function isOurFault(error: unknown): boolean {
  return error instanceof GrammyError && classifyError(error).move === 'tell' && !CLOSED.has(classifyError(error).what);
}

/** The chat takes nothing from us, or not this: a group will once it is set so. */
const CLOSED: ReadonlySet<RefusedWhat> = new Set(['closed', 'nobody', 'rights', 'kind']);

/** What Telegram's refusal means; what says nothing of the notice (network, its own troubles, a wrong token) is thrown on. */
function judge(error: unknown): NoticeSent {
  if (error instanceof HttpError) throw new Error('Telegram did not answer');
  if (!(error instanceof GrammyError)) throw error;
  const { what, reason, seconds = 5 } = classifyError(error);
  if (what === 'pace') return { outcome: 'wait', seconds };
  if (what === 'away' || what === 'token') throw new Error(`Telegram answered ${error.error_code}`);
  return { outcome: CLOSED.has(what) ? 'blocked' : 'refused', reason };
}
