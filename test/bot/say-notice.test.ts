import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Api } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStaffGroup } from '../../src/adapters/telegram/staff-group.ts';
import { createSendNotice } from '../../src/bot/say-notice.ts';
import type { DrawPaper } from '../../src/papers/paper.ts';

let server: Server;
let asked: Record<string, unknown>[];
let answers: { status: number; body: object }[];
let moved: number[];

beforeEach(async () => {
  asked = [];
  answers = [];
  moved = [];
  server = createServer((request, response) => {
    void text(request).then((body) => {
      asked.push({ path: request.url, ...(JSON.parse(body) as object) });
      const answer = answers.shift();
      if (!answer) return response.end(JSON.stringify({ ok: true, result: { message_id: 1 } }));
      return response.writeHead(answer.status).end(JSON.stringify(answer.body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => server.close());

/** Draws a name. */
const drawPaper: DrawPaper = async ({ kind }) => ({
  send: 'photo',
  name: `${kind}.png`,
  bytes: new TextEncoder().encode('drawn'),
});

function sender(staffChatId: number | undefined = -5) {
  const { port } = server.address() as AddressInfo;
  const api = new Api('1:token', { apiRoot: `http://127.0.0.1:${port}` });
  return createSendNotice(
    api,
    openStaffGroup(staffChatId, (id) => moved.push(id)),
    drawPaper,
  );
}
const no = (error_code: number, description: string, parameters = {}) =>
  answers.push({ status: error_code, body: { ok: false, error_code, description, parameters } });
const notice = { html: '<b>Дом</b> &lt;1&gt;', doors: [{ label: 'Это не я', dialog: 'not-me', ref: 'a1' }] };

test('a person gets the words and the doors', async () => {
  expect(await sender()('telegram:7', notice)).toEqual({ outcome: 'sent' });
  expect(asked).toMatchObject([
    {
      path: '/bot1:token/sendMessage',
      chat_id: 7,
      text: '<b>Дом</b> &lt;1&gt;',
      parse_mode: 'HTML',
      reply_markup: { inline_keyboard: [[{ text: 'Это не я', callback_data: 'd.not-me.a1' }]] },
    },
  ]);
});

test('an upgraded staff group is followed and remembered', async () => {
  const send = sender();
  no(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -1005 });
  expect(await send('staff', { html: 'x', doors: [] })).toEqual({ outcome: 'sent' });
  await send('staff', { html: 'y', doors: [] });
  expect(asked.map(({ chat_id }) => chat_id)).toEqual([-5, -1005, -1005]);
  expect(moved).toEqual([-1005]);
});

test.each([
  [429, 'Too Many Requests: retry after 7', { retry_after: 7 }, { outcome: 'wait', seconds: 7 }],
  [403, 'Forbidden: bot was blocked by the user', {}, { outcome: 'blocked', reason: 'Forbidden: bot was blocked by the user' }],
  [400, 'Bad Request: chat not found', {}, { outcome: 'blocked', reason: 'Bad Request: chat not found' }],
  [
    400,
    'Bad Request: can\'t parse entities: unsupported start tag "ivanov" at byte offset 3',
    {},
    { outcome: 'refused', reason: "Bad Request: can't parse entities: unsupported start tag … at byte offset 3" },
  ],
])('%i %s', async (code, description, parameters, outcome) => {
  no(code, description, parameters);
  expect(await sender()('telegram:7', notice)).toEqual(outcome);
});

test.each([500, 502, 401])('%i is thrown on: it is not known what became of it', async (code) => {
  no(code, 'Trouble');
  await expect(sender()('telegram:7', notice)).rejects.toThrow(`Telegram answered ${code}`);
});

test('no staff group and another messenger are told apart', async () => {
  expect(await sender(undefined)('max:7', notice)).toMatchObject({ outcome: 'refused' });
  expect(asked).toEqual([]);
});
