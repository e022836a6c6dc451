import type { Chat, Message, Update, User } from 'grammy/types';

/** A person of a transcript, with a Telegram account of his or her own. */
export type Person = { name: string; id: number; phone: string; username?: string };

/** Where a person does something: at home with the bot, in the staff group (in a topic of it), or in a group that is none of ours. */
export type Place = { chat: 'private' } | { chat: 'staff'; id: number; forum: boolean; thread?: number } | { chat: 'foreign' };

/** A file, by its kind. */
export type Media = { kind: 'photo' | 'document' | 'video' | 'voice'; name?: string };

/** What a line of a transcript makes a person do; the rest of an update is filled in. */
export type TelegramAction =
  | { does: 'say'; words: string }
  | { does: 'send'; media: Media; caption: string; album?: string }
  /** An earlier message of the same person gets other words. */
  | { does: 'edit'; words: string; of?: Message }
  | { does: 'press'; data: string; messageId: number }
  | { does: 'contact'; phone: string; userId: number | undefined; forwarded: boolean }
  | { does: 'sticker' }
  /** A topic is closed or opened again by hand. */
  | { does: 'topic'; closed: boolean };

/** Circumstances of a message. */
export type Manner = {
  /** As an administrator who remains anonymous. */
  anonymous?: boolean;
  forwarded?: boolean;
  repliesTo?: Message;
};

export const FOREIGN_CHAT = -2002;

export function chatAt(place: Place, person: Person): Chat.PrivateChat | Chat.SupergroupChat | Chat.GroupChat {
  if (place.chat === 'private') return { id: person.id, type: 'private', first_name: person.name };
  if (place.chat === 'foreign') return { id: FOREIGN_CHAT, type: 'supergroup', title: 'Чужая группа' };
  // A group that never was upgraded has a short number.
  if (!place.forum && place.id > -1000) return { id: place.id, type: 'group', title: 'Сотрудники' };
  return { id: place.id, type: 'supergroup', title: 'Сотрудники', ...(place.forum && { is_forum: true as const }) };
}

export function updateOf(
  person: Person,
  action: TelegramAction,
  ids: { update: number; message: number },
  date: number,
  place: Place = { chat: 'private' },
  manner: Manner = {},
): Update {
  const update_id = ids.update;
  const from = {
    id: person.id,
    is_bot: false as const,
    first_name: person.name,
    ...(person.username && { username: person.username }),
  };
  const chat = chatAt(place, person);
  const message = {
    message_id: ids.message,
    date,
    chat,
    from,
    ...whereabouts(place),
    ...circumstances(manner, chat, from, date),
  };
  switch (action.does) {
    case 'say': {
      const command = /^\/\w+/.exec(action.words);
      const entities = command ? [{ type: 'bot_command' as const, offset: 0, length: command[0].length }] : undefined;
      return messageUpdate(update_id, { ...message, text: action.words, ...(entities && { entities }) });
    }
    case 'send': {
      const { media, caption, album } = action;
      const content = contentOf(media, ids.message);
      return messageUpdate(update_id, {
        ...message,
        ...content,
        ...(caption && { caption }),
        ...(album && { media_group_id: album }),
      });
    }
    case 'edit': {
      const before = action.of ?? message;
      const words = action.of && action.of.text === undefined ? { caption: action.words } : { text: action.words };
      return { update_id, edited_message: { ...before, edit_date: date, ...words } as Update['edited_message'] & object };
    }
    case 'press':
      return {
        update_id,
        callback_query: {
          id: `press-${update_id}`,
          from,
          chat_instance: '1',
          data: action.data,
          message: {
            message_id: action.messageId,
            date,
            chat,
            from: { id: 1, is_bot: true, first_name: 'Бот' },
            text: '',
            ...whereabouts(place),
          },
        },
      };
    case 'contact': {
      const origin = { type: 'user' as const, date, sender_user: from };
      const contact = {
        phone_number: action.phone,
        first_name: person.name,
        ...(action.userId !== undefined && { user_id: action.userId }),
      };
      return messageUpdate(update_id, { ...message, contact, ...(action.forwarded && { forward_origin: origin }) });
    }
    case 'sticker':
      return messageUpdate(update_id, {
        ...message,
        sticker: {
          file_id: 's',
          file_unique_id: 's',
          type: 'regular',
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
        },
      });
    case 'topic':
      return messageUpdate(update_id, {
        ...message,
        ...(action.closed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} }),
      });
  }
}

const messageUpdate = (update_id: number, message: object): Update => ({
  update_id,
  message: message as Update['message'] & object,
});

function whereabouts(place: Place): { message_thread_id?: number; is_topic_message?: true } {
  return place.chat === 'staff' && place.thread !== undefined ? { message_thread_id: place.thread, is_topic_message: true } : {};
}

const ANONYMOUS_ADMIN: User = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };

function circumstances({ anonymous, forwarded, repliesTo }: Manner, chat: Chat, from: User, date: number): object {
  return {
    ...(anonymous && { from: ANONYMOUS_ADMIN, sender_chat: chat }),
    ...(forwarded && { forward_origin: { type: 'user', date, sender_user: from } }),
    ...(repliesTo && { reply_to_message: repliesTo }),
  };
}

function contentOf({ kind, name }: Media, id: number): object {
  switch (kind) {
    case 'photo':
      return { photo: [{ file_id: 'p', file_unique_id: 'p', width: 90, height: 90 }] };
    case 'document':
      return { document: { file_id: `d${id}/${name ?? 'файл.pdf'}`, file_unique_id: `d${id}`, file_name: name ?? 'файл.pdf' } };
    case 'video':
      return { video: { file_id: `v${id}`, file_unique_id: `v${id}`, width: 90, height: 90, duration: 3 } };
    case 'voice':
      return { voice: { file_id: `o${id}`, file_unique_id: `o${id}`, duration: 3 } };
  }
}
