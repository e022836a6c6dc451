import type { InlineKeyboardMarkup, Message, ReplyKeyboardMarkup } from 'grammy/types';

/** What left the bot for one chat. */
export type Sent = {
  chat: number;
  method: string;
  payload: Record<string, unknown> & {
    text?: string;
    reply_markup?: Partial<InlineKeyboardMarkup & ReplyKeyboardMarkup>;
    message_id?: number;
  };
  messageId: number;
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

  async function clientFetch(url: string | URL, init?: { body?: unknown }) {
    const method = String(url).slice(String(url).lastIndexOf('/') + 1);
    const payload = JSON.parse(typeof init?.body === 'string' ? init.body : '{}') as Sent['payload'];
    const chat = Number(payload.chat_id ?? 0);
    const isMessage = method.startsWith('send') && method !== 'sendChatAction';
    const call: Sent = { chat, method, payload, messageId: isMessage ? ++lastMessage : (payload.message_id ?? 0) };
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

function messageOf({ chat, messageId, payload }: Sent): Partial<Message> {
  return {
    message_id: messageId,
    date: 0,
    chat: { id: chat, type: 'private', first_name: 'Житель' },
    ...(payload.text !== undefined && { text: payload.text }),
  };
}

const reply = (body: unknown) => ({ ok: true, status: 200, json: async () => body, text: async () => JSON.stringify(body) });
