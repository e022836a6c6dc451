import { Api } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSendNotice } from '../../../src/channels/telegram/send-notice.ts';
import { openStaffGroup } from '../../../src/channels/telegram/staff-group.ts';
import type { SpokenNotice } from '../../../src/delivery/notices/send.ts';
import type { DrawPaper } from '../../../src/papers/paper.ts';
import { STAFF_CHAT } from '../../kit/chat/fake-telegram.ts';
import { type BotApi, type BotCall, type Interference, startBotApi, TOKEN } from '../../kit/edge/bot-api.ts';
import { PIXEL_PNG } from '../../kit/picture.ts';

let telegram: BotApi;
let answers: Interference[];
let moved: number[];

beforeEach(async () => {
  telegram = await startBotApi();
  answers = [];
  moved = [];
  telegram.interfereWith(() => answers.shift());
});
afterEach(() => telegram.close());

const asked = (): (BotCall['payload'] & { method: string })[] =>
  telegram.calls.map(({ method, payload }) => ({ ...payload, method }));

let busy = false;
/** Draws any picture; a spreadsheet of no rows cannot be. */
const drawPaper: DrawPaper = async ({ kind, data }) => {
  if (busy) throw Object.assign(new Error('enough'), { name: 'Overloaded' });
  if ('rows' in data && data.rows.length === 0) throw new Error('nothing to draw');
  return { send: kind === 'desk-chart' ? 'photo' : 'document', name: `${kind}.bin`, bytes: PIXEL_PNG };
};

function sender(staffChatId: number | null = STAFF_CHAT) {
  const api = new Api(TOKEN, { apiRoot: telegram.apiRoot });
  return createSendNotice(
    api,
    openStaffGroup(staffChatId ?? undefined, (id) => moved.push(id)),
    drawPaper,
  );
}
const no = (error_code: number, description: string, parameters = {}) =>
  answers.push({ refuse: { error_code, description, parameters } });
const notice: SpokenNotice = { marked: '<b>Дом</b> &lt;1&gt;', doors: [{ label: 'Это не я', dialog: 'not-me', ref: 'a1' }] };

test('what pays is green and what destroys is red under a notice, too', async () => {
  const doors: SpokenNotice['doors'] = [
    { label: 'Оплатить картой', look: 'pays', dialog: 'pay-card' },
    { label: 'Отключить чужое подключение', look: 'destroys', dialog: 'not-me' },
    { label: 'Квитанция', dialog: 'bill' },
  ];
  await sender()('telegram:7', { ...notice, doors });
  const said = asked()[0]?.reply_markup as { inline_keyboard: { style?: string }[][] };
  expect(said.inline_keyboard.flat().map(({ style }) => style)).toEqual(['success', 'danger', undefined]);
});

test('a person gets the words and the doors', async () => {
  expect(await sender()('telegram:7', notice)).toEqual({ outcome: 'sent' });
  expect(asked()).toMatchObject([
    {
      method: 'sendMessage',
      chat_id: 7,
      text: '<b>Дом</b> &lt;1&gt;',
      parse_mode: 'HTML',
      reply_markup: { inline_keyboard: [[{ text: 'Это не я', callback_data: 'd.not-me.a1' }]] },
    },
  ]);
});

test('an upgraded staff group is followed and remembered', async () => {
  const send = sender(-5);
  no(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: STAFF_CHAT });
  expect(await send('staff', { marked: 'x', doors: [] })).toEqual({ outcome: 'sent' });
  await send('staff', { marked: 'y', doors: [] });
  expect(asked().map(({ chat_id }) => chat_id)).toEqual([-5, STAFF_CHAT, STAFF_CHAT]);
  expect(moved).toEqual([STAFF_CHAT]);
});

test.each([
  [429, 'Too Many Requests: retry after 7', { retry_after: 7 }, { outcome: 'wait', seconds: 7 }],
  [403, 'Forbidden: bot was blocked by the user', {}, { outcome: 'blocked', reason: 'Forbidden: bot was blocked by the user' }],
  [400, 'Bad Request: chat not found', {}, { outcome: 'blocked', reason: 'Bad Request: chat not found' }],
  [400, 'Bad Request: PEER_ID_INVALID', {}, { outcome: 'blocked', reason: 'Bad Request: PEER_ID_INVALID' }],
  [400, 'Bad Request: user not found', {}, { outcome: 'blocked', reason: 'Bad Request: user not found' }],
])('%i %s', async (code, description, parameters, outcome) => {
  no(code, description, parameters);
  expect(await sender()('telegram:7', notice)).toEqual(outcome);
});

const TAGS = 'Bad Request: can\'t parse entities: unsupported start tag "ivanov" at byte offset 3';

test.each([TAGS, 'Bad Request: message is too long', 'Bad Request: SOMETHING_NEW'])(
  'the words are not lost with their looks: %s',
  async (reason) => {
    no(400, reason);
    expect(await sender()('telegram:7', notice)).toEqual({ outcome: 'sent' });
    expect(asked().map(({ text: words }) => words)).toEqual([notice.marked, 'Дом <1>']);
    expect(asked()[1]).not.toHaveProperty('parse_mode');
    expect(asked()[1]).toHaveProperty('reply_markup');
  },
);

test('nor with their buttons, nor where they are too long', async () => {
  no(400, 'Bad Request: BUTTON_DATA_INVALID');
  no(400, 'Bad Request: BUTTON_DATA_INVALID');
  expect(await sender()('telegram:7', notice)).toEqual({ outcome: 'sent' });
  expect(asked()[2]).toMatchObject({ text: 'Дом <1>' });
  expect(asked()[2]).not.toHaveProperty('reply_markup');

  no(400, 'Bad Request: message is too long');
  no(400, 'Bad Request: message is too long');
  const before = asked().length;
  const long = Array.from({ length: 700 }, (_, i) => `слово${i}`).join(' ');
  expect(await sender()('telegram:7', { marked: long, doors: [] })).toEqual({ outcome: 'sent' });
  expect(
    asked()
      .slice(before + 2)
      .map(({ text: words }) => words)
      .join(' '),
  ).toBe(long);
});

test('what is taken in no way is given up with the reason, in which nobody is named', async () => {
  for (let i = 0; i < 3; i += 1) no(400, TAGS);
  expect(await sender()('telegram:7', notice)).toEqual({
    outcome: 'refused',
    reason: "Bad Request: can't parse entities: unsupported start tag … at byte offset 3",
  });
});

test.each([500, 502, 401, 404])('%i is thrown on: it is not known what became of it', async (code) => {
  no(code, 'Trouble');
  await expect(sender()('telegram:7', notice)).rejects.toThrow(`Telegram answered ${code}`);
});

test('where there is no staff group a notice to it waits; one to another messenger is none of ours', async () => {
  expect(await sender(null)('staff', notice)).toEqual({ outcome: 'blocked', reason: 'STAFF_CHAT_ID is not set' });
  expect(await sender(null)('max:7', notice)).toMatchObject({ outcome: 'refused' });
  expect(asked()).toEqual([]);
  expect(await sender(null)('telegram:7', notice)).toEqual({ outcome: 'sent' });
});

const CHART: SpokenNotice['paper'] = {
  kind: 'desk-chart',
  data: { from: '2026-11-17', to: '2026-11-23', step: 'day', bars: [], rated: 0, rating: 0 },
};

test('the group gets a picture with the words below it, and buttons of its own verbs', async () => {
  const doors: SpokenNotice['doors'] = [{ label: 'За 7 дней', verb: 'stats', number: 7 }];
  expect(await sender()('staff', { marked: '<b>Обращения</b>', doors, paper: CHART })).toEqual({
    outcome: 'sent',
    handle: 'file-1',
  });
  expect(asked()).toMatchObject([
    {
      method: 'sendPhoto',
      caption: '<b>Обращения</b>',
      reply_markup: { inline_keyboard: [[{ text: 'За 7 дней', callback_data: 's.stats.7' }]] },
    },
  ]);
  expect(telegram.calls[0]?.files.map(({ name }) => name)).toEqual(['desk-chart.bin']);
});

test('a file that is not taken does not take its words with it', async () => {
  no(413, 'Request Entity Too Large');
  expect(await sender()('staff', { marked: '<b>Обращения</b>', doors: [], paper: CHART })).toEqual({ outcome: 'sent' });
  expect(asked().map(({ method, text: words }) => [method, words])).toEqual([
    ['sendPhoto', undefined],
    ['sendMessage', '<b>Обращения</b>'],
  ]);
});

test('what cannot be drawn is given up, what cannot be drawn yet comes later', async () => {
  const rows = { from: '2026-11-17', to: '2026-11-23', normHours: 8, rows: [] };
  const sheet = { marked: 'x', doors: [], paper: { kind: 'requests-sheet', data: rows } } as const;
  expect(await sender()('staff', sheet)).toEqual({ outcome: 'refused', reason: 'requests-sheet cannot be drawn' });
  busy = true;
  await expect(sender()('staff', { marked: 'x', doors: [], paper: CHART })).rejects.toThrow('enough');
  busy = false;
  expect(asked()).toEqual([]);
});

test.each(['TOPIC_CLOSED', 'message thread not found'])(
  'a group whose first topic is shut (%s) takes it later; a person is none',
  async (words) => {
    no(400, `Bad Request: ${words}`);
    expect(await sender()('staff', notice)).toMatchObject({ outcome: 'blocked' });
    no(400, `Bad Request: ${words}`);
    expect(await sender()('telegram:7', notice)).toMatchObject({ outcome: 'refused' });
  },
);
