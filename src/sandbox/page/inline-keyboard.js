/** @import { InlineKeyboardButton } from 'grammy/types' */
/** @import { ShownChat, ShownMessage } from '../protocol.ts' */
/** @import { Page } from './page.js' */
import { h, icon } from './dom.js';
import { copy, toast } from './overlays.js';
import { payInvoice } from './pay-sheet.js';
import { pressedOn } from './state.js';

/** @param {{ style?: string }} button @returns {string} the bot's colour of a button, as a class */
export const colourClass = ({ style }) => (style === undefined ? '' : `style-${style}`);

/**
 * The buttons under a bubble; a pressed one turns until the bot answers.
 * @param {Page} page
 * @param {ShownChat} chat
 * @param {ShownMessage} shown
 * @returns {HTMLElement | null}
 */
export function drawInlineKeyboard(page, chat, shown) {
  const rows = shown.message.reply_markup?.inline_keyboard;
  if (!rows || rows.length === 0) return null;
  const pressed = pressedOn(page.state, page.viewerOf(chat.id), chat.id, shown.message.message_id);
  return h(
    'div',
    { class: 'inline-keyboard', role: 'group', 'aria-label': 'Кнопки сообщения' },
    rows.map((row, rowIndex) =>
      h(
        'div',
        { class: 'inline-row' },
        row.map((button, column) => {
          const isBusy = 'callback_data' in button && pressed.some((one) => one.data === button.callback_data);
          return drawButton(page, chat, shown, button, rowIndex, column, isBusy);
        }),
      ),
    ),
  );
}

/**
 * @param {Page} page
 * @param {ShownChat} chat
 * @param {ShownMessage} shown
 * @param {InlineKeyboardButton} button
 * @param {number} row
 * @param {number} column
 * @param {boolean} isBusy
 */
function drawButton(page, chat, shown, button, row, column, isBusy) {
  if ('url' in button) {
    return h(
      'a',
      { class: `inline-button ${colourClass(button)}`, href: button.url, target: '_blank', rel: 'noopener noreferrer' },
      button.text,
      h('small', { 'aria-hidden': 'true' }, ' ↗'),
    );
  }
  const press = async () => {
    if ('pay' in button) void payInvoice(page, chat, shown);
    else if ('copy_text' in button) copy(button.copy_text.text);
    else if ('callback_data' in button) {
      element.classList.add('busy');
      const as = page.viewerOf(chat.id);
      const result = await page.act({
        type: 'press-button',
        as,
        chatId: chat.id,
        messageId: shown.message.message_id,
        row,
        column,
      });
      if (!result) element.classList.remove('busy');
    } else toast('Такие кнопки песочница не открывает');
  };
  const element = h(
    'button',
    {
      type: 'button',
      class: `inline-button ${colourClass(button)}${isBusy ? ' busy' : ''}`,
      'aria-busy': isBusy ? 'true' : undefined,
      onclick: () => void press(),
    },
    button.text,
    'copy_text' in button ? icon('copy') : null,
  );
  return element;
}
