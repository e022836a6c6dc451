import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { askName } from '../../../src/channels/telegram/ask-name.ts';
import { TOKEN } from '../../kit/edge/bot-api.ts';

const no = (error_code: number, description: string, parameters = {}) => ({
  status: error_code,
  body: JSON.stringify({ ok: false, error_code, description, parameters }),
});

/** What is answered where `body` stands in the place of the bot's name. */
async function askedOf({ status, body }: { status: number; body: string }) {
  const server = createServer((_, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return askName({ token: TOKEN, apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, undefined);
}

test('a bot that Telegram knows is named', async () => {
  const me = { id: 1, is_bot: true, first_name: 'Инкомус', username: 'taganrog_bot' };
  const asked = await askedOf({ status: 200, body: JSON.stringify({ ok: true, result: me }) });
  expect(asked).toEqual({ outcome: 'named', name: 'taganrog_bot' });
});

test.each([no(401, 'Unauthorized'), no(404, 'Not Found')])('$body: the token is none', async (answer) => {
  expect(await askedOf(answer)).toEqual({ outcome: 'refused' });
});

test.each([
  no(429, 'Too Many Requests: retry after 60', { retry_after: 60 }),
  no(500, 'Internal Server Error'),
  no(502, 'Bad Gateway'),
  no(400, 'Logged out'),
  { status: 404, body: '<html>404</html>' },
  { status: 403, body: '{"error":"forbidden"}' },
  { status: 200, body: '<html>welcome</html>' },
])('$status $body says nothing of the token', async (answer) => {
  expect(await askedOf(answer)).toEqual({ outcome: 'silent' });
});
