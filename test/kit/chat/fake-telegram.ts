import type { InlineKeyboardMarkup, Message, ReplyKeyboardMarkup } from 'grammy/types';
import { boundaryOf, readMultipart } from '../../../src/sandbox/server/multipart.ts';

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
  /** What was sent up with it. */
  files: readonly File[];
};

export type FakeTelegram = ReturnType<typeof fakeTelegram>;

/** Stands where the HTTP client would be: hears every call of the bot and answers as Telegram would. */
export function fakeTelegram() {
  const sent: Sent[] = [];
  let lastMessage = 100;
  /** Told of each call; may answer in Telegram's place, or throw as a broken connection would. */
  let interfere:
    | ((call: Sent) => { error_code: number; description: string; parameters?: { retry_after?: number } } | undefined)
    | undefined;

  async function clientFetch(url: string | URL, init?: RequestInit) {
    const method = String(url).slice(String(url).lastIndexOf('/') + 1);
    const { payload, files } = await readBody(init);
    const chat = Number(payload.chat_id ?? 0);
    const isMessage = method.startsWith('send') && method !== 'sendChatAction';
    const call: Sent = { chat, method, payload, messageId: isMessage ? ++lastMessage : (payload.message_id ?? 0), files };
    const refusal = interfere?.(call);
    if (refusal) return reply({ ok: false, ...refusal });
    sent.push(call);
    return reply({ ok: true, result: isMessage ? messageOf(call) : true });
  }

  return {
    fetch: clientFetch as unknown as typeof fetch,
    /** All calls since the last time. */
    take: () => sent.splice(0),
    nextMessageId: () => ++lastMessage,
    interfereWith(handler: typeof interfere) {
      interfere = handler;
    },
  };
}

/** A call as JSON, or as a form with files: values that are no plain words are JSON in it. */
async function readBody(init: RequestInit | undefined): Promise<Pick<Sent, 'payload' | 'files'>> {
  if (typeof init?.body === 'string') return { payload: JSON.parse(init.body) as Sent['payload'], files: [] };
  if (!init?.body) return { payload: {}, files: [] };
  const payload: Record<string, unknown> = {};
  const files: File[] = [];
  const type = new Headers(init.headers).get('content-type') ?? '';
  // Not by `Response.formData()`: grammY's file names are unquoted.
  await readMultipart(init.body as unknown as AsyncIterable<Buffer>, boundaryOf(type), ({ name, fileName }) => {
    const parts: Buffer[] = [];
    return {
      write: (bytes) => void parts.push(Buffer.from(bytes)),
      end() {
        const value = Buffer.concat(parts);
        if (fileName !== undefined) files.push(new File([value], fileName));
        else payload[name] = /^[{[]/.test(String(value)) ? (JSON.parse(String(value)) as unknown) : String(value);
      },
    };
  });
  return { payload, files };
}

function messageOf({ chat, messageId, payload, method }: Sent): Partial<Message> {
  return {
    message_id: messageId,
    date: 0,
    chat: { id: chat, type: 'private', first_name: 'Житель' },
    ...(payload.text !== undefined && { text: payload.text }),
    ...(method === 'sendDocument' && { document: { file_id: `file-${messageId}`, file_unique_id: `u${messageId}` } }),
    ...(method === 'sendPhoto' && {
      photo: [{ file_id: `file-${messageId}`, file_unique_id: `u${messageId}`, width: 90, height: 90 }],
    }),
  };
}

const reply = (body: unknown) => ({ ok: true, status: 200, json: async () => body, text: async () => JSON.stringify(body) });
