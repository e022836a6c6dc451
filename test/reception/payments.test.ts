import { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { expect, onTestFinished, test } from 'vitest';
import type { ChatTurns } from '../../src/adapters/turns/turns.ts';
import { createPaymentUpdates } from '../../src/channels/telegram/payments.ts';
import { VisitContext } from '../../src/channels/telegram/visit-context.ts';
import type { PaymentIntake } from '../../src/office/money/payment-intake.ts';
import { MembershipUnknown } from '../../src/office/staff/staff.ts';
import { TurnRevoked } from '../../src/office/caller.ts';
import type { Visit } from '../../src/reception/visit.ts';
import { linkFor, settleTown } from '../dialogs/town.ts';
import { listCards } from '../kit/cards.ts';
import { fakeTelegram } from '../kit/chat/fake-telegram.ts';
import { updateOf } from '../kit/chat/people.ts';
import { checkoutUpdate, invoiceOf, paidUpdate } from '../kit/chat/invoices.ts';
import { play } from '../kit/chat/play.ts';
import { openWorld } from '../kit/chat/world.ts';

const IVAN = { name: 'Иван', id: 701, phone: '79123456789' };
const GROUP = { id: -500, type: 'group' as const, title: 'Дом 5' };

/** Ivan has an invoice of 300 ₽ for `0012345` in his chat. */
async function openStage() {
  const world = await openWorld();
  onTestFinished(world.close);
  await settleTown(world);
  await linkFor(world, 701, '0012345');
  let invoice: ReturnType<typeof invoiceOf> | undefined;
  world.telegram.interfereWith((call) => {
    if (call.method === 'sendInvoice') invoice = invoiceOf(call);
    return undefined;
  });
  await play(world, ['/pay', '[Другая сумма]', '300', '[Оплатить картой]'].map((line) => `Иван: ${line}`).join('\n'));
  if (!invoice) throw new Error('no invoice');
  const date = Math.floor(world.clock().getTime() / 1000);
  const charge = { telegram: 'tg-1', provider: 'ch-1' };
  return { world, invoice, date, charge };
}

test('money whose crediting breaks is taken in for staff, who credit it by hand, and the payer is told so', async () => {
  const { world, invoice, date, charge } = await openStage();
  world.office.paymentIntake.credit = () => Promise.reject(new TypeError('broken'));
  world.telegram.take();
  await world.take(paidUpdate(IVAN, invoice, charge, { update: 901, message: 901 }, { date }));
  const said = world.telegram.take().map(({ payload }) => String(payload.text));
  expect(said).toEqual([expect.stringContaining('ch-1')]);
  expect(said.join()).not.toContain('сломалось');
  const [payment] = await world.db.selectFrom('cardPayments').select(['operation', 'notCredited', 'totalKopecks']).execute();
  expect(payment).toEqual({ operation: 'ch-1', notCredited: 'failed', totalKopecks: 300_00 });
  const [card] = await listCards(world.db);
  expect(card).toMatchObject({
    text: 'staff-payment-not-credited',
    words: { operation: 'ch-1', sum: 300_00, reason: 'failed', accounts: '0012345' },
  });
  expect(await world.db.selectFrom('updateInbox').select('id').execute()).toEqual([]);
  expect(world.failures).toEqual([{ how: 'held', error: 'TypeError' }]);
});

test.each([
  [3, null],
  [6, 'failed'],
])('after %i processes that vanished over a payment it is taken in, uncredited: %s', async (deaths, notCredited) => {
  const { world, invoice, date, charge } = await openStage();
  const vanished = (turns: ChatTurns): ChatTurns => ({
    ...turns,
    async take(chat, id, from) {
      const turn = await turns.take(chat, id, from);
      return turn === 'repeat' ? turn : Object.assign(Object.create(turn) as typeof turn, { deaths });
    },
  });
  await world.take(paidUpdate(IVAN, invoice, charge, { update: 901, message: 901 }, { date }), vanished);
  expect(await world.db.selectFrom('cardPayments').select(['operation', 'notCredited']).execute()).toEqual([
    { operation: 'ch-1', notCredited },
  ]);
});

test('what is asked of Telegram: the order as payload, prices and a receipt that add up, no forwarding without start_parameter', async () => {
  const world = await openWorld();
  onTestFinished(world.close);
  await settleTown(world);
  for (const account of ['0012345', '0022222']) await linkFor(world, 701, account);
  const sent: Record<string, unknown>[] = [];
  world.telegram.interfereWith((call) => {
    if (call.method === 'sendInvoice') sent.push(call.payload);
    return undefined;
  });
  const lines = ['/pay', '[Все счета сразу]', '[Другая сумма]', '1000,01', '99,99', '[Оплатить картой]'];
  await play(world, lines.map((line) => `Иван: ${line}`).join('\n'));
  const { id } = await world.db.selectFrom('paymentOrders').select('id').executeTakeFirstOrThrow();
  expect(sent).toEqual([
    {
      chat_id: 701,
      title: 'Оплата ЖКУ',
      description: '2 лицевых счёта, 1 100,00 ₽. Оплатить можно в течение 24 часов. Чек придёт на почту, которую вы укажете.',
      payload: id,
      provider_token: '1:TEST:provider',
      currency: 'RUB',
      prices: [
        { label: 'ЖКУ, лицевой счёт 0012345', amount: 1_000_01 },
        { label: 'ЖКУ, лицевой счёт 0022222', amount: 99_99 },
      ],
      start_parameter: 'pay',
      provider_data: expect.any(String) as string,
      need_email: true,
      send_email_to_provider: true,
    },
  ]);
  const item = { quantity: 1, vat_code: 1, payment_subject: 'service', payment_mode: 'full_payment' };
  expect(JSON.parse(String(sent[0]?.provider_data))).toEqual({
    receipt: {
      tax_system_code: 1,
      items: [
        { description: 'ЖКУ, лицевой счёт 0012345', amount: { value: '1000.01', currency: 'RUB' }, ...item },
        { description: 'ЖКУ, лицевой счёт 0022222', amount: { value: '99.99', currency: 'RUB' }, ...item },
      ],
    },
  });
});

test('an invoice that Telegram does not take is not left unsaid', async () => {
  const { world } = await openStage();
  world.telegram.interfereWith(({ method }) =>
    method === 'sendInvoice' ? { error_code: 400, description: 'Bad Request: PAYMENT_PROVIDER_INVALID' } : undefined,
  );
  const lines = ['/pay', '[Другая сумма]', '400', '[Оплатить картой]'].map((line) => `Иван: ${line}`);
  expect(await play(world, lines.join('\n'), { updatesFrom: 100 })).toContain('не получилось выставить счёт');
  expect(world.broken.splice(0)).toHaveLength(1);
});

test('paid in a group where the invoice was forwarded: credited, and said to the payer in private', async () => {
  const { world, invoice, date, charge } = await openStage();
  await world.take(paidUpdate(IVAN, invoice, charge, { update: 900, message: 900 }, { date, chat: GROUP }));
  const said = world.telegram.take();
  expect(said.map(({ chat, method }) => [chat, method])).toEqual([[701, 'sendMessage']]);
  expect(said[0]?.payload.text).toContain('✅ Оплачено: <b>300,00 ₽</b>');
  expect(await world.db.selectFrom('cardPaymentLines').select('account').execute()).toEqual([{ account: '0012345' }]);
});

test('money that comes while the base is away comes again until it is taken in', async () => {
  const { world, invoice, date, charge } = await openStage();
  const { paymentIntake } = world.office;
  const { credit } = paymentIntake;
  paymentIntake.credit = () => Promise.reject(Object.assign(new Error('terminating connection'), { code: '57P01' }));
  const paid = paidUpdate(IVAN, invoice, charge, { update: 900, message: 900 }, { date });
  await expect(world.take(paid)).rejects.toThrow('terminating');
  await expect(world.take(paid)).rejects.toThrow('terminating');
  expect(world.telegram.take()).toEqual([]);
  paymentIntake.credit = credit;
  await world.take(paid);
  await world.take(paid);
  expect(world.telegram.take().map(({ method }) => method)).toEqual(['sendMessage']);
  expect(await world.db.selectFrom('cardPayments').select('operation').execute()).toEqual([{ operation: 'ch-1' }]);
  expect(world.failures).toEqual([]);
});

test('a checkout while the base is away is refused in words, and the chat hears nothing besides', async () => {
  const { world, invoice } = await openStage();
  world.office.paymentIntake.checkout = () =>
    Promise.reject(Object.assign(new Error('terminating connection'), { code: '57P01' }));
  await world.take(checkoutUpdate(IVAN, invoice, 900));
  expect(world.telegram.take()).toMatchObject([{ method: 'answerPreCheckoutQuery', payload: { ok: false } }]);
});

test('a checkout that Telegram did not let us answer is over: no dead letter, no card, and the money may come all the same', async () => {
  const { world, invoice, date, charge } = await openStage();
  world.telegram.interfereWith(({ method }) =>
    method === 'answerPreCheckoutQuery' ? { ok: false, error_code: 502, description: 'Bad Gateway' } : undefined,
  );
  await world.take(checkoutUpdate(IVAN, invoice, 900));
  expect(await world.db.selectFrom('updateInbox').select('id').execute()).toEqual([]);
  expect(await listCards(world.db)).toEqual([]);
  world.telegram.take();
  await world.take(paidUpdate(IVAN, invoice, charge, { update: 901, message: 901 }, { date }));
  expect(await world.db.selectFrom('cardPaymentLines').select('sumKopecks').execute()).toEqual([{ sumKopecks: 300_00 }]);
});

test('a checkout does not wait for a dialog of the same person', async () => {
  const { world, invoice } = await openStage();
  const busy = await world.turns.take('telegram:701', '800');
  if (busy === 'repeat') throw new Error('the chat was not taken');
  await world.take(checkoutUpdate(IVAN, invoice, 900));
  expect(world.telegram.take()).toMatchObject([{ method: 'answerPreCheckoutQuery', payload: { ok: true } }]);
  await busy.abandon();
});

test('ten checkouts and ten tellings of the money at once, through the bot', async () => {
  const { world, invoice, date, charge } = await openStage();
  const numbers = Array.from({ length: 10 }, (_, i) => 900 + i);
  await Promise.all(numbers.map((update) => world.take(checkoutUpdate(IVAN, invoice, update))));
  expect(world.telegram.take().filter(({ payload }) => payload.ok === true)).toHaveLength(1);
  const paid = (update: number) => paidUpdate(IVAN, invoice, charge, { update, message: update }, { date });
  await Promise.all(numbers.map((update) => world.take(paid(update + 100))));
  expect(world.telegram.take().map(({ method }) => method)).toEqual(['sendMessage']);
  expect(await world.db.selectFrom('cardPaymentLines').select('sumKopecks').execute()).toEqual([{ sumKopecks: 300_00 }]);
});

/** A checkout with a payment intake and a Telegram of the test's own. */
async function checkoutWith(paymentIntake: Partial<PaymentIntake>, telegram = fakeTelegram(), isHeld = () => true) {
  const api = new Api('1:test', { fetch: telegram.fetch });
  const update: Update = checkoutUpdate(IVAN, { chat: 701, payload: 'x', currency: 'RUB', total: 1 }, 1);
  telegram.heard(update);
  const turn = { token: '701/t1', isHeld } as Partial<Visit['turn']> as Visit['turn'];
  const visit = { messengerId: 'telegram:701', letterId: '1', turn } as Partial<Visit> as Visit;
  const me = { id: 1, is_bot: true, first_name: 'Бот', username: 'bot' } as VisitContext['me'];
  const answer = createPaymentUpdates(paymentIntake as PaymentIntake, (text) => text, 20);
  await answer(new VisitContext(update, api, me, visit), () => Promise.reject(new Error('it went on')));
  return telegram.take().map(({ payload }) => payload);
}

test('what is not decided in time is refused in time, and holds nothing when it comes to an end', async () => {
  let gone = '';
  let decide: (word: { outcome: 'ok' }) => void = () => {};
  const released = new Promise<void>((resolve) => {
    void checkoutWith({
      checkout: () => new Promise((known) => (decide = known)),
      releaseCheckout: async (_, checkout) => {
        gone = checkout;
        resolve();
      },
    }).then((said) => {
      expect(said).toEqual([{ pre_checkout_query_id: 'checkout-1', ok: false, error_message: 'checkout-outage' }]);
      decide({ outcome: 'ok' });
    });
  });
  await released;
  expect(gone).toBe('checkout-1');
});

test.each([
  ['came too late for Telegram', 400, 'Bad Request: query is too old and response timeout expired'],
  ['Telegram does not take for a reason that nobody knows', 400, 'Bad Request: PAYMENT_STRANGE'],
  ['Telegram forbids', 403, 'Forbidden: bot was blocked by the user'],
])('a word that %s lets the order go', async (_, error_code, description) => {
  const telegram = fakeTelegram();
  telegram.interfereWith(() => ({ error_code, description }));
  let gone = '';
  await checkoutWith(
    {
      checkout: async () => ({ outcome: 'ok' }),
      releaseCheckout: async (_, checkout) => void (gone = checkout),
    },
    telegram,
  );
  expect(gone).toBe('checkout-1');
});

test.each([
  ['a 502', { error_code: 502, description: 'Bad Gateway' }, 1],
  ['three 500 in a row', { error_code: 500, description: 'Internal Server Error' }, 3],
  ['a 500 that is called a bad request', { error_code: 400, description: 'Bad Request: RPC_CALL_FAIL' }, 1],
  ['a 401', { error_code: 401, description: 'Unauthorized' }, 1],
  ['a 404', { error_code: 404, description: 'Not Found' }, 1],
  ['a page of a proxy', { error_code: 403, description: 'HTTP 403' }, 1],
  ['a 429', { error_code: 429, description: 'Too Many Requests: retry after 60', parameters: { retry_after: 60 } }, 1],
])('%s in place of an answer does not cost the payer his payment', async (_, fault, times) => {
  const telegram = fakeTelegram();
  let asked = 0;
  telegram.interfereWith(() => (++asked <= times ? fault : undefined));
  let gone = false;
  await checkoutWith({ checkout: async () => ({ outcome: 'ok' }), releaseCheckout: async () => void (gone = true) }, telegram);
  expect(asked).toBe(times + 1);
  expect(gone).toBe(false);
});

test('of a word that may have arrived, and that Telegram does not want again, nobody knows: the order waits', async () => {
  const telegram = fakeTelegram();
  let asked = 0;
  telegram.interfereWith(() =>
    ++asked === 1
      ? { error_code: 500, description: 'Internal Server Error' }
      : { error_code: 400, description: 'Bad Request: query is too old and response timeout expired or query ID is invalid' },
  );
  let gone = false;
  await checkoutWith({ checkout: async () => ({ outcome: 'ok' }), releaseCheckout: async () => void (gone = true) }, telegram);
  expect(asked).toBe(2);
  expect(gone).toBe(false);
});

test('nor does a connection that died without a word', async () => {
  const telegram = fakeTelegram();
  let asked = 0;
  const fetch: typeof telegram.fetch = (url, init) => {
    if (++asked > 1) return telegram.fetch(url, init);
    return new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
  };
  const said = await checkoutWith({ checkout: async () => ({ outcome: 'ok' }) }, { ...telegram, fetch });
  expect(said).toEqual([{ pre_checkout_query_id: 'checkout-1', ok: true }]);
  expect(asked).toBe(2);
});

test.each(['ok', 'late', 'revoked'] as const)(
  'a checkout whose turn another process has by now is answered by that one alone: %s',
  async (how) => {
    const telegram = fakeTelegram();
    let held = true;
    const answered = checkoutWith(
      {
        checkout: async () => {
          held = how === 'revoked';
          if (how === 'revoked') throw new TurnRevoked('another process has the chat by now');
          return how === 'late' ? new Promise(() => {}) : { outcome: 'ok' };
        },
      },
      telegram,
      () => held,
    );
    await expect(answered).rejects.toThrow('another process has the chat');
    expect(telegram.take()).toEqual([]);
  },
);

test('the press of a button in the group is answered by whoever has its turn', async () => {
  const world = await openWorld();
  onTestFinished(world.close);
  let held = true;
  const lost = (turns: ChatTurns): ChatTurns => ({
    ...turns,
    async take(chat, id, from) {
      const turn = await turns.take(chat, id, from);
      return turn === 'repeat' ? turn : { ...turn, isHeld: () => held };
    },
  });
  // It is lost while it is asked who is a member, which nobody can tell.
  world.staff.has = () => {
    held = false;
    throw new MembershipUnknown('no rights');
  };
  const place = { chat: 'staff', id: -1001, forum: true, thread: 33 } as const;
  const press = updateOf(IVAN, { does: 'press', data: 's.take.1', messageId: 40 }, { update: 902, message: 902 }, 0, place);
  await expect(world.take(press, lost)).rejects.toThrow('another process has the chat');
  expect(world.telegram.take()).toEqual([]);
});
