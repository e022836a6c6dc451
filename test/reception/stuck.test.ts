import { setTimeout as sleep } from 'node:timers/promises';
import { Api, HttpError } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createMetrics } from '../../src/adapters/http/metrics.ts';
import { openKeyring } from '../../src/adapters/keyring.ts';
import { createLog } from '../../src/adapters/log.ts';
import type { ChatTurns } from '../../src/adapters/turns/turns.ts';
import { assembleBot } from '../../src/channels/telegram/assemble.ts';
import { createTelegramClient } from '../../src/channels/telegram/client.ts';
import { personId } from '../../src/channels/telegram/ids.ts';
import { startPolling } from '../../src/channels/telegram/polling.ts';
import type { Chapter } from '../../src/dialogs/kit/chapter.ts';
import type { Dialog } from '../../src/dialogs/kit/scene.ts';
import { DAY_MS } from '../../src/domain/durations.ts';
import { createInbox } from '../../src/office/inbox.ts';
import type { Office } from '../../src/office/office.ts';
import { createRetention } from '../../src/office/retention.ts';
import type { Db } from '../../src/records/database.ts';
import { listCards } from '../kit/cards.ts';
import { checkoutUpdate, paidUpdate } from '../kit/chat/invoices.ts';
import { type Person, updateOf } from '../kit/chat/people.ts';
import { openWorld, TEST_KEY } from '../kit/chat/world.ts';
import { ME, startBotApi, TOKEN, until } from '../kit/edge/bot-api.ts';
import { refusingWrites } from '../kit/refusing-writes.ts';

const IVAN: Person = { name: 'Иван', id: 701, phone: '79123456789' };
const ANNA: Person = { name: 'Анна', id: 702, phone: '79123456782' };

/** Any answer breaks it. */
let broken = false;
/** Postgres refuses what a pressed button asks for. */
let away = false;

const never: Dialog<Office> = async ({ ask, askOrProve, askSecret, choose, say }) => {
  const words = await ask('sign-in-name', z.string());
  if (broken) throw new TypeError('broken');
  if (words === 'secret') {
    await askSecret('sign-in-password', async (typed) => {
      if (typed === 'break') throw new TypeError('a secret');
      return 'ok';
    });
  }
  if (words === 'sum') {
    const prove = () => Promise.reject(new TypeError('a secret'));
    await askOrProve('linking-account', z.string(), prove, { buttons: ['send'] });
  }
  if (words === 'choose') {
    await choose('linking-account', ['send']);
    if (away) throw Object.assign(new Error('terminating connection'), { code: '57P01' });
    return say('menu-guest');
  }
  if (words === 'hang') await new Promise(() => {});
  if (words === 'outage') throw Object.assign(new Error('terminating connection'), { code: '57P01' });
  if (words === 'break') throw new TypeError('a telephone: +79123456789');
  await ask('linking-account', z.string());
};
const chapter = (dialog: Dialog<Office>): Chapter<Office> => ({ dialog, version: 'v1', changesMenu: false });

/** The bot with its polling on a Bot API of the test's own, with so little patience. */
async function openStage(limits: { stuckMs: number; slowMs: number; unsaidMs?: number }) {
  const [world, telegram] = await Promise.all([openWorld(), startBotApi()]);
  const client = createTelegramClient();
  let output = '';
  const log = createLog('trace', { destination: { write: (line: string) => void (output += line) } });
  const settings = { token: TOKEN, apiRoot: telegram.apiRoot, me: ME, client };
  const chapters = { 'sign-in': chapter(never) };
  const { office, turns, texts, papers, staffGroup } = world;
  const metrics = createMetrics();
  const bot = assembleBot({ settings, office, chapters, turns, texts, papers, staffGroup, log, metrics, limits });
  const api = new Api(TOKEN, { apiRoot: telegram.apiRoot, fetch: client.fetch });
  const polling = startPolling({
    api,
    accept: bot.intake.accept,
    allowedUpdates: ['message', 'pre_checkout_query', 'callback_query'],
    onError: (error) => log.error(error),
    holdSeconds: 5,
  });
  onTestFinished(async () => {
    await polling.stop();
    client.close();
    await telegram.close();
    await world.close();
  });
  let update = 0;
  return {
    world,
    telegram,
    bot,
    polling,
    output: () => output,
    type(person: Person, words: string) {
      update += 1;
      telegram.push(updateOf(person, { does: 'say', words }, { update, message: update }, 0));
    },
    /** A button under a message, which stands there with all of them. */
    press(person: Person, { data, messageId }: { data: string; messageId: number }, inline_keyboard: InlineKeyboardButton[][]) {
      update += 1;
      const pressed = updateOf(person, { does: 'press', data, messageId }, { update, message: update }, 0);
      Object.assign(pressed.callback_query?.message ?? {}, { reply_markup: { inline_keyboard } });
      telegram.push(pressed);
    },
    /** A photo with words under it. */
    send(person: Person, caption: string) {
      update += 1;
      telegram.push(updateOf(person, { does: 'send', media: { kind: 'photo' }, caption }, { update, message: update }, 0));
    },
    said: (person: Person) => telegram.said(person.id),
    parked: () => world.db.selectFrom('updateInbox').select(['id', 'state', 'sealed']).orderBy('id').execute(),
    staff: () => listCards(world.db),
  };
}

describe('an update that never comes to its end', () => {
  test('is put aside and told to staff; others go on meanwhile, the chat after it, in its order', async () => {
    const stage = await openStage({ stuckMs: 4_000, slowMs: 300 });
    stage.type(IVAN, '/login');
    stage.type(IVAN, 'hang');
    stage.type(IVAN, 'answer');
    stage.type(IVAN, '/menu');
    stage.type(ANNA, '/login');
    stage.type(ANNA, 'answer');
    await until('Anna is answered', () => stage.said(ANNA).length === 2);
    // What he is told of the stuck one has not been said yet.
    expect(stage.said(IVAN).length).toBeLessThanOrEqual(1);

    await until('Ivan goes on', () => stage.said(IVAN).length === 4);
    const { texts } = stage.world;
    expect(stage.said(IVAN)).toEqual([
      texts.text('sign-in-name', {}, { marked: true }),
      texts.text('error-sorry', { reference: '2' }, { marked: true }),
      texts.text('linking-account', {}, { marked: true }),
      texts.text('menu-guest', {}, { marked: true }),
    ]);
    await until('all are safe', () => stage.telegram.confirmed.length === 6);
    expect(stage.telegram.confirmed).toEqual([1, 2, 3, 4, 5, 6]);
    await until('only the stuck one is kept', async () => (await stage.parked()).length === 1);
    expect(await stage.parked()).toMatchObject([{ id: 'telegram:2', state: 'stuck' }]);
    expect(await stage.staff()).toMatchObject([
      { text: 'staff-update-stuck', words: { reference: '2', seconds: 4, repeats: 0 } },
    ]);
  });
});

test('money whose work never comes to its end is not put aside: it comes again until it is taken in', async () => {
  const stage = await openStage({ stuckMs: 1_500, slowMs: 300 });
  const { paymentIntake } = stage.world.office;
  const { credit } = paymentIntake;
  let tries = 0;
  paymentIntake.credit = (...paid) => (++tries === 1 ? new Promise(() => {}) : credit(...paid));
  const invoice = { chat: IVAN.id, payload: 'x'.repeat(22), currency: 'RUB', total: 100_000 };
  stage.telegram.push(paidUpdate(IVAN, invoice, { telegram: 't-1', provider: 'p-1' }, { update: 51, message: 51 }, { date: 0 }));
  await until('he is told of his money', () => stage.said(IVAN).length === 1);
  expect(tries).toBeGreaterThan(1);
  expect(stage.said(IVAN)[0]).not.toContain('что-то сломалось');
  expect(await stage.world.db.selectFrom('cardPayments').select('id').execute()).toHaveLength(1);
  expect((await stage.staff()).map(({ text }) => text)).not.toContain('staff-update-stuck');
});

test('an update that fails is put aside, the dialog stays where it was, and no log or row says what was typed', async () => {
  const stage = await openStage({ stuckMs: 10_000, slowMs: 2_000 });
  stage.type(IVAN, '/login');
  stage.type(IVAN, 'break');
  stage.type(IVAN, 'answer');
  await until('he goes on', () => stage.said(IVAN).length === 3);
  expect(stage.said(IVAN)[1]).toContain('что-то сломалось');
  expect(stage.said(IVAN)[2]).toBe(stage.world.texts.text('linking-account', {}, { marked: true }));
  const [kept] = await stage.parked();
  expect(kept).toMatchObject({ id: 'telegram:2', state: 'failed' });
  expect(kept?.sealed).not.toContain('break');
  expect(await stage.staff()).toMatchObject([{ text: 'staff-update-failed', words: { reference: '2', error: 'TypeError' } }]);
  expect(stage.output()).toContain('"reference":"2"');
  expect(stage.output()).not.toMatch(/9123456789|break"|Иван/);
});

test('of one that fails while a secret is awaited neither words nor captions are kept, not even sealed', async () => {
  const stage = await openStage({ stuckMs: 10_000, slowMs: 2_000 });
  stage.type(IVAN, '/login');
  stage.type(IVAN, 'secret');
  await until('the secret is asked for', () => stage.said(IVAN).length === 2);
  broken = true;
  stage.send(IVAN, 'tramvai-9');
  await until('it failed', () => stage.said(IVAN).length === 3);
  broken = false;
  const [kept] = await stage.parked();
  const opened = openKeyring(TEST_KEY).open('parked-update', kept?.sealed ?? '');
  expect(opened).toContain('"photo"');
  expect(opened).not.toContain('tramvai');
});

test('nor is anything else of it in which the secret may stand: names of files, links, what is cited', async () => {
  const stage = await openStage({ stuckMs: 10_000, slowMs: 2_000 });
  stage.type(IVAN, '/login');
  stage.type(IVAN, 'secret');
  await until('the secret is asked for', () => stage.said(IVAN).length === 2);
  broken = true;
  const ids = { update: 90, message: 90 };
  const file = { file_id: 'd', file_unique_id: 'd', file_name: 'tramvai-9.txt' };
  const update = updateOf(IVAN, { does: 'send', media: { kind: 'document' }, caption: 'тут' }, ids, 0);
  stage.telegram.push({
    ...update,
    message: Object.assign(update.message ?? {}, {
      document: file,
      video: file,
      audio: { ...file, title: 'tramvai-9', performer: 'tramvai-9' },
      animation: file,
      caption_entities: [{ type: 'text_link', offset: 0, length: 3, url: 'https://example.org/tramvai-9' }],
      link_preview_options: { url: 'https://example.org/tramvai-9' },
      quote: { text: 'tramvai-9', position: 0, is_manual: true },
      reply_to_message: { message_id: 1, date: 0, chat: { id: IVAN.id, type: 'private' }, text: 'tramvai-9' },
    }),
  } as never);
  await until('it failed', () => stage.said(IVAN).length === 3);
  broken = false;
  const [kept] = await stage.parked();
  const opened = openKeyring(TEST_KEY).open('parked-update', kept?.sealed ?? '');
  expect(opened).toContain('"document"');
  expect(opened).not.toContain('tramvai');
});

describe('«Повторить»', () => {
  const settings = { stuckMs: 10_000, slowMs: 2_000 };
  const MASHA = 'telegram:77' as const;
  let operation = 0;

  /** A senior's press under the card of request 1. */
  async function retry(stage: Awaited<ReturnType<typeof openStage>>) {
    stage.world.staff.add(MASHA);
    const staff = { messengerId: MASHA, name: 'Мария', idempotencyKey: `retry-${++operation}` };
    const pressed = await stage.world.office.resolutions.press(staff, NUMBER_ONE, 'retry');
    stage.world.pass(1);
    await stage.bot.intake.claim();
    return pressed;
  }
  const NUMBER_ONE = { number: 1, threadRef: { thread: null, repliesTo: null } };
  const saidInThread = async (stage: Awaited<ReturnType<typeof openStage>>) =>
    (await stage.world.db.selectFrom('outbox').select('text').where('kind', '=', 'say').orderBy('id').execute()).map(
      ({ text }) => text,
    );

  test('a message that failed is taken up again where its chat has not gone on, and staff hear that it was', async () => {
    broken = true;
    const stage = await openStage(settings);
    stage.type(IVAN, '/login');
    stage.type(IVAN, 'answer');
    await until('it failed', () => stage.said(IVAN).length === 2);
    broken = false;
    expect(await retry(stage)).toEqual({ outcome: 'done' });
    await until('it is answered', () => stage.said(IVAN).length === 3);
    expect(stage.said(IVAN)[2]).toBe(stage.world.texts.text('linking-account', {}, { marked: true }));
    await until('nothing is kept', async () => (await stage.parked()).length === 0);
    expect(await saidInThread(stage)).toEqual(['desk-resolution-retrying', 'desk-retried']);
    expect(await retry(stage)).toEqual({ outcome: 'nothing' });
    expect(stage.said(IVAN)).toHaveLength(3);
  });

  test('one that fails again is counted on the same card, and may be tried again', async () => {
    broken = true;
    const stage = await openStage(settings);
    stage.type(IVAN, '/login');
    stage.type(IVAN, 'answer');
    await until('it failed', () => stage.said(IVAN).length === 2);
    expect(await retry(stage)).toEqual({ outcome: 'done' });
    await until('it failed again', () => stage.said(IVAN).length === 3);
    await until('it is put aside', async () => (await stage.parked())[0]?.state === 'failed');
    expect(await stage.staff()).toMatchObject([{ text: 'staff-update-failed', words: { repeats: 1 } }]);
    broken = false;
    expect(await retry(stage)).toEqual({ outcome: 'done' });
    await until('it is answered', () => stage.said(IVAN).length === 4);
  });

  test('one whose chat has gone on is not: it would answer another question', async () => {
    const stage = await openStage(settings);
    stage.type(IVAN, '/login');
    stage.type(IVAN, 'break');
    stage.type(IVAN, 'answer');
    await until('he goes on', () => stage.said(IVAN).length === 3);
    expect(await retry(stage)).toEqual({ outcome: 'done' });
    await until('it is given up', async () => (await stage.parked()).length === 0);
    expect(stage.said(IVAN)).toHaveLength(3);
    expect(await saidInThread(stage)).toEqual(['desk-resolution-retrying', 'desk-retried-too-late']);
  });

  test('money comes again at any time, however the payer went on, and is kept until then', async () => {
    const stage = await openStage(settings);
    const { paymentIntake } = stage.world.office;
    const { hold, credit } = paymentIntake;
    const invoice = { chat: IVAN.id, payload: 'x'.repeat(22), currency: 'RUB', total: 100_000 };
    const paid = (charge: string, update: number) =>
      stage.telegram.push(
        paidUpdate(IVAN, invoice, { telegram: `t-${charge}`, provider: `p-${charge}` }, { update, message: update }, { date: 0 }),
      );
    const payments = () => stage.world.db.selectFrom('cardPayments').select('telegramChargeId').orderBy('id').execute();
    paymentIntake.credit = paymentIntake.hold = () => Promise.reject(new TypeError('broken'));
    paid('1', 51);
    await until('it failed', async () => (await stage.parked())[0]?.state === 'failed');
    expect(await stage.staff()).toMatchObject([
      {
        text: 'staff-payment-failed',
        words: { operation: 'p-1', sum: 100_000, back: 'no', reference: '51', error: 'TypeError' },
      },
    ]);
    Object.assign(paymentIntake, { credit, hold });
    // He pays again, in the same line, and weeks pass.
    paid('2', 52);
    await until('the second is taken in', async () => (await payments()).length === 1);
    stage.world.pass(20 * DAY_MS);
    await createRetention({ db: stage.world.db, clock: stage.world.clock }).deleteExpired();
    expect(await retry(stage)).toEqual({ outcome: 'done' });
    await until('so is the first', async () => (await payments()).length === 2);
    await until('nothing is kept', async () => (await stage.parked()).length === 0);
    expect(await payments()).toEqual([{ telegramChargeId: 't-2' }, { telegramChargeId: 't-1' }]);
    expect((await saidInThread(stage)).at(-1)).toBe('desk-retried');
  });

  test('one that was let come again as Postgres blinked is not given up', async () => {
    broken = true;
    const stage = await openStage(settings);
    stage.type(IVAN, '/login');
    stage.type(IVAN, 'answer');
    await until('it failed', () => stage.said(IVAN).length === 2);
    broken = false;
    // The store of turns goes by another clock than the test's.
    await sql`update update_inbox set at = clock_timestamp()`.execute(stage.world.db);
    const { inbox } = stage.world.office;
    const cameAgain = inbox.cameAgain;
    inbox.cameAgain = () => {
      inbox.cameAgain = cameAgain;
      return Promise.reject(Object.assign(new Error('terminating connection'), { code: '57P01' }));
    };
    expect(await retry(stage)).toEqual({ outcome: 'done' });
    await until('it is answered', () => stage.said(IVAN).length === 3);
    await until('nothing is kept', async () => (await stage.parked()).length === 0);
    expect(await saidInThread(stage)).toEqual(['desk-resolution-retrying', 'desk-retried']);
  });

  test('one that was not kept whole, since it may have been a secret, cannot come again', async () => {
    const stage = await openStage(settings);
    stage.type(IVAN, '/login');
    stage.type(IVAN, 'secret');
    stage.type(IVAN, 'break');
    await until('it failed', () => stage.said(IVAN).length === 3);
    await until('it is put aside', async () => (await stage.parked()).length === 1);
    expect(await retry(stage)).toEqual({ outcome: 'nothing' });
    expect(stage.said(IVAN)).toHaveLength(3);
  });

  test('nor is one kept whole that holds a secret where none was asked for', async () => {
    const stage = await openStage(settings);
    stage.type(IVAN, '/login');
    stage.type(IVAN, 'sum');
    stage.type(IVAN, 'ACDE FGHJ KM');
    await until('it failed', () => stage.said(IVAN).length === 3);
    await until('it is put aside', async () => (await stage.parked()).length === 1);
    expect(await retry(stage)).toEqual({ outcome: 'nothing' });
  });
});

test('while Postgres is away the resident is asked to repeat, and the dialog stays where it was', async () => {
  const stage = await openStage({ stuckMs: 10_000, slowMs: 2_000 });
  stage.type(IVAN, '/login');
  stage.type(IVAN, 'outage');
  stage.type(IVAN, 'answer');
  await until('he goes on', () => stage.said(IVAN).length === 3);
  const { texts } = stage.world;
  expect(stage.said(IVAN).slice(1)).toEqual(
    ['error-outage', 'linking-account'].map((text) => texts.text(text, {}, { marked: true })),
  );
  await until('nothing waits', async () => (await stage.parked()).length === 0);
  expect(await stage.staff()).toEqual([]);
});

test('what was pressed while Postgres is away has its buttons again, and is pressed once more', async () => {
  onTestFinished(() => void (away = false));
  const stage = await openStage({ stuckMs: 10_000, slowMs: 2_000 });
  stage.type(IVAN, '/login');
  stage.type(IVAN, 'choose');
  await until('he is asked', () => stage.said(IVAN).length === 2);
  const button = stage.telegram.newestButton(IVAN.id, 'Отправить');
  const had =
    stage.telegram.calls.findLast(({ payload }) => payload.reply_markup?.inline_keyboard)?.payload.reply_markup
      ?.inline_keyboard ?? [];
  away = true;
  stage.press(IVAN, button, had);
  await until('he is to press it again', () => stage.said(IVAN).length === 3);
  expect(stage.said(IVAN)[2]).toBe(stage.world.texts.text('error-outage-press', {}, { marked: true }));
  const changed = stage.telegram.calls.filter(({ method }) => method === 'editMessageReplyMarkup');
  expect(changed.slice(-2).map(({ payload }) => payload.reply_markup?.inline_keyboard)).toEqual([undefined, had]);
  away = false;
  stage.press(IVAN, button, had);
  await until('it is done', () => stage.said(IVAN).length === 4);
  expect(stage.said(IVAN)[3]).toBe(stage.world.texts.text('menu-guest', {}, { marked: true }));
});

test('while all of Postgres is away no words count as a secret that nobody has asked for: what is repeated is taken', async () => {
  const stage = await openStage({ stuckMs: 10_000, slowMs: 2_000 });
  const { awaitedSecrets } = stage.world.office;
  const asksPostgres = awaitedSecrets.isExpected;
  stage.type(IVAN, '/login');
  await until('he is asked', () => stage.said(IVAN).length === 1);
  awaitedSecrets.isExpected = () => Promise.reject(Object.assign(new Error('terminating connection'), { code: '57P01' }));
  stage.type(IVAN, 'outage');
  await until('he is to repeat it', () => stage.said(IVAN).length === 2);
  awaitedSecrets.isExpected = asksPostgres;
  stage.type(IVAN, 'answer');
  await until('he goes on', () => stage.said(IVAN).length === 3);
  expect(stage.said(IVAN)[2]).toBe(stage.world.texts.text('linking-account', {}, { marked: true }));
  expect(stage.telegram.calls.filter(({ method }) => method === 'deleteMessage')).toEqual([]);
});

test('an outage that a person was told of is in the log, by its code', async () => {
  const stage = await openStage({ stuckMs: 10_000, slowMs: 2_000 });
  stage.type(IVAN, '/login');
  stage.type(IVAN, 'outage');
  await until('he is to repeat it', () => stage.said(IVAN).length === 2);
  expect(stage.output()).toMatch(/"code":"57P01"/);
});

test.each([
  ['whose query never ends in time', Object.assign(new Error('canceling statement'), { code: '57014' })],
  ['over a page of the disk that cannot be read', Object.assign(new Error('could not read block'), { code: '58030' })],
  ['to which Telegram never answers', new HttpError('no answer', new Error('ECONNRESET'))],
])('what staff write %s stands in the way of what comes after it for a while only, and is kept', async (_, trouble) => {
  const stage = await openStage({ stuckMs: 10_000, slowMs: 300, unsaidMs: 2_500 });
  const { desk } = stage.world.office;
  const written: string[] = [];
  desk.written = async (_staff, _spot, { words }) => {
    if (words === 'poison') throw trouble;
    written.push(words);
    return { outcome: 'known' };
  };
  const say = (words: string, update: number) =>
    stage.telegram.push(
      updateOf(IVAN, { does: 'say', words }, { update, message: update }, 0, {
        chat: 'staff',
        id: -1001,
        forum: true,
        thread: 33,
      }),
    );
  say('poison', 1);
  say('after it', 2);
  await until('staff go on', () => written.length === 1, 20_000);
  await until('only that one is kept', async () => (await stage.parked()).length === 1);
  expect(written).toEqual(['after it']);
  expect(await stage.parked()).toMatchObject([{ id: 'telegram:1', state: 'failed' }]);
  expect(await stage.staff()).toMatchObject([{ text: 'staff-update-failed', words: { reference: '1' } }]);
});

test('money waits for nothing that its payer has written', async () => {
  const stage = await openStage({ stuckMs: 20_000, slowMs: 300 });
  stage.type(IVAN, '/login');
  stage.type(IVAN, 'hang');
  stage.type(IVAN, 'answer');
  await until('what waits is safe', () => stage.telegram.confirmed.length === 3);
  const invoice = { chat: IVAN.id, payload: 'x'.repeat(22), currency: 'RUB', total: 100_000 };
  stage.telegram.push(checkoutUpdate(IVAN, invoice, 50));
  await until(
    'the checkout has its word',
    () => stage.telegram.calls.some(({ method }) => method === 'answerPreCheckoutQuery'),
    3_000,
  );
  stage.telegram.push(paidUpdate(IVAN, invoice, { telegram: 't-1', provider: 'p-1' }, { update: 51, message: 51 }, { date: 0 }));
  await until('he is told of his money', () => stage.said(IVAN).length === 2);
  expect(await stage.world.db.selectFrom('cardPayments').select('id').execute()).toHaveLength(1);
});

describe('while Postgres takes nothing in', () => {
  test('money comes again until it is taken in, once; nobody is told that staff know', async () => {
    const stage = await openStage({ stuckMs: 20_000, slowMs: 300 });
    const writes = await refusingWrites(stage.world.db);
    await writes.on();
    const invoice = { chat: IVAN.id, payload: 'x'.repeat(22), currency: 'RUB', total: 100_000 };
    stage.telegram.push(
      paidUpdate(IVAN, invoice, { telegram: 't-1', provider: 'p-1' }, { update: 51, message: 51 }, { date: 0 }),
    );
    await until('it was tried', async () => (await writes.refused()) > 0);
    await sleep(700);
    expect(stage.said(IVAN)).toEqual([]);
    expect(stage.telegram.confirmed).toEqual([]);
    await writes.off();
    await until('he is told', () => stage.said(IVAN).length === 1);
    await until('Telegram may forget it', () => stage.telegram.confirmed.length === 1);
    expect(await stage.world.db.selectFrom('cardPayments').select('id').execute()).toHaveLength(1);
  });

  test('a message that broke the bot comes again until it could be kept', async () => {
    const stage = await openStage({ stuckMs: 20_000, slowMs: 300 });
    stage.type(IVAN, '/login');
    await until('he is asked', () => stage.said(IVAN).length === 1);
    const writes = await refusingWrites(stage.world.db);
    await writes.on();
    stage.type(IVAN, 'break');
    await until('it was tried', async () => (await writes.refused()) > 0);
    await sleep(700);
    expect(stage.said(IVAN)).toHaveLength(1);
    await writes.off();
    await until('he is told', () => stage.said(IVAN).length === 2);
    expect(stage.said(IVAN)[1]).toContain('Сотрудники уже знают');
    expect(await stage.parked()).toMatchObject([{ id: 'telegram:2', state: 'failed' }]);
  });
});

describe('what another process has in the inbox', () => {
  const DEAD = 'process that was killed';
  const waiting = (update: number, words: string) => ({
    id: `telegram:${update}`,
    line: personId(IVAN.id),
    update: JSON.stringify(updateOf(IVAN, { does: 'say', words }, { update, message: update }, 0)),
  });
  const beats = (db: Db, owner: string, aliveMs: number) =>
    sql`update inbox_owners set alive_until = clock_timestamp() + ${aliveMs} * interval '1 ms' where id = ${owner}`.execute(db);

  test('stands before what comes later; when it died it is taken over, in its order', async () => {
    const stage = await openStage({ stuckMs: 10_000, slowMs: 2_000 });
    const { office, db } = stage.world;
    await office.inbox.keep(DEAD, [waiting(101, '/login'), waiting(102, 'answer')]);
    await stage.bot.intake.claim();
    stage.type(IVAN, '/menu');
    stage.type(ANNA, '/menu');
    await until('Anna is answered', () => stage.said(ANNA).length === 1);
    await until('both are safe', () => stage.telegram.confirmed.length === 2);
    await stage.bot.intake.claim();
    expect(stage.said(IVAN)).toEqual([]);

    await beats(db, DEAD, -1);
    await stage.bot.intake.claim();
    await until('Ivan is answered', () => stage.said(IVAN).length === 3);
    const { texts } = stage.world;
    expect(stage.said(IVAN)).toEqual(
      ['sign-in-name', 'linking-account', 'menu-guest'].map((text) => texts.text(text, {}, { marked: true })),
    );
    await until('nothing waits', async () => (await stage.parked()).length === 0);
  });

  test('none of a line is taken over of which somebody alive has an earlier one', async () => {
    const stage = await openStage({ stuckMs: 10_000, slowMs: 2_000 });
    const { office, db } = stage.world;
    await office.inbox.keep('alive', [waiting(101, '/login')]);
    await sql`insert into update_inbox (id, line, state, sealed, owner, at)
      select 'telegram:102', line, state, sealed, ${DEAD}, at from update_inbox`.execute(db);
    expect((await office.inbox.claim('third', 'telegram', [])).claimed).toEqual([]);
    await beats(db, 'alive', -1);
    expect((await office.inbox.claim('third', 'telegram', [])).claimed.map(({ id }) => id)).toEqual([
      'telegram:101',
      'telegram:102',
    ]);
    expect((await office.inbox.claim('fourth', 'telegram', [])).claimed).toEqual([]);
  });

  test('is left to who serves its messenger', async () => {
    const { office, db } = (await openStage({ stuckMs: 10_000, slowMs: 2_000 })).world;
    await office.inbox.keep(DEAD, [waiting(101, '/login')]);
    await beats(db, DEAD, -1);
    expect(await office.inbox.claim('other', 'max', [])).toEqual({ claimed: [], others: [], waits: false, unreadable: [] });
    expect((await office.inbox.claim('same', 'telegram', [])).claimed.map(({ id }) => id)).toEqual(['telegram:101']);
  });

  test('gets what comes after it, too, and works it off', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const { inbox } = world.office;
    await inbox.keep('first', [waiting(1, 'one')]);
    expect(await inbox.keep('second', [waiting(2, 'two'), waiting(1, 'one')])).toMatchObject([
      { id: 'telegram:2', owner: 'first' },
    ]);
    expect((await inbox.claim('first', 'telegram', ['telegram:1'])).claimed).toMatchObject([{ id: 'telegram:2' }]);
    expect(await inbox.takeOut('first', ['telegram:1'], [personId(IVAN.id)])).toEqual([]);
    expect(await inbox.takeOut('first', ['telegram:2'], [personId(IVAN.id)])).toEqual([personId(IVAN.id)]);
  });

  test('is not taken out by somebody who has worked it off before: staff may have let it come again', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const { inbox } = world.office;
    await inbox.keep('first', [waiting(1, 'one')]);
    await world.db.updateTable('updateInbox').set({ owner: null, again: true }).execute();
    await inbox.takeOut('first', ['telegram:1'], []);
    expect((await inbox.claim('second', 'telegram', [])).claimed).toMatchObject([{ id: 'telegram:1', again: true }]);
  });

  test('does not stand in the way of others when its key is gone', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const { inbox } = world.office;
    await inbox.keep(DEAD, [waiting(1, 'one'), waiting(2, 'two')]);
    await world.db.updateTable('updateInbox').set({ sealed: 'unreadable' }).where('id', '=', 'telegram:1').execute();
    await beats(world.db, DEAD, -1);
    const { claimed, unreadable } = await inbox.claim('second', 'telegram', []);
    expect(claimed.map(({ id }) => id)).toEqual(['telegram:2']);
    expect(unreadable).toEqual(['telegram:1']);
    const kept = world.db.selectFrom('updateInbox').select(['id', 'state', 'line']).orderBy('id').execute();
    expect(await kept).toMatchObject([
      { id: 'telegram:1', state: 'failed', line: personId(IVAN.id) },
      { id: 'telegram:2', state: 'waiting' },
    ]);
  });

  test('and was sealed by a key that this one does not have is kept, told of by the name of the setting, and comes back with it', async () => {
    const stage = await openStage({ stuckMs: 10_000, slowMs: 2_000 });
    const { db, clock } = stage.world;
    const newer = `${'00'.repeat(31)}0c,${TEST_KEY}`;
    await createInbox({ db, clock, keyring: openKeyring(newer) }).keep(DEAD, [waiting(101, '/login')]);
    await beats(db, DEAD, -1);
    await stage.bot.intake.claim();
    expect(stage.said(IVAN)).toEqual([]);
    expect(await stage.parked()).toMatchObject([{ id: 'telegram:101', state: 'failed' }]);
    expect(stage.output()).toMatch(/SECRET_KEY/);
    expect(await stage.staff()).toMatchObject([{ text: 'staff-update-failed', words: { error: 'SECRET_KEY' } }]);
    // Weeks later it is there still.
    stage.world.pass(20 * DAY_MS);
    await createRetention({ db, clock }).deleteExpired();
    expect(await stage.parked()).toHaveLength(1);
    const withKey = createInbox({ db, clock, keyring: openKeyring(newer) });
    expect((await withKey.claim('newer', 'telegram', [])).claimed).toMatchObject([
      { id: 'telegram:101', again: true, ofStaff: true },
    ]);
  });
});

test('a process that works on an update in the inbox says so', async () => {
  const stage = await openStage({ stuckMs: 8_000, slowMs: 200 });
  stage.type(IVAN, '/login');
  stage.type(IVAN, 'hang');
  await until('it is kept', async () => (await stage.parked()).length === 1);
  const aliveUntil = async () =>
    (await stage.world.db.selectFrom('inboxOwners').select('aliveUntil').executeTakeFirstOrThrow()).aliveUntil;
  const before = await aliveUntil();
  await until('it beats', async () => (await aliveUntil()) > before, 5_000);
});

test('an update over which three processes vanished is put aside unread; the chat goes on', async () => {
  const world = await openWorld({ chapters: { 'sign-in': chapter(never) } });
  onTestFinished(world.close);
  const typed = (update: number, words: string) => updateOf(IVAN, { does: 'say', words }, { update, message: update }, 0);
  const killing = (turns: ChatTurns): ChatTurns => ({
    ...turns,
    async take(chat, id) {
      const turn = await turns.take(chat, id);
      return turn === 'repeat'
        ? turn
        : {
            state: turn.state,
            secretExpected: turn.secretExpected,
            deaths: 3,
            token: turn.token,
            isHeld: turn.isHeld,
            revoke: turn.revoke,
            finish: turn.finish,
            abandon: turn.abandon,
            lost: turn.lost,
            onLost: turn.onLost,
          };
    },
  });
  await world.take(typed(1, '/login'));
  await world.take(typed(2, 'break'), killing);
  expect(world.failures).toEqual([{ how: 'failed', error: 'KillsProcesses' }]);
  await world.take(typed(2, 'break'));
  await world.take(typed(3, 'answer'));
  const said = world.telegram.take().flatMap(({ payload }) => payload.text ?? []);
  expect(said).toEqual([
    world.texts.text('sign-in-name', {}, { marked: true }),
    world.texts.text('error-sorry', { reference: '2' }, { marked: true }),
    world.texts.text('linking-account', {}, { marked: true }),
  ]);
});
