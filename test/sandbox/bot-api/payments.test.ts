import type { PreCheckoutQuery } from 'grammy/types';
import { describe, expect, test, vi } from 'vitest';
import type { SandboxEvent } from '../../../src/sandbox/protocol.ts';
import { openSandbox, type Tried } from './sandbox-kit.ts';

const INVOICE = {
  title: 'Коммунальные услуги',
  description: 'ЛС 0012',
  payload: 'payment-7',
  provider_token: '381764678:TEST:1',
  currency: 'RUB',
  prices: [
    { label: 'Вода', amount: 10_000 },
    { label: 'Тепло', amount: 23_456 },
  ],
};

const invoice = (tried: Tried, chatId: number, more: object = {}) =>
  tried.api.sendInvoice(chatId, INVOICE.title, INVOICE.description, INVOICE.payload, INVOICE.currency, INVOICE.prices, {
    provider_token: INVOICE.provider_token,
    ...more,
  });

const checkoutOf = async ({ updates }: Tried): Promise<PreCheckoutQuery> => {
  const query = (await updates())[0]?.pre_checkout_query;
  if (!query) throw new Error('no pre_checkout_query');
  return query;
};

test('paid: pre_checkout_query, then successful_payment with both charge ids', async () => {
  const tried = await openSandbox();
  const { api, act, ivan, updates, messages, onEvent } = tried;
  const events: SandboxEvent[] = [];
  onEvent((event) => events.push(event));
  const sent = await invoice(tried, ivan);
  expect(sent.invoice).toEqual({ ...pick(INVOICE), start_parameter: '', total_amount: 33_456 });
  act({ type: 'pay-invoice', as: ivan, chatId: ivan, messageId: sent.message_id });
  const query = await checkoutOf(tried);
  expect(query).toMatchObject({ from: { id: ivan }, currency: 'RUB', total_amount: 33_456, invoice_payload: 'payment-7' });
  await api.answerPreCheckoutQuery(query.id, true);
  const payment = (await updates())[0]?.message?.successful_payment;
  expect(payment).toMatchObject({ currency: 'RUB', total_amount: 33_456, invoice_payload: 'payment-7' });
  expect(payment?.telegram_payment_charge_id).not.toBe(payment?.provider_payment_charge_id);
  expect(events.find(({ type }) => type === 'payment')).toMatchObject({ outcome: 'paid', messageId: sent.message_id });
  expect(messages(ivan).find(({ message }) => message.invoice)?.invoice).toBe('paid');
  expect(() => act({ type: 'pay-invoice', as: ivan, chatId: ivan, messageId: sent.message_id })).toThrow('уже оплачен');
});

const pick = ({ title, description, currency }: typeof INVOICE) => ({ title, description, currency });

test('refused by the bot: its words reach the person, and the invoice can be paid later', async () => {
  const tried = await openSandbox();
  const { api, act, ivan, updates, refusal, onEvent } = tried;
  const events: SandboxEvent[] = [];
  onEvent((event) => events.push(event));
  const sent = await invoice(tried, ivan);
  const pay = { type: 'pay-invoice', as: ivan, chatId: ivan, messageId: sent.message_id } as const;
  act(pay);
  const query = await checkoutOf(tried);
  expect(await refusal('answerPreCheckoutQuery', { pre_checkout_query_id: query.id, ok: false })).toBe(
    'Bad Request: error message must be non-empty',
  );
  await api.answerPreCheckoutQuery(query.id, false, { error_message: 'Счет закрыт' });
  expect(events.at(-1)).toMatchObject({ type: 'payment', outcome: 'refused', problem: 'Счет закрыт' });
  expect(await updates()).toEqual([]);
  expect(await refusal('answerPreCheckoutQuery', { pre_checkout_query_id: query.id, ok: true })).toMatch(
    /^Bad Request: query is too old/,
  );
  expect(() => act(pay)).not.toThrow();
});

test('declined by the bank after the bot agreed: no money moves, and another card may pay', async () => {
  const tried = await openSandbox();
  const { api, act, ivan, updates, messages, onEvent } = tried;
  const events: SandboxEvent[] = [];
  onEvent((event) => events.push(event));
  const sent = await invoice(tried, ivan);
  const pay = { type: 'pay-invoice', as: ivan, chatId: ivan, messageId: sent.message_id } as const;
  act({ ...pay, isDeclined: true });
  await api.answerPreCheckoutQuery((await checkoutOf(tried)).id, true);
  expect(events.at(-1)).toMatchObject({ type: 'payment', outcome: 'refused', problem: expect.stringContaining('Банк') });
  expect(await updates()).toEqual([]);
  expect(messages(ivan).find(({ message }) => message.invoice)).toMatchObject({ invoice: 'payable', prices: INVOICE.prices });
  act(pay);
  await api.answerPreCheckoutQuery((await checkoutOf(tried)).id, true);
  expect(events.filter(({ type }) => type === 'payment').at(-1)).toMatchObject({ outcome: 'paid' });
});

test('what an invoice asks for is given by the payer and told to the bot', async () => {
  const tried = await openSandbox();
  const { api, act, ivan, updates, messages } = tried;
  const sent = await invoice(tried, ivan, { need_email: true, send_email_to_provider: true });
  expect(messages(ivan).at(-1)?.asks).toEqual(['email']);
  const pay = { type: 'pay-invoice', as: ivan, chatId: ivan, messageId: sent.message_id } as const;
  expect(() => act(pay)).toThrow('Заполните');
  act({ ...pay, details: { email: 'ivan@example.org', name: 'Иван' } });
  const query = await checkoutOf(tried);
  expect(query.order_info).toEqual({ email: 'ivan@example.org' });
  await api.answerPreCheckoutQuery(query.id, true);
  expect((await updates())[0]?.message?.successful_payment?.order_info).toEqual({ email: 'ivan@example.org' });
});

test('unanswered for ten seconds: refused, and the answer comes too late', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const tried = await openSandbox();
    const { act, ivan, refusal, onEvent } = tried;
    const events: SandboxEvent[] = [];
    onEvent((event) => events.push(event));
    const sent = await invoice(tried, ivan);
    act({ type: 'pay-invoice', as: ivan, chatId: ivan, messageId: sent.message_id });
    const query = await checkoutOf(tried);
    vi.advanceTimersByTime(9_999);
    expect(events.some(({ type }) => type === 'payment')).toBe(false);
    vi.advanceTimersByTime(1);
    expect(events.at(-1)).toMatchObject({ type: 'payment', outcome: 'refused' });
    expect(await refusal('answerPreCheckoutQuery', { pre_checkout_query_id: query.id, ok: true })).toMatch(/query is too old/);
  } finally {
    vi.useRealTimers();
  }
});

describe('a forwarded invoice', () => {
  /** Olga has the invoice and forwards it to the group; the copy's id. */
  const forwarded = async (tried: Tried, rest: object = {}): Promise<number> => {
    const { act, olga, staffChatId, updates } = tried;
    act({ type: 'start-bot', as: olga });
    const sent = await invoice(tried, olga, rest);
    const messageIds = [sent.message_id];
    const copy = act({ type: 'forward', as: olga, chatId: staffChatId, fromChatId: olga, messageIds });
    await updates();
    return copy.messageIds?.[0] ?? 0;
  };

  test('without start_parameter it is paid by anyone, repeatedly', async () => {
    const tried = await openSandbox();
    const { api, act, staffChatId, marina, updates } = tried;
    const copy = await forwarded(tried);
    for (const attempt of [1, 2]) {
      act({ type: 'pay-invoice', as: marina, chatId: staffChatId, messageId: copy });
      const query = await checkoutOf(tried);
      await api.answerPreCheckoutQuery(query.id, true);
      expect((await updates())[0]?.message?.successful_payment, `attempt ${attempt}`).toBeDefined();
    }
  });

  test('with start_parameter it cannot be paid', async () => {
    const tried = await openSandbox();
    const { act, staffChatId, marina } = tried;
    const copy = await forwarded(tried, { start_parameter: 'pay' });
    expect(() => act({ type: 'pay-invoice', as: marina, chatId: staffChatId, messageId: copy })).toThrow('в чате с ботом');
  });
});

test.each([
  [{ provider_token: '' }, 'Bad Request: PAYMENT_PROVIDER_INVALID'],
  [{ provider_token: '', currency: 'XTR' }, 'Bad Request: PAYMENT_PROVIDER_INVALID'],
  [{ prices: [{ label: 'Вода', amount: 5_000 }] }, 'Bad Request: CURRENCY_TOTAL_AMOUNT_INVALID'],
  [{ prices: [{ label: 'Вода', amount: 90_000_000 }] }, 'Bad Request: CURRENCY_TOTAL_AMOUNT_INVALID'],
  [{ prices: [] }, 'Bad Request: there must be at least one price'],
  [{ payload: 'я'.repeat(65) }, 'Bad Request: INVOICE_PAYLOAD_INVALID'],
  [{ title: 'я'.repeat(33) }, 'Bad Request: INVOICE_TITLE_INVALID'],
  [{ currency: 'руб' }, 'Bad Request: CURRENCY_INVALID'],
  [{ provider_data: '{' }, 'Bad Request: PROVIDER_DATA_INVALID'],
])('sendInvoice refuses %j', async (wrong, problem) => {
  const { refusal, ivan } = await openSandbox();
  expect(await refusal('sendInvoice', { chat_id: ivan, ...INVOICE, ...wrong })).toBe(problem);
});
