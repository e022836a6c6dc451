/** Which messages of a group reach the bot. */
import type { Message, MessageEntity } from 'grammy/types';
import { isService } from '../bot-api/posting.ts';
import type { ChatCard, State } from '../bot-api/state.ts';

/** An administrator sees all; a plain member only commands, mentions, answers to itself and service messages (privacy mode). */
export function botSees({ bot }: State, card: ChatCard, message: Message): boolean {
  if (card.kind === 'private' || card.bot.status === 'administrator') return true;
  if (card.bot.status !== 'member') return false;
  if (isService(message) || message.reply_to_message?.from?.id === bot.id) return true;
  const text = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  const wordOf = ({ offset, length }: MessageEntity): string => text.slice(offset, offset + length).toLowerCase();
  const name = `@${bot.username.toLowerCase()}`;
  return entities.some((entity) => {
    if (entity.type === 'mention') return wordOf(entity) === name;
    if (entity.type !== 'bot_command') return false;
    const word = wordOf(entity);
    return !word.includes('@') || word.endsWith(name);
  });
}
