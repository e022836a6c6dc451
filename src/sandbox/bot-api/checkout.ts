/** A payment from «Заплатить» to the money: pre_checkout_query, ten seconds, successful_payment. */
import { randomBytes, randomInt } from 'node:crypto';
import type { SuccessfulPayment } from 'grammy/types';
import { post } from './posting.ts';
import { badRequest } from './refusal.ts';
import { type PendingCheckout, personAsUser } from './state.ts';
import { queueUpdate } from './updates/queue.ts';
import { chatOf, type World } from './world.ts';

/** Telegram gives a bot so long to answer. */
export const CHECKOUT_SECONDS = 10;

const DECLINED = 'Банк отклонил карту, деньги не списаны';
const TIMED_OUT = 'Бот не ответил за 10 секунд, платёж отменен';

/** Asks the bot; the outcome comes as the event `payment`. */
export function askCheckout(
  world: World,
  asked: Pick<PendingCheckout, 'personId' | 'chatId' | 'messageId' | 'sale' | 'details' | 'isDeclined'> & { tipAmount: number },
): PendingCheckout {
  const { tipAmount, ...rest } = asked;
  const person = world.state.people.get(asked.personId);
  if (!person) throw badRequest('user not found');
  if (tipAmount > asked.sale.maxTipAmount) throw badRequest('BOT_INVOICE_TIP_TOO_BIG');
  const checkout: PendingCheckout = {
    ...rest,
    id: String(randomInt(1e14)).padStart(18, '3'),
    totalAmount: asked.sale.totalAmount + tipAmount,
    askedAt: world.seconds(),
  };
  world.change(() => {
    world.put({ fact: 'checkout', checkout });
    queueUpdate(world, 'pre_checkout_query', {
      id: checkout.id,
      from: personAsUser(person),
      currency: checkout.sale.currency,
      total_amount: checkout.totalAmount,
      invoice_payload: checkout.sale.payload,
      ...(checkout.details ? { order_info: checkout.details } : {}),
    });
  });
  expireLater(world, checkout);
  return checkout;
}

/** What a start does for checkouts that were open when the process died. */
export function resumeCheckouts(world: World): void {
  for (const checkout of world.state.checkouts.values()) expireLater(world, checkout);
}

/** The bot's word: money moves unless the bank refuses, or the person reads the problem. */
export function settleCheckout(world: World, checkout: PendingCheckout, botsProblem: string | undefined): void {
  const { personId, chatId, messageId } = checkout;
  const problem = botsProblem ?? (checkout.isDeclined ? DECLINED : undefined);
  world.change(() => {
    world.put({ fact: 'checkout-gone', id: checkout.id });
    if (problem === undefined) pay(world, checkout);
    world.publish({
      type: 'payment',
      personId,
      chatId,
      messageId,
      outcome: problem === undefined ? 'paid' : 'refused',
      ...(problem === undefined ? {} : { problem }),
    });
  });
}

function pay(world: World, checkout: PendingCheckout): void {
  const { personId, chatId, messageId, sale, totalAmount } = checkout;
  const person = world.state.people.get(personId);
  if (!person) return;
  const chat = chatOf(world, chatId);
  const invoice = chat.messages.get(messageId);
  // A forwarded copy of an invoice without start_parameter may be paid again and again.
  const isReusable = invoice?.message.forward_origin !== undefined && sale.startParameter === undefined;
  if (invoice && !isReusable) world.put({ fact: 'message', chatId, stored: { ...invoice, invoice: 'paid' } });
  const successful_payment = {
    currency: sale.currency,
    total_amount: totalAmount,
    invoice_payload: sale.payload,
    ...(checkout.details ? { order_info: checkout.details } : {}),
    telegram_payment_charge_id: `sandbox_${randomBytes(12).toString('hex')}`,
    provider_payment_charge_id: randomBytes(12).toString('hex'),
  } as SuccessfulPayment;
  const message = post(world, {
    chat,
    author: { from: personAsUser(person) },
    content: { successful_payment },
    ...(invoice ? { replyTo: invoice } : {}),
  });
  queueUpdate(world, 'message', message);
}

function expireLater(world: World, checkout: PendingCheckout): void {
  const timer = setTimeout(() => {
    if (world.state.checkouts.has(checkout.id)) settleCheckout(world, checkout, TIMED_OUT);
  }, CHECKOUT_SECONDS * 1000);
  timer.unref();
}
