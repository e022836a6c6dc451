import { z } from 'zod';
import { AccountNumber } from './account-number.ts';
import { parsePhone } from './phone.ts';

/** What staff look somebody up by: an account number, a resident's phone. Eleven digits may be either. `account-or-phone` when it is neither. */
export const Query = z.string().transform((text, context) => {
  const account = AccountNumber.safeParse(text).data ?? null;
  const phone = parsePhone(text) ?? null;
  if (account !== null || phone !== null) return { account, phone };
  context.addIssue({ code: 'custom', message: 'account-or-phone' });
  return z.NEVER;
});
export type Query = z.output<typeof Query>;
