import { type Api, GrammyError } from 'grammy';
import type { InlineKeyboardMarkup, Update } from 'grammy/types';
import { splitText } from '../../domain/parts.ts';
import type { PaperDesk } from '../../papers/paper.ts';
import type { Door, Words } from './scene.ts';
import { sendInvoice } from './send-invoice.ts';
import { sendPaper, sendSecretPaper } from './send-paper.ts';
import type { Markup, Voice } from './voice.ts';

/** Puts a named text into words; values are escaped for HTML unless it is to be a label. */
export type Wording = (text: string, words?: Words, options?: { html: boolean }) => string;

/** Told of what could not be said; knows nothing of the words. */
export type ReportUnsaid = (failure: { method: string; code: number | undefined; error: unknown }) => void;

/** Telegram takes 4096 characters after the tags are parsed; our tags never reach over a line, where a long text is cut. */
const LONGEST_MESSAGE = 4000;

/** The data of a button that opens a chapter, anew or in place. */
export function doorData({ dialog, ref = '', turns }: Pick<Door, 'dialog' | 'ref' | 'turns'>): string {
  return `${turns ? 't' : 'd'}.${dialog}.${ref}`;
}

export type VoiceParts = {
  wording: Wording;
  report: ReportUnsaid;
  papers: PaperDesk;
  botName: string;
  /** `PAYMENT_PROVIDER_TOKEN`: who takes the money for invoices. */
  providerToken: string | undefined;
};

/** Speaks in the private chat of one update. */
export function telegramVoice(api: Api, update: Update, { wording, report, papers, botName, providerToken }: VoiceParts): Voice {
  const press = update.callback_query;
  const message = update.message ?? update.edited_message ?? press?.message;
  const inPrivate = message?.chat.type === 'private' ? message.chat.id : undefined;
  // Who pays in a group is answered in private.
  const chat = inPrivate ?? (update.message ?? update.pre_checkout_query)?.from?.id ?? 0;
  /** The message that a door is to turn, until something was shown in its place. */
  let turning = press?.data?.startsWith('t.') ? press.message?.message_id : undefined;
  const label = (text: string, words?: Words) => wording(text, words, { html: false });

  async function attempt(method: string, call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      report({ method, code: error instanceof GrammyError ? error.error_code : undefined, error });
      return false;
    }
  }

  const send = (html: string, markup?: Markup) =>
    attempt('sendMessage', () =>
      api.raw.sendMessage({
        chat_id: chat,
        text: html,
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...(markup && { reply_markup: markup }),
      }),
    );

  const button = (door: Door) => ({ text: label(door.label, door.words), callback_data: doorData(door) });

  async function sendParts(parts: readonly string[], markup?: Markup): Promise<boolean> {
    for (const part of parts.slice(0, -1)) if (!(await send(part))) return false;
    return send(parts.at(-1) ?? '', markup);
  }

  // A list may outgrow a message: it goes on in the next one, and the buttons stand under the last.
  const inParts = (text: string, words: Words) => splitText(wording(text, words, { html: true }), LONGEST_MESSAGE);

  /** False when the message is gone, too old or no text: then it has to be said anew. */
  async function change(messageId: number, html: string, markup?: InlineKeyboardMarkup): Promise<boolean> {
    try {
      await api.raw.editMessageText({
        chat_id: chat,
        message_id: messageId,
        text: html,
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...(markup && { reply_markup: markup }),
      });
      return true;
    } catch (error) {
      if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
      return /not modified/.test(error.description);
    }
  }

  return {
    botName,
    label,
    doors: (list) => ({ inline_keyboard: list.map((row) => ('dialog' in row ? [button(row)] : row.map(button))) }),
    say: (text, words, markup) => sendParts(inParts(text, words), markup),
    async show(text, words, markup) {
      const parts = inParts(text, words);
      const [only, more] = parts;
      const message = turning;
      turning = undefined;
      if (message === undefined || only === undefined || more !== undefined) return sendParts(parts, markup);
      let changed = false;
      const answered = await attempt('editMessageText', async () => {
        changed = await change(message, only, markup);
      });
      return answered && !changed ? sendParts(parts, markup) : answered;
    },
    hand: (paper, text, words, markup) => {
      const caption = wording(text, words, { html: true });
      return sendPaper({ api, chat, papers, attempt }, paper, { caption, ...(markup && { reply_markup: markup }) });
    },
    async handSecret(paper, text, words) {
      const sent = await sendSecretPaper({ api, chat, papers, attempt }, paper, {
        caption: wording(text, words, { html: true }),
      });
      return sent ? `telegram:${chat}/${sent.message_id}` : null;
    },
    invoice: (invoice, texts, words) => sendInvoice({ api, chat, providerToken, label, attempt }, invoice, texts, words),
    async showPlace({ latitude, longitude, title, address }) {
      await attempt('sendVenue', () => api.sendVenue(chat, latitude, longitude, title, address));
    },
    async deleteMessage() {
      if (!message) return true;
      return attempt('deleteMessage', () => api.deleteMessage(chat, message.message_id).catch(unlessGone));
    },
    async answerPress(text) {
      if (!press) return;
      // A press is answered once and in time; later answers are refused and harmless.
      const answer = text ? { text: label(text), show_alert: true } : {};
      await attempt('answerCallbackQuery', () => api.answerCallbackQuery(press.id, answer).catch(unlessGone));
    },
    async replaceButtons(markup) {
      const pressed = press?.message?.message_id;
      if (pressed === undefined) return;
      await attempt('editMessageReplyMarkup', () =>
        api.editMessageReplyMarkup(chat, pressed, markup ? { reply_markup: markup } : {}).catch(unlessGone),
      );
    },
  };
}

/** A message that is gone already, buttons that are as they should be, a press that was answered: nothing is amiss. */
function unlessGone(error: unknown): void {
  const harmless = error instanceof GrammyError && /not found|not modified|too old|query ID is invalid/.test(error.description);
  if (!harmless) throw error;
}
