/** @import { Message } from 'grammy/types' */
import { moneyOf } from './words.js';

/** @param {{ first_name: string, last_name?: string }} user */
const nameOf = (user) => `${user.first_name} ${user.last_name ?? ''}`.trim();

/**
 * The line in the middle of a chat that Telegram writes itself; undefined for a message that somebody wrote.
 * @param {Message} message
 * @returns {string | undefined}
 */
export function serviceLine(message) {
  const who = message.from ? nameOf(message.from) : (message.sender_chat?.title ?? 'Группа');
  if (message.new_chat_members) {
    const names = message.new_chat_members.map(nameOf).join(', ');
    return message.new_chat_members.length === 1 && message.new_chat_members[0]?.id === message.from?.id
      ? `${names} теперь в группе`
      : `${who} приглашает в группу: ${names}`;
  }
  if (message.left_chat_member) {
    const gone = message.left_chat_member;
    return gone.id === message.from?.id ? `${nameOf(gone)} выходит из группы` : `${who} исключает из группы: ${nameOf(gone)}`;
  }
  if (message.forum_topic_created) return `${who} открывает тему «${message.forum_topic_created.name}»`;
  if (message.forum_topic_edited) {
    return message.forum_topic_edited.name === undefined
      ? 'Тема изменена'
      : `Новое название темы: «${message.forum_topic_edited.name}»`;
  }
  if (message.forum_topic_closed) return 'Тема закрыта';
  if (message.forum_topic_reopened) return 'Тема снова открыта';
  if (message.new_chat_photo) return 'Новая фотография группы';
  if (message.delete_chat_photo) return 'Фотография группы удалена';
  if (message.group_chat_created || message.supergroup_chat_created) return 'Группа создана';
  if (message.migrate_to_chat_id !== undefined) return 'Группа стала супергруппой. Переписка продолжается там';
  if (message.migrate_from_chat_id !== undefined) return 'Здесь продолжается переписка группы';
  if (message.successful_payment) {
    const { total_amount: sum, currency } = message.successful_payment;
    return `Оплачено: ${moneyOf(sum, currency)}`;
  }
  return undefined;
}

/** @param {Message} message @returns {string | undefined} its words, with what a spoiler hides blotted out */
function covered(message) {
  let words = message.text ?? message.caption;
  for (const { type, offset, length } of message.entities ?? message.caption_entities ?? []) {
    if (words !== undefined && type === 'spoiler')
      words = words.slice(0, offset) + '▒'.repeat(length) + words.slice(offset + length);
  }
  return words;
}

/** @param {Message} message @returns {string} one line for the list of chats and for a quote */
export function summaryOf(message) {
  const words = covered(message);
  const kind = message.photo
    ? 'Фотография'
    : message.sticker
      ? `Стикер ${message.sticker.emoji ?? ''}`.trim()
      : message.voice
        ? 'Голосовое сообщение'
        : message.animation
          ? 'GIF'
          : message.video || message.video_note
            ? 'Видео'
            : message.audio
              ? 'Аудиозапись'
              : message.document
                ? (message.document.file_name ?? 'Файл')
                : message.venue
                  ? message.venue.title
                  : message.location
                    ? 'Геопозиция'
                    : message.contact
                      ? `Контакт: ${message.contact.first_name}`
                      : message.invoice
                        ? `Счёт: ${message.invoice.title}`
                        : undefined;
  if (words !== undefined) return kind === undefined || message.document ? words : `${kind}: ${words}`;
  return kind ?? serviceLine(message) ?? 'Сообщение';
}
