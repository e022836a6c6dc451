/** copyMessage: what people sent goes on without its origin. */
import { chatNamed, messageNamed } from '../access.ts';
import type { Handlers } from '../call.ts';
import { readMarkup } from '../markup.ts';
import { contentOf, isService } from '../posting.ts';
import { without } from '../present.ts';
import { badRequest } from '../refusal.ts';
import type { StoredMessage } from '../state.ts';
import { readCaptionOf } from './media.ts';
import { sendTargetOf, sendTo } from './send.ts';

export const copying: Handlers = {
  copyMessage(call) {
    const stored = messageNamed(call, chatNamed(call, 'from_chat_id'), 'message to copy');
    if (!mayCopy(stored)) throw badRequest("message can't be copied");
    const markup = readMarkup(call.parameters.json('reply_markup'));
    const hasCaption = call.parameters.text('caption') !== undefined;
    const original = contentOf(stored.message);
    const content =
      hasCaption && original.text === undefined
        ? { ...without(original, 'caption', 'caption_entities'), ...readCaptionOf(call) }
        : original;
    return { message_id: sendTo(call, sendTargetOf(call, 1), content, markup).message_id };
  },
};

const mayCopy = ({ message }: StoredMessage): boolean => !isService(message) && message.invoice === undefined;
