import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InlineKeyboardButton, Update } from 'grammy/types';
import { BOT } from '../bot-info.ts';
import { BOT_ACCOUNT, type CallBody, fakeTelegram, readBody, STAFF_CHAT } from '../chat/fake-telegram.ts';

/** A call of the bot, as it came in. */
export type BotCall = { method: string; payload: Payload; files: readonly File[]; at: number; result?: unknown };
type Payload = CallBody['payload'] & { chat_id?: number; reply_markup?: { inline_keyboard?: InlineKeyboardButton[][] } };

/** What the test does in Telegram's place: a delay, a refusal, a broken connection. */
export type Interference = {
  delayMs?: number;
  refuse?: { error_code: number; description: string; parameters?: object };
  /** The call is heard and never answered: the connection ends. */
  breakOff?: boolean;
  /** The same, and the connection stays. */
  silent?: boolean;
  /** Something before Telegram answers, with a page. */
  page?: number;
  /** What it answers instead. */
  result?: unknown;
};

export type BotApi = Awaited<ReturnType<typeof startBotApi>>;

export const TOKEN = '4711:AAtokenOfTheTestsWhichNoLogMayHold';

/** Updates of a test number their messages themselves; the bot's own are far above them. */
const LAST_MESSAGE_ID = 1_000_000;

type ServerOptions = {
  tls?: { key: string; cert: string };
  /** A forum, of which the bot is an administrator. */
  staffChat?: number;
  /** Who is in the staff group, as an administrator of it. */
  staff?: readonly number[];
};

/**
 * The sandbox's Bot API as a server in the test's hand: what Telegram would refuse is refused. It holds updates until they are confirmed,
 * writes all calls down, and misbehaves when told. Updates stand in a line of their own, as a test gives them their numbers.
 */
export async function startBotApi({ tls, staffChat = STAFF_CHAT, staff = [] }: ServerOptions = {}) {
  const calls: BotCall[] = [];
  const queue: Update[] = [];
  const confirmed: number[] = [];
  /** What people have sent, by handle. */
  const files = new Map<string, string>();
  const sandbox = fakeTelegram({ staffChat, bot: { ...BOT_ACCOUNT, id: ME.id, token: TOKEN }, lastMessageId: LAST_MESSAGE_ID });
  for (const person of staff) sandbox.letIntoGroup(person);
  let interfere: (call: BotCall) => Interference | undefined = () => undefined;
  let wake = () => {};

  const serve = (request: IncomingMessage, response: ServerResponse) =>
    void answer(request, response).catch((error: unknown) =>
      say(response, { ok: false, error_code: 500, description: `Internal Server Error: ${String(error)}` }),
    );
  const server = tls
    ? createSecureServer({ key: readFileSync(tls.key), cert: readFileSync(tls.cert) }, serve)
    : createServer(serve);
  let connections = 0;
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, file] = new RegExp(`^/file/bot${TOKEN}/\\w+/(.*)$`).exec(request.url ?? '') ?? [];
    if (file !== undefined) return void response.end(files.get(file));
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const body = await readCall(request);
    const call: BotCall = { method, payload: body.payload, files: [...body.files.values()], at: performance.now() };
    calls.push(call);
    const { delayMs = 0, refuse, breakOff, silent, page, result } = interfere(call) ?? {};
    if (delayMs) await sleep(delayMs);
    if (silent) return;
    if (breakOff) return void response.destroy();
    if (page !== undefined) return void response.writeHead(page).end(`<html>${page}</html>`);
    if (token !== TOKEN) return say(response, { ok: false, error_code: 401, description: 'Unauthorized' });
    if (refuse) return say(response, { ok: false, ...refuse });
    if (result === undefined) {
      const answered = await sandbox.answer(method, method === 'getUpdates' ? unheld(body) : body);
      if (!answered.ok) return say(response, answered);
      call.result = method === 'getUpdates' ? await updates(call.payload as UpdatesAsked, response) : answered.result;
    } else call.result = result;
    say(response, { ok: true, result: call.result });
  }

  async function updates({ offset = 0, limit = 100, timeout = 0 }: UpdatesAsked, response: ServerResponse) {
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
    /** What is behind the port: who is in the staff group, what is deleted. */
    sandbox,
    calls,
    files,
    /** How many were ever made to it. */
    connections: () => connections,
    /** Ids of updates that Telegram may forget, in order. */
    confirmed,
    /** What Telegram would put in line for the bot. */
    push(...more: Update[]) {
      for (const update of more) sandbox.heard(update);
      queue.push(...more);
      wake();
    },
    /** The same of what a test hands to the bot's webhook by itself. */
    heard: sandbox.heard,
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
        if (payload.chat_id !== chat || result === undefined) continue;
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

type UpdatesAsked = { offset?: number; limit?: number; timeout?: number };

/** The sandbox judges the question for updates at once; it is held here. */
const unheld = ({ payload, files }: CallBody): CallBody => ({ files, payload: { ...payload, timeout: 0 } });

/** A call's parameters and files; in a form a chat is written as words. */
async function readCall(request: IncomingMessage): Promise<CallBody> {
  const bytes = await buffer(request);
  const type = request.headers['content-type'] ?? '';
  const isForm = type.startsWith('multipart/');
  const { payload, files } = await readBody({
    body: isForm ? Readable.from([bytes]) : bytes.toString(),
    headers: { 'content-type': type },
  });
  return { files, payload: isForm && 'chat_id' in payload ? { ...payload, chat_id: Number(payload.chat_id) } : payload };
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
