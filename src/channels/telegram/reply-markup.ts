import type { InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'grammy/types';
import type { Buttons, Keyboard } from '../../dialogs/kit/keyboard.ts';
import { buttonData } from './callback-data.ts';

export type Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove;

/** Under a message a button carries what it means; below the field it only says its label, which is understood when it is typed. */
export function markupOf(keyboard: Keyboard): Markup {
  if (!('below' in keyboard)) return inlineKeyboard(keyboard);
  if (keyboard.below === 'nothing') return { remove_keyboard: true };
  if (keyboard.below === 'menu') {
    const rows = keyboard.rows.map((row) => row.map(({ label }) => ({ text: label })));
    return { keyboard: rows, resize_keyboard: true, is_persistent: true, ...hintOf(keyboard) };
  }
  const { share, cancel } = keyboard;
  return {
    keyboard: [[{ text: share, request_contact: true }], [{ text: cancel.label }]],
    resize_keyboard: true,
    one_time_keyboard: true,
    ...hintOf(keyboard),
  };
}

function hintOf({ hint }: { hint?: string }): { input_field_placeholder?: string } {
  return hint === undefined ? {} : { input_field_placeholder: hint };
}

export function inlineKeyboard(buttons: Buttons): InlineKeyboardMarkup {
  return {
    inline_keyboard: buttons.map((row) => row.map(({ label, means }) => ({ text: label, callback_data: buttonData(means) }))),
  };
}
