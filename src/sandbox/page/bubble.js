/** @import { ShownChat, ShownMessage } from '../protocol.ts' */
/** @import { Page } from './page.js' */
/** @import { TextActions } from './entities.js' */
import { h, icon, iconButton } from './dom.js';
import { drawText } from './entities.js';
import { drawInlineKeyboard } from './inline-keyboard.js';
import { drawMedia } from './media.js';
import { openMessageMenu } from './message-menu.js';
import { copy, openPhoto } from './overlays.js';
import { drawPrices, payInvoice } from './pay-sheet.js';
import { serviceLine, summaryOf } from './service.js';
import { isOwn } from './state.js';
import { clockOf, moneyOf } from './words.js';

/**
 * One line of a chat: a day, or what one person said at once (an album is several messages).
 * @typedef {{ kind: 'day', key: string, label: string }
 *   | { kind: 'new', key: string }
 *   | { kind: 'said', key: string, messages: ShownMessage[], isFirstOfSender: boolean }} Line
 */

/**
 * @param {ShownMessage} shown
 * @returns {string}
 */
export function senderOf({ message }) {
  if (message.sender_chat) return message.sender_chat.title ?? 'Группа';
  return message.from ? `${message.from.first_name} ${message.from.last_name ?? ''}`.trim() : 'Группа';
}

/**
 * @param {Page} page
 * @param {ShownChat} chat
 * @returns {TextActions}
 */
function textActions(page, chat) {
  const as = page.viewerOf(chat.id);
  const threadId = page.place()?.threadId;
  return {
    botUsername: page.state.bot.username,
    command: (text) => void page.act({ type: 'send-text', as, chatId: chat.id, text, ...(threadId ? { threadId } : {}) }),
    start: (payload) => void page.act({ type: 'start-bot', as, payload }),
    copy,
  };
}

/**
 * @param {Page} page
 * @param {ShownChat} chat
 * @param {Extract<Line, { kind: 'said' }>} line
 * @returns {HTMLElement}
 */
export function drawSaid(page, chat, line) {
  const first = line.messages[0];
  if (!first) return h('div', {});
  const service = serviceLine(first.message);
  if (service !== undefined)
    return h('div', { class: 'line service', 'data-message-id': first.message.message_id }, h('span', {}, service));
  const own = isOwn(chat, first, page.viewerOf(chat.id));
  const isGroup = chat.kind !== 'private';
  const captioned = line.messages.find((one) => one.message.caption !== undefined) ?? first;
  const { message } = captioned;
  const words = message.text ?? message.caption;
  const isBare = Boolean(message.sticker) && words === undefined;
  const bubble = h(
    'div',
    { class: `bubble${isBare ? ' bare' : ''}` },
    isGroup && !own && line.isFirstOfSender ? h('div', { class: 'sender' }, senderOf(first)) : null,
    drawForward(first),
    drawQuote(first),
    drawAllMedia(line.messages),
    message.invoice ? drawInvoice(page, chat, captioned) : null,
    words === undefined
      ? null
      : h(
          'div',
          { class: 'words' },
          drawText(words, message.entities ?? message.caption_entities ?? [], textActions(page, chat)),
        ),
    drawMeta(captioned),
  );
  const more = iconButton(
    'more',
    'Действия с сообщением',
    (event) => openMessageMenu(page, chat, captioned, /** @type {Element} */ (event.currentTarget)),
    'message-more',
  );
  const body = h('div', { class: 'body' }, bubble, drawInlineKeyboard(page, chat, captioned), drawReactions(first));
  const row = h(
    'div',
    {
      class: `line ${own ? 'own' : 'other'}${line.isFirstOfSender ? ' first' : ''}`,
      'data-message-id': first.message.message_id,
    },
    body,
    more,
  );
  bubble.addEventListener('contextmenu', (event) => {
    if (event.target instanceof Element && event.target.closest('a, img')) return;
    event.preventDefault();
    openMessageMenu(page, chat, captioned, more);
  });
  row.prepend(h('span', { class: 'unseen' }, own ? 'Вы:' : `${senderOf(first)}:`));
  return row;
}

/** @param {ShownMessage[]} messages */
function drawAllMedia(messages) {
  const drawn = messages.map((one) => drawMedia(one.message, openPhoto)).filter((one) => one !== undefined);
  if (drawn.length <= 1) return drawn[0];
  const isPictures = messages.every((one) => one.message.photo || one.message.video);
  return h('div', { class: isPictures ? 'album' : 'files' }, drawn);
}

/** @param {ShownMessage} shown */
function drawForward({ message }) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const name =
    origin.type === 'user'
      ? origin.sender_user.first_name
      : origin.type === 'hidden_user'
        ? origin.sender_user_name
        : origin.type === 'chat'
          ? (origin.sender_chat.title ?? 'чат')
          : (origin.chat.title ?? 'канал');
  return h('div', { class: 'forward' }, `Переслано: ${name}`);
}

/** @param {ShownMessage} shown */
function drawQuote({ message }) {
  const replied = message.reply_to_message;
  if (!replied || replied.forum_topic_created) return null;
  const jump = () =>
    document.querySelector(`[data-message-id="${replied.message_id}"]`)?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  return h(
    'button',
    { type: 'button', class: 'quote', onclick: jump, 'aria-label': 'К сообщению, на которое это ответ' },
    h('strong', {}, senderOf({ message: replied })),
    h('span', {}, summaryOf(replied)),
  );
}

/** @param {ShownMessage} shown */
const drawMeta = ({ message, isSilent }) =>
  h(
    'span',
    { class: 'meta' },
    isSilent
      ? h('span', { class: 'silent', title: 'Пришло без звука' }, icon('silent'), h('span', { class: 'unseen' }, 'без звука '))
      : null,
    message.edit_date === undefined ? null : h('span', {}, 'изменено '),
    h('time', { datetime: new Date(message.date * 1000).toISOString() }, clockOf(message.date)),
  );

/** @param {ShownMessage} shown */
function drawReactions({ reactions = [], peopleReactions = [] }) {
  const all = [...reactions.map((one) => (one.type === 'emoji' ? one.emoji : '★')), ...peopleReactions.map((one) => one.emoji)];
  if (all.length === 0) return null;
  return h(
    'div',
    { class: 'reactions' },
    [...new Set(all)].map((emoji) => {
      const times = all.filter((one) => one === emoji).length;
      return h('span', {}, times === 1 ? emoji : `${emoji} ${times}`);
    }),
  );
}

/**
 * @param {Page} page
 * @param {ShownChat} chat
 * @param {ShownMessage} shown
 */
function drawInvoice(page, chat, shown) {
  const { invoice } = shown.message;
  if (!invoice) return null;
  const hasOwnButton = shown.message.reply_markup?.inline_keyboard.flat().some((button) => 'pay' in button);
  return h(
    'div',
    { class: 'card invoice' },
    h('span', { class: 'round' }, icon('card')),
    h('strong', {}, invoice.title),
    h('span', {}, invoice.description),
    drawPrices(shown),
    shown.invoice === 'paid'
      ? h('span', { class: 'paid' }, 'Оплачено')
      : hasOwnButton
        ? null
        : h(
            'button',
            { type: 'button', class: 'primary', onclick: () => void payInvoice(page, chat, shown) },
            `Оплатить ${moneyOf(invoice.total_amount, invoice.currency)}`,
          ),
  );
}
