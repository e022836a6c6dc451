import type { InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types';
import { choiceData } from '../../channels/telegram/callback-data.ts';

/** «Отмена» stands under every question. */
export const CANCEL = 'x';
const PAGE = 10;
const SHORT = 14;

type Choice = { key: string; label: string };

/** Buttons of a question: short labels two in a row, long ones each on its own; the last row leaves the dialog. */
export function questionKeyboard(
  run: string,
  step: number,
  choices: readonly Choice[],
  cancelLabel: string,
): InlineKeyboardMarkup {
  const rows = inRows(choices.map(({ key, label }) => ({ text: label, callback_data: choiceData({ run, step, choice: key }) })));
  return { inline_keyboard: [...rows, [{ text: cancelLabel, callback_data: choiceData({ run, step, choice: CANCEL }) }]] };
}

/** Which page a button turns to, from 1, and how many there are. */
type PageLabel = (words: { page: number; of: number }) => string;

/** Ten choices a page; `p<n>` turns to page n. */
export function pickKeyboard(
  run: string,
  step: number,
  labels: readonly string[],
  page: number,
  { cancel, earlier, later }: { cancel: string; earlier: PageLabel; later: PageLabel },
): InlineKeyboardMarkup {
  const from = page * PAGE;
  const rows = labels
    .slice(from, from + PAGE)
    .map((text, i) => [{ text, callback_data: choiceData({ run, step, choice: String(from + i) }) }]);
  const of = Math.ceil(labels.length / PAGE);
  const turn: InlineKeyboardButton[] = [];
  if (page > 0) turn.push({ text: earlier({ page, of }), callback_data: choiceData({ run, step, choice: `p${page - 1}` }) });
  if (from + PAGE < labels.length)
    turn.push({ text: later({ page: page + 2, of }), callback_data: choiceData({ run, step, choice: `p${page + 1}` }) });
  return {
    inline_keyboard: [
      ...rows,
      ...(turn.length ? [turn] : []),
      [{ text: cancel, callback_data: choiceData({ run, step, choice: CANCEL }) }],
    ],
  };
}

/** The telephone's own button for sharing one's number. */
export function contactKeyboard(shareLabel: string, cancelLabel: string): ReplyKeyboardMarkup {
  return {
    keyboard: [[{ text: shareLabel, request_contact: true }], [{ text: cancelLabel }]],
    resize_keyboard: true,
    one_time_keyboard: true,
  };
}

function inRows(buttons: readonly InlineKeyboardButton[]): InlineKeyboardButton[][] {
  const rows: InlineKeyboardButton[][] = [];
  for (const button of buttons) {
    const last = rows.at(-1);
    const fits = button.text.length <= SHORT && last?.length === 1 && (last[0]?.text.length ?? SHORT) <= SHORT;
    if (fits) last.push(button);
    else rows.push([button]);
  }
  return rows;
}
