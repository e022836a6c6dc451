import { HttpError } from 'grammy';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openKeyring } from '../../src/adapters/keyring.ts';
import type { ChatTurns } from '../../src/adapters/turns/turns.ts';
import { checkoutUpdate, paidUpdate } from '../kit/chat/invoices.ts';
import { updateOf } from '../kit/chat/people.ts';
import { openWorld, TEST_KEY } from '../kit/chat/world.ts';
import { until } from '../kit/edge/bot-api.ts';
import { ANNA, IVAN, chapter, never, openStage, faults } from './stuck-stage.ts';

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

test('where the office does not let go of it, it comes again: nobody is told of an end that is none', async () => {
  const stage = await openStage({ stuckMs: 1_500, slowMs: 300 });
  const { turns, texts } = stage.world;
  const { take } = turns;
  let asked = 0;
  turns.take = async (...update) => {
    const turn = await take(...update);
    if (turn === 'repeat') return turn;
    const revoke = async () => {
      asked += 1;
      if (asked === 1) throw Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' });
      await turn.revoke();
    };
    return { ...turn, revoke };
  };
  stage.type(IVAN, '/login');
  stage.type(IVAN, 'hang');
  await until('he is told', () => stage.said(IVAN).length === 2);
  expect(asked).toBe(2);
  expect(stage.said(IVAN)[1]).toBe(texts.text('error-sorry', { reference: '2' }, { marked: true }));
  await until('it is kept', async () => (await stage.parked()).some(({ state }) => state === 'stuck'));
  expect(await stage.staff()).toHaveLength(1);
});

/** From now on the office lets go of no turn; answers how often it was asked to. */
function neverRevoked(turns: ChatTurns): () => number {
  const { take } = turns;
  let asked = 0;
  turns.take = async (...update) => {
    const turn = await take(...update);
    if (turn === 'repeat') return turn;
    const revoke = async () => {
      asked += 1;
      throw Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' });
    };
    return { ...turn, revoke };
  };
  return () => asked;
}

test('where the office never lets go of it, it is put aside after a while: its chat goes on', async () => {
  const stage = await openStage({ stuckMs: 4_000, slowMs: 300, unsaidMs: 10_000 });
  const asked = neverRevoked(stage.world.turns);
  stage.type(IVAN, '/login');
  stage.type(IVAN, 'hang');
  stage.type(IVAN, 'answer');
  await until('he goes on', () => stage.said(IVAN).length === 3, 90_000);
  const { texts } = stage.world;
  expect(stage.said(IVAN).slice(1)).toEqual([
    texts.text('error-sorry', { reference: '2' }, { marked: true }),
    texts.text('linking-account', {}, { marked: true }),
  ]);
  expect(asked()).toBeGreaterThan(1);
  await until('only that one is kept', async () => (await stage.parked()).length === 1);
  expect(await stage.parked()).toMatchObject([{ id: 'telegram:2', state: 'stuck' }]);
  expect((await stage.staff()).map(({ text }) => text)).toEqual(['staff-update-stuck']);
});

test('money comes again for as long as it takes, also where the office never lets go of it', async () => {
  const stage = await openStage({ stuckMs: 3_000, slowMs: 300, unsaidMs: 100 });
  const asked = neverRevoked(stage.world.turns);
  const { paymentIntake } = stage.world.office;
  const { credit } = paymentIntake;
  let tries = 0;
  paymentIntake.credit = (...paid) => (++tries <= 3 ? new Promise(() => {}) : credit(...paid));
  const invoice = { chat: IVAN.id, payload: 'x'.repeat(22), currency: 'RUB', total: 100_000 };
  stage.telegram.push(paidUpdate(IVAN, invoice, { telegram: 't-1', provider: 'p-1' }, { update: 51, message: 51 }, { date: 0 }));
  await until('he is told of his money', () => stage.said(IVAN).length === 1, 90_000);
  expect(asked()).toBeGreaterThanOrEqual(3);
  expect(await stage.world.db.selectFrom('cardPayments').select('id').execute()).toHaveLength(1);
  expect((await stage.staff()).map(({ text }) => text)).not.toContain('staff-update-stuck');
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
  faults.broken = true;
  stage.send(IVAN, 'tramvai-9');
  await until('it failed', () => stage.said(IVAN).length === 3);
  faults.broken = false;
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
  faults.broken = true;
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
  faults.broken = false;
  const [kept] = await stage.parked();
  const opened = openKeyring(TEST_KEY).open('parked-update', kept?.sealed ?? '');
  expect(opened).toContain('"document"');
  expect(opened).not.toContain('tramvai');
});

test.each([
  ['whose query never ends in time', Object.assign(new Error('canceling statement'), { code: '57014' })],
  ['over a page of the disk that cannot be read', Object.assign(new Error('could not read block'), { code: '58030' })],
  ['to which Telegram never answers', new HttpError('no answer', new Error('ECONNRESET'))],
])('what staff write %s stands in the way of what comes after it for a while only, and is kept', async (_, why) => {
  const stage = await openStage({ stuckMs: 10_000, slowMs: 300, unsaidMs: 2_500 });
  const { desk } = stage.world.office;
  const written: string[] = [];
  desk.written = async (_staff, _spot, { words }) => {
    if (words === 'poison') throw why;
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
