/** `reply_markup`, checked as Telegram checks it. */
import type { InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton } from 'grammy/types';
import type { ReplyKeyboard } from '../protocol.ts';
import { characters } from './entities/formatted.ts';
import { httpUrl } from './entities/html.ts';
import { badRequest } from './refusal.ts';

export type StoredMarkup =
  | { kind: 'none' }
  | { kind: 'inline'; inline: InlineKeyboardMarkup }
  | { kind: 'keyboard'; keyboard: ReplyKeyboard }
  | { kind: 'remove' }
  | { kind: 'force-reply' };

type RawFields = Record<string, unknown>;

/** What a button below a message may do, besides its look. */
const ACTIONS = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
] as const;

/** What a button below the input may ask for, instead of sending its words. */
const REQUESTS = [
  'request_users',
  'request_chat',
  'request_managed_bot',
  'request_contact',
  'request_location',
  'request_poll',
  'web_app',
] as const;

const STYLES: readonly unknown[] = ['danger', 'success', 'primary'];
const COPY_LIMIT = 256;
const PLACEHOLDER_LIMIT = 64;

export function readMarkup(given: unknown): StoredMarkup {
  if (given === undefined) return { kind: 'none' };
  const markup = objectOf(given, 'Object expected as reply markup');
  if (markup['remove_keyboard'] === true) return { kind: 'remove' };
  const placeholder = placeholderOf(markup);
  if (markup['force_reply'] === true) return { kind: 'force-reply' };
  if (markup['inline_keyboard'] !== undefined) {
    const inline_keyboard = rowsOf(markup['inline_keyboard'], 'inline_keyboard').map((row) => row.map(inlineButton));
    const rows = inline_keyboard.filter((row) => row.length > 0);
    if (rows.flat().length > 100) throw badRequest('reply markup is too long');
    if (rows.flat().some((button, index) => 'pay' in button && index > 0)) throw badRequest('BUTTON_POS_INVALID');
    return rows.length === 0 ? { kind: 'none' } : { kind: 'inline', inline: { inline_keyboard: rows } };
  }
  if (markup['keyboard'] !== undefined) {
    const rows = rowsOf(markup['keyboard'], 'keyboard').map((row) => row.map(keyboardButton));
    if (rows.flat().length > 300) throw badRequest('reply markup is too long');
    const keyboard: ReplyKeyboard = {
      rows: rows.filter((row) => row.length > 0),
      isPersistent: markup['is_persistent'] === true,
      isOneTime: markup['one_time_keyboard'] === true,
      isResized: markup['resize_keyboard'] === true,
      ...(placeholder === undefined ? {} : { placeholder }),
    };
    return keyboard.rows.length === 0 ? { kind: 'none' } : { kind: 'keyboard', keyboard };
  }
  return { kind: 'none' };
}

/** For methods that take an inline keyboard only. */
export function readInlineMarkup(given: unknown): InlineKeyboardMarkup | undefined {
  const markup = readMarkup(given);
  if (markup.kind === 'inline') return markup.inline;
  if (markup.kind === 'none') return undefined;
  throw badRequest('inline keyboard expected');
}

/** Whether one of the buttons takes money: such a keyboard stands below invoices only. */
export const hasPay = (markup: StoredMarkup): boolean =>
  markup.kind === 'inline' && markup.inline.inline_keyboard.flat().some((button) => 'pay' in button);

function inlineButton(given: unknown): InlineKeyboardButton {
  const button = objectOf(given, 'InlineKeyboardButton must be an Object');
  const text = textOf(button);
  requireLook(button);
  const [action, ...others] = ACTIONS.filter((name) => button[name] !== undefined);
  if (action === undefined)
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  if (others.length > 0)
    throw badRequest(`can't parse inline keyboard button: Exactly one of "${[action, ...others].join('", "')}" must be used`);
  if (action === 'copy_text') {
    const copied = objectOf(button['copy_text'], 'CopyTextButton must be an Object')['text'];
    if (typeof copied !== 'string' || copied === '' || characters(copied).length > COPY_LIMIT)
      throw badRequest('BUTTON_COPY_TEXT_INVALID');
  }
  if (action === 'callback_data') {
    const data = String(button['callback_data']);
    const bytes = Buffer.byteLength(data);
    if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID');
  }
  if (action === 'url') {
    const url = String(button['url']);
    if (httpUrl(url) === undefined) throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
  }
  if (action === 'web_app' && !String(objectOf(button['web_app'], 'WebAppInfo must be an Object')['url']).startsWith('https://'))
    throw badRequest(`inline keyboard button Web App URL is invalid: Only HTTPS links are allowed`);
  return { ...button, text } as InlineKeyboardButton;
}

function keyboardButton(given: unknown): KeyboardButton {
  if (typeof given === 'string') return { text: given };
  const button = objectOf(given, 'KeyboardButton must be a String or an Object');
  const text = textOf(button);
  requireLook(button);
  const requests = REQUESTS.filter((name) => button[name] !== undefined && button[name] !== false);
  if (requests.length > 1)
    throw badRequest(`can't parse keyboard button: At most one of "${requests.join('", "')}" must be used`);
  return { ...button, text };
}

/** Colour and emoji of a button. */
function requireLook({ style, icon_custom_emoji_id: emoji }: RawFields): void {
  if (style !== undefined && !STYLES.includes(style))
    throw badRequest("can't parse keyboard button: Invalid button style specified");
  if (emoji !== undefined && (typeof emoji !== 'string' || !/^\d+$/.test(emoji)))
    throw badRequest("can't parse keyboard button: Invalid custom emoji identifier specified");
}

function placeholderOf(markup: RawFields): string | undefined {
  const placeholder = markup['input_field_placeholder'];
  if (typeof placeholder !== 'string' || placeholder === '') return undefined;
  if (characters(placeholder).length > PLACEHOLDER_LIMIT)
    throw badRequest('can\'t parse reply markup: Field "input_field_placeholder" must be of 1-64 characters');
  return placeholder;
}

function textOf(button: RawFields): string {
  const text = button['text'];
  if (typeof text !== 'string') throw badRequest(`can't parse keyboard button: Can't find field "text"`);
  if (text.trim() === '') throw badRequest('BUTTON_TEXT_INVALID');
  return text;
}

function rowsOf(given: unknown, field: string): unknown[][] {
  if (!Array.isArray(given) || !given.every(Array.isArray)) throw badRequest(`field "${field}" must be an Array of Arrays`);
  return given as unknown[][];
}

function objectOf(given: unknown, problem: string): RawFields {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw badRequest(problem[0] === 'O' ? `o${problem.slice(1)}` : problem);
  return given as RawFields;
}
