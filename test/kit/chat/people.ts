import type { Update } from 'grammy/types';

/** A person of a transcript, with a Telegram account of his or her own. */
export type Person = { name: string; id: number; phone: string };

/** What a line of a transcript makes a person do; the rest of an update is filled in. */
export type Deed =
  | { does: 'say'; words: string }
  | { does: 'edit'; words: string }
  | { does: 'press'; data: string; messageId: number }
  | { does: 'contact'; phone: string; userId: number | undefined; forwarded: boolean }
  | { does: 'photo' }
  | { does: 'sticker' };

export function updateOf(person: Person, deed: Deed, ids: { update: number; message: number }, date: number): Update {
  const from = { id: person.id, is_bot: false as const, first_name: person.name };
  const chat = { id: person.id, type: 'private' as const, first_name: person.name };
  const message = { message_id: ids.message, date, chat, from };
  const update_id = ids.update;
  switch (deed.does) {
    case 'say': {
      const command = /^\/\w+/.exec(deed.words);
      const entities = command ? [{ type: 'bot_command' as const, offset: 0, length: command[0].length }] : undefined;
      return { update_id, message: { ...message, text: deed.words, ...(entities && { entities }) } };
    }
    case 'edit':
      return { update_id, edited_message: { ...message, edit_date: date, text: deed.words } };
    case 'press':
      return {
        update_id,
        callback_query: {
          id: `press-${update_id}`,
          from,
          chat_instance: '1',
          data: deed.data,
          message: { message_id: deed.messageId, date, chat, from: { id: 1, is_bot: true, first_name: 'Бот' }, text: '' },
        },
      };
    case 'contact': {
      const origin = { type: 'user' as const, date, sender_user: from };
      const contact = {
        phone_number: deed.phone,
        first_name: person.name,
        ...(deed.userId !== undefined && { user_id: deed.userId }),
      };
      return { update_id, message: { ...message, contact, ...(deed.forwarded && { forward_origin: origin }) } };
    }
    case 'photo':
      return { update_id, message: { ...message, photo: [{ file_id: 'p', file_unique_id: 'p', width: 90, height: 90 }] } };
    case 'sticker':
      return {
        update_id,
        message: {
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
        },
      };
  }
}
