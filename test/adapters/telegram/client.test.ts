import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { Api, GrammyError, HttpError, InputFile } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ClientOptions, createTelegramClient, type TelegramClient } from '../../../src/adapters/telegram/client.ts';
import { TOKEN } from '../../kit/edge/bot-api.ts';
import { freePort } from '../../kit/edge/free-port.ts';

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
    await api.sendMessage(7, 'слово');
    expect((heard[1]?.at ?? 0) - (heard[0]?.at ?? 0)).toBeGreaterThan(990);
    expect(told).toEqual([['sendMessage', 1]]);
  });

  test('a flood wait that is too long is the caller’s to judge', async () => {
    const api = openApi(way, { longestFloodWaitMs: 5_000 });
    answer = (response) => flood(response, 6);
    expect(await errorOf(api.sendMessage(7, 'слово'))).toMatchObject({ error_code: 429, parameters: { retry_after: 6 } });
    expect(heard).toHaveLength(1);
  });

  test('a call without an answer ends in time, is not repeated, and its error holds neither token nor words', async () => {
    const api = openApi(way, { timeLimitMs: 200 });
    answer = () => {};
    const error = await errorOf(api.sendMessage(7, 'слово'));
    expect(error).toBeInstanceOf(HttpError);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/AAtoken|слово/);
    expect(heard).toHaveLength(1);
  });

  test('a call that may have arrived is not repeated, though its connection had served before', async () => {
    const api = openApi(way);
    await api.sendMessage(7, 'первое');
    answer = (response) => response.destroy();
    expect(await errorOf(api.sendMessage(7, 'второе'))).toBeInstanceOf(HttpError);
    answer = (response) => response.end(OK);
    await api.sendMessage(7, 'третье');
    // The answer has begun when the connection breaks.
    answer = (response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"ok"');
      setTimeout(() => response.destroy(), 50);
    };
    expect(await errorOf(api.sendMessage(7, 'четвертое'))).toBeInstanceOf(HttpError);
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

  test('a proxy’s page instead of an answer is an error without the token', async () => {
    const api = openApi(way);
    answer = (response) => response.writeHead(502).end('<html>Bad Gateway</html>');
    const error = await errorOf(api.sendMessage(7, 'слово'));
    expect(error).toBeInstanceOf(HttpError);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('AAtoken');
    expect(heard).toHaveLength(1);
  });

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
