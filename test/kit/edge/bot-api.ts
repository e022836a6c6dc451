import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InlineKeyboardButton, Update } from 'grammy/types';
import { BOT } from '../bot-info.ts';

/** A call of the bot, as it came in. */
export type BotCall = { method: string; payload: Payload; at: number; result?: unknown };
type Payload = Record<string, unknown> & {
  chat_id?: number;
  text?: string;
  message_id?: number;
  reply_markup?: { inline_keyboard?: InlineKeyboardButton[][] };
};

/** What the test does in Telegram's place: a delay, a refusal, a broken connection. */
export type Interference = {
  delayMs?: number;
  refuse?: { error_code: number; description: string; parameters?: object };
  /** The call is heard and never answered: the connection ends. */
  breakOff?: boolean;
  /** What it answers instead. */
  result?: unknown;
};

export type BotApi = Awaited<ReturnType<typeof startBotApi>>;

export const TOKEN = '4711:AAtokenOfTheTestsWhichNoLogMayHold';

/** A Bot API in the test's hand: it holds updates until they are confirmed, as Telegram does, writes all calls down, and misbehaves when told. */
export async function startBotApi({ tls }: { tls?: { key: string; cert: string } } = {}) {
  const calls: BotCall[] = [];
  const queue: Update[] = [];
  const confirmed: number[] = [];
  /** What people have sent, by handle. */
  const files = new Map<string, string>();
  let lastMessage = 1000;
  let interfere: (call: BotCall) => Interference | undefined = () => undefined;
  let wake = () => {};

  const serve = (request: IncomingMessage, response: ServerResponse) =>
    void answer(request, response).catch(() => response.destroy());
  const server = tls
    ? createSecureServer({ key: readFileSync(tls.key), cert: readFileSync(tls.cert) }, serve)
    : createServer(serve);
  let connections = 0;
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, file] = new RegExp(`^/file/bot${TOKEN}/files/(.*)$`).exec(request.url ?? '') ?? [];
    if (file !== undefined) return void response.end(files.get(file));
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const body = Buffer.concat(parts).toString();
    const payload = (body.startsWith('{') ? JSON.parse(body) : formOf(body)) as Payload;
    const call: BotCall = { method, payload, at: performance.now() };
    calls.push(call);
    const { delayMs = 0, refuse, breakOff, result } = interfere(call) ?? {};
    if (delayMs) await sleep(delayMs);
    if (breakOff) return void response.destroy();
    if (token !== TOKEN) return say(response, { ok: false, error_code: 401, description: 'Unauthorized' });
    if (refuse) return say(response, { ok: false, ...refuse });
    call.result = result ?? (await resultOf(method, payload, response));
    say(response, { ok: true, result: call.result });
  }

  async function resultOf(method: string, payload: Payload, response: ServerResponse): Promise<unknown> {
    if (method === 'getMe') return ME;
    if (method === 'getFile') return { file_id: payload.file_id, file_path: `files/${String(payload.file_id)}` };
    if (method === 'getUpdates') return updates(payload as { offset?: number; limit?: number; timeout?: number }, response);
    if (method === 'getChatMember') return { status: 'administrator', can_manage_topics: true };
    if (!/^send(?!ChatAction)/.test(method)) return true;
    const chat = { id: payload.chat_id, type: 'private', first_name: 'Житель' };
    return { message_id: ++lastMessage, date: 0, chat, text: payload.text };
  }

  async function updates(
    { offset = 0, limit = 100, timeout = 0 }: { offset?: number; limit?: number; timeout?: number },
    response: ServerResponse,
  ) {
    // By place, not by size: ids may have restarted lower.
    const until = queue.findIndex(({ update_id: id }) => id === offset - 1);
    confirmed.push(...queue.splice(0, until + 1).map(({ update_id: id }) => id));
    if (queue.length === 0 && timeout > 0) {
      const closed = new Promise<void>((resolve) => response.on('close', resolve));
      const woken = new Promise<void>((resolve) => (wake = resolve));
      await Promise.race([closed, woken, sleep(timeout * 1000, undefined, { ref: false })]);
    }
    return queue.slice(0, limit);
  }

  return {
    apiRoot: `http${tls ? 's' : ''}://127.0.0.1:${port}`,
    calls,
    files,
    /** How many were ever made to it. */
    connections: () => connections,
    /** Ids of updates that Telegram may forget, in order. */
    confirmed,
    push(...more: Update[]) {
      queue.push(...more);
      wake();
    },
    interfereWith(handler: typeof interfere) {
      interfere = handler;
    },
    /** The texts that a chat has got. */
    said: (chat: number) =>
      calls
        .filter(({ method, payload }) => method === 'sendMessage' && payload.chat_id === chat)
        .map(({ payload }) => String(payload.text)),
    /** The newest button of this label in a chat. */
    button: (chat: number, label: string) =>
      calls
        .filter(({ payload }) => payload.chat_id === chat)
        .flatMap(({ payload }) => payload.reply_markup?.inline_keyboard?.flat() ?? [])
        .findLast(({ text }) => text === label) as { callback_data: string } | undefined,
    /** Where the newest button of this label in a chat stands, and what its press says. */
    newestButton(chat: number, label: string): { messageId: number; data: string } {
      for (const { payload, result } of calls.toReversed()) {
        if (payload.chat_id !== chat) continue;
        const button = payload.reply_markup?.inline_keyboard?.flat().find(({ text }) => text === label);
        if (button && 'callback_data' in button)
          return { messageId: (result as { message_id: number }).message_id, data: button.callback_data };
      }
      throw new Error(`nobody was shown «${label}»`);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The words of a form with files; numbers as numbers. */
function formOf(body: string): Payload {
  const fields = [...body.matchAll(/name="(\w+)"\r\n\r\n([^]*?)\r\n--/g)];
  return Object.fromEntries(fields.map(([, name, value = '']) => [name, /^-?\d+$/.test(value) ? Number(value) : value]));
}

function say(response: ServerResponse, body: { ok: boolean; error_code?: number; result?: unknown; description?: string }): void {
  if (response.destroyed) return;
  response.writeHead(body.error_code ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export const ME = { ...BOT, id: Number(TOKEN.split(':')[0]) };

/** A limit of waiting only tells a hang from work, so a machine that is busy with other things gets so many times as long. */
const PATIENCE = 9;

/** Waits for what must come; says what did not. `mostMs` is what a quiet machine is given. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, mostMs = 20_000): Promise<void> {
  const end = performance.now() + mostMs * PATIENCE;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${mostMs} ms`);
    await sleep(20);
  }
}
