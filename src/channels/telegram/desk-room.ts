import { cutTo } from '../../domain/cut.ts';
import type { NextFunction } from 'grammy';
import type { ChatMember, Message } from 'grammy/types';
import { forResident, isCommand } from '../../domain/staff-words.ts';
import type { MessagePart } from '../../office/staff/message-part.ts';
import { MembershipUnknown } from '../../office/staff/staff.ts';
import type { Told } from '../../office/staff/tell.ts';
import type { ThreadRef } from '../../office/staff/thread.ts';
import { type Asked, createCommands } from '../../reception/desk/commands.ts';
import { createPresses, type DeskOffice, type PressAnswer } from '../../reception/desk/presses.ts';
import { onlyWhileHeld } from '../../reception/only-while-held.ts';
import { attempt } from './attempt.ts';
import { readCallbackData } from './callback-data.ts';
import { chatId, messageRef, personId, updateId } from './ids.ts';
import { LONGEST_POPUP } from './limits.ts';
import { mayHaveContent } from './message-content.ts';
import { messagePartOf } from './message-part-of.ts';
import type { StaffGroup } from './staff-group.ts';
import { threadRefOf, staffOf } from './thread-ref.ts';
import type { VisitContext } from './visit-context.ts';

/**
 * The staff group. What is written in a request's thread is the office's, by the thread alone; the office asks each time whether the writer is
 * a member. The bot says nothing here by itself: its words are in line with all that goes to the group.
 */
export function createDeskRoom(office: DeskOffice, group: StaffGroup) {
  const { desk, openRequests } = office;
  const commands = createCommands(office);
  const presses = createPresses(office);

  return async (ctx: VisitContext, next: NextFunction): Promise<void> => {
    const { message, editedMessage, callbackQuery, myChatMember } = ctx;
    const former = message?.migrate_from_chat_id;
    if (group.id() === undefined || (ctx.chat?.id !== group.id() && former !== group.id())) return next();
    const becomes = message?.migrate_to_chat_id ?? (former === undefined ? undefined : message?.chat.id);
    if (becomes !== undefined) {
      group.moved(becomes);
      return desk.groupMoved(chatId(becomes));
    }
    if (myChatMember) return noteBot(ctx, myChatMember.new_chat_member);
    try {
      if (callbackQuery) return await press(ctx);
      if (editedMessage) return await revise(ctx, editedMessage);
      if (message) return await take(ctx, message);
    } catch (error) {
      if (!(error instanceof MembershipUnknown)) throw error;
      return cannotCheck(ctx);
    }
  };

  /** Telegram does not tell us whether it is staff who act: nothing is done, and they are told what to change. */
  async function cannotCheck(ctx: VisitContext): Promise<void> {
    const { message, editedMessage, callbackQuery } = ctx;
    if (callbackQuery) return popUp(ctx, { text: 'desk-press-cannot-check' });
    const threadRef = threadRefOf(message ?? editedMessage);
    const messagePart = messagePartOf((message ?? editedMessage) as Message);
    if (messagePart && forResident(messagePart.words).note) return;
    const isOrder = messagePart !== undefined && isCommand(messagePart.words);
    await desk.tell(keyOfUpdate(ctx), threadRef, { text: 'desk-cannot-check' }, isOrder ? 'at-large' : 'nowhere');
  }

  async function take(ctx: VisitContext, message: Message): Promise<void> {
    const threadRef = threadRefOf(message);
    const { forum_topic_closed: closed, forum_topic_reopened: opened, sender_chat: sender } = message;
    const thread = closed || opened ? threadRef.thread : null;
    if (message.pinned_message) return openRequests.notePinned(messageRef(message.chat.id, message.pinned_message.message_id));
    // What a channel posts here by itself.
    if (message.is_automatic_forward) return;
    // A thread that the bot gave up: what is done with it does nothing to its request.
    if (thread !== null && (await desk.isFormerThread(thread))) return;
    if (sender) {
      if (thread !== null) return desk.threadChangedByNobody(keyOfUpdate(ctx), thread, closed !== undefined);
      const words = messagePartOf(message)?.words ?? (mayHaveContent(message) ? '' : undefined);
      if (words === undefined || forResident(words).note) return;
      const as = sender.id === message.chat.id ? 'group' : 'channel';
      const text = isCommand(words) ? 'desk-anonymous-command' : 'desk-anonymous';
      return desk.tell(
        keyOfUpdate(ctx),
        threadRef,
        { text, words: { as } },
        isKnown(orderOf(ctx, message)) ? 'at-large' : 'nowhere',
      );
    }
    if (message.from?.is_bot) return;
    if (thread !== null) {
      const staff = staffOf(ctx, closed ? 'close' : 'reopen');
      await (closed ? desk.close(staff, { threadRef }) : desk.reopen(staff, { threadRef }));
      return;
    }
    const messagePart = messagePartOf(message);
    if (!messagePart) {
      if (mayHaveContent(message) && (await desk.isStaff(staffOf(ctx, 'beyond'))))
        await say(ctx, threadRef, { text: 'desk-cannot-carry' });
      return;
    }
    if (isCommand(messagePart.words)) return obey(ctx, message, threadRef, messagePart);
    await write(ctx, message, threadRef, messagePart);
  }

  async function write(ctx: VisitContext, message: Message, threadRef: ThreadRef, messagePart: MessagePart): Promise<void> {
    const written = await desk.written(staffOf(ctx, 'written'), threadRef, messagePart);
    switch (written.outcome) {
      case 'answered':
        return written.reopened ? say(ctx, threadRef, { text: 'desk-reopened-by-answer' }) : undefined;
      case 'nobody':
        return say(ctx, threadRef, { text: 'desk-nobody' });
      case 'nowhere': {
        // Whoever replies to the bot means somebody, and is told each time. With what is said in a topic comes who opened it.
        const meant = message.reply_to_message?.from?.id === ctx.me.id;
        if ('is_forum' in message.chat && message.chat.is_forum)
          return meant ? desk.tell(keyOfUpdate(ctx), threadRef, { text: 'desk-not-in-topic' }, 'at-large') : undefined;
        const day = new Date(message.date * 1000).toISOString().slice(0, 10);
        return desk.tell(
          meant ? keyOfUpdate(ctx) : `how-to-answer/${day}`,
          threadRef,
          { text: 'desk-how-to-answer' },
          'at-large',
        );
      }
      case 'noted':
      case 'known':
      case 'not-staff':
        return;
    }
  }

  async function obey(ctx: VisitContext, message: Message, threadRef: ThreadRef, messagePart: MessagePart): Promise<void> {
    const staff = staffOf(ctx, 'command');
    if (!(await desk.isStaff(staff))) return;
    if (message.forward_origin) return say(ctx, threadRef, { text: 'desk-forwarded-command' });
    const order = orderOf(ctx, message);
    // Another bot's.
    if (!order) return;
    const { command, rest } = order;
    const asked: Asked = { staff, threadRef, rest, messagePart, pointsAt: pointedAt(message, rest) };
    const known = isKnown(order) ? commands[command] : undefined;
    const told = known ? await known(asked) : await sendCanned(asked, command);
    // What is said to a command that is known is said wherever it was given.
    if (told) await desk.tell(keyOfUpdate(ctx), threadRef, told, known ? 'at-large' : 'nowhere');
  }

  function isKnown(order: Order | undefined): boolean {
    return order !== undefined && Object.hasOwn(commands, order.command);
  }

  async function sendCanned({ staff, threadRef, messagePart, rest }: Asked, command: string): Promise<Told | undefined> {
    const sent = await desk.sendCanned(staff, threadRef, { command, rest }, messagePart);
    switch (sent.outcome) {
      case 'answered':
        return { text: 'desk-canned-sent', words: { words: sent.words } };
      case 'no-such-answer':
        return { text: 'desk-unknown-command' };
      case 'no-account':
      case 'no-debt':
      case 'no-deadline':
      case 'nobody':
        return { text: `desk-${sent.outcome}` };
      // Staff are among themselves there.
      case 'noted':
        return { text: 'desk-no-resident' };
      case 'known':
      case 'nowhere':
      case 'not-staff':
        return undefined;
    }
  }

  async function revise(ctx: VisitContext, message: Message): Promise<void> {
    const messagePart = messagePartOf(message);
    if (!messagePart || message.sender_chat || message.from?.is_bot) return;
    const threadRef = threadRefOf(message);
    const revised = await desk.edited(staffOf(ctx, 'edited'), threadRef, messagePart);
    switch (revised.outcome) {
      case 'nobody':
      case 'withdrawn':
      case 'command':
        return say(ctx, threadRef, { text: `desk-edit-${revised.outcome}` });
      case 'sent':
        return revised.reopened ? say(ctx, threadRef, { text: 'desk-reopened-by-answer' }) : undefined;
      case 'edited':
      case 'taken-back':
      case 'noted':
      case 'unchanged':
      case 'unknown':
      case 'not-staff':
        return;
    }
  }

  async function press(ctx: VisitContext): Promise<void> {
    const pressed = readCallbackData(ctx.callbackQuery?.data ?? '');
    if (pressed?.kind !== 'desk') return ctx.visit.voice.answerPress();
    const threadRef = threadRefOf(pressedOn(ctx));
    const { shown, said } = await presses[pressed.verb]({
      staff: staffOf(ctx, pressed.verb),
      threadRef,
      number: pressed.number,
      rest: pressed.rest,
    });
    await popUp(ctx, shown);
    if (said) await say(ctx, threadRef, said);
  }

  /** Over the chat; where Telegram does not bring it there, in the thread, if that does not show it anyway. */
  async function popUp(ctx: VisitContext, shown: PressAnswer['shown']): Promise<void> {
    if (!shown) return ctx.visit.voice.answerPress();
    const { text, words, stays = false, seen = false } = shown;
    const over = cutTo(ctx.visit.voice.label(text, words), LONGEST_POPUP);
    await onlyWhileHeld(ctx.visit.turn)();
    const answered = await attempt(() => ctx.answerCallbackQuery({ text: over, ...(stays && { show_alert: true }) }));
    // A press that came too late was answered once, or is of no matter any more.
    if (answered.done || answered.refusal.what === 'late') return;
    // Nobody else is to read it.
    if (stays) throw answered.error;
    if (!seen) await desk.tell(`${keyOfUpdate(ctx)}/shown`, cardOf(ctx), { text, ...(words && { words }) }, 'nowhere');
  }

  async function noteBot(ctx: VisitContext, me: ChatMember): Promise<void> {
    if (me.status !== 'administrator' && me.status !== 'member') return;
    // Where topics are not to be had, nobody has a right to them.
    const isForum = ctx.chat !== undefined && 'is_forum' in ctx.chat && ctx.chat.is_forum === true;
    const able = me.status === 'administrator' && (!isForum || me.can_manage_topics === true);
    await desk.botIsIn(keyOfUpdate(ctx), able);
  }

  /** In the thread; where there is none, nothing is said. */
  function say(ctx: VisitContext, threadRef: ThreadRef, told: Told): Promise<void> {
    return desk.tell(keyOfUpdate(ctx), threadRef, told, 'nowhere');
  }
}

type Order = { command: string; rest: string };

/** What a command of this message wants of us; undefined: it is for another bot. */
function orderOf({ me }: VisitContext, message: Message): Order | undefined {
  const [, name = '', to, rest = ''] = /^\/(\w+)(?:@(\w+))?(?:\s+([\s\S]*))?$/.exec(message.text?.trim() ?? '') ?? [];
  if (to !== undefined && to.toLowerCase() !== me.username.toLowerCase()) return undefined;
  return { command: name.toLowerCase(), rest };
}

/** The message with the button; undefined where Telegram does not say any more where it stands. */
function pressedOn({ callbackQuery }: VisitContext): Message | undefined {
  const message = callbackQuery?.message;
  return message && message.date > 0 ? message : undefined;
}

/** The same as where its request is talked about: in a group without topics, and of a message that is too old, it may be the card itself. */
function cardOf(ctx: VisitContext): ThreadRef {
  const { thread, repliesTo } = threadRefOf(pressedOn(ctx));
  const message = ctx.callbackQuery?.message;
  return { thread, repliesTo: repliesTo ?? (message ? messageRef(message.chat.id, message.message_id) : null) };
}

const keyOfUpdate = ({ update }: VisitContext): string => updateId(update);

/** Whom `/to` points at: who has no name to be called by is mentioned by id, others are called, `olga` or `@olga`. */
function pointedAt({ entities = [] }: Message, rest: string): Asked['pointsAt'] {
  const mention = entities.find((entity) => entity.type === 'text_mention');
  if (mention) return { messengerId: personId(mention.user.id) };
  const username = /^@?(\w{4,32})$/.exec(rest.trim())?.[1];
  return username === undefined ? undefined : { username };
}
