import { once } from 'node:events';
import { connect } from 'node:net';
import type { Update } from 'grammy/types';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWeb } from '../../../src/adapters/http/server.ts';
import { createWebhook } from '../../../src/channels/telegram/webhook.ts';

const SECRET = 'a-secret_of-telegram';
let web: Awaited<ReturnType<typeof startWeb>>;
let accepted: Update[];
let accept: (update: Update) => Promise<void>;
let troubles: unknown[];

beforeEach(async () => {
  accepted = [];
  troubles = [];
  accept = async (update) => void accepted.push(update);
  const onError = (error: unknown) => void troubles.push(error);
  const hook = createWebhook({ secret: SECRET, accept: (update) => accept(update), onError });
  web = await startWeb({ port: 0, host: '127.0.0.1', routes: new Map([['/hook', hook]]), onError });
});
afterEach(() => web.close());

const at = (path = '/hook') => `http://127.0.0.1:${web.port}${path}`;
async function deliver(body: string, secret: string | undefined = SECRET): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    ...(secret !== undefined && { 'x-telegram-bot-api-secret-token': secret }),
  };
  return (await fetch(at(), { method: 'POST', headers, body })).status;
}

test('an update with the secret is taken', async () => {
  expect(await deliver('{"update_id":5,"message":{"text":"слово"}}')).toBe(200);
  expect(accepted).toEqual([{ update_id: 5, message: { text: 'слово' } }]);
});

test.each([
  ['missing', ''],
  ['wrong', 'b-secret_of-telegram'],
  ['shorter', SECRET.slice(1)],
  ['longer', `${SECRET}x`],
  ['of another case', SECRET.toUpperCase()],
])('a secret that is %s is refused, whatever else is right', async (_, secret) => {
  expect(await deliver('{"update_id":5}', secret)).toBe(401);
  expect(accepted).toEqual([]);
});

test('without the header nothing is taken', async () => {
  const response = await fetch(at(), { method: 'POST', body: '{"update_id":5}' });
  expect(response.status).toBe(401);
});

test.each(['GET', 'PUT', 'DELETE'])('%s is not how updates come', async (method) => {
  const response = await fetch(at(), { method, headers: { 'x-telegram-bot-api-secret-token': SECRET } });
  expect(response.status).toBe(405);
});

test.each(['', '{', 'null', '[]', '5', '{"update_id":"5"}', '{"update_id":1.5}', '{"update_id":1e300}', '\u0000'])(
  'what is no update is refused: %j',
  async (body) => {
    expect(await deliver(body)).toBe(400);
    expect(accepted).toEqual([]);
  },
);

test('a body up to a megabyte is read, a larger one is not', async () => {
  const ofBytes = (bytes: number) => `{"update_id":5,"x":"${'x'.repeat(bytes - 23)}"}`;
  expect(await deliver(ofBytes(1_000_000))).toBe(200);
  expect(await deliver(ofBytes(1_000_100))).toBe(413);
  expect(accepted).toHaveLength(1);
});

test('what could not be made safe is to come again', async () => {
  accept = async () => {
    throw new Error('the store is away');
  };
  expect(await deliver('{"update_id":5}')).toBe(503);
  expect(troubles).toHaveLength(1);
});

test('a delivery that breaks off is no update and no fault', async () => {
  const socket = connect(web.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    `POST /hook HTTP/1.1\r\nhost: x\r\nx-telegram-bot-api-secret-token: ${SECRET}\r\ncontent-length: 100\r\n\r\n{"update_id":5`,
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  expect(await deliver('{"update_id":6}')).toBe(200);
  expect(accepted).toEqual([{ update_id: 6 }]);
  expect(troubles).toEqual([]);
});

test('closing waits for what is being answered, not for connections that are kept', async () => {
  await deliver('{"update_id":1}');
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  accept = () => held;
  const delivery = deliver('{"update_id":2}');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const closed = web.close().then(() => 'closed');
  expect(await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 100, 'waits'))])).toBe('waits');
  release();
  expect(await delivery).toBe(200);
  await closed;
});

test('other paths are nobody’s', async () => {
  expect((await fetch(at('/hook/'))).status).toBe(404);
  expect((await fetch(at('/'))).status).toBe(404);
});
