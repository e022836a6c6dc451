import type { Update } from 'grammy/types';
import type { Sent } from './fake-telegram.ts';
import type { Person } from './people.ts';

/** An invoice as Telegram keeps it. */
export type Invoice = { chat: number; payload: string; currency: string; total: number };

/** What a provider and Telegram say of a payment: the same numbers however often they say it. */
export type Charge = { telegram: string; provider: string };

export function invoiceOf({ chat, payload }: Sent): Invoice {
  const prices = payload.prices as readonly { amount: number }[];
  return {
    chat,
    payload: String(payload.payload),
    currency: String(payload.currency),
    total: prices.reduce((sum, { amount }) => sum + amount, 0),
  };
}

const userOf = (payer: Person) => ({ id: payer.id, is_bot: false as const, first_name: payer.name });

/** «Заплатить» was pressed. */
export function checkoutUpdate(payer: Person, { payload, currency, total }: Invoice, update: number): Update {
  const id = `checkout-${update}`;
  return {
    update_id: update,
    pre_checkout_query: { id, from: userOf(payer), currency, total_amount: total, invoice_payload: payload },
  };
}

/** The money was taken; in the payer's private chat, or where the invoice was forwarded to. */
export function paidUpdate(
  payer: Person,
  { payload, currency, total }: Invoice,
  charge: Charge,
  ids: { update: number; message: number },
  { date, chat }: { date: number; chat?: { id: number; type: 'group'; title: string } },
): Update {
  const successful_payment = {
    currency,
    total_amount: total,
    invoice_payload: payload,
    telegram_payment_charge_id: charge.telegram,
    provider_payment_charge_id: charge.provider,
  };
  const where = chat ?? { id: payer.id, type: 'private' as const, first_name: payer.name };
  const message = { message_id: ids.message, date, chat: where, from: userOf(payer), successful_payment };
  return { update_id: ids.update, message };
}

/** The money went back. */
export function refundedUpdate(
  payer: Person,
  { payload, currency, total }: Invoice,
  charge: Charge,
  ids: { update: number; message: number },
  date: number,
): Update {
  const refunded_payment = {
    currency,
    total_amount: total,
    invoice_payload: payload,
    telegram_payment_charge_id: charge.telegram,
    provider_payment_charge_id: charge.provider,
  };
  const chat = { id: payer.id, type: 'private' as const, first_name: payer.name };
  return {
    update_id: ids.update,
    message: { message_id: ids.message, date, chat, from: userOf(payer), refunded_payment },
  };
}
