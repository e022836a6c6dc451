import type { Api } from 'grammy';
import type { StaffVoice } from '../../delivery/staff-voice.ts';
import type { Message } from 'grammy/types';
import type { SpokenToPerson } from '../../delivery/notices/send.ts';
import type { MessengerId } from '../../office/caller.ts';
import { attempt, attemptNamed, type CallOutcome } from './attempt.ts';
import { messageRef, readMessageRef, readPersonId } from './ids.ts';
import { inputFile } from './input-file.ts';
import { doorsKeyboard, inlineKeyboard } from './reply-markup.ts';
import { handCaptioned, sayMarked, wordsWith } from './say.ts';

/** Speaks by Telegram in private chats of staff; flood waits are the business of the client under `api`. */
export function createStaffVoice(api: Api): StaffVoice {
  const speakerIn = (to: MessengerId) => ({ api, chat: readPersonId(to) ?? Number.NaN, call: attemptNamed });

  async function say(to: MessengerId, { marked, doors }: SpokenToPerson): Promise<Message | undefined> {
    return unlessClosed(await sayMarked(speakerIn(to), marked, doorsKeyboard(doors), { cuts: 'at-last' }));
  }

  return {
    async show(to, spoken, inPlaceOf) {
      const { chat } = speakerIn(to);
      const before = readMessageRef(inPlaceOf ?? '')?.message;
      const options = wordsWith(doorsKeyboard(spoken.doors) ?? inlineKeyboard([]));
      if (before !== undefined && isChanged(await attempt(() => api.editMessageText(chat, before, spoken.marked, options))))
        return inPlaceOf ?? undefined;
      const said = await say(to, spoken);
      return said && messageRef(chat, said.message_id);
    },

    async hand(to, { name, content }, spoken) {
      const file = inputFile(typeof content === 'string' ? Buffer.from(content) : content.path, name);
      const handed = await handCaptioned(speakerIn(to), { send: 'document', file }, spoken.marked, doorsKeyboard(spoken.doors));
      if (handed.outcome === 'refused') return unlessClosed(handed.no) !== undefined;
      // The words were not taken under it.
      if (handed.outcome === 'bare') await say(to, spoken);
      return true;
    },
  };
}

/** False when the message is gone or too old, or does not take the words as they are: then it is to be said anew. */
function isChanged(changed: CallOutcome<unknown>): boolean {
  if (changed.done) return true;
  if (changed.refusal.move === 'retry') throw changed.error;
  return changed.refusal.what === 'unchanged';
}

/** Undefined when the person has blocked the bot, or is gone. */
function unlessClosed<T>(called: CallOutcome<T>): T | undefined {
  if (called.done) return called.result;
  const { what } = called.refusal;
  if (what !== 'closed' && what !== 'nobody') throw called.error;
  return undefined;
}
