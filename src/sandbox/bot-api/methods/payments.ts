/** Payments: sendInvoice, answerPreCheckoutQuery. */

import type { LabeledPrice } from 'grammy/types';
import type { OrderDetail } from '../../protocol.ts';
import type { ApiCall, Handlers } from '../call.ts';
import { CHECKOUT_SECONDS, settleCheckout } from '../checkout.ts';
import { characters } from '../entities/formatted.ts';
import { present } from '../present.ts';
import { badRequest, queryTooOld } from '../refusal.ts';
import type { Sale } from '../state.ts';
import { sendContent } from './send.ts';

/** The least and the most in minor units, as far as they are known for roubles; others by a dollar and ten thousand. */
const AMOUNTS: Record<string, { least: number; most: number }> = {
  RUB: { least: 8_773, most: 86_500_000 },
};
const ORDER_DETAILS: readonly OrderDetail[] = ['name', 'phone_number', 'email'];
const OTHER_AMOUNTS = { least: 100, most: 1_000_000 };

export const paymentMethods: Handlers = {
  sendInvoice(call) {
    const startParameter = call.parameters.text('start_parameter');
    const sale: Sale = { ...readSale(call), ...(startParameter === undefined ? {} : { startParameter }) };
    const { title, description, currency, totalAmount: total_amount } = sale;
    return sendContent(
      call,
      { invoice: { title, description, start_parameter: startParameter ?? '', currency, total_amount } },
      sale,
    );
  },

  answerPreCheckoutQuery({ parameters, world }) {
    const checkout = world.state.checkouts.get(parameters.text('pre_checkout_query_id') ?? '');
    const isOk = parameters.flag('ok');
    const problem = parameters.text('error_message');
    if (!isOk && problem === undefined) throw badRequest('error message must be non-empty');
    if (!checkout || world.seconds() - checkout.askedAt > CHECKOUT_SECONDS) throw queryTooOld();
    settleCheckout(world, checkout, isOk ? undefined : problem);
    return true;
  },
};

function readSale({ parameters }: ApiCall): Sale {
  const [title, description] = [parameters.text('title') ?? '', parameters.text('description') ?? ''];
  if (title === '' || characters(title).length > 32) throw badRequest('INVOICE_TITLE_INVALID');
  if (description === '' || characters(description).length > 255) throw badRequest('INVOICE_DESCRIPTION_INVALID');
  const payload = parameters.text('payload') ?? '';
  if (payload === '' || Buffer.byteLength(payload) > 128) throw badRequest('INVOICE_PAYLOAD_INVALID');
  const currency = parameters.text('currency') ?? '';
  if (!/^[A-Z]{3}$/.test(currency)) throw badRequest('CURRENCY_INVALID');
  const providerToken = parameters.text('provider_token') ?? '';
  // Stars go without a provider, and there are none here.
  if (providerToken === '' || currency === 'XTR') throw badRequest('PAYMENT_PROVIDER_INVALID');
  const prices = readPrices(parameters.json('prices'));
  const totalAmount = prices.reduce((sum, { amount }) => sum + amount, 0);
  const { least, most } = AMOUNTS[currency] ?? OTHER_AMOUNTS;
  if (totalAmount < least || totalAmount > most) throw badRequest('CURRENCY_TOTAL_AMOUNT_INVALID');
  requireReceipt(parameters.text('provider_data'));
  const asks = ORDER_DETAILS.filter((detail) => parameters.flag(`need_${detail}`));
  return {
    title,
    description,
    payload,
    providerToken,
    currency,
    prices,
    totalAmount,
    maxTipAmount: parameters.integer('max_tip_amount') ?? 0,
    ...(asks.length > 0 ? { asks } : {}),
  };
}

function readPrices(given: unknown): LabeledPrice[] {
  if (!Array.isArray(given)) throw badRequest('expected an Array of labeled prices');
  if (given.length === 0) throw badRequest('there must be at least one price');
  return given.map((price: unknown) => {
    const { label, amount } = (price ?? {}) as { label?: unknown; amount?: unknown };
    if (typeof label !== 'string' || label === '') throw badRequest('LabeledPrice label must be non-empty');
    const whole = Number(amount);
    if (!Number.isInteger(whole)) throw badRequest(`can't parse LabeledPrice: Field "amount" must be of type Number`);
    return present({ label, amount: whole });
  });
}

function requireReceipt(providerData: string | undefined): void {
  if (providerData === undefined) return;
  try {
    JSON.parse(providerData);
  } catch {
    throw badRequest('PROVIDER_DATA_INVALID');
  }
}
