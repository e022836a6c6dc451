import type { Message } from 'grammy/types';
import { buttonData } from '../../../src/channels/telegram/callback-data.ts';
import { shownText } from '../../../src/texts/markup.ts';
import { doorRows } from '../../../src/domain/doors.ts';
import { formatMoney } from '../../../src/domain/money.ts';
import { isNight } from '../../../src/domain/quiet-hours.ts';
import { markOutboxDone, markOutboxFailed } from '../../../src/records/outbox.ts';
import { type Sent, STAFF_CHAT } from './fake-telegram.ts';
import { MARKS, SIGNS } from './notations.ts';
import { type Invoice, invoiceOf } from './invoices.ts';
import type { Person } from './people.ts';
import { openSeen, type Seen, signOf, wordsOf } from './seen.ts';
import { findWaiting } from './waiting.ts';
import type { World } from './world.ts';

/** What a transcript has come to. */
export type Stage = {
  world: World;
  /** Its lines so far. */
  played: string[];
  people: Map<string, Person>;
  /** That were ever shown, by the chat (and topic) they stand in. */
  buttons: { place: string; label: string; data: string; messageId: number }[];
  invoices: Invoice[];
  seen: Seen;
  /** Which request a topic is of, also when it is gone. */
  topicsOf: Map<number, number>;
  /** Who has just spoken. */
  onStage: Person | undefined;
  /** Whether the bot let the last payment through. */
  allowed: boolean;
  /** Is told of each message as it was sent, tags included, and of what is shown over the screen. */
  listener: Listener;
  /** Whether what is for the day waits for it; else it is said at once. */
  keepsNights: boolean;
};

export type Listener = (chat: number, marked: string) => void;

export function setStage(world: World, listener: Listener = () => undefined, keepsNights = false): Stage {
  return {
    world,
    listener,
    keepsNights,
    played: [],
    people: new Map(),
    buttons: [],
    invoices: [],
    seen: openSeen(),
    topicsOf: new Map(),
    onStage: undefined,
    allowed: false,
  };
}

/** Writes down all that leaves the bot, as it is read on the screens. */
export function openScribe(stage: Stage) {
  const { played, people, buttons, invoices, seen, topicsOf } = stage;
  const commandsOf = new Map<number, 'resident' | 'guest'>();
  let heardSms = 0;

  async function learnTopics(): Promise<void> {
    const rows = await stage.world.db
      .selectFrom('requests')
      .select(['number', 'thread'])
      .where('thread', 'is not', null)
      .execute();
    for (const { number, thread } of rows.sort((a, b) => a.number - b.number)) {
      const id = Number(thread?.split('/')[1]);
      topicsOf.delete(id);
      topicsOf.set(id, number);
    }
  }

  async function writeDown(): Promise<void> {
    for (; heardSms < stage.world.sms.length; heardSms += 1) {
      const { phone, text } = stage.world.sms[heardSms] ?? { phone: '', text: '' };
      played.push(`SMS на ${phone}: ${text}`);
    }
    for (const sent of stage.world.telegram.takeAsSent()) write(sent);
    if (!(await findWaiting(stage.world.db)).outbox) return;
    await stage.world.runOutbox();
    const left = stage.world.telegram.takeAsSent();
    // Only what stands in the group is told by the topics.
    if (left.some(({ chat }) => chat < 0)) await learnTopics();
    for (const sent of left) write(sent);
    await writeNotices();
  }

  function write(sent: Sent): void {
    const { chat, method, payload, messageId, messageIds, files } = sent;
    const thread = typeof payload.message_thread_id === 'number' ? payload.message_thread_id : undefined;
    if (messageIds.length > 0) for (const id of messageIds) seen.add(sightOf(sent, id), true);
    switch (method) {
      case 'sendMessage':
        return writeMessage(chat, repliesTo(sent) + String(payload.text), payload.reply_markup, messageId, thread);
      case 'editMessageText':
        mark(MARKS.textEdited);
        seen.add({ ...(seen.get(chat, messageId) ?? sightOf(sent, messageId)), text: shownText(String(payload.text)) }, true);
        return writeMessage(
          chat,
          String(payload.text),
          payload.reply_markup,
          messageId,
          seen.get(chat, messageId)?.message_thread_id,
        );
      case 'editMessageCaption':
        stage.listener(chat, payload.caption ?? '');
        return void played.push(`     ${MARKS.captionEdited}`, `${speaker(chat, thread)} ${shownText(payload.caption ?? '')}`);
      case 'copyMessage':
      case 'copyMessages':
        for (const copy of messageIds) {
          const original = seen.get(chat, copy);
          const words = original ? [signOf(original), wordsOf(original)].filter(Boolean).join(' ') : MARKS.copy;
          writeMessage(chat, words, copy === messageId ? payload.reply_markup : undefined, copy, thread);
        }
        return;
      case 'sendVoice':
      case 'sendVideo':
      case 'sendAudio':
      case 'sendVideoNote':
      case 'sendSticker': {
        const words = [OTHER_SIGNS[method] ?? '', shownText(payload.caption ?? '')].filter(Boolean).join(' ');
        return writeMessage(chat, repliesTo(sent) + words, payload.reply_markup, messageId, thread);
      }
      case 'editMessageMedia': {
        const { type, caption = '' } = payload.media as { type: string; caption?: string };
        mark(MARKS.fileEdited);
        return writeMessage(chat, `${ALBUM_SIGNS[type] ?? SIGNS.document} ${caption}`.trim(), undefined, messageId, thread);
      }
      case 'createForumTopic':
        return mark(MARKS.newTopic(topic(messageId), String(payload.name)));
      case 'editForumTopic':
        return mark(MARKS.topicRenamed(topic(thread), String(payload.name)));
      case 'closeForumTopic':
        return mark(MARKS.topicClosed(topic(thread)));
      case 'reopenForumTopic':
        return mark(MARKS.topicOpened(topic(thread)));
      case 'setMessageReaction': {
        const [reaction] = payload.reaction as readonly { emoji?: string }[];
        const under = seen.get(chat, messageId);
        return mark(MARKS.reaction(reaction?.emoji ?? 'без знака', under ? shortly(under) : '?'));
      }
      case 'sendDocument':
      case 'sendPhoto': {
        const sign = method === 'sendPhoto' ? SIGNS.photo : SIGNS.document;
        played.push(
          `${speaker(chat, thread)} ${repliesTo(sent)}${sign} ${files.map((file) => file.name).join(', ') || MARKS.sameFile}`,
        );
        return writeMessage(chat, payload.caption ?? '', payload.reply_markup, messageId, thread);
      }
      case 'sendInvoice': {
        invoices.push(invoiceOf(sent));
        const prices = payload.prices as readonly { label: string; amount: number }[];
        const lines = prices.map(({ label, amount }) => `     ${label} — ${formatMoney(amount)}`);
        stage.listener(chat, [payload.title, payload.description, ...lines].join('\n'));
        played.push(`${speaker(chat)} ${SIGNS.invoice} ${String(payload.title)}. ${String(payload.description)}`, ...lines);
        return;
      }
      case 'answerPreCheckoutQuery':
        stage.allowed = payload.ok === true;
        return mark(stage.allowed ? MARKS.paymentAllowed : MARKS.paymentNotAllowed(String(payload.error_message)));
      case 'sendVenue':
        return void played.push(`${speaker(chat)} ${SIGNS.venue} ${String(payload.title)}, ${String(payload.address)}`);
      case 'deleteMessage': {
        const gone = seen.get(chat, messageId);
        if (chat === stage.onStage?.id && !gone?.from?.is_bot) return mark(MARKS.deleted);
        return void played.push(
          `${speaker(chat, gone?.message_thread_id)} ${MARKS.deletedElsewhere(gone ? shortly(gone) : '?')}`,
        );
      }
      case 'sendMediaGroup':
        for (const [n, { type, caption = '' }] of (payload.media as readonly { type: string; caption?: string }[]).entries())
          writeMessage(
            chat,
            `${ALBUM_SIGNS[type] ?? SIGNS.document} ${caption}`.trim(),
            undefined,
            messageIds[n] ?? messageId,
            thread,
          );
        return;
      case 'answerCallbackQuery':
        if (!payload.text) return;
        if (stage.onStage) stage.listener(stage.onStage.id, payload.text);
        return mark(MARKS.popUp(payload.text));
      case 'editMessageReplyMarkup':
        if (payload.reply_markup) writeButtons(chat, payload.reply_markup, messageId);
        return;
      case 'sendChatAction':
        return;
      case 'setMyCommands':
      case 'deleteMyCommands': {
        const whose = method === 'setMyCommands' ? 'resident' : 'guest';
        const { chat_id: of } = payload.scope as { chat_id: number };
        if (whose !== (commandsOf.get(of) ?? 'guest')) mark(MARKS[`${whose}Commands`]);
        commandsOf.set(of, whose);
        return;
      }
      default:
        played.push(`     (${method})`);
    }
  }

  const mark = (what: string): void => void played.push(`     ${what}`);
  const topic = (thread: number | undefined): string => String(topicsOf.get(thread ?? 0) ?? '?');

  function writeMessage(
    chat: number,
    marked: string,
    markup: Sent['payload']['reply_markup'],
    messageId: number,
    thread?: number,
  ): void {
    stage.listener(chat, marked);
    const torn = TORN.exec(shownText(marked));
    if (torn && messageId > 0) throw new Error(`«${torn[0]}» of the bot breaks over a line`);
    const [first = '', ...more] = shownText(marked).split('\n');
    played.push(`${speaker(chat, thread)} ${first}`.trimEnd(), ...more.map((line) => (line ? `     ${line}` : '')));
    if (markup) writeButtons(chat, markup, messageId);
  }

  function writeButtons(chat: number, markup: NonNullable<Sent['payload']['reply_markup']>, messageId: number): void {
    const place = `${chat}/${(chat < 0 && seen.get(chat, messageId)?.message_thread_id) || ''}`;
    for (const row of markup.inline_keyboard ?? []) {
      played.push(`     ${row.map((button) => `[${button.text}]`).join(' ')}`);
      for (const button of row)
        if ('callback_data' in button) buttons.push({ place, label: button.text, data: button.callback_data, messageId });
    }
    if (markup.keyboard) {
      played.push(
        `     {${markup.keyboard.map((row) => row.map((key) => (typeof key === 'string' ? key : key.text)).join(' | ')).join(' / ')}}`,
      );
    }
  }

  /** Notices wait in Postgres for the worker; here they are said as soon as they may be. */
  async function writeNotices(): Promise<void> {
    const waiting = await stage.world.db
      .selectFrom('outbox')
      .where('kind', '=', 'notice')
      .selectAll()
      .where('doneAt', 'is', null)
      .where('failedAt', 'is', null)
      .where('runAt', '<=', stage.world.clock())
      .orderBy('id')
      .execute();
    const waitsForDay = stage.keepsNights && isNight(stage.world.clock(), 'Europe/Moscow');
    const toldWithOthers = new Set<number>();
    for (const notice of waiting) {
      if ((waitsForDay && notice.daytime) || toldWithOthers.has(notice.id)) continue;
      const said = await stage.world.office.noticeJudge.asOfNow(notice);
      if (!said) {
        await markOutboxFailed(stage.world.db, [notice.id], 'not wanted any more', stage.world.clock());
        continue;
      }
      const text = stage.world.texts.text(said.text, said.words, { marked: true });
      const spoken = said.doors.map((door) => ({ ...door, label: stage.world.texts.text(door.label, said.words) }));
      const rows = doorRows(spoken).map((row) => row.map((door) => ({ text: door.label, callback_data: buttonData(door) })));
      const markup = rows.length > 0 ? { inline_keyboard: rows } : undefined;
      const chat = notice.addressee === 'staff' ? stage.world.telegram.group.id() : Number(notice.addressee.split(':')[1]);
      const messageId = await stage.world.telegram.said({ chat_id: chat, text, parse_mode: 'HTML', reply_markup: markup });
      if (notice.paper)
        played.push(
          `${speaker(chat)} ${notice.paper.kind === 'desk-chart' ? SIGNS.photo : SIGNS.document} ${notice.paper.kind}.json`,
        );
      writeMessage(chat, text, markup, messageId);
      for (const other of said.others ?? []) toldWithOthers.add(other);
      await markOutboxDone(stage.world.db, [notice.id, ...(said.others ?? [])], stage.world.clock());
    }
  }

  /** «Бот:» answers whoever has just spoken at home; others are named. */
  function speaker(chat: number, thread?: number): string {
    if (chat === stage.world.telegram.group.id() || chat === STAFF_CHAT)
      return thread === undefined ? 'Сотрудники:' : `Сотрудники в теме ${topicsOf.get(thread) ?? '?'}:`;
    if (chat === stage.onStage?.id) return 'Бот:';
    const other = [...people.values()].find(({ id }) => id === chat);
    return `Бот → ${other?.name ?? chat}:`;
  }

  /** What a message of the bot's answers, where it answers one. */
  function repliesTo({ chat, payload }: Sent): string {
    const id = (payload.reply_parameters as { message_id: number } | undefined)?.message_id;
    const answered = id === undefined ? undefined : seen.get(chat, id);
    return answered ? `${MARKS.repliesTo(shortly(answered))} ` : '';
  }

  /** What the bot sent, as a message that can be replied to and copied; a copy is what it was copied from. */
  function sightOf({ chat, method, payload, messageIds }: Sent, id: number): Message {
    const thread = payload.message_thread_id;
    const from = Number(payload.from_chat_id ?? 0);
    const ids = (payload.message_ids as readonly number[] | undefined) ?? [Number(payload.message_id)];
    const original = method.startsWith('copy') ? seen.get(from, ids[messageIds.indexOf(id)] ?? 0) : undefined;
    const { text, caption, photo, document, video, voice, sticker } = original ?? {};
    const words = { ...(text !== undefined && { text }), ...(caption !== undefined && { caption }) };
    const own = {
      ...(payload.text !== undefined && { text: shownText(payload.text) }),
      ...(payload.caption !== undefined && { caption: shownText(payload.caption) }),
    };
    const files = Object.fromEntries(
      Object.entries({ photo, document, video, voice, sticker }).filter(([, file]) => file !== undefined),
    );
    return {
      message_id: id,
      date: Math.floor(stage.world.clock().getTime() / 1000),
      chat: { id: chat, type: chat < 0 ? 'supergroup' : 'private' },
      from: { id: 1, is_bot: true, first_name: 'Инкомус' },
      ...(typeof thread === 'number' && { message_thread_id: thread, is_topic_message: true }),
      ...words,
      ...files,
      ...own,
    } as Message;
  }

  return { writeDown, learnTopics };
}

/** What a narrow screen would break in two: a sum, a day, a number, an address. */
const TORN =
  /\d ₽|\d \d{3},\d\d|№ \d|(?<!\p{L})(?:ул|д|кв)\. [\p{L}\d]|\d (?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)(?!\p{L})/u;

/** By which a message is known: its first words. */
function shortly(message: Message): string {
  const words = wordsOf(message).split('\n')[0] ?? '';
  return `«${[signOf(message), words].filter(Boolean).join(' ')}»`;
}

const ALBUM_SIGNS: Readonly<Record<string, string>> = { photo: SIGNS.photo, video: SIGNS.video };

const OTHER_SIGNS: Readonly<Record<string, string>> = {
  sendVoice: SIGNS.voice,
  sendVideo: SIGNS.video,
  sendAudio: SIGNS.audio,
  sendVideoNote: SIGNS.video,
  sendSticker: SIGNS.sticker,
};
