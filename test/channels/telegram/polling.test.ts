import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createTelegramClient, type TelegramClient } from '../../../src/channels/telegram/client.ts';
import { type Polling, startPolling } from '../../../src/channels/telegram/polling.ts';
import { sentenceOf, tellUpdateError } from '../../../src/channels/telegram/update-error.ts';
import { updateOf } from '../../kit/chat/people.ts';
import { type BotApi, startBotApi, TOKEN, until } from '../../kit/edge/bot-api.ts';

let telegram: BotApi;
let client: TelegramClient;
let polling: Polling | undefined;

beforeEach(async () => {
  telegram = await startBotApi();
  client = createTelegramClient();
});
afterEach(async () => {
  await polling?.stop();
  client.close();
  await telegram.close();
});

const from = (chat: number, id: number): Update =>
  updateOf({ name: 'Иван', id: chat, phone: '' }, { does: 'say', words: String(id) }, { update: id, message: id }, 0);

function start(accept: (update: Update) => Promise<void>, onError: (error: unknown) => void = () => {}): Polling {
  const api = new Api(TOKEN, { apiRoot: telegram.apiRoot, fetch: client.fetch });
  polling = startPolling({ api, accept, allowedUpdates: ['message'], onError, holdSeconds: 5 });
  return polling;
}

/** Something that waits until it is let go. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

test('updates are handed on as they come, and nothing is confirmed above what is not safe', async () => {
  const accepted: number[] = [];
  const { opened, open } = gate();
  start(async ({ update_id: id }) => {
    if (id === 2) await opened;
    accepted.push(id);
  });
  telegram.push(from(1, 1), from(2, 2), from(2, 3), from(1, 4), from(3, 5));
  await until('the others', () => accepted.length === 4);
  expect(accepted).toEqual([1, 3, 4, 5]);
  await sleep(300);
  expect(telegram.confirmed).toEqual([1]);
  open();
  await until('all are confirmed', () => telegram.confirmed.length === 5);
  expect(accepted).toEqual([1, 3, 4, 5, 2]);
});

test('where a window is half full of what is not safe, it is to be made safe', async () => {
  const accepted: number[] = [];
  const { opened, open } = gate();
  const api = new Api(TOKEN, { apiRoot: telegram.apiRoot, fetch: client.fetch });
  const accept = async ({ update_id: id }: Update) => {
    accepted.push(id);
    await opened;
  };
  const common = { api, accept, allowedUpdates: ['message'] as const, onError: () => {}, holdSeconds: 5 };
  polling = startPolling({ ...common, onFull: open });
  telegram.push(...Array.from({ length: 50 }, (_, i) => from(1, i + 1)));
  await until('fifty', () => accepted.length === 50);
  await sleep(300);
  expect(telegram.confirmed).toEqual([]);
  telegram.push(from(1, 51));
  await until('all are confirmed', () => telegram.confirmed.length === 51);
});

test('ids that restart lower are new updates, and none is taken twice', async () => {
  const accepted: number[] = [];
  start(async ({ update_id: id }) => void accepted.push(id));
  telegram.push(from(1, 900_000_001), from(1, 900_000_002));
  await until('both are confirmed', () => telegram.confirmed.length === 2);
  telegram.push(from(1, 17), from(2, 18));
  await until('the lower ones are confirmed', () => telegram.confirmed.length === 4);
  telegram.push(from(1, 19));
  await until('and the next', () => telegram.confirmed.length === 5);
  expect(accepted).toEqual([900_000_001, 900_000_002, 17, 18, 19]);
});

test('an update that is rejected is handed on again', async () => {
  const tries: number[] = [];
  start(async ({ update_id: id }) => {
    tries.push(id);
    if (id === 1 && tries.length < 3) throw new Error('another process has the chat by now');
  });
  telegram.push(from(1, 1), from(2, 2));
  await until('all are confirmed', () => telegram.confirmed.length === 2);
  expect(tries).toEqual([1, 2, 1]);
});

test('more than a hundred updates behind a slow one are handed on once it is safe, each once', async () => {
  const accepted: number[] = [];
  const { opened, open } = gate();
  start(async ({ update_id: id }) => {
    accepted.push(id);
    if (id === 1) await opened;
  });
  telegram.push(...Array.from({ length: 250 }, (_, i) => from(i + 1, i + 1)));
  await until('the first hundred', () => accepted.length === 100);
  open();
  await until('all are confirmed', () => telegram.confirmed.length === 250);
  expect(accepted).toHaveLength(250);
  expect(new Set(accepted).size).toBe(250);
});

test('a conflict, and Telegram being away, are told once and got over', async () => {
  const told: string[] = [];
  const accepted: number[] = [];
  let fault: 'conflict' | 'away' | undefined = 'conflict';
  telegram.interfereWith(({ method }) => {
    if (method !== 'getUpdates' || !fault) return undefined;
    if (fault === 'away') return { breakOff: true };
    return { refuse: { error_code: 409, description: 'Conflict: terminated by other getUpdates request' } };
  });
  const tell = tellUpdateError({ warn: (_: unknown, sentence?: unknown) => void told.push(String(sentence)) }, (error) =>
    sentenceOf(error, { apiRoot: telegram.apiRoot }),
  );
  start(async ({ update_id: id }) => void accepted.push(id), tell);
  telegram.push(from(1, 1));
  await sleep(2_200);
  fault = 'away';
  await sleep(2_200);
  fault = undefined;
  await until('it goes on', () => accepted.length === 1);
  expect(told).toEqual([
    'BOT_TOKEN: обновления этого бота забирает другой процесс (409): остановите его или дайте этому боту свой токен',
    'TELEGRAM_API_ROOT: Telegram не отвечает (ECONNRESET): проверьте, что ваш сервер Bot API запущен, и его адрес; бот пробует снова',
  ]);
});

test('a connection that died without a word keeps updates back for no longer than Telegram holds an empty answer', async () => {
  client.close();
  client = createTelegramClient({ timeLimitMs: 500 });
  const api = new Api(TOKEN, { apiRoot: telegram.apiRoot, fetch: client.fetch });
  const asked = () => telegram.calls.filter(({ method }) => method === 'getUpdates').length;
  telegram.interfereWith(({ method }) => (method === 'getUpdates' && asked() === 1 ? { delayMs: 60_000 } : undefined));
  const accepted: number[] = [];
  const accept = async ({ update_id: id }: Update) => void accepted.push(id);
  polling = startPolling({ api, accept, allowedUpdates: ['message'], onError: () => {}, holdSeconds: 1 });
  await until('it was asked', () => asked() === 1);
  telegram.push(from(1, 1));
  await until('it is given up, and asked anew', () => accepted.length === 1, 15_000);
});

test('stopping asks for no more, at once, and then confirms what has become safe', async () => {
  const { opened, open } = gate();
  const accepted: number[] = [];
  const under = start(async ({ update_id: id }) => {
    await opened;
    accepted.push(id);
  });
  telegram.push(from(1, 1));
  await until('it is handed on', () => telegram.calls.filter(({ method }) => method === 'getUpdates').length >= 2);
  await under.stop();
  telegram.push(from(1, 2));
  open();
  await under.confirm();
  expect({ accepted, confirmed: telegram.confirmed }).toEqual({ accepted: [1], confirmed: [1] });
});

test('stopping does not sit out a flood wait', async () => {
  const refuse = { error_code: 429, description: 'Too Many Requests: retry after 600', parameters: { retry_after: 600 } };
  telegram.interfereWith(({ method }) => (method === 'getUpdates' ? { refuse } : undefined));
  const under = start(async () => {});
  await until('it was asked', () => telegram.calls.some(({ method }) => method === 'getUpdates'));
  await under.stop();
});

test('hundreds that cannot be made safe, one after the other, leave no listener behind and warn of none', async () => {
  const warnings: string[] = [];
  const hear = ({ name }: Error) => warnings.push(name);
  process.on('warning', hear);
  onTestFinished(() => void process.off('warning', hear));
  const tries = new Map<number, number>();
  start(async ({ update_id: id }) => {
    tries.set(id, (tries.get(id) ?? 0) + 1);
    if (tries.get(id) === 1 && id <= 40) throw new Error('not yet');
  });
  telegram.push(...Array.from({ length: 40 }, (_, n) => from(n + 1, n + 1)));
  await until('all are safe', () => tries.size === 40 && [...tries.values()].every((count) => count === 2));
  for (let id = 41; id <= 60; id += 1) {
    telegram.push(from(id, id));
    await until('it is confirmed', () => tries.has(id));
  }
  expect(warnings).toEqual([]);
});
