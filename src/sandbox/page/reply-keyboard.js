/** @import { KeyboardButton } from 'grammy/types' */
/** @import { ReplyKeyboard } from '../protocol.ts' */
/** @import { Page } from './page.js' */
import { byId, h, keep } from './dom.js';
import { colourClass } from './inline-keyboard.js';
import { ask } from './overlays.js';
import { phoneOf } from './words.js';

/** Keyboards that the reader folded or that fold after one press, until the bot sends another. @type {WeakSet<ReplyKeyboard>} */
const folded = new WeakSet();

/** @param {Page} page */
function current(page) {
  const place = page.place();
  const keyboard = place && page.state.chats.get(place.chatId)?.keyboard;
  return place && keyboard ? { place, keyboard } : undefined;
}

/** @param {Page} page */
export function toggleReplyKeyboard(page) {
  const keyboard = current(page)?.keyboard;
  if (!keyboard) return;
  if (!folded.delete(keyboard)) folded.add(keyboard);
  page.redraw();
}

/** @param {Page} page the keyboard below the input, and the button that folds it */
export function drawReplyKeyboard(page) {
  const now = current(page);
  const isOpen = now !== undefined && !folded.has(now.keyboard);
  const toggle = byId('keyboard-toggle');
  toggle.hidden = !now;
  toggle.setAttribute('aria-expanded', String(isOpen));
  toggle.setAttribute('aria-label', isOpen ? 'Свернуть клавиатуру бота' : 'Показать клавиатуру бота');
  const box = byId('reply-keyboard');
  box.hidden = !isOpen;
  const key = now ? `${now.place.chatId}:${now.place.threadId}` : '';
  keep(box, now ? now.keyboard.rows.map((row, index) => ({ row, index })) : [], {
    key: ({ index }) => `${key}:${index}`,
    signature: ({ row }) => JSON.stringify(row),
    make: ({ row, index }) =>
      h(
        'div',
        { class: 'reply-row' },
        row.map((button, column) =>
          h(
            'button',
            {
              type: 'button',
              class: `reply-button ${typeof button === 'string' ? '' : colourClass(button)}`,
              onclick: () => void press(page, button, index, column),
            },
            textOf(button),
          ),
        ),
      ),
  });
}

/** @param {KeyboardButton} button */
const textOf = (button) => (typeof button === 'string' ? button : button.text);

/**
 * A press sends the button's text; one that asks for the number or the place hands it over after a question, as Telegram does.
 * @param {Page} page
 * @param {KeyboardButton} button
 * @param {number} row
 * @param {number} column
 */
async function press(page, button, row, column) {
  const now = current(page);
  if (!now) return;
  const as = page.viewerOf(now.place.chatId);
  const person = page.state.people.get(as);
  if (typeof button !== 'string' && 'request_contact' in button && person) {
    const text = `Бот «${page.state.bot.firstName}» узнает ваш номер ${phoneOf(person.phone)}.`;
    if (!(await ask({ title: 'Поделиться номером?', text, agree: 'Поделиться' }))) return;
  }
  if (typeof button !== 'string' && 'request_location' in button) {
    if (
      !(await ask({
        title: 'Показать боту, где вы?',
        text: 'Бот узнает ваше местоположение: это центр города.',
        agree: 'Показать',
      }))
    )
      return;
  }
  const { threadId } = now.place;
  const result = await page.act({
    type: 'press-keyboard',
    as,
    chatId: now.place.chatId,
    row,
    column,
    ...(threadId === 0 ? {} : { threadId }),
  });
  if (result && now.keyboard.isOneTime) folded.add(now.keyboard);
  page.redraw();
}
