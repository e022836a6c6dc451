import type { Context } from 'grammy';
import { MOST_MESSAGE_PARTS } from '../../domain/request.ts';
import type { MessagePart } from '../../office/desk/message-part.ts';
import { messagePartOf } from './message-part-of.ts';
import type { Words } from './scene.ts';

/** `quietly`: the first message of its album has been acknowledged. */
type AddedMessagePart = { outcome: 'taken' | 'quietly' } | { outcome: 'problem'; problem: string; words: Words };

/** Adds the message of an update to what was collected. */
export function addMessagePart(collected: MessagePart[], update: Context): AddedMessagePart {
  const messagePart = update.message && messagePartOf(update.message);
  if (!messagePart) return { outcome: 'problem', problem: 'problem-not-collected', words: {} };
  const { source, album } = messagePart;
  if (collected.some((each) => each.source === source)) return { outcome: 'quietly' };
  if (collected.length >= MOST_MESSAGE_PARTS)
    return { outcome: 'problem', problem: 'problem-collected-enough', words: { most: MOST_MESSAGE_PARTS } };
  const begun = album !== null && collected.some((each) => each.album === album);
  collected.push(messagePart);
  return { outcome: begun ? 'quietly' : 'taken' };
}

/** An edited message takes the place of what it was; false when it was not collected. */
export function changeMessagePart(collected: MessagePart[], update: Context): boolean {
  const edited = update.editedMessage && messagePartOf(update.editedMessage);
  const at = edited ? collected.findIndex(({ source }) => source === edited.source) : -1;
  if (!edited || at < 0) return false;
  collected[at] = edited;
  return true;
}
