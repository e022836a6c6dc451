import { z } from 'zod';
import { AccountNumber } from './account-number.ts';
import type { Kopecks } from './money.ts';
import { PaidSum } from './paid-sum.ts';

/**
 * A sum behind a number. It has kopecks or says its currency, and no spaces in it: else it may be the rest of a number that is written in groups, and
 * a wrong sum counts.
 */
const SUM_BEHIND =
  /^(.*?\d{5,20})(?:\s*[,;:]\s*|\s+)(\d{1,9}(?:[.,]\d{2}(?:\s*(?:₽|р\.?|руб\p{L}*\.?))?|\s*(?:₽|р\.?|руб\p{L}*\.?)))$/isu;

/** The number of a personal account, and the sum of its payments where that is written behind it at once: `0012345`, `0012345 1234,56`. */
export const AccountWithSum = z.string().transform((text, context): { account: AccountNumber; sum?: Kopecks } => {
  const [, before = '', behind = ''] = SUM_BEHIND.exec(text.normalize('NFKC').trim()) ?? [];
  const [account, sum] = [AccountNumber.safeParse(before), PaidSum.safeParse(behind)];
  if (account.success && sum.success) return { account: account.data, sum: sum.data };
  const alone = AccountNumber.safeParse(text);
  if (alone.success) return { account: alone.data };
  context.addIssue({ code: 'custom', message: alone.error.issues[0]?.message ?? 'account-number' });
  return z.NEVER;
});
export type AccountWithSum = z.output<typeof AccountWithSum>;
