import type { Api } from 'grammy';
import type { InputMediaAudio, InputMediaDocument, InputMediaPhoto, InputMediaVideo } from 'grammy/types';
import type {
  ChatPlace,
  DeskButtons,
  Limits,
  Manner,
  CaptionedFile,
  Messenger,
  MessengerAction,
} from '../../delivery/requests/actions.ts';
import type { MessageRef } from '../../office/staff/message-part.ts';
import { outcomeOfRefused } from './action-refusals.ts';
import { attempt, attemptNamed } from './attempt.ts';
import { chatId, groupLink, messageRef, readMessageRef, readPersonId } from './ids.ts';
import { callFile } from './input-file.ts';
import { LARGEST_ALBUM, LONGEST_IN_ALBUM, LONGEST_TOPIC_TITLE, TEXT_LIMITS } from './limits.ts';
import { noteMove, type StaffGroup } from './staff-group.ts';
import { inlineKeyboard } from './reply-markup.ts';
import { captionWith, sayMarked, wordsWith } from './say.ts';

const LIMITS: Limits = {
  ...TEXT_LIMITS,
  threadTitle: LONGEST_TOPIC_TITLE,
  album: LARGEST_ALBUM,
  inAlbum: LONGEST_IN_ALBUM,
};

/**
 * Does deliveries by Telegram. The group's upgrade to a supergroup is followed and told to `group`.
 * The client under `api` must hand a 429 on: the outbox rests for everybody.
 */
export function createMessenger(api: Api, group: StaffGroup): Messenger {
  return {
    limitsIn: () => LIMITS,
    group: () => (group.id() === undefined ? undefined : chatId(group.id() ?? 0)),
    linkTo: groupLink,
    async perform(action) {
      const called = await attempt(() => call(action));
      if (called.done) return { outcome: 'done', messages: called.result };
      if (noteMove(group, called) === undefined) return outcomeOfRefused(action, called);
      // A message of the former group stays there as it is, however often it is tried.
      return 'message' in action ? { outcome: 'refused', reason: called.refusal.reason, what: 'moved' } : { outcome: 'moved' };
    },
  };

  async function call(action: MessengerAction): Promise<MessageRef[]> {
    if ('to' in action) return bring(action);
    if (action.does === 'open-thread') {
      const chat = groupChat();
      const { message_thread_id } = await api.createForumTopic(chat, action.title);
      return [messageRef(chat, message_thread_id)];
    }
    await change(action);
    return [];
  }

  async function bring(action: Extract<MessengerAction, { to: ChatPlace }>): Promise<MessageRef[]> {
    const chat = chatOf(action.to);
    const refs = (...sent: readonly { message_id: number }[]) => sent.map((each) => messageRef(chat, each.message_id));
    switch (action.does) {
      case 'say':
        return refs(await say(chat, action));
      case 'hand':
        return refs(await hand(chat, action));
      case 'hand-album': {
        const media = action.files.map(mediaOf);
        // An album is of one kind, or of photos and videos; so it came.
        return refs(...(await api.sendMediaGroup(chat, media as InputMediaDocument[], there(action))));
      }
      case 'copy': {
        const source = readRef(action.source);
        return refs(await api.copyMessage(chat, source.chat, source.message, there(action)));
      }
    }
  }

  /** A delivery is known by its one message. */
  async function say(chat: number, action: Extract<MessengerAction, { does: 'say' }>): Promise<{ message_id: number }> {
    const how = { cuts: 'never', manner: there(action) } as const;
    const said = await sayMarked({ api, chat, call: attemptNamed }, action.marked, keyboard(action.buttons), how);
    if (said.done) return said.result;
    throw said.error;
  }

  async function change(action: Exclude<MessengerAction, { to: ChatPlace } | { does: 'open-thread' }>): Promise<void> {
    const { chat, message } = readRef('thread' in action ? action.thread : action.message);
    switch (action.does) {
      case 'change-words':
        await api.editMessageText(chat, message, action.marked, wordsWith(inlineKeyboard(action.buttons)));
        return;
      case 'change-file':
        if (action.kind === 'voice') await api.editMessageCaption(chat, message, captionWith(action.marked));
        else await api.editMessageMedia(chat, message, mediaOf(action));
        return;
      case 'delete':
        await api.deleteMessage(chat, message);
        return;
      case 'retitle':
        await api.editForumTopic(chat, message, { name: action.title });
        return;
      case 'shut-thread':
        await api.closeForumTopic(chat, message);
        return;
      case 'reopen-thread':
        await api.reopenForumTopic(chat, message);
        return;
      case 'nod':
        await api.setMessageReaction(chat, message, [{ type: 'emoji', emoji: '👌' }]);
        return;
    }
  }

  function hand(chat: number, action: Extract<MessengerAction, { does: 'hand' }>): Promise<{ message_id: number }> {
    const { kind, marked } = action;
    const file = callFile(action.file);
    const plain = there(action);
    const captioned = { ...plain, ...captionWith(marked) };
    switch (kind) {
      case 'photo':
        return api.sendPhoto(chat, file, captioned);
      case 'document':
        return api.sendDocument(chat, file, captioned);
      case 'video':
        return api.sendVideo(chat, file, captioned);
      case 'audio':
        return api.sendAudio(chat, file, captioned);
      case 'voice':
        return api.sendVoice(chat, file, captioned);
      case 'video-note':
        return api.sendVideoNote(chat, file, plain);
      case 'sticker':
        return api.sendSticker(chat, file, plain);
    }
  }

  function groupChat(): number {
    const chat = group.id();
    // A plan is made for a group that is there.
    if (chat === undefined) throw new Error('there is no staff group');
    return chat;
  }

  function chatOf(to: ChatPlace): number {
    return 'person' in to ? (readPersonId(to.person) ?? Number.NaN) : groupChat();
  }
}

function readRef(ref: MessageRef): { chat: number; message: number } {
  const read = readMessageRef(ref);
  if (!read) throw new Error('not a message in Telegram');
  return read;
}

/** Where in a chat, in answer to what, and how loudly. What it answers may be gone. */
function there({ to, replyTo, quote, silent }: Manner) {
  const thread = 'thread' in to && to.thread !== undefined ? readRef(to.thread).message : undefined;
  return {
    ...(thread !== undefined && { message_thread_id: thread }),
    ...(replyTo !== undefined && {
      reply_parameters: {
        message_id: readRef(replyTo).message,
        allow_sending_without_reply: true,
        ...(quote !== undefined && { quote }),
      },
    }),
    ...(silent && { disable_notification: true }),
  };
}

const keyboard = (buttons: DeskButtons) => (buttons.length > 0 ? inlineKeyboard(buttons) : undefined);

type Media = InputMediaPhoto | InputMediaVideo | InputMediaDocument | InputMediaAudio;

function mediaOf({ kind, file, marked }: CaptionedFile): Media {
  const type = kind === 'photo' || kind === 'video' || kind === 'audio' ? kind : 'document';
  return { type, media: callFile(file), ...captionWith(marked) };
}
