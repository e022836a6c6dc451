import type { Api } from 'grammy';
import { fiscalReceipt } from '../../domain/fiscal-receipt.ts';
import type { Invoice } from '../../office/payments.ts';
import type { InvoiceTexts, Words } from './scene.ts';

type Sender = {
  api: Api;
  chat: number;
  providerToken: string | undefined;
  label: (text: string, words?: Words) => string;
  /** Makes a call; a refusal is reported and answered with false. */
  attempt: (method: string, call: () => Promise<unknown>) => Promise<boolean>;
};

/** What the button of a forwarded invoice starts the bot with. Without it a stranger could pay the invoice, and pay it again and again. */
export const INVOICE_START = 'pay';

/**
 * Sends an invoice: a price for each account, and the same in the receipt that the provider makes. The payer's address for the receipt goes
 * to the provider and not to us. False when it surely did not arrive, also where there is no provider.
 */
export async function sendInvoice(
  { api, chat, providerToken, label, attempt }: Sender,
  { order, lines, receipt, receiptTo }: Invoice,
  { title, about, line }: InvoiceTexts,
  words: Words,
): Promise<boolean> {
  if (providerToken === undefined) return false;
  const items = lines.map(({ account, sumKopecks }) => ({ description: label(line, { account }), sumKopecks }));
  return attempt('sendInvoice', () =>
    api.raw.sendInvoice({
      chat_id: chat,
      title: label(title, words),
      description: label(about, words),
      payload: order,
      provider_token: providerToken,
      currency: 'RUB',
      prices: items.map(({ description, sumKopecks }) => ({ label: description, amount: sumKopecks })),
      start_parameter: INVOICE_START,
      ...(receipt && {
        provider_data: JSON.stringify({ receipt: fiscalReceipt(items, receipt) }),
        ...(receiptTo === 'email'
          ? { need_email: true, send_email_to_provider: true }
          : { need_phone_number: true, send_phone_number_to_provider: true }),
      }),
    }),
  );
}
