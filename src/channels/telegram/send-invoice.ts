import type { Api } from 'grammy';
import type { InvoiceTexts, TextArgs } from '../../dialogs/kit/scene.ts';
import { cutTo } from '../../domain/cut.ts';
import { fiscalReceipt } from '../../domain/fiscal-receipt.ts';
import { INVOICE_START } from '../../domain/pay-link.ts';
import type { Invoice } from '../../office/money/payments.ts';
import type { Call } from './calls.ts';
import { LONGEST_INVOICE_TITLE, LONGEST_INVOICE_WORDS } from './limits.ts';

type Sender = {
  api: Api;
  chat: number;
  providerToken: string | undefined;
  label: (text: string, words?: TextArgs) => string;
  call: Call;
};

/**
 * Sends an invoice: a price for each account, and the same in the receipt that the provider makes. The payer's address for the receipt goes
 * to the provider and not to us. False when it did not arrive as far as we know, also where there is no provider; one that came twice is paid once.
 */
export async function sendInvoice(
  { api, chat, providerToken, label, call }: Sender,
  { order, lines, receipt, receiptTo }: Invoice,
  { title, about, line }: InvoiceTexts,
  words: TextArgs,
): Promise<boolean> {
  if (providerToken === undefined) return false;
  const items = lines.map(({ account, sumKopecks }) => ({ description: label(line, { account }), sumKopecks }));
  const { done } = await call('sendInvoice', () =>
    api.raw.sendInvoice({
      chat_id: chat,
      title: cutTo(label(title, words), LONGEST_INVOICE_TITLE),
      description: cutTo(label(about, words), LONGEST_INVOICE_WORDS),
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
  return done;
}
