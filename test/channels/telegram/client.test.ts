import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { Api, GrammyError, HttpError, InputFile } from 'grammy';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ClientOptions, createTelegramClient, type TelegramClient } from '../../../src/channels/telegram/client.ts';
import { TOKEN } from '../../kit/edge/bot-api.ts';
import { freePort } from '../../kit/edge/free-port.ts';
import { waitFor } from '../../kit/wait-for.ts';

/** A broken Telegram: halves of answers, pages, silence, ends of connections. What it takes is no matter here; its strictness is the sandbox's. */

type Heard = { body: Buffer; type: string; at: number };
let server: Server;
let heard: Heard[];
let sockets: number;
let answer: (response: ServerResponse) => void;
let client: TelegramClient | undefined;
const OK = JSON.stringify({ ok: true, result: { message_id: 1 } });

beforeEach(async () => {
  heard = [];
  sockets = 0;
  answer = (response) => response.end(OK);
  server = createServer((request, response) => {
    const { 'content-type': type = '' } = request.headers;
    void buffer(request).then(
      (body) => {
        heard.push({ body, type, at: performance.now() });
        answer(response);
      },
      () => response.destroy(),
    );
  });
  server.on('connection', () => (sockets += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  client?.close();
  server.closeAllConnections();
  server.close();
});

const root = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** Both ways that a call can take. */
const WAYS = ['through fetch', 'the shorter way'] as const;
function openApi(way: (typeof WAYS)[number], options: ClientOptions = {}, apiRoot = root()): Api {
  client = createTelegramClient(options);
  const api = new Api(TOKEN, { apiRoot, fetch: client.fetch });
  if (way === 'the shorter way') api.config.use(client.transformer(apiRoot, TOKEN));
  return api;
}

function refuse(response: ServerResponse, error_code: number, description: string, parameters = {}): void {
  response.writeHead(error_code).end(JSON.stringify({ ok: false, error_code, description, parameters }));
}
const flood = (response: ServerResponse, retry_after: number) =>
  refuse(response, 429, `Too Many Requests: retry after ${retry_after}`, { retry_after });
const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

/** What goes wrong once it may have arrived. */
const STUMBLES: readonly [string, (response: ServerResponse) => void][] = [
  ['500', (response) => refuse(response, 500, 'Internal Server Error')],
  ['502 and a page', (response) => response.writeHead(502).end('<html>Bad Gateway</html>')],
  ['504', (response) => refuse(response, 504, 'Gateway Timeout')],
  ['400 that is the server’s own', (response) => refuse(response, 400, 'Bad Request: RPC_CALL_FAIL')],
  ['the connection ends', (response) => response.destroy()],
  [
    'the connection ends in the answer',
    (response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"ok"');
      setImmediate(() => response.destroy());
    },
  ],
  ['silence', () => {}],
];

const FILE = () => new InputFile(Buffer.from('bytes'), 'bill.pdf');
const WORDS: readonly [string, (api: Api) => Promise<unknown>][] = [
  ['sendMessage', (api) => api.sendMessage(7, 'слово')],
  ['sendDocument', (api) => api.sendDocument(7, FILE())],
  ['sendPhoto', (api) => api.sendPhoto(7, FILE())],
  ['sendVenue', (api) => api.sendVenue(7, 47, 38, 'Касса', 'ул. Портовая')],
  ['sendInvoice', (api) => api.sendInvoice(7, 'Счёт', 'за воду', 'order', 'RUB', [{ label: 'вода', amount: 100 }])],
  ['editMessageText', (api) => api.editMessageText(7, 1, 'слово')],
  ['editMessageReplyMarkup', (api) => api.editMessageReplyMarkup(7, 1)],
  ['deleteMessage', (api) => api.deleteMessage(7, 1)],
  ['answerCallbackQuery', (api) => api.answerCallbackQuery('press')],
  ['getChatMember', (api) => api.getChatMember(-1, 7)],
  ['getFile', (api) => api.getFile('f')],
];
const EFFECTS: readonly [string, (api: Api) => Promise<unknown>][] = [
  ['getUpdates', (api) => api.getUpdates()],
  ['answerPreCheckoutQuery', (api) => api.answerPreCheckoutQuery('query', true)],
  ['createForumTopic', (api) => api.createForumTopic(-1, 'тема')],
  ['copyMessage', (api) => api.copyMessage(7, -1, 1)],
];
const REFUSALS: readonly [number, string][] = [
  [400, 'Bad Request: chat not found'],
  [400, "Bad Request: can't parse entities"],
  [401, 'Unauthorized'],
  [403, 'Forbidden: bot was blocked by the user'],
  [404, 'Not Found'],
  [413, 'Request Entity Too Large'],
];

describe.each(WAYS)('%s', (way) => {
  test('one connection serves many calls', async () => {
    const api = openApi(way);
    for (let i = 0; i < 20; i += 1) await api.sendMessage(7, `слово ${i}`);
    expect({ calls: heard.length, sockets }).toEqual({ calls: 20, sockets: 1 });
    expect(JSON.parse(String(heard[3]?.body))).toMatchObject({ chat_id: 7, text: 'слово 3' });
  });

  test('a flood wait is sat out, told, and the call made again', async () => {
    const told: unknown[] = [];
    const api = openApi(way, { onFloodWait: (method, seconds) => told.push([method, seconds]) });
    answer = (response) => (heard.length === 1 ? flood(response, 1) : response.end(OK));
    const sent = api.sendMessage(7, 'слово');
    await waitFor(() => expect(heard).toHaveLength(1));
    await sleep(500);
    expect(heard).toHaveLength(1);
    await sent;
    expect(heard).toHaveLength(2);
    expect(told).toEqual([['sendMessage', 1]]);
  });

  test('a question for updates is given up when Telegram has held it for as long as it was asked to', async () => {
    const api = openApi(way, { timeLimitMs: 500 });
    answer = () => {};
    const late = (seconds: number) => ({ error: { name: 'TimeLimit', message: `Telegram gave no answer within ${seconds} s` } });
    expect(await errorOf(api.getUpdates({ timeout: 1 }))).toMatchObject(late(1.5));
    expect(await errorOf(api.getUpdates({ timeout: 0 }))).toMatchObject(late(0.5));
    expect(heard).toHaveLength(2);
  });

  test('a flood wait that is too long is the caller’s to judge', async () => {
    const api = openApi(way, { longestFloodWaitMs: 5_000 });
    answer = (response) => flood(response, 6);
    expect(await errorOf(api.sendMessage(7, 'слово'))).toMatchObject({ error_code: 429, parameters: { retry_after: 6 } });
    expect(heard).toHaveLength(1);
  });

  test('a call without an answer is tried again in time, and its error holds neither token nor words', async () => {
    const api = openApi(way, { timeLimitMs: 200, longestFloodWaitMs: 0, patienceMs: 1_000 });
    answer = () => {};
    const error = await errorOf(api.sendMessage(7, 'слово'));
    expect(error).toBeInstanceOf(HttpError);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/AAtoken|слово/);
    expect(heard).toHaveLength(2);
  });

  describe.each(STUMBLES)('Telegram stumbles: %s', (how, stumble) => {
    const quick = { timeLimitMs: 200, patienceMs: 3_000 };
    const once = (response: ServerResponse) => (heard.length === 1 ? stumble(response) : void response.end(OK));

    test.each(how === '500' ? WORDS : WORDS.slice(0, 2))('%s is called again', async (_name, say) => {
      const api = openApi(way, quick);
      answer = once;
      await expect(say(api)).resolves.toBeDefined();
      expect(heard).toHaveLength(2);
      expect(heard[1]?.body.length).toBe(heard[0]?.body.length);
      expect((heard[1]?.at ?? 0) - (heard[0]?.at ?? 0)).toBeGreaterThan(290);
    });

    test.each(EFFECTS)('%s is not', async (_name, act) => {
      const api = openApi(way, quick);
      answer = once;
      expect(await errorOf(act(api))).toBeInstanceOf(Error);
      expect(heard).toHaveLength(1);
    });

    test('nothing is where a line of its own is kept', async () => {
      const api = openApi(way, { ...quick, once: true });
      answer = once;
      expect(await errorOf(api.sendMessage(7, 'слово'))).toBeInstanceOf(Error);
      expect(heard).toHaveLength(1);
    });
  });

  describe.each(STUMBLES)('what must not stand there twice, when Telegram stumbles: %s', (_how, stumble) => {
    test('is not called again, whatever the client does else', async () => {
      client = createTelegramClient({ timeLimitMs: 200, patienceMs: 3_000 });
      const api = new Api(TOKEN, { apiRoot: root(), fetch: client.fetchOnce });
      answer = (response) => (heard.length === 1 ? stumble(response) : void response.end(OK));
      expect(await errorOf(api.sendMessage(7, 'слово'))).toBeInstanceOf(Error);
      expect(heard).toHaveLength(1);
    });
  });

  test('words are not called again where Telegram said no', async () => {
    const api = openApi(way);
    for (const [code, description] of REFUSALS) {
      heard = [];
      answer = (response) => refuse(response, code, description);
      expect(await errorOf(api.sendMessage(7, 'слово'))).toMatchObject({ error_code: code });
      expect(heard, description).toHaveLength(1);
    }
  });

  test('what Telegram says with the status of success counts as it says it', async () => {
    const api = openApi(way);
    answer = (response) =>
      response.end(heard.length === 1 ? '{"ok":false,"error_code":500,"description":"Internal Server Error"}' : OK);
    await api.sendMessage(7, 'слово');
    answer = (response) =>
      response.end(heard.length === 3 ? '{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":1}}' : OK);
    await api.sendMessage(7, 'слово');
    expect(heard).toHaveLength(4);
  });

  test('a connection that was closed while it lay idle costs nothing', async () => {
    const api = openApi(way);
    await api.sendMessage(7, 'первое');
    server.closeIdleConnections();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await api.sendMessage(7, 'второе');
    expect({ calls: heard.length, sockets }).toEqual({ calls: 2, sockets: 2 });
  });

  test('where nobody listens the call is tried again until somebody does', async () => {
    const port = await freePort();
    const api = openApi(way, {}, `http://127.0.0.1:${port}`);
    const sent = api.sendMessage(7, 'слово');
    const late = createServer((_, response) => response.end(OK));
    setTimeout(() => late.listen(port, '127.0.0.1'), 500);
    await expect(sent).resolves.toMatchObject({ message_id: 1 });
    late.closeAllConnections();
    late.close();
  });

  test.each([403, 413, 451, 502])(
    'a page with %i instead of an answer is an error of that number without the token',
    async (status) => {
      const api = openApi(way, { timeLimitMs: 50, longestFloodWaitMs: 0, patienceMs: 200 });
      answer = (response) => response.writeHead(status).end('<html>Bad Gateway</html>');
      const error = await errorOf(api.sendMessage(7, 'слово'));
      expect(error).toMatchObject({ error_code: status, description: `HTTP ${status}` });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('AAtoken');
    },
  );

  test('a refusal of Telegram is a GrammyError with its code', async () => {
    const api = openApi(way);
    answer = (response) => refuse(response, 403, 'Forbidden: bot was blocked by the user');
    const error = await errorOf(api.sendMessage(7, 'слово'));
    expect(error).toBeInstanceOf(GrammyError);
    expect(error).toMatchObject({ error_code: 403 });
  });

  test('a file goes out whole', async () => {
    const api = openApi(way);
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => i % 256));
    await api.sendDocument(7, new InputFile(bytes, 'document.pdf'));
    expect(heard[0]?.type).toMatch(/^multipart\/form-data; boundary=/);
    expect(heard[0]?.body.toString('latin1')).toContain('filename=document.pdf');
    expect(heard[0]?.body.includes(bytes)).toBe(true);
  });

  test('a file that cannot be read ends its call', async () => {
    const api = openApi(way);
    async function* broken() {
      yield Buffer.from('half');
      throw new Error('the disk is gone');
    }
    expect(await errorOf(api.sendDocument(7, new InputFile(broken, 'document.pdf')))).toBeInstanceOf(Error);
  });
});
