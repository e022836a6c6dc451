import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../src/domain/durations.ts';
import { createRetention } from '../../src/office/retention.ts';
import { paidUpdate } from '../kit/chat/invoices.ts';
import { until } from '../kit/edge/bot-api.ts';
import { IVAN, openStage, faults } from './stuck-stage.ts';

describe('«Повторить»', () => {
  const settings = { stuckMs: 10_000, slowMs: 2_000 };
  const MASHA = 'telegram:77' as const;
  let operation = 0;

  /** A senior's press under the card of request 1. */
  async function press(stage: Awaited<ReturnType<typeof openStage>>, resolution: 'retry' | 'settle') {
    stage.world.staff.add(MASHA);
    const staff = { messengerId: MASHA, name: 'Мария', idempotencyKey: `press-${++operation}` };
    return stage.world.office.resolutions.press(staff, NUMBER_ONE, resolution);
  }
  async function retry(stage: Awaited<ReturnType<typeof openStage>>) {
    const pressed = await press(stage, 'retry');
    stage.world.pass(1);
    await stage.world.intake.claim();
    return pressed;
  }
  const NUMBER_ONE = { number: 1, threadRef: { thread: null, repliesTo: null } };
  const saidInThread = async (stage: Awaited<ReturnType<typeof openStage>>) =>
    (await stage.world.db.selectFrom('outbox').select('text').where('kind', '=', 'say').orderBy('id').execute()).map(
      ({ text }) => text,
    );

  test('a message that failed is taken up again where its chat has not gone on, and staff hear that it was', async () => {
    faults.broken = true;
    const stage = await openStage(settings);
    stage.type(IVAN, '/login');
    stage.type(IVAN, 'answer');
    await until('it failed', () => stage.said(IVAN).length === 2);
    faults.broken = false;
    expect(await retry(stage)).toEqual({ outcome: 'done' });
    await until('it is answered', () => stage.said(IVAN).length === 3);
    expect(stage.said(IVAN)[2]).toBe(stage.world.texts.text('linking-account', {}, { marked: true }));
    await until('nothing is kept', async () => (await stage.parked()).length === 0);
    expect(await saidInThread(stage)).toEqual(['desk-resolution-retrying', 'desk-retried']);
    expect(await retry(stage)).toEqual({ outcome: 'nothing' });
    expect(stage.said(IVAN)).toHaveLength(3);
  });

  test('one that fails again is counted on the same card, and may be tried again', async () => {
    faults.broken = true;
    const stage = await openStage(settings);
    stage.type(IVAN, '/login');
    stage.type(IVAN, 'answer');
    await until('it failed', () => stage.said(IVAN).length === 2);
    expect(await retry(stage)).toEqual({ outcome: 'done' });
    await until('it failed again', () => stage.said(IVAN).length === 3);
    await until('it is put aside', async () => (await stage.parked())[0]?.state === 'failed');
    expect(await stage.staff()).toMatchObject([{ text: 'staff-update-failed', words: { repeats: 1 } }]);
    faults.broken = false;
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

  test('each payment that fails has a card of its own: none hides behind another', async () => {
    const stage = await openStage(settings);
    const { paymentIntake } = stage.world.office;
    const { hold, credit } = paymentIntake;
    paymentIntake.credit = paymentIntake.hold = () => Promise.reject(new TypeError('broken'));
    const invoice = { chat: IVAN.id, payload: 'x'.repeat(22), currency: 'RUB', total: 100_000 };
    for (const n of [1, 2])
      stage.telegram.push(
        paidUpdate(IVAN, invoice, { telegram: `t-${n}`, provider: `p-${n}` }, { update: 50 + n, message: 50 + n }, { date: 0 }),
      );
    await until('both failed', async () => (await stage.parked()).filter(({ state }) => state === 'failed').length === 2);
    expect(await stage.staff()).toMatchObject([
      { text: 'staff-payment-failed', words: { operation: 'p-1', reference: '51' } },
      { text: 'staff-payment-failed', words: { operation: 'p-2', reference: '52' } },
    ]);
    Object.assign(paymentIntake, { credit, hold });
  });

  test('money whose escalation was closed comes again all the same, and the card says so as long as there is any', async () => {
    const stage = await openStage(settings);
    const { world } = stage;
    const { hold, credit } = world.office.paymentIntake;
    const invoice = { chat: IVAN.id, payload: 'x'.repeat(22), currency: 'RUB', total: 100_000 };
    const payments = () => world.db.selectFrom('cardPayments').select('telegramChargeId').execute();
    /** The labels under the card as it was shown last. */
    const shown = async () => {
      await world.runOutbox();
      const cards = world.telegram.take().filter(({ payload }) => String(payload.text).startsWith('<b>№ 1'));
      return cards
        .at(-1)
        ?.payload.reply_markup?.inline_keyboard?.flat()
        .map(({ text }) => text);
    };
    world.office.paymentIntake.credit = world.office.paymentIntake.hold = () => Promise.reject(new TypeError('broken'));
    stage.telegram.push(
      paidUpdate(IVAN, invoice, { telegram: 't-1', provider: 'p-1' }, { update: 51, message: 51 }, { date: 0 }),
    );
    await until('it failed', async () => (await stage.parked())[0]?.state === 'failed');
    expect(await shown()).toEqual(['Взять в работу', 'Повторить', 'Разобрано']);
    expect(await press(stage, 'settle')).toEqual({ outcome: 'done' });
    expect(await saidInThread(stage)).toEqual(['desk-resolution-settled-aside']);
    expect(await shown()).toEqual(['Вернуть в работу', 'Повторить']);

    Object.assign(world.office.paymentIntake, { credit, hold });
    world.pass(20 * DAY_MS);
    expect(await retry(stage)).toEqual({ outcome: 'done' });
    await until('it is taken in', async () => (await payments()).length === 1);
    await until('nothing is kept', async () => (await stage.parked()).length === 0);
    expect(await shown()).toEqual(['Вернуть в работу']);
    expect(await retry(stage)).toEqual({ outcome: 'closed' });
  });

  test('one that was let come again as Postgres blinked is not given up', async () => {
    faults.broken = true;
    const stage = await openStage(settings);
    stage.type(IVAN, '/login');
    stage.type(IVAN, 'answer');
    await until('it failed', () => stage.said(IVAN).length === 2);
    faults.broken = false;
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
