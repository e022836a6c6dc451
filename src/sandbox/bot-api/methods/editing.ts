/** Changes to what the bot has sent: editMessage…, deleteMessage. */
import { isDeepStrictEqual } from 'node:util';
import type { Message } from 'grammy/types';
import { chatNamed, chatWhereBotWrites, mayBot, messageNamed } from '../access.ts';
import type { ApiCall, Handlers } from '../call.ts';
import { readText } from '../entities/read.ts';
import { readInlineMarkup } from '../markup.ts';
import { change, isService, removeMessages } from '../posting.ts';
import { badRequest } from '../refusal.ts';
import type { ChatState, StoredMessage } from '../state.ts';
import { readCaptionOf, readInputMedia } from './media.ts';
import { readPreview } from './messages.ts';

const TWO_DAYS_SECONDS = 48 * 3600;

const MEDIA_FIELDS = ['photo', 'video', 'animation', 'audio', 'document'] as const;

type Parts = { [K in keyof Message]?: Message[K] | undefined };

export const editing: Handlers = {
  editMessageText(call) {
    const { parameters } = call;
    const { text, entities } = readText(parameters.text('text'), parameters.text('parse_mode'), parameters.json('entities'));
    const preview = readPreview(call);
    return edit(call, (message) => {
      if (message.text === undefined) throw badRequest('there is no text in the message to edit');
      return { text, entities: entities.length > 0 ? entities : undefined, link_preview_options: preview };
    });
  },

  editMessageCaption(call) {
    const content = readCaptionOf(call);
    return edit(call, (message) => {
      if (!hasMedia(message)) throw badRequest('there is no caption in the message to edit');
      return { caption: content.caption, caption_entities: content.caption_entities };
    });
  },

  async editMessageMedia(call) {
    const given = call.parameters.json('media');
    if (given === undefined) throw badRequest('media not found');
    const { content } = await readInputMedia(call, given);
    return edit(call, (message) => {
      if (!hasMedia(message)) throw badRequest("message can't be edited");
      const cleared = Object.fromEntries(MEDIA_FIELDS.map((field) => [field, undefined]));
      return { ...cleared, caption: undefined, caption_entities: undefined, ...content };
    });
  },

  editMessageReplyMarkup: (call) => edit(call, () => undefined),

  deleteMessage(call) {
    const chat = chatNamed(call);
    const { message } = messageNamed(call, chat, 'message to delete');
    if (!mayDelete(call, chat, message)) throw badRequest("message can't be deleted");
    removeMessages(call.world, chat, [message.message_id]);
    return true;
  },
};

/** `newParts` undefined: only the buttons change. Buttons that are not given go away. */
function edit(call: ApiCall, newParts: (message: Message) => Parts | undefined): Message {
  if (call.parameters.text('inline_message_id') !== undefined) throw badRequest('MESSAGE_ID_INVALID');
  const reply_markup = readInlineMarkup(call.parameters.json('reply_markup'));
  const chat = chatNamed(call);
  const stored = messageNamed(call, chat, 'message to edit');
  requireEditable(call, stored);
  const parts = newParts(stored.message);
  const edited: Parts = { ...parts, reply_markup };
  if (Object.entries(edited).every(([key, value]) => isDeepStrictEqual(stored.message[key as keyof Message], value)))
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  chatWhereBotWrites(call);
  return change(call.world, chat, stored.message.message_id, {
    ...edited,
    ...(parts ? { edit_date: call.world.seconds() } : {}),
  });
}

function requireEditable(call: ApiCall, { message }: StoredMessage): void {
  const isOwn = message.from?.id === call.world.state.bot.id && message.forward_origin === undefined;
  if (!isOwn || isService(message)) throw badRequest("message can't be edited");
}

const hasMedia = (message: Message): boolean =>
  MEDIA_FIELDS.some((field) => message[field] !== undefined) || message.voice !== undefined;

/** For 48 hours: its own messages, in a private chat the person's too, in a group all that the right allows (without a term). */
function mayDelete(call: ApiCall, chat: ChatState, message: Message): boolean {
  if (message.forum_topic_created || message.supergroup_chat_created || message.migrate_from_chat_id) return false;
  if (mayBot(chat.card, 'can_delete_messages')) return true;
  if (call.world.seconds() - message.date > TWO_DAYS_SECONDS) return false;
  return chat.card.kind === 'private' || message.from?.id === call.world.state.bot.id;
}
