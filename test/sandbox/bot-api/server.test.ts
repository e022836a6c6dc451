import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message, UserFromGetMe } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../../src/sandbox/protocol.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { FROM_ELSEWHERE, knock } from '../../kit/edge/knock.ts';
import { type Answer, openSandbox, type Tried } from './sandbox-kit.ts';

/** A request with headers that fetch would not let through. */
function raw(url: string, headers: Record<string, string>, method = 'GET', body = ''): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const post = async ({ apiRoot, token }: Tried, method: string, init: RequestInit): Promise<Answer> =>
  (await (await fetch(`${apiRoot}/bot${token}/${method}`, { method: 'POST', ...init })).json()) as Answer;

test('a port that is taken is named to the operator', async () => {
  const { apiRoot } = await openSandbox();
  const taken = Number(new URL(apiRoot).port);
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const log = { info() {}, warn() {}, error() {} };
  await expect(startSandbox({ dataDir, port: taken, clock: () => new Date(), log })).rejects.toThrow(
    `PORT: порт ${taken} уже занят (EADDRINUSE): остановите`,
  );
  await rm(dataDir, { recursive: true });
});

test('it is there for this machine alone: an address by which others reach it refuses the connection', async () => {
  const { apiRoot } = await openSandbox();
  const port = Number(new URL(apiRoot).port);
  expect(await knock('127.0.0.1', port)).toBe('open');
  expect(await knock(FROM_ELSEWHERE, port)).toBe('ECONNREFUSED');
});

describe('parameters come in any form', () => {
  test('query, urlencoded, JSON, multipart; GET and POST; any case of the method’s name', async () => {
    const tried = await openSandbox();
    const { apiRoot, token, ivan, messages } = tried;
    const keyboard = JSON.stringify({ inline_keyboard: [[{ text: 'Да', callback_data: 'a' }]] });
    await fetch(`${apiRoot}/bot${token}/SENDMESSAGE?chat_id=${ivan}&text=query&reply_markup=${encodeURIComponent(keyboard)}`);
    await post(tried, 'sendmessage', {
      body: new URLSearchParams({ chat_id: String(ivan), text: 'urlencoded', reply_markup: keyboard }),
    });
    const form = new FormData();
    form.set('chat_id', String(ivan));
    form.set('text', 'multipart');
    form.set('reply_markup', keyboard);
    form.set('disable_notification', 'true');
    await post(tried, 'sendMessage', { body: form });
    await post(tried, 'sendMessage', {
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ chat_id: String(ivan), text: 'json', reply_markup: JSON.parse(keyboard) as object }),
    });
    const sent = messages(ivan)
      .slice(-4)
      .map(({ message }) => [message.text, message.reply_markup?.inline_keyboard[0]?.[0]?.text]);
    expect(sent).toEqual([
      ['query', 'Да'],
      ['urlencoded', 'Да'],
      ['multipart', 'Да'],
      ['json', 'Да'],
    ]);
  });

  test('a body that is none is refused, and the next call on the connection works', async () => {
    const tried = await openSandbox();
    expect(await post(tried, 'sendMessage', { headers: { 'content-type': 'application/json' }, body: '{' })).toMatchObject({
      error_code: 400,
      description: "Bad Request: can't parse request JSON object",
    });
    const broken = await post(tried, 'sendDocument', {
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\nbroken',
    });
    expect(broken.description).toMatch(/^Bad Request: can't parse multipart form data/);
    expect((await tried.call('getMe')).ok).toBe(true);
  });

  test('a part may be named without quotes, in UTF-8, and hold the look of a boundary', async () => {
    const tried = await openSandbox();
    const bytes = '\r\n--xx\r\n--\r\n-';
    const body = [
      `--x\r\ncontent-disposition:form-data;name=chat_id\r\n\r\n${tried.ivan}`,
      `--x\r\ncontent-disposition:form-data;name="document";filename*=UTF-8''%D1%81%D1%87%D0%B5%D1%82.txt\r\n\r\n${bytes}`,
      '--x--\r\n',
    ].join('\r\n');
    const answer = await post(tried, 'sendDocument', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body });
    // «--xx» is a delimiter followed by something else: by the letter of the RFC the body is broken.
    expect(answer.ok).toBe(false);
    const fine = body.replace('--xx', '-xx');
    const taken = await post(tried, 'sendDocument', {
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: fine,
    });
    expect((taken.result as Message).document).toMatchObject({
      file_name: 'счет.txt',
      mime_type: 'text/plain',
      file_size: bytes.length - 1,
    });
  });
});

describe('who is let in', () => {
  test('a wrong token is 401, none or an unknown method 404', async () => {
    const { apiRoot, token } = await openSandbox();
    const answer = async (path: string) => (await (await fetch(`${apiRoot}${path}`)).json()) as Answer;
    expect(await answer('/bot123:wrong/getMe')).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' });
    expect(await answer('/bot/getMe')).toEqual({ ok: false, error_code: 404, description: 'Not Found' });
    expect(await answer(`/bot${token}/getMee`)).toEqual({
      ok: false,
      error_code: 404,
      description: 'Not Found: method not found',
    });
    expect((await fetch(`${apiRoot}/bot${token}/getMee`)).status).toBe(404);
    // Telegram's own, which this house does not call.
    expect(await answer(`/bot${token}/sendDice?chat_id=1`)).toMatchObject({ description: 'Not Found: method not found' });
  });

  test('it listens on 127.0.0.1 and answers to its own names only: no DNS rebinding', async () => {
    const { apiRoot, token } = await openSandbox();
    const port = new URL(apiRoot).port;
    expect(new URL(apiRoot).hostname).toBe('127.0.0.1');
    for (const path of ['/', '/sandbox/api/state', `/bot${token}/getMe`])
      expect((await raw(`${apiRoot}${path}`, { host: `evil.example:${port}` })).status).toBe(403);
    expect((await raw(`${apiRoot}/sandbox/api/state`, { host: `localhost:${port}` })).status).toBe(200);
    expect((await raw(`${apiRoot}/sandbox/api/state`, { host: '127.0.0.1.evil.example' })).status).toBe(403);
  });

  test('a page elsewhere can neither read nor act', async () => {
    const { apiRoot, token, people } = await openSandbox();
    const host = new URL(apiRoot).host;
    const count = people().length;
    const body = JSON.stringify({ type: 'new-person' });
    const actAt = `${apiRoot}/sandbox/api/act`;
    const json = { 'content-type': 'application/json' };
    expect((await raw(actAt, { host, origin: 'https://evil.example', ...json }, 'POST', body)).status).toBe(403);
    expect((await raw(actAt, { host, origin: 'null', ...json }, 'POST', body)).status).toBe(403);
    expect((await raw(actAt, { host, 'content-type': 'text/plain' }, 'POST', body)).status).toBe(415);
    expect(
      (await raw(`${apiRoot}/sandbox/api/state`, { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).status,
    ).toBe(403);
    expect(
      (await raw(`${apiRoot}/bot${token}/getMe`, { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).status,
    ).toBe(403);
    expect(people()).toHaveLength(count);
    expect((await raw(actAt, { host, origin: `http://${host}`, ...json }, 'POST', body)).status).toBe(200);
    expect(people()).toHaveLength(count + 1);
    expect((await raw(`${apiRoot}/`, { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).status).toBe(200);
  });

  test('nothing outside the page’s folder is served', async () => {
    const { apiRoot } = await openSandbox();
    for (const path of ['/../sandbox.ts', '/%2e%2e/sandbox.ts', '/..%2fprotocol.ts', '/../bot-api/schema.json', '/nothing.js'])
      expect((await raw(`${apiRoot}/`.replace(/\/$/, path), {})).status).toBe(404);
  });
});

test('every method of the schema answers, never with a crash', async () => {
  const { call, log, ivan } = await openSandbox();
  const { default: schema } = await import('../../../src/sandbox/bot-api/schema.json', { with: { type: 'json' } });
  const odd: string[] = [];
  for (const method of Object.keys(schema)) {
    if (method === 'setWebhook') continue;
    for (const parameters of [
      {},
      { chat_id: ivan, message_id: 1, user_id: ivan, text: 'я', media: 'x', prices: 5, commands: {}, reaction: [null] },
    ]) {
      const answer = await call(method, parameters);
      const isWell = answer.ok || (answer.error_code === 400 && answer.description?.startsWith('Bad Request: '));
      if (!isWell) odd.push(`${method}: ${JSON.stringify(answer)}`);
    }
  }
  expect(odd).toEqual([]);
  expect(log).toEqual([]);
});

test('getMe, commands by scope and language, descriptions, the menu button', async () => {
  const { api, result, refusal, ivan, url } = await openSandbox();
  expect(await result<UserFromGetMe>('getMe')).toMatchObject({
    is_bot: true,
    username: 'inkomus_sandbox_bot',
    can_join_groups: true,
  });
  const shown = async () => (await (await fetch(`${url}/sandbox/api/state`)).json()) as Snapshot;
  const inChat = async () => (await shown()).chats.find(({ id }) => id === ivan);
  await api.setMyCommands([{ command: 'debt', description: 'Задолженность' }], { language_code: 'ru' });
  await api.setMyCommands([{ command: 'help', description: 'Help' }]);
  expect((await inChat())?.commands).toEqual([{ command: 'debt', description: 'Задолженность' }]);
  await api.setMyCommands([{ command: 'menu', description: 'Меню' }], { scope: { type: 'chat', chat_id: ivan } });
  expect((await inChat())?.commands).toEqual([{ command: 'menu', description: 'Меню' }]);
  await api.deleteMyCommands({ scope: { type: 'chat', chat_id: ivan } });
  expect((await inChat())?.commands).not.toContainEqual({ command: 'menu', description: 'Меню' });
  expect(await refusal('setMyCommands', { commands: [{ command: 'Долг', description: 'я' }] })).toBe(
    'Bad Request: BOT_COMMAND_INVALID',
  );
  await api.setMyDescription('Кабинет жителя');
  expect((await shown()).bot).toMatchObject({ description: 'Кабинет жителя' });
  await api.setChatMenuButton({ menu_button: { type: 'commands' } });
  expect((await inChat())?.menuButton).toBe('commands');
});
