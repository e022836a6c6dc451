import type { MessagePlace } from '../../dialogs/kit/letter.ts';
import type { MessengerId } from '../../office/caller.ts';
import type { MessageRef } from '../../office/staff/message-part.ts';

/** The messenger's word in the office. */
export const MESSENGER = 'telegram';

/** How what Telegram numbers is called in the office, in the database and as a key: by this word and the number. */
const TELEGRAM = `${MESSENGER}:`;

/** A person's account, and the private chat with it: `telegram:7`. */
export function personId(person: number): MessengerId {
  return `${TELEGRAM}${person}`;
}

/** Undefined for whoever is no account in Telegram. */
export function readPersonId(id: string): number | undefined {
  const [, digits] = /^telegram:([1-9]\d{0,15})$/.exec(id) ?? [];
  return numberOf(digits);
}

/** Any chat: `telegram:-1001`; of a private one it is its person's id. */
export function chatId(chat: number): string {
  return `${TELEGRAM}${chat}`;
}

/** A message, or the thread that begins with it: `telegram:-1001/33`. */
export function messageRef(chat: number, message: number): MessageRef {
  return `${TELEGRAM}${chat}/${message}`;
}

/** Undefined for what names no message in Telegram. */
export function readMessageRef(ref: string): { chat: number; message: number } | undefined {
  const [, chatDigits, messageDigits] = /^telegram:(-?[1-9]\d{0,15})\/([1-9]\d{0,15})$/.exec(ref) ?? [];
  const chat = numberOf(chatDigits);
  const message = numberOf(messageDigits);
  return chat === undefined || message === undefined ? undefined : { chat, message };
}

/**
 * A regular expression of Postgres for references of messages in private chats and in groups that are no supergroups: there each bot counts
 * for itself, and another one gives the same numbers again.
 */
export const REFS_OF_ONE_BOT = `^${TELEGRAM}([1-9]|-(?!100[0-9]))[0-9]*/`;

/** Messages that were sent as one album. */
export function albumId(chat: number, album: string): string {
  return `${TELEGRAM}${chat}/${album}`;
}

/** An update, wherever it is kept. */
export function updateId({ update_id: id }: { update_id: number }): string {
  return `${TELEGRAM}${id}`;
}

/** Where a message stands in its chat: Telegram numbers what comes and what goes in one row. The count of the digits goes before them: so texts are compared as the numbers are. */
export function messagePlace(message: number): MessagePlace {
  const digits = String(message);
  return `${digits.length.toString(36)}${digits}`;
}

export function readMessagePlace(place: MessagePlace): number {
  return Number(place.slice(1));
}

function numberOf(digits: string | undefined): number | undefined {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Where a member is led to a message of a group, or to a thread of it; a group that is no supergroup has no such links. */
export function groupLink(ref: string): string | undefined {
  const { chat, message } = readMessageRef(ref) ?? {};
  const [, supergroup] = /^-100(\d+)$/.exec(String(chat)) ?? [];
  return supergroup === undefined ? undefined : `https://t.me/c/${supergroup}/${message}`;
}
