import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { InlineKeyboardMarkup, Message, ReplyKeyboardMarkup } from 'grammy/types';
import { plainSpaces } from '../../../src/domain/unbroken.ts';
import { readParts } from '../../../src/sandbox/server/multipart.ts';
import { type FakeGroup, fakeGroup, type Refusal } from './fake-group.ts';

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

export type FakeTelegram = ReturnType<typeof fakeTelegram>;

/** The staff group of every test world. */
export const STAFF_CHAT = -1001;

/** Stands where the HTTP client would be: hears every call of the bot and answers as Telegram would. */
export function fakeTelegram(group: FakeGroup = fakeGroup(STAFF_CHAT, { forum: true })) {
  const sent: Sent[] = [];
  /** Of people who have blocked the bot. */
  const blocked = new Set<number>();
  const deleted = new Set<string>();
  let lastMessage = 100;
  /** Told of each call; may answer in Telegram's place, or throw as a broken connection would. */
  let interfere: ((call: Sent) => Refusal | undefined) | undefined;

  async function clientFetch(url: string | URL, init?: RequestInit) {
    const method = String(url).slice(String(url).lastIndexOf('/') + 1);
    const { payload: asSent, files } = await readBody(init);
    const payload = plain(asSent);
    const chat = Number(payload.chat_id ?? 0);
    const made = Array.from({ length: messagesMade(method, payload) }, () => ++lastMessage);
    const call: Sent = { chat, method, payload, messageId: made[0] ?? payload.message_id ?? 0, messageIds: made, files };
    const refusal = interfere?.(call) ?? refuse(call);
    if (refusal) return reply({ ok: false, ...refusal });
    sent.push({ ...call, payload: asSent });
    group.heed(call, call.messageId);
    if (method === 'deleteMessage') deleted.add(`${chat}/${call.messageId}`);
    return reply({ ok: true, result: resultOf(call) });
  }

  function refuse(call: Sent): Refusal | undefined {
    if (blocked.has(call.chat)) return { error_code: 403, description: 'Forbidden: bot was blocked by the user' };
    const gone = (id: unknown) => deleted.has(`${call.chat}/${String(id)}`);
    if (/^(edit|delete)Message/.test(call.method) && gone(call.payload.message_id)) {
      const verb = call.method.startsWith('edit') ? 'edit' : 'delete';
      return { error_code: 400, description: `Bad Request: message to ${verb} not found` };
    }
    const replied = call.payload.reply_parameters as { message_id?: number; allow_sending_without_reply?: boolean } | undefined;
    if (gone(replied?.message_id) && !replied?.allow_sending_without_reply)
      return { error_code: 400, description: 'Bad Request: message to be replied not found' };
    return group.refuse(call);
  }

  return {
    fetch: clientFetch as unknown as typeof fetch,
    /** All calls since the last time. */
    take: () => sent.splice(0).map((call) => ({ ...call, payload: plain(call.payload) })),
    /** The same with the spaces that never break over a line. */
    takeAsSent: () => sent.splice(0),
    /** What left since the last time never arrived. */
    lose() {
      for (const { method, chat, messageId } of sent.splice(0))
        if (method === 'deleteMessage') deleted.delete(`${chat}/${messageId}`);
    },
    nextMessageId: () => ++lastMessage,
    interfereWith(handler: typeof interfere) {
      interfere = handler;
    },
    blocked,
    isDeleted: (chat: number, message: number) => deleted.has(`${chat}/${message}`),
    group,
  };
}

/** Tests are written with plain spaces; which of them never break over a line is what `test/texts` keeps. */
function plain(payload: Sent['payload']): Sent['payload'] {
  return JSON.parse(plainSpaces(JSON.stringify(payload))) as Sent['payload'];
}

/** How many messages (or topics, which are numbered with them) a call makes. */
function messagesMade(method: string, payload: Sent['payload']): number {
  if (method === 'copyMessages') return (payload.message_ids as readonly number[]).length;
  if (method === 'sendMediaGroup') return (payload.media as readonly unknown[]).length;
  if (method === 'createForumTopic' || method === 'copyMessage') return 1;
  return method.startsWith('send') && method !== 'sendChatAction' ? 1 : 0;
}

function resultOf(call: Sent): unknown {
  const { method, messageId, messageIds, payload } = call;
  if (method === 'createForumTopic') return { message_thread_id: messageId, name: payload.name, icon_color: 7_322_096 };
  if (method === 'copyMessage') return { message_id: messageId };
  if (method === 'copyMessages') return messageIds.map((id) => ({ message_id: id }));
  if (method === 'sendMediaGroup') return messageIds.map((id) => messageOf({ ...call, messageId: id }));
  return messageIds.length > 0 ? messageOf(call) : true;
}

/** A call as JSON, or as a form with files: values that are no plain words are JSON in it. */
async function readBody(init: RequestInit | undefined): Promise<Pick<Sent, 'payload' | 'files'>> {
  if (typeof init?.body === 'string') return { payload: JSON.parse(init.body) as Sent['payload'], files: [] };
  if (!init?.body) return { payload: {}, files: [] };
  const payload: Record<string, unknown> = {};
  const files: File[] = [];
  const type = new Headers(init.headers).get('content-type') ?? '';
  // Not by `Response.formData()`: grammY's file names are unquoted.
  await readParts(Readable.from(init.body as unknown as AsyncIterable<Buffer>), type, async ({ name, fileName, bytes }) => {
    const value = await buffer(bytes);
    if (fileName !== undefined) files.push(new File([new Uint8Array(value)], fileName));
    else payload[name] = /^[{[]/.test(String(value)) ? (JSON.parse(String(value)) as unknown) : String(value);
  });
  return { payload, files };
}

function messageOf({ chat, messageId, payload, method }: Sent): Partial<Message> {
  return {
    message_id: messageId,
    date: 0,
    chat: chat < 0 ? { id: chat, type: 'supergroup', title: 'Сотрудники' } : { id: chat, type: 'private', first_name: 'Житель' },
    ...(typeof payload.message_thread_id === 'number' && {
      message_thread_id: payload.message_thread_id,
      is_topic_message: true,
    }),
    ...(payload.text !== undefined && { text: payload.text }),
    ...(method === 'sendDocument' && { document: { file_id: `file-${messageId}`, file_unique_id: `u${messageId}` } }),
    ...(method === 'sendPhoto' && {
      photo: [{ file_id: `file-${messageId}`, file_unique_id: `u${messageId}`, width: 90, height: 90 }],
    }),
  };
}

const reply = (body: unknown) => ({ ok: true, status: 200, json: async () => body, text: async () => JSON.stringify(body) });
