import type { Api, InputFile } from 'grammy';
import type { InlineKeyboardMarkup, Message } from 'grammy/types';
import type { RefusedWhat } from '../../delivery/refusal.ts';
import { splitText } from '../../domain/parts.ts';
import type { DrawnFile } from '../../papers/paper.ts';
import { plainText } from '../../texts/markup.ts';
import type { MakeCall } from './attempt.ts';
import { SHORTER_PART } from './limits.ts';
import type { TelegramRefusal } from './refusals.ts';
import type { Markup } from './reply-markup.ts';

type Refused = { done: false; refusal: TelegramRefusal };

type Speaker<No extends Refused> = { api: Api; chat: number; call: MakeCall<No> };

type SaidOr<No extends Refused> = { done: true; result: Message } | No;

type SaidHow = {
  /**
   * Whether plain words may become several messages: `at-once`, without another try of them whole (in a turn there is no time for it); `at-last`, where
   * they are not taken whole; `never`, where what is said is known by its one message.
   */
  cuts: 'at-once' | 'at-last' | 'never';
  /** Where in the chat, in answer to what, and how loudly. */
  manner?: Parameters<Api['sendMessage']>[2];
  /** Hears of each message that stands there. */
  onSaid?: (message: Message) => void;
};

const NO_PREVIEW = { link_preview_options: { is_disabled: true } } as const;

/** Options of a message of marked words; also where it is edited. */
export function wordsWith<M extends Markup>(markup?: M) {
  return { parse_mode: 'HTML', ...NO_PREVIEW, ...(markup && { reply_markup: markup }) } as const;
}

/** The same of a file; empty words are none. */
export function captionWith(marked: string, markup?: InlineKeyboardMarkup) {
  return { ...(marked !== '' && { caption: marked, parse_mode: 'HTML' as const }), ...(markup && { reply_markup: markup }) };
}

/**
 * Says marked words with a keyboard; where they are not taken so, without their looks, then without the keyboard and, as `cuts` has it, in parts:
 * what they say is not lost with either. The last message, or the refusal after which nothing more helps.
 */
export async function sayMarked<No extends Refused>(
  { api, chat, call }: Speaker<No>,
  marked: string,
  markup: Markup | undefined,
  { cuts, manner, onSaid }: SaidHow,
): Promise<SaidOr<No>> {
  const post = async (text: string, options: Parameters<Api['sendMessage']>[2]): Promise<SaidOr<No>> => {
    const said: SaidOr<No> = await call('sendMessage', () => api.sendMessage(chat, text, { ...manner, ...options }));
    if (said.done) onSaid?.(said.result);
    return said;
  };
  // Words that may not be cut do not become shorter by being plain.
  const maySayOtherwise = (said: SaidOr<No>): said is No =>
    !said.done && isOfMessage(said.refusal) && !(cuts === 'never' && said.refusal.what === 'length');

  const whole = await post(marked, wordsWith(markup));
  if (!maySayOtherwise(whole)) return whole;
  const cut = (words: string) => (cuts === 'never' ? [words] : splitText(words, SHORTER_PART));
  const sayPlain = async (words: string): Promise<SaidOr<No>> => {
    const said = await post(words, { ...NO_PREVIEW, ...(markup && { reply_markup: markup }) });
    const parts = cut(words);
    const differs = markup !== undefined || parts.length > 1;
    return differs && maySayOtherwise(said) ? untilRefused(parts, (part) => post(part, NO_PREVIEW), said) : said;
  };
  const bare = plainText(marked);
  return untilRefused(cuts === 'at-once' ? cut(bare) : [bare], sayPlain, whole);
}

async function untilRefused<No extends Refused>(
  parts: readonly string[],
  say: (part: string) => Promise<SaidOr<No>>,
  before: SaidOr<No>,
): Promise<SaidOr<No>> {
  let last = before;
  for (const part of parts) {
    last = await say(part);
    if (!last.done) return last;
  }
  return last;
}

/** The chat takes nothing from us, or nothing of this kind: a group will once it is set so. */
export const SHUT: ReadonlySet<RefusedWhat> = new Set(['closed', 'nobody', 'rights', 'kind']);

/** Telegram does not take the message as it is, from anybody at any time. */
export function isOfMessage({ move, what }: TelegramRefusal): boolean {
  return move === 'tell' && !SHUT.has(what);
}

/** `bare`: it stands there without the words and buttons, which were not taken under it. */
export type Handed<No extends Refused> =
  | { outcome: 'handed'; message: Message }
  | { outcome: 'bare'; message: Message }
  | { outcome: 'refused'; no: No };

/** Hands a file over with marked words under it, and without them where it is they, or the buttons, that are not taken. */
export async function handCaptioned<No extends Refused>(
  { api, chat, call }: Speaker<No>,
  file: HandedFile,
  marked: string,
  markup?: InlineKeyboardMarkup,
): Promise<Handed<No>> {
  const hand = (under: Under) => call(methodOf(file), () => upload(api, chat, file, under));
  const first = await hand(captionWith(marked, markup));
  if (first.done) return { outcome: 'handed', message: first.result };
  if (first.refusal.what !== 'words' && first.refusal.what !== 'length') return { outcome: 'refused', no: first };
  const bare = await hand({});
  return bare.done ? { outcome: 'bare', message: bare.result } : { outcome: 'refused', no: bare };
}

type Under = ReturnType<typeof captionWith>;

/** As what it is sent, and Telegram's handle of it or what is to be sent up. */
export type HandedFile = { send: DrawnFile['send']; file: string | InputFile };

export function upload(api: Api, chat: number, { send, file }: HandedFile, under: Under): Promise<Message> {
  return send === 'photo' ? api.sendPhoto(chat, file, under) : api.sendDocument(chat, file, under);
}

export const methodOf = ({ send }: Pick<HandedFile, 'send'>) => (send === 'photo' ? 'sendPhoto' : 'sendDocument');
