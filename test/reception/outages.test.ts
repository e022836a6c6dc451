import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { paidUpdate } from '../kit/chat/invoices.ts';
import { until } from '../kit/edge/bot-api.ts';
import { refusingWrites } from '../kit/refusing-writes.ts';
import { IVAN, openStage, faults } from './stuck-stage.ts';

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
  onTestFinished(() => void (faults.away = false));
  const stage = await openStage({ stuckMs: 10_000, slowMs: 2_000 });
  stage.type(IVAN, '/login');
  stage.type(IVAN, 'choose');
  await until('he is asked', () => stage.said(IVAN).length === 2);
  const button = stage.telegram.newestButton(IVAN.id, 'Отправить');
  const had =
    stage.telegram.calls.findLast(({ payload }) => payload.reply_markup?.inline_keyboard)?.payload.reply_markup
      ?.inline_keyboard ?? [];
  faults.away = true;
  stage.press(IVAN, button, had);
  await until('he is to press it again', () => stage.said(IVAN).length === 3);
  expect(stage.said(IVAN)[2]).toBe(stage.world.texts.text('error-outage-press', {}, { marked: true }));
  const changed = stage.telegram.calls.filter(({ method }) => method === 'editMessageReplyMarkup');
  expect(changed.slice(-2).map(({ payload }) => payload.reply_markup?.inline_keyboard)).toEqual([undefined, had]);
  faults.away = false;
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
