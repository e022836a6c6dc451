import type { Api } from 'grammy';
import type { InlineKeyboardMarkup, Message, Update } from 'grammy/types';
import type { TextArgs } from '../../dialogs/kit/scene.ts';
import type { Unsaid, Voice } from '../../dialogs/kit/voice.ts';
import type { BotAddress } from '../../domain/bot-address.ts';
import type { PaperCache } from '../../papers/paper.ts';
import type { MayCall } from '../../reception/channel.ts';
import { splitMarked } from '../../texts/markup.ts';
import { readCallbackData } from './callback-data.ts';
import { isClosed, openCalls, type ReportUnsaid } from './calls.ts';
import { messageRef, messagePlace, readMessagePlace } from './ids.ts';
import { LARGEST_FETCHED_BYTES, LONGEST_PART } from './limits.ts';
import { passes, type TelegramRefusal } from './refusals.ts';
import { inlineKeyboard, type Markup, markupOf } from './reply-markup.ts';
import { sayMarked, wordsWith } from './say.ts';
import { sendInvoice } from './send-invoice.ts';
import { sendPaper, sendSecretPaper } from './send-paper.ts';

/** Puts a named text into words; values are escaped for HTML unless it is to be a label. */
export type Wording = (text: string, words?: TextArgs, options?: { marked: boolean }) => string;

export type { ReportUnsaid } from './calls.ts';

/** Where Telegram does not say when it takes the same again. */
const AWAY_SECONDS = 5;

export type VoiceParts = {
  wording: Wording;
  report: ReportUnsaid;
  papers: PaperCache;
  /** Makes a call once only, where it would be an evil twice; the usual one where it is not said. */
  onceApi?: Api | undefined;
  bot: BotAddress;
  /** `PAYMENT_PROVIDER_TOKEN`: who takes the money for invoices. */
  providerToken: string | undefined;
};

/**
 * Speaks in the private chat of one update. What Telegram does not take as it is is said in another way: words without their looks, a message
 * that cannot be changed anew, a file in words. What cannot be said now is told by `unsaid`. `mayCall`: whether the chat is still ours.
 */
export function telegramVoice(
  api: Api,
  update: Update,
  { wording, report, papers, onceApi = api, bot, providerToken }: VoiceParts,
  mayCall?: MayCall,
): Voice {
  const press = update.callback_query;
  const message = update.message ?? update.edited_message ?? press?.message;
  const inPrivate = message?.chat.type === 'private' ? message.chat.id : undefined;
  // Who pays in a group is answered in private.
  const chat = inPrivate ?? (update.message ?? update.pre_checkout_query)?.from?.id ?? 0;
  /** The message that a door is to replace, until something was shown in its place. */
  const pressed = readCallbackData(press?.data ?? '');
  let replacing = pressed?.kind === 'door' && pressed.replaces ? press?.message?.message_id : undefined;
  let unsaid: Unsaid = { outcome: 'nothing' };
  let lastSaid: number | undefined;
  const label = (text: string, words?: TextArgs) => wording(text, words, { marked: false });
  const call = openCalls(report, mayCall);

  /** Something of the answer is wanting. What waits for Telegram makes the rest wait with it: all of it is said when the update comes again. */
  function miss(refusal: TelegramRefusal): false {
    if (passes(refusal)) unsaid = { outcome: 'away', seconds: refusal.seconds ?? AWAY_SECONDS };
    else if (unsaid.outcome === 'nothing') unsaid = { outcome: 'refused' };
    return false;
  }

  function note({ message_id: id }: Pick<Message, 'message_id'>): true {
    lastSaid = id;
    return true;
  }

  async function send(marked: string, markup?: Markup): Promise<boolean> {
    if (unsaid.outcome === 'away') return false;
    const said = await sayMarked({ api, chat, call }, marked, markup, { cuts: 'at-once', onSaid: note });
    return said.done || miss(said.refusal);
  }

  async function sendParts(parts: readonly string[], markup?: Markup): Promise<boolean> {
    for (const part of parts.slice(0, -1)) if (!(await send(part))) return false;
    return send(parts.at(-1) ?? '', markup);
  }

  // A list may outgrow a message: it goes on in the next one, and the buttons stand under the last.
  const inParts = (text: string, words: TextArgs) => splitMarked(wording(text, words, { marked: true }), LONGEST_PART);

  /** False when it has to be said anew: the message is gone, too old, no text, or could not be changed now. */
  async function change(messageId: number, marked: string, markup?: InlineKeyboardMarkup): Promise<boolean> {
    const changed = await call('editMessageText', () => api.editMessageText(chat, messageId, marked, wordsWith(markup)));
    return (changed.done || changed.refusal.what === 'unchanged') && note({ message_id: messageId });
  }

  return {
    powers: {
      sharesContact: true,
      deletesLetters: true,
      changesMessages: true,
      takesBack: true,
      offersCommands: true,
      sendsInvoices: providerToken !== undefined,
      copiesText: true,
      showsPlaces: true,
    },
    bot,
    largestFileBytes: LARGEST_FETCHED_BYTES,
    label,
    unsaid: () => unsaid,
    lastSaid: () => (lastSaid === undefined ? undefined : messagePlace(lastSaid)),
    say: (text, words, keyboard) => sendParts(inParts(text, words), keyboard && markupOf(keyboard)),
    async show(text, words, buttons, place) {
      const markup = buttons && inlineKeyboard(buttons);
      const parts = inParts(text, words);
      const [only, more] = parts;
      const before = place === undefined ? replacing : readMessagePlace(place);
      replacing = undefined;
      const fits = before !== undefined && only !== undefined && more === undefined && unsaid.outcome !== 'away';
      return (fits && (await change(before, only, markup))) || sendParts(parts, markup);
    },
    async hand(paper, text, words, buttons) {
      const markup = buttons && inlineKeyboard(buttons);
      if (unsaid.outcome === 'away') return false;
      const caption = wording(text, words, { marked: true });
      const handed = await sendPaper({ api, chat, papers, call }, paper, caption, markup);
      if (handed.outcome === 'handed') return note(handed.message);
      if (handed.outcome === 'bare') return send(caption, markup);
      if (isClosed(handed.no.refusal)) return miss(handed.no.refusal);
      // The file is not there, what was to stand under it is.
      await send(`${wording('problem-file-not-sent', {}, { marked: true })}\n\n${caption}`, markup);
      return false;
    },
    async handSecret(paper, text, words) {
      const sent = await sendSecretPaper({ api: onceApi, chat, papers, call }, paper, wording(text, words, { marked: true }));
      return sent ? messageRef(chat, sent.message_id) : null;
    },
    invoice: (invoice, texts, words) => sendInvoice({ api, chat, providerToken, label, call }, invoice, texts, words),
    async showPlace({ latitude, longitude, title, address }) {
      if (unsaid.outcome === 'away') return;
      const shown = await call('sendVenue', () => api.sendVenue(chat, latitude, longitude, title, address));
      if (shown.done) return;
      if (isClosed(shown.refusal)) miss(shown.refusal);
      else await send(wording('problem-place-not-shown', { title, address }, { marked: true }));
    },
    async deleteMessage() {
      if (!message) return true;
      const deleted = await call('deleteMessage', () => api.deleteMessage(chat, message.message_id));
      return deleted.done || deleted.refusal.what === 'message-gone';
    },
    async answerPress(text) {
      if (!press || unsaid.outcome === 'away') return;
      const answer = text ? { text: label(text), show_alert: true } : {};
      const answered = await call('answerCallbackQuery', () => api.answerCallbackQuery(press.id, answer));
      // A press is answered once and in time; without words a later answer is refused and harmless.
      if (text && !answered.done) await send(wording(text, {}, { marked: true }));
    },
    async replaceButtons(buttons, place) {
      const under = place === undefined ? press?.message?.message_id : readMessagePlace(place);
      if (under === undefined || unsaid.outcome === 'away') return false;
      const replaced = await call('editMessageReplyMarkup', () =>
        api.editMessageReplyMarkup(chat, under, buttons ? { reply_markup: inlineKeyboard(buttons) } : {}),
      );
      return replaced.done || replaced.refusal.what === 'unchanged';
    },
    async restoreButtons() {
      // With a press comes the message as it stood then.
      const pressedOn = press?.message && 'reply_markup' in press.message ? press.message : undefined;
      if (!pressedOn?.reply_markup || unsaid.outcome === 'away') return false;
      const { message_id: under, reply_markup } = pressedOn;
      const restored = await call('editMessageReplyMarkup', () => api.editMessageReplyMarkup(chat, under, { reply_markup }));
      return restored.done || restored.refusal.what === 'unchanged';
    },
    async offerCommands(commands) {
      if (unsaid.outcome === 'away') return;
      const scope = { type: 'chat', chat_id: chat } as const;
      if (commands) await call('setMyCommands', () => api.setMyCommands(commands, { scope }));
      else await call('deleteMyCommands', () => api.deleteMyCommands({ scope }));
    },
    async takeBack(place) {
      if (unsaid.outcome === 'away') return false;
      const taken = await call('deleteMessage', () => api.deleteMessage(chat, readMessagePlace(place)));
      return taken.done || taken.refusal.what === 'message-gone';
    },
  };
}
