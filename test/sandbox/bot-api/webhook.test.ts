import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Update, WebhookInfo } from 'grammy/types';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSandbox } from './sandbox-kit.ts';
import { waitUntil } from '../../kit/wait-for.ts';

type Delivery = { update: Update; secret: string | undefined; at: number };

/** A webhook that answers as told and notes what came. */
async function openHook(
  answer: (delivery: Delivery, response: ServerResponse) => void,
): Promise<{ url: string; deliveries: Delivery[] }> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const secret = request.headers['x-telegram-bot-api-secret-token'];
      const delivery = { update: JSON.parse(body) as Update, secret: secret?.toString(), at: performance.now() };
      deliveries.push(delivery);
      answer(delivery, response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, deliveries };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const textsOf = (deliveries: Delivery[]): (string | undefined)[] => deliveries.map(({ update }) => update.message?.text);

const until = async (condition: () => boolean): Promise<void> => {
  await waitUntil(condition, 20);
};

test('updates arrive with the secret and are gone after 200', async () => {
  const { act, call, result, ivan } = await openSandbox();
  const hook = await openHook((_, response) => response.end());
  expect(await call('setWebhook', { url: hook.url, secret_token: 'Abc_-1', max_connections: 7 })).toEqual({
    ok: true,
    result: true,
    description: 'Webhook was set',
  });
  expect((await call('setWebhook', { url: hook.url, secret_token: 'Abc_-1', max_connections: 7 })).description).toBe(
    'Webhook is already set',
  );
  act({ type: 'send-text', as: ivan, chatId: ivan, text: 'раз' });
  act({ type: 'send-text', as: ivan, chatId: ivan, text: 'два' });
  await until(() => hook.deliveries.length === 2);
  expect(textsOf(hook.deliveries)).toEqual(['раз', 'два']);
  expect(hook.deliveries[0]?.secret).toBe('Abc_-1');
  await waitUntil(async () => (await result<WebhookInfo>('getWebhookInfo')).pending_update_count === 0);
  expect(await result<WebhookInfo>('getWebhookInfo')).toMatchObject({
    url: hook.url,
    max_connections: 7,
    has_custom_certificate: false,
  });
  expect((await call('deleteWebhook')).description).toBe('Webhook was deleted');
  expect((await call('deleteWebhook')).description).toBe('Webhook is already deleted');
});

test('a failed delivery comes again after 1, 2 … s and holds back only its own chat', async () => {
  const { act, call, result, ivan } = await openSandbox();
  const maria = act({ type: 'new-person' }).personId ?? 0;
  let failures = 2;
  const hook = await openHook(({ update }, response) => {
    if (update.message?.text === 'упрямое' && failures-- > 0) response.writeHead(500);
    response.end();
  });
  await call('setWebhook', { url: hook.url });
  act({ type: 'send-text', as: ivan, chatId: ivan, text: 'упрямое' });
  act({ type: 'send-text', as: ivan, chatId: ivan, text: 'следом' });
  act({ type: 'send-text', as: maria, chatId: maria, text: 'другой чат' });
  await until(() => hook.deliveries.length === 2);
  expect(new Set(textsOf(hook.deliveries))).toEqual(new Set(['другой чат', 'упрямое']));
  const info = await result<WebhookInfo>('getWebhookInfo');
  expect(info).toMatchObject({
    pending_update_count: 2,
    last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
  });
  await until(() => hook.deliveries.length === 5);
  const stubborn = hook.deliveries.filter(({ update }) => update.message?.text === 'упрямое').map(({ at }) => at);
  expect(stubborn).toHaveLength(3);
  expect((stubborn[1] ?? 0) - (stubborn[0] ?? 0)).toBeGreaterThan(950);
  expect((stubborn[2] ?? 0) - (stubborn[1] ?? 0)).toBeGreaterThan(1950);
  expect(textsOf(hook.deliveries).at(-1)).toBe('следом');
});

test('a press is queued apart from messages: it overtakes a message that is not answered', async () => {
  const { act, api, call, ivan } = await openSandbox();
  const sent = await api.sendMessage(ivan, 'я', { reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] } });
  const held: ServerResponse[] = [];
  const hook = await openHook(({ update }, response) => (update.message ? held.push(response) : response.end()));
  await call('setWebhook', { url: hook.url });
  act({ type: 'send-text', as: ivan, chatId: ivan, text: 'раз' });
  act({ type: 'send-text', as: ivan, chatId: ivan, text: 'два' });
  act({ type: 'press-button', as: ivan, chatId: ivan, messageId: sent.message_id, row: 0, column: 0 });
  await until(() => hook.deliveries.length === 2);
  expect(hook.deliveries.map(({ update }) => update.callback_query?.data ?? update.message?.text)).toEqual(['раз', 'yes']);
  held.pop()?.end();
  await until(() => hook.deliveries.length === 3);
  held.pop()?.end();
});

test('max_connections holds deliveries back', async () => {
  const { act, call } = await openSandbox();
  const held: ServerResponse[] = [];
  const hook = await openHook((_, response) => held.push(response));
  await call('setWebhook', { url: hook.url, max_connections: 2 });
  for (let count = 0; count < 5; count += 1) {
    const personId = act({ type: 'new-person' }).personId ?? 0;
    act({ type: 'start-bot', as: personId });
  }
  await until(() => hook.deliveries.length === 2);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(hook.deliveries).toHaveLength(2);
  held.pop()?.end();
  await until(() => hook.deliveries.length === 3);
  for (const response of held) response.end();
  await call('deleteWebhook');
});

test('the answer may call a method', async () => {
  const { act, call, last, ivan } = await openSandbox();
  const hook = await openHook(({ update }, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ method: 'sendMessage', chat_id: update.message?.chat.id, text: 'в ответ' }));
  });
  await call('setWebhook', { url: hook.url });
  act({ type: 'send-text', as: ivan, chatId: ivan, text: 'раз' });
  await until(() => last(ivan).text === 'в ответ');
});

test('a press older than 150 s is dropped, a message waits on', async () => {
  const { act, api, call, result, pass, ivan } = await openSandbox();
  const sent = await api.sendMessage(ivan, 'я', { reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] } });
  act({ type: 'press-button', as: ivan, chatId: ivan, messageId: sent.message_id, row: 0, column: 0 });
  act({ type: 'send-text', as: ivan, chatId: ivan, text: 'раз' });
  pass(151);
  const hook = await openHook((_, response) => response.end());
  await call('setWebhook', { url: hook.url });
  await until(() => hook.deliveries.length === 1);
  expect(textsOf(hook.deliveries)).toEqual(['раз']);
  await waitUntil(async () => (await result<WebhookInfo>('getWebhookInfo')).pending_update_count === 0);
});

describe('setWebhook refuses', () => {
  test.each([
    [{ url: 'нет' }, 'Bad Request: invalid webhook URL specified'],
    [{ url: 'ftp://a.ru/' }, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook'],
    [{ url: 'https://a.ru/', secret_token: 'а' }, 'Bad Request: secret token contains unallowed characters'],
    [{ url: 'https://a.ru/', secret_token: 'a'.repeat(257) }, 'Bad Request: secret token is too long'],
  ])('%j', async (parameters, problem) => {
    const { refusal } = await openSandbox();
    expect(await refusal('setWebhook', parameters)).toBe(problem);
  });

  test('drop_pending_updates forgets what waits', async () => {
    const { act, call, updates, ivan } = await openSandbox();
    act({ type: 'send-text', as: ivan, chatId: ivan, text: 'раз' });
    await call('deleteWebhook', { drop_pending_updates: true });
    expect(await updates()).toEqual([]);
  });
});
