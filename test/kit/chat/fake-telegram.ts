import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { InlineKeyboardMarkup, Message, ReplyKeyboardMarkup, Update } from 'grammy/types';
import type { TelegramClient } from '../../../src/channels/telegram/client.ts';
import type { MessagePart } from '../../../src/office/staff/message-part.ts';
import { plainSpaces } from '../../../src/domain/unbroken.ts';
import { openBotApi } from '../../../src/sandbox/bot-api/bot-api.ts';
import type { Upload } from '../../../src/sandbox/bot-api/files.ts';
import { type LimitsMode, openLimits } from '../../../src/sandbox/bot-api/limits.ts';
import { type BotAccount, emptyState } from '../../../src/sandbox/bot-api/state.ts';
import { openWorld } from '../../../src/sandbox/bot-api/world.ts';
import { setBlocked } from '../../../src/sandbox/people/residents.ts';
import { readParts } from '../../../src/sandbox/server/multipart.ts';
import { BOT } from '../bot-info.ts';
import { fakeGroup } from './fake-group.ts';
import { heard, meetPerson, messageOf } from './heard.ts';
import { memoryFiles } from './memory-files.ts';

/** What left the bot for one chat. */
export type Sent = {
  chat: number;
  method: string;
  payload: Record<string, unknown> & {
    text?: string;
    caption?: string;
    reply_markup?: Partial<InlineKeyboardMarkup & ReplyKeyboardMarkup>;
    message_id?: number;
  };
  messageId: number;
  /** All of them, where one call makes several. */
  messageIds: readonly number[];
  /** What was sent up with it. */
  files: readonly File[];
};

/** What Telegram answers in place of doing what was asked. */
export type Refusal = {
  error_code: number;
  description: string;
  parameters?: { retry_after?: number; migrate_to_chat_id?: number };
};

export type FakeTelegram = ReturnType<typeof fakeTelegram>;

/** The staff group of every test world. */
export const STAFF_CHAT = -1001;

export const BOT_ACCOUNT: BotAccount = {
  id: BOT.id,
  token: '1:test',
  firstName: BOT.first_name,
  username: BOT.username,
  description: '',
  shortDescription: '',
};

type TelegramOptions = {
  bot?: BotAccount;
  /** Its own messages are numbered from the next one on. */
  lastMessageId?: number;
  staffChat?: number;
  /** Whether the staff group has topics; a plain group otherwise. */
  forum?: boolean;
  clock?: () => Date;
  limits?: LimitsMode;
};

/** The sandbox's Bot API where the HTTP client would be, with all in memory: as strict with the bot as Telegram is. */
export function fakeTelegram({
  bot = BOT_ACCOUNT,
  lastMessageId = 100,
  staffChat = STAFF_CHAT,
  forum = true,
  clock = () => new Date(),
  limits = 'off',
}: TelegramOptions = {}) {
  const sent: Sent[] = [];
  const deleted = new Set<string>();
  const isDeleted = (chat: number, message: number) => deleted.has(`${chat}/${message}`);
  const state = emptyState(bot);
  state.lastMailboxId = lastMessageId;
  const journal = {
    append(facts: readonly { fact: string; chatId?: number; messageIds?: number[] }[]) {
      for (const { chatId, messageIds } of facts) for (const id of messageIds ?? []) deleted.add(`${chatId}/${id}`);
    },
    close() {},
  };
  const world = openWorld({ state, journal, files: memoryFiles(), clock });
  const log = {
    info() {},
    warn() {},
    error(fields: object) {
      throw new Error(JSON.stringify(fields));
    },
  };
  const botApi = openBotApi(world, openLimits(limits, clock), log);
  const group = fakeGroup(world, staffChat, { forum });
  /** Told of each call; may answer in Telegram's place, or throw as a broken connection would. */
  let interfere: ((call: Sent) => Refusal | undefined) | undefined;

  async function clientFetch(url: string | URL, init?: RequestInit) {
    const method = String(url).slice(String(url).lastIndexOf('/') + 1);
    return reply(await answer(method, await readBody(init)));
  }

  async function answer(method: string, { payload, files }: CallBody): Promise<ApiReply> {
    const chat = Number(payload.chat_id ?? 0);
    const call: Sent = { chat, method, payload, messageId: payload.message_id ?? 0, messageIds: [], files: [...files.values()] };
    const refusal = interfere?.({ ...call, payload: plain(payload) });
    if (refusal) return { ok: false, ...refusal };
    const uploads = new Map<string, Upload>();
    for (const [name, file] of files)
      uploads.set(name, await world.files.upload(new Uint8Array(await file.arrayBuffer()), file.name, file.type));
    const body = await ask(method, payload, uploads);
    if (body.ok) {
      const messageIds = madeBy(method, body.result);
      sent.push({ ...call, messageIds, messageId: messageIds[0] ?? call.messageId });
    }
    return body;
  }

  async function ask(method: string, payload: Record<string, unknown>, uploads: ReadonlyMap<string, Upload> = new Map()) {
    // Whom a test has only in the base has written to the bot before.
    for (const id of [payload.chat_id, payload.from_chat_id].map(Number)) if (id > 0) meetPerson(world, id);
    return (await botApi.call(method, new Map(Object.entries(payload)), uploads, NEVER.signal)).body;
  }

  /** Nothing else has it, in whatever chat. */
  function nextMessageId(): number {
    const { lastMailboxId, lastUpdateId, lastFileNumber } = state;
    const staff = state.chats.get(group.id())?.card;
    const id = Math.max(lastMailboxId, staff?.lastMessageId ?? 0) + 1;
    world.put({ fact: 'counters', lastMailboxId: id, lastUpdateId, lastFileNumber });
    if (staff?.kind === 'supergroup') world.put({ fact: 'chat', card: { ...staff, lastMessageId: id } });
    return id;
  }

  const fetchIt = clientFetch as unknown as typeof fetch;
  const client: TelegramClient = {
    fetch: fetchIt,
    fetchOnce: fetchIt,
    transformer: () => (call, method, payload, signal) => call(method, payload, signal),
    download: () => Promise.reject(new Error('nothing is downloaded')),
    close() {},
  };

  return {
    token: bot.token,
    me: { ...BOT, id: bot.id },
    fetch: fetchIt,
    /** What it answers to a call that came some other way. */
    answer,
    /** What stands where the HTTP client of the bot would be. */
    client,
    /** All calls since the last time that were done. */
    take: () => sent.splice(0).map((call) => ({ ...call, payload: plain(call.payload) })),
    /** The same with the spaces that never break over a line. */
    takeAsSent: () => sent.splice(0),
    /** What is called until the result is never arrives: the result undoes it. */
    beforehand() {
      const chats = new Map([...state.chats].map(([id, { card, messages }]) => [id, { card, messages: new Map(messages) }]));
      const [presses, checkouts, gone] = [new Map(state.presses), new Map(state.checkouts), new Set(deleted)];
      return () => {
        sent.splice(0);
        Object.assign(state, { chats, presses, checkouts });
        for (const one of deleted) if (!gone.has(one)) deleted.delete(one);
      };
    },
    nextMessageId,
    interfereWith(handler: typeof interfere) {
      interfere = handler;
    },
    /** What waits for the bot of what people did by the sandbox's actions. */
    updates(): Update[] {
      const waiting = [...state.updates.values()].map(({ update }) => update);
      world.put({ fact: 'updates-gone', updateIds: waiting.map(({ update_id: id }) => id) });
      return waiting;
    },
    /** What an update tells the bot is so. */
    heard: (update: Update) => heard(world, update, isDeleted),
    /** What a person wrote to the bot or in a group, of which the test tells the office by itself; the message's number. */
    wrote(chatId: number, part: Partial<MessagePart>, id = nextMessageId()): number {
      const chat =
        chatId > 0
          ? ({ id: chatId, type: 'private', first_name: 'Житель' } as const)
          : ({ id: chatId, type: 'supergroup', title: '' } as const);
      heard(world, { update_id: 0, message: messageOf(chat, id, part) } as Update, isDeleted);
      return id;
    },
    /** Said in the bot's name past what is counted: the number of the message, or of nothing where it was refused. */
    async said(payload: Record<string, unknown>): Promise<number> {
      const body = await ask('sendMessage', payload);
      if (body.ok) return (body.result as Message).message_id;
      if (body.error_code === 403) return nextMessageId();
      throw new Error(body.description);
    },
    /** A person stops the bot, or lets it in again. */
    stop(person: number, isStopped: boolean) {
      meetPerson(world, person);
      setBlocked(world, person, isStopped);
    },
    /** Somebody who has written to the bot before is in the staff group, as an administrator of it. */
    letIntoGroup(person: number) {
      meetPerson(world, person);
      group.letPersonIn(person, 'administrator');
    },
    isDeleted,
    group,
  };
}

const NEVER = new AbortController();

/** Which messages (or topics, which are numbered with them) a call has made. */
function madeBy(method: string, result: unknown): number[] {
  if (!/^(send|copy|create)/.test(method) || result === true) return [];
  return ([result].flat() as { message_id?: number; message_thread_id?: number }[]).flatMap(
    (one) => one.message_id ?? one.message_thread_id ?? [],
  );
}

/** Tests are written with plain spaces; which of them never break over a line is what `test/texts` keeps. */
function plain(payload: Sent['payload']): Sent['payload'] {
  return JSON.parse(plainSpaces(JSON.stringify(payload))) as Sent['payload'];
}

export type CallBody = { payload: Sent['payload']; files: ReadonlyMap<string, File> };
type ApiReply = Awaited<ReturnType<ReturnType<typeof openBotApi>['call']>>['body'];

/** A call as JSON, or as a form with files: values that are no plain words are JSON in it. */
export async function readBody(init: Pick<RequestInit, 'body' | 'headers'> | undefined): Promise<CallBody> {
  const files = new Map<string, File>();
  if (!init?.body) return { payload: {}, files };
  if (typeof init.body === 'string') return { payload: JSON.parse(init.body) as Sent['payload'], files };
  const payload: Record<string, unknown> = {};
  const type = new Headers(init.headers).get('content-type') ?? '';
  // Not by `Response.formData()`: grammY's file names are unquoted.
  await readParts(Readable.from(init.body as unknown as AsyncIterable<Buffer>), type, async ({ name, fileName, bytes }) => {
    const value = await buffer(bytes);
    if (fileName !== undefined) files.set(name, new File([new Uint8Array(value)], fileName));
    else payload[name] = /^[{[]/.test(String(value)) ? (JSON.parse(String(value)) as unknown) : String(value);
  });
  return { payload, files };
}

const reply = (body: unknown) => ({ ok: true, status: 200, json: async () => body, text: async () => JSON.stringify(body) });
