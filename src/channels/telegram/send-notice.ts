import type { Api } from 'grammy';
import type { Message } from 'grammy/types';
import type { NoticeSent, SendNotice, SpokenNotice, SpokenPaper } from '../../delivery/notices/send.ts';
import type { RefusedWhat } from '../../delivery/refusal.ts';
import type { DrawPaper } from '../../papers/paper.ts';
import { attempt, attemptNamed, type CallOutcome, throwUnlessJudged } from './attempt.ts';
import { readPersonId } from './ids.ts';
import { callFile, inputFile } from './input-file.ts';
import { doorsKeyboard } from './reply-markup.ts';
import { captionWith, type HandedFile, isOfMessage, sayMarked, SHUT, upload } from './say.ts';
import { handleOf } from './send-paper.ts';
import { following, type StaffGroup } from './staff-group.ts';

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
    if (to !== 'staff') return outcomeOf(await say(chat, notice, handed), SHUT);
    return outcomeOf(await following(group, chat, (id) => say(id, notice, handed)), SHUT_TO_STAFF);
  };

  async function handedOf(paper: SpokenPaper): Promise<HandedFile | undefined> {
    if (paper.kind === 'picture') return { send: 'photo', file: callFile(paper.data.file) };
    const drawn = await draw(paper).catch(unlessOverloaded);
    return drawn && { send: drawn.send, file: inputFile(drawn.bytes, drawn.name) };
  }

  async function say(
    chat: number,
    { marked, doors }: SpokenNotice,
    handed: HandedFile | undefined,
  ): Promise<CallOutcome<Message>> {
    const markup = doorsKeyboard(doors);
    const sent = handed && (await attempt(() => upload(api, chat, handed, captionWith(marked, markup))));
    // What it says is not lost with the file.
    if (sent && (sent.done || !isOfMessage(sent.refusal))) return sent;
    return sayMarked({ api, chat, call: attemptNamed }, marked, markup, { cuts: 'at-last' });
  }
}

/** Too many papers wait: later, then. What cannot be drawn now never can, and must not hold up the line. */
function unlessOverloaded(error: unknown): undefined {
  if (error instanceof Error && error.name === 'Overloaded') throw error;
}

/** Nor what is said to none of its threads, where its first one was closed or hidden: that is opened again by hand. */
const SHUT_TO_STAFF: ReadonlySet<RefusedWhat> = new Set([...SHUT, 'thread-shut', 'thread-gone']);

/** Throws where the refusal says nothing of the notice. */
function outcomeOf(called: CallOutcome<Message>, shut: ReadonlySet<RefusedWhat>): NoticeSent {
  if (called.done) {
    const handle = handleOf(called.result)?.file;
    return { outcome: 'sent', ...(handle !== undefined && { handle }) };
  }
  throwUnlessJudged(called);
  const { what, reason, seconds = 5 } = called.refusal;
  if (what === 'pace') return { outcome: 'wait', seconds };
  return { outcome: shut.has(what) ? 'blocked' : 'refused', reason };
}
