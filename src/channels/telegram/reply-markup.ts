import { cutTo } from '../../domain/cut.ts';
import type { InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'grammy/types';
import type { ButtonLook } from '../../domain/button-look.ts';
import type { Button, Keyboard } from '../../dialogs/kit/keyboard.ts';
import { type ChapterDoor, type DeskDoor, doorRows } from '../../domain/doors.ts';
import { buttonData } from './callback-data.ts';
import { LONGEST_COPY } from './limits.ts';

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

type InlineButton = { label: string; means: Button['means'] | DeskDoor; look?: ButtonLook };

export function inlineKeyboard(buttons: readonly (readonly InlineButton[])[]): InlineKeyboardMarkup {
  return { inline_keyboard: buttons.map((row) => row.map(inlineButton)) };
}

/** Of doors below a message; undefined where there are none. */
export function doorsKeyboard(
  doors: readonly ({ label: string; look?: ButtonLook } & (ChapterDoor | DeskDoor))[],
): InlineKeyboardMarkup | undefined {
  if (doors.length === 0) return undefined;
  return inlineKeyboard(
    doorRows(doors).map((row) => row.map(({ label, look, ...means }) => ({ label, means, ...(look && { look }) }))),
  );
}

/** What pays is green, what destroys is red; a client or a server that is too old for colours does without. */
const STYLES = { pays: 'success', destroys: 'danger' } as const;

function inlineButton({ label, means, look }: InlineButton): InlineKeyboardButton {
  const style = look && { style: STYLES[look] };
  if ('copies' in means) return { text: label, ...style, copy_text: { text: cutTo(means.copies, LONGEST_COPY) } };
  if ('address' in means) return { text: label, ...style, url: means.address };
  return { text: label, ...style, callback_data: buttonData(means) };
}
