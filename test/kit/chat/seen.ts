import type { Message } from 'grammy/types';
import { plainSpaces } from '../../../src/domain/unbroken.ts';
import { SIGNS } from './notations.ts';

/** Every message of a transcript, by its chat and number: what is replied to, edited and copied is found here. */
export function openSeen() {
  const messages: { message: Message; thread: number | undefined; byBot: boolean }[] = [];

  return {
    add(message: Message, byBot = false): void {
      messages.push({ message, thread: message.is_topic_message ? message.message_thread_id : undefined, byBot });
    },
    get: (chat: number, id: number) =>
      messages.findLast(({ message }) => message.chat.id === chat && message.message_id === id)?.message,
    /** The newest of a chat (of a topic, if it is named) that holds these words. */
    find(chat: number, thread: number | undefined, words: string): Message | undefined {
      const there = messages.filter(
        ({ message, thread: at }) => message.chat.id === chat && (thread === undefined || at === thread),
      );
      return there.findLast(({ message }) => plainSpaces(wordsOf(message)).includes(plainSpaces(words)))?.message;
    },
    /** The newest of a person's own. */
    own(person: number, chat: number, words = ''): Message | undefined {
      return messages.findLast(
        ({ message, byBot }) =>
          !byBot && message.from?.id === person && message.chat.id === chat && wordsOf(message).includes(words),
      )?.message;
    },
  };
}

export type Seen = ReturnType<typeof openSeen>;

export function wordsOf(message: Partial<Message>): string {
  return message.text ?? message.caption ?? '';
}

/** 🖼, 📄 and so on, before the words of a message that holds a file. */
export function signOf(message: Partial<Message>): string {
  if (message.photo) return SIGNS.photo;
  if (message.document) return `${SIGNS.document} ${message.document.file_name ?? ''}`.trim();
  if (message.video) return SIGNS.video;
  if (message.voice) return SIGNS.voice;
  if (message.sticker) return SIGNS.sticker;
  return '';
}
