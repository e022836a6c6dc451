import type { Context } from 'grammy';
import { readCallbackData } from '../../channels/telegram/callback-data.ts';

/** What a person did, as far as a question cares. */
export type Answer =
  | { kind: 'words'; words: string }
  | { kind: 'contact'; phone: string; own: boolean }
  | { kind: 'photo'; file: string; unique: string }
  | { kind: 'file'; file: string; name: string; bytes: number | null }
  | { kind: 'press'; run: string; step: number; choice: string }
  | { kind: 'edit' }
  | { kind: 'other' };

/** Marks that cannot be seen: zero-width ones and those that turn the direction of writing. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** What was typed, without invisible marks and outer space. */
export function cleanWords(text: string): string {
  return text.normalize('NFC').replace(INVISIBLE, '').trim();
}

export function readAnswer(ctx: Context): Answer {
  const press = ctx.callbackQuery?.data;
  if (press !== undefined) {
    const data = readCallbackData(press);
    return data?.kind === 'choice' ? { ...data, kind: 'press' } : { kind: 'press', run: '', step: -1, choice: '' };
  }
  if (ctx.editedMessage) return { kind: 'edit' };
  const message = ctx.message;
  if (message?.text !== undefined) return { kind: 'words', words: message.text };
  if (message?.contact) {
    // A contact counts only when it is the sender's own and was not forwarded: anybody can forward anybody's.
    const own = message.contact.user_id === message.from.id && message.forward_origin === undefined;
    return { kind: 'contact', phone: message.contact.phone_number, own };
  }
  // The sizes of a photo run from the smallest.
  const picture = message?.photo?.at(-1) ?? (message?.document?.mime_type?.startsWith('image/') ? message.document : undefined);
  if (picture) return { kind: 'photo', file: picture.file_id, unique: picture.file_unique_id };
  const held = message?.document;
  if (held) return { kind: 'file', file: held.file_id, name: held.file_name ?? '', bytes: held.file_size ?? null };
  return { kind: 'other' };
}
