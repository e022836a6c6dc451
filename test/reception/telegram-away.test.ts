import { Api } from 'grammy';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createLog } from '../../src/adapters/log.ts';
import { createTelegramClient } from '../../src/channels/telegram/client.ts';
import { startPolling } from '../../src/channels/telegram/polling.ts';
import type { Chapters } from '../../src/dialogs/kit/chapter.ts';
import type { Dialog } from '../../src/dialogs/kit/scene.ts';
import type { Office } from '../../src/office/office.ts';
import { listCards } from '../kit/cards.ts';
import { type Person, updateOf } from '../kit/chat/people.ts';
import { openWorld } from '../kit/chat/world.ts';
import { type BotCall, type Interference, startBotApi, TOKEN, until } from '../kit/edge/bot-api.ts';

const IVAN: Person = { name: 'Иван', id: 701, phone: '79123456789' };
const ANNA: Person = { name: 'Анна', id: 702, phone: '79123456782' };

/** How often its effect was asked for. */
let effects = 0;
const asking: Dialog<Office> = async ({ ask, askSecret, say }) => {
  await ask('sign-in-name', z.string());
  await askSecret('sign-in-password', async () => {
    effects += 1;
    return 'ok';
  });
  await say('contacts-point-gone');
  await ask('linking-account', z.string());
};
const chapters: Chapters<Office> = { 'sign-in': { dialog: asking, version: 'v1', changesMenu: false } };

/** The bot with its polling, its inbox and little patience on a Bot API that the test makes stumble. */
async function openStage(limits: { unsaidMs?: number } = {}) {
  const telegram = await startBotApi();
  const client = createTelegramClient({ timeLimitMs: 1_500, patienceMs: 2_000, longestFloodWaitMs: 500 });
  let output = '';
  const log = createLog('trace', { destination: { write: (line: string) => void (output += line) } });
  const world = await openWorld({ edge: { server: telegram, client }, chapters, log, limits });
  const api = new Api(TOKEN, { apiRoot: telegram.apiRoot, fetch: client.fetch });
  const { accept } = world.intake;
  const polling = startPolling({ api, accept, allowedUpdates: ['message'], onError: () => {}, holdSeconds: 5 });
  onTestFinished(async () => {
    await polling.stop();
    client.close();
    await telegram.close();
    await world.close();
  });
  let update = 0;
  return {
    telegram,
    output: () => output,
    type(person: Person, words: string) {
      update += 1;
      telegram.push(updateOf(person, { does: 'say', words }, { update, message: update }, 0));
    },
    /** What arrived. */
    arrived: (person: Person) =>
      telegram.calls
        .filter(({ payload, result }) => payload.chat_id === person.id && result !== undefined && payload.text !== undefined)
        .map(({ payload }) => payload.text),
    text: (name: string) => world.texts.text(name, {}, { marked: true }),
    inbox: () => world.db.selectFrom('updateInbox').select(['id', 'state']).execute(),
    staff: () => listCards(world.db),
  };
}

const STUMBLES: readonly [string, Interference][] = [
  ['500', { refuse: { error_code: 500, description: 'Internal Server Error' } }],
  ['502', { refuse: { error_code: 502, description: 'Bad Gateway' } }],
  ['the connection breaks', { breakOff: true }],
  [
    'a flood wait longer than is waited for',
    { refuse: { error_code: 429, description: 'Too Many Requests: retry after 2', parameters: { retry_after: 2 } } },
  ],
];

describe.each(STUMBLES)('%s', (_, stumble) => {
  test('a moment of it is not noticed; a longer one only delays the answer, whose effects happen once', async () => {
    const stage = await openStage();
    const words = new Set(['sendMessage', 'deleteMessage']);
    let away = false;
    let heard = 0;
    stage.telegram.interfereWith(({ method, payload }: BotCall) => {
      const stumbles = away && words.has(method) && payload.chat_id === IVAN.id;
      heard += stumbles ? 1 : 0;
      return stumbles ? stumble : undefined;
    });
    effects = 0;
    away = true;
    stage.type(IVAN, '/login');
    await until('it was tried and given up, and tried again', () => heard > 5 || (heard > 1 && 'refuse' in stumble));
    away = false;
    await until('he is asked', () => stage.arrived(IVAN).length > 0);
    expect(new Set(stage.arrived(IVAN))).toEqual(new Set([stage.text('sign-in-name')]));

    stage.type(IVAN, 'ivan');
    await until('he is asked on', () => stage.arrived(IVAN).includes(stage.text('sign-in-password')));
    away = true;
    heard = 0;
    stage.type(IVAN, 'password');
    stage.type(ANNA, '/login');
    await until('others are answered meanwhile', () => stage.arrived(ANNA).length === 1);
    await until('it was tried for long', () => heard > 3 || (heard > 1 && 'refuse' in stumble));
    away = false;
    await until('he is asked on', () => stage.arrived(IVAN).includes(stage.text('linking-account')));
    expect(stage.arrived(IVAN)).toContain(stage.text('contacts-point-gone'));
    const deleted = stage.telegram.calls.some(({ method, result }) => method === 'deleteMessage' && result === true);
    // The way was open again just then.
    expect(deleted || stage.arrived(IVAN).includes(stage.text('problem-secret-not-deleted'))).toBe(true);
    await until('nothing waits', async () => (await stage.inbox()).length === 0);
    expect(await stage.staff()).toEqual([]);
    expect(stage.output()).not.toMatch(/stuck|put aside/);
  });
});

test('an answer that cannot be said for very long, since it first could not, is given up, and the person goes on', async () => {
  // Longer than the longest pause between two tries: it is no single pause that ends it.
  const stage = await openStage({ unsaidMs: 20_000 });
  stage.telegram.interfereWith(({ method, payload }) =>
    method === 'sendMessage' && payload.text === stage.text('sign-in-name')
      ? { refuse: { error_code: 500, description: 'Internal Server Error' } }
      : undefined,
  );
  stage.type(IVAN, '/login');
  stage.type(IVAN, '/menu');
  await until('the menu is there', () => stage.arrived(IVAN).includes(stage.text('menu-guest')), 60_000);
  expect(stage.arrived(IVAN)).toEqual([stage.text('menu-guest')]);
  await until('nothing waits', async () => (await stage.inbox()).length === 0);
});

test('who has blocked the bot is not waited for', async () => {
  const stage = await openStage();
  stage.telegram.interfereWith(({ method, payload }) =>
    method === 'sendMessage' && payload.chat_id === IVAN.id
      ? { refuse: { error_code: 403, description: 'Forbidden: bot was blocked by the user' } }
      : undefined,
  );
  stage.type(IVAN, '/login');
  await until('it is over', () => stage.telegram.confirmed.includes(1));
  expect(await stage.inbox()).toEqual([]);
});
