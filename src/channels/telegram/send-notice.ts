import type { Api, InputFile } from 'grammy';
import type { InlineKeyboardMarkup, Message } from 'grammy/types';
import type { NoticeSent, SendNotice, SpokenNotice, SpokenPaper } from '../../delivery/notices/send.ts';
import type { RefusedWhat } from '../../delivery/refusal.ts';
import { doorRows } from '../../domain/doors.ts';
import { splitText } from '../../domain/parts.ts';
import type { DrawnFile, DrawPaper } from '../../papers/paper.ts';
import { plainText } from '../../texts/markup.ts';
import { attempt, type CallOutcome, throwUnlessJudged } from './attempt.ts';
import { buttonData } from './callback-data.ts';
import { readPersonId } from './ids.ts';
import { callFile, inputFile } from './input-file.ts';
import { SHORTER_PART } from './limits.ts';
import { buttonStyle } from './reply-markup.ts';
import { handleOf } from './send-paper.ts';
import type { StaffGroup } from './staff-group.ts';

/**
 * Sends notices by Telegram: to a person's private chat and to the staff group, whose upgrade to a supergroup is followed and told to
 * `group`. Where there is no group, notices to staff wait until there is one.
 * The client under `api` must hand a 429 on: the worker rests for everybody.
 */
export function createSendNotice(api: Api, group: StaffGroup, draw: DrawPaper): SendNotice {
  return async (to, notice) => {
    const chat = to === 'staff' ? group.id() : readPersonId(to);
    if (chat === undefined)
      return to === 'staff'
        ? { outcome: 'blocked', reason: 'STAFF_CHAT_ID is not set' }
        : { outcome: 'refused', reason: 'not an account in Telegram' };
    const { paper } = notice;
    const handed = paper && (await handedOf(paper));
    if (paper && !handed) return { outcome: 'refused', reason: `${paper.kind} cannot be drawn` };
    const said = await say(chat, notice, handed);
    const movedTo = said.done ? undefined : said.refusal.movedTo;
    if (to !== 'staff' || movedTo === undefined) return outcomeOf(said, to === 'staff' ? SHUT_TO_STAFF : SHUT);
    group.moved(movedTo);
    return outcomeOf(await say(movedTo, notice, handed), SHUT_TO_STAFF);
  };

  async function handedOf(paper: SpokenPaper): Promise<HandedPaper | undefined> {
    if (paper.kind === 'picture') return { send: 'photo', file: () => callFile(paper.data.file) };
    const drawn = await draw(paper).catch(unlessOverloaded);
    return drawn && { send: drawn.send, file: () => inputFile(drawn.bytes, drawn.name) };
  }

  async function say(chat: number, { marked, doors }: SpokenNotice, handed: HandedPaper | undefined): Promise<CallOutcome<Sent>> {
    const buttons = doorRows(doors).map((row) =>
      row.map((door) => ({ text: door.label, ...buttonStyle(door.look), callback_data: buttonData(door) })),
    );
    const markup = buttons.length > 0 ? { reply_markup: { inline_keyboard: buttons } } : {};
    if (!handed) return sayWords(chat, marked, markup);
    const caption = { caption: marked, parse_mode: 'HTML', ...markup } as const;
    const sent = await attempt<Message>(() =>
      handed.send === 'photo' ? api.sendPhoto(chat, handed.file(), caption) : api.sendDocument(chat, handed.file(), caption),
    );
    // What it says is not lost with the file.
    return isOurFault(sent) ? sayWords(chat, marked, markup) : sent;
  }

  /** As they are; without their looks, and without buttons, where it is those that are not taken. */
  async function sayWords(chat: number, marked: string, markup: NoticeMarkup): Promise<CallOutcome<Sent>> {
    const bare = plainText(marked);
    const preview = { link_preview_options: { is_disabled: true } };
    const whole = await attempt(() => api.sendMessage(chat, marked, { parse_mode: 'HTML', ...preview, ...markup }));
    if (!isOurFault(whole)) return whole;
    const plain = await attempt(() => api.sendMessage(chat, bare, { ...preview, ...markup }));
    if (!isOurFault(plain)) return plain;
    return attempt(async () => {
      for (const part of splitText(bare, SHORTER_PART)) await api.sendMessage(chat, part, preview);
      return undefined;
    });
  }
}

/** `file` is made for each call anew. */
type HandedPaper = { send: DrawnFile['send']; file: () => string | InputFile };
/** Undefined where it went in parts. */
type Sent = Message | undefined;
type NoticeMarkup = { reply_markup?: InlineKeyboardMarkup };

/** Too many papers wait: later, then. What cannot be drawn now never can, and must not hold up the line. */
function unlessOverloaded(error: unknown): undefined {
  if (error instanceof Error && error.name === 'Overloaded') throw error;
}

/** Telegram does not take it as it is, from anybody at any time. */
function isOurFault(called: CallOutcome<unknown>): boolean {
  return !called.done && called.refusal.move === 'tell' && !SHUT.has(called.refusal.what);
}

/** The chat takes nothing from us, or not this: a group will once it is set so. */
const SHUT: ReadonlySet<RefusedWhat> = new Set(['closed', 'nobody', 'rights', 'kind']);
/** Nor what is said to none of its threads, where its first one was closed or hidden: that is opened again by hand. */
const SHUT_TO_STAFF: ReadonlySet<RefusedWhat> = new Set([...SHUT, 'thread-shut', 'thread-gone']);

/** Throws where the refusal says nothing of the notice. */
function outcomeOf(called: CallOutcome<Sent>, shut: ReadonlySet<RefusedWhat>): NoticeSent {
  if (called.done) return { outcome: 'sent', ...handleIn(called.result) };
  throwUnlessJudged(called);
  const { what, reason, seconds = 5 } = called.refusal;
  if (what === 'pace') return { outcome: 'wait', seconds };
  return { outcome: shut.has(what) ? 'blocked' : 'refused', reason };
}

function handleIn(message: Sent): { handle?: string } {
  const handle = message && handleOf(message)?.file;
  return handle === undefined ? {} : { handle };
}
