import { z } from 'zod';
import { WholeRoubles } from './fields.ts';
import { DATED, datedOrNone } from './dated-rows.ts';

/**
 * Payment by card. Codes of the receipt are those of 54-ФЗ as ЮKassa writes them into `provider_data`; another provider's are the same words
 * or none.
 */
export const CardRules = z
  .strictObject({
    /** Below and above, the provider refuses: about 90 ₽ and 865 000 ₽, with the rate of the day. */
    leastRoubles: WholeRoubles.default(100),
    mostRoubles: WholeRoubles.default(800_000),
    /** Where the fiscal receipt goes; the messenger asks the payer and hands it to the provider, not to us. */
    receiptTo: z.enum(['email', 'phone'], { error: 'нужно email или phone' }).default('email'),
    /**
     * What a line of the receipt says, from a date on. `taxSystem`: 1 the general system, 2–3 simplified, 5–6 others; `vat`: 1 none, 2–12 the
     * rates of VAT. An empty list: the provider makes no receipts, the centre's own cash register does.
     */
    receipts: datedOrNone(
      z.strictObject({
        ...DATED,
        taxSystem: z.int({ error: 'нужна система налогообложения, от 1 до 6' }).min(1).max(6),
        vat: z.int({ error: 'нужен код НДС, от 1 до 12' }).min(1).max(12),
        subject: z.enum(['service', 'payment', 'commodity', 'job', 'composite', 'another']).default('service'),
        mode: z.enum(['full_payment', 'full_prepayment', 'partial_prepayment', 'advance']).default('full_payment'),
      }),
    ).default([{ from: '2019-01-01', taxSystem: 1, vat: 1, subject: 'service', mode: 'full_payment' }]),
    /** After so many days a payment that no registry has brought is told to staff. */
    lateAfterDays: z.int({ error: 'нужно число дней' }).min(1).max(90).default(5),
    /** For so many days it is taken off what is offered to pay; later the debt is shown whole, and the payment beside it. */
    countedForDays: z.int({ error: 'нужно число дней' }).min(1).max(365).default(30),
  })
  .refine((rules) => rules.leastRoubles <= rules.mostRoubles, 'нужно leastRoubles не больше mostRoubles');
