import type { Api } from 'grammy';
import type { StaffVoice } from '../../delivery/staff-voice.ts';
import type { SpokenToPerson } from '../../delivery/notices/send.ts';
import type { MessengerId } from '../../office/caller.ts';
import { attempt } from './attempt.ts';
import { doorData } from './callback-data.ts';
import { messageRef, readMessageRef, readPersonId } from './ids.ts';
import { inputFile } from './input-file.ts';

/** Speaks by Telegram in private chats of staff; flood waits are the business of the client under `api`. */
export function createStaffVoice(api: Api): StaffVoice {
  return {
    async show(to, { marked, doors }, inPlaceOf) {
      const chat = chatOf(to);
      const before = readMessageRef(inPlaceOf ?? '')?.message;
      const common = {
        parse_mode: 'HTML' as const,
        link_preview_options: { is_disabled: true },
        reply_markup: { inline_keyboard: keyboardOf(doors) },
      };
      if (before !== undefined && (await changed(api.editMessageText(chat, before, marked, common))))
        return inPlaceOf ?? undefined;
      const sent = await unlessClosed(api.sendMessage(chat, marked, common));
      return sent && messageRef(chat, sent.message_id);
    },

    async hand(to, { name, content }, { marked, doors }) {
      const bytes = inputFile(typeof content === 'string' ? Buffer.from(content) : content.path, name);
      const under = { caption: marked, parse_mode: 'HTML' as const, reply_markup: { inline_keyboard: keyboardOf(doors) } };
      return (await unlessClosed(api.sendDocument(chatOf(to), bytes, under))) !== undefined;
    },
  };
}

const keyboardOf = (doors: SpokenToPerson['doors']) => doors.map((door) => [{ text: door.label, callback_data: doorData(door) }]);

function chatOf(to: MessengerId): number {
  return readPersonId(to) ?? Number.NaN;
}

/** False when the message is gone or too old: then it is to be said anew. */
async function changed(call: Promise<unknown>): Promise<boolean> {
  const called = await attempt(() => call);
  if (called.done) return true;
  const { move, what } = called.refusal;
  if (move === 'retry') throw called.error;
  return what === 'unchanged';
}

/** Undefined when the person has blocked the bot, or is gone. */
async function unlessClosed<T>(call: Promise<T>): Promise<T | undefined> {
  const called = await attempt(() => call);
  if (called.done) return called.result;
  const { what } = called.refusal;
  if (what !== 'closed' && what !== 'nobody') throw called.error;
  return undefined;
}
