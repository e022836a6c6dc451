/** copyMessage(s) and forwardMessage(s). */
import type { Message } from 'grammy/types';
import { chatNamed, messageIds, messageNamed } from '../access.ts';
import type { Call, Handlers } from '../call.ts';
import { readMarkup } from '../markup.ts';
import { type Content, contentOf, isService, originOf } from '../posting.ts';
import { without } from '../present.ts';
import { badRequest } from '../refusal.ts';
import type { ChatState, StoredMessage } from '../state.ts';
import { newMediaGroupId, readCaptionOf } from './media.ts';
import { placeOf, sendTo } from './send.ts';

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
    return { message_id: sendTo(call, placeOf(call, 1), content, markup).message_id };
  },

  copyMessages(call) {
    const chosen = chosenMessages(call).filter(mayCopy);
    if (chosen.length === 0) throw badRequest('there are no messages to copy');
    const withoutCaption = call.parameters.flag('remove_caption');
    return sendAll(call, chosen, ({ message }) => {
      const content = contentOf(message);
      return withoutCaption ? without(content, 'caption', 'caption_entities') : content;
    });
  },

  forwardMessage(call) {
    const stored = messageNamed(call, chatNamed(call, 'from_chat_id'), 'message to forward');
    if (!mayForward(stored)) throw badRequest("message can't be forwarded");
    return sendTo(call, placeOf(call, 1), forwarded(stored), { kind: 'none' }, stored.sale);
  },

  forwardMessages(call) {
    const chosen = chosenMessages(call).filter(mayForward);
    if (chosen.length === 0) throw badRequest('there are no messages to forward');
    return sendAll(call, chosen, forwarded);
  },
};

/** Telegram passes over what is not there; nothing at all is an error. */
function chosenMessages(call: Call): StoredMessage[] {
  const from: ChatState = chatNamed(call, 'from_chat_id');
  return messageIds(call).flatMap((id) => from.messages.get(id) ?? []);
}

/** Albums stay albums, under a new id. */
function sendAll(call: Call, chosen: StoredMessage[], content: (stored: StoredMessage) => Content): { message_id: number }[] {
  const place = placeOf(call, chosen.length);
  const albums = new Map<string, string>();
  return call.world.change(() =>
    chosen.map((stored) => {
      const former = stored.message.media_group_id;
      if (former !== undefined && !albums.has(former)) albums.set(former, newMediaGroupId());
      const media_group_id = former === undefined ? undefined : albums.get(former);
      const album = media_group_id === undefined ? {} : { media_group_id };
      return { message_id: sendTo(call, place, { ...content(stored), ...album }, { kind: 'none' }).message_id };
    }),
  );
}

const mayCopy = ({ message }: StoredMessage): boolean => !isService(message) && message.invoice === undefined;

const mayForward = ({ message }: StoredMessage): boolean => !isService(message) && message.has_protected_content !== true;

const forwarded = ({ message }: StoredMessage): Partial<Message> => ({
  ...contentOf(message),
  forward_origin: originOf(message),
});
