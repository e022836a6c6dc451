import { z } from 'zod';
import { AccountNumber } from './account-number.ts';
import type { Kopecks } from './money.ts';
import { readTypedMoney } from './typed-money.ts';

/** A sum that a resident says was paid, in kopecks, above zero: `1234,56`, `1 234.56`, `1234`, `8.331,70`. */
export const PaidSum = z.string().transform((text, context): Kopecks => {
  const sum = readTypedMoney(text);
  if (typeof sum === 'number' && sum > 0) return sum;
  context.addIssue({ code: 'custom', message: problemOf(sum) });
  return z.NEVER;
});

function problemOf(sum: ReturnType<typeof readTypedMoney>): string {
  if (sum === 'several') return 'paid-sum-several';
  return sum === 'unclear' ? 'sum-unclear' : 'paid-sum';
}

/** What looks like the number of an account where a sum may be meant: a zero in front, seven figures in a row, or called so. */
const LOOKS_LIKE_ACCOUNT = /^\D*0\d|^\D*\d{7,}\D*$|^\s*(?:л\s?[/.]?\s?с|лицев|сч[её]т|№)/iu;

/** `orAccount`: the sum is figures alone, which may be the number of an account, too; of which, only who knows the account can tell. */
type SumOrAccount = { sum: Kopecks; orAccount?: AccountNumber } | { account: AccountNumber };

/** The same where the number of an account may be meant as well. */
export const PaidSumOrAccount = z.string().transform((text, context): SumOrAccount => {
  // With digits of any keyboard; «№» is kept, which is two letters else.
  const seen = text.replaceAll('№', '#').normalize('NFKC').replaceAll('#', '№');
  const account = LOOKS_LIKE_ACCOUNT.test(seen) ? AccountNumber.safeParse(text).data : undefined;
  if (account !== undefined) return { account };
  const sum = PaidSum.safeParse(text);
  const orAccount = /^\s*\d+\s*$/.test(seen) ? AccountNumber.safeParse(text).data : undefined;
  if (sum.success) return { sum: sum.data, ...(orAccount !== undefined && { orAccount }) };
  context.addIssue({ code: 'custom', message: sum.error.issues[0]?.message ?? 'paid-sum' });
  return z.NEVER;
});
export type PaidSumOrAccount = z.output<typeof PaidSumOrAccount>;

/** The same below a list that numbers its ways: a figure or two alone mean one of them, and a wrong sum counts. */
export const PaidSumBesideList = z
  .string()
  .refine((text) => !/^\D*\d{1,2}\D*$/u.test(text), 'paid-sum')
  .pipe(PaidSumOrAccount);

const WEAK_STEP: Kopecks = 50_00;

/** Whether a sum is so round that it can be guessed (a multiple of 50 ₽): alone it proves nothing. */
export function isWeakSum(sum: Kopecks): boolean {
  return sum % WEAK_STEP === 0;
}
