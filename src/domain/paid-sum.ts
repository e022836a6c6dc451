import { z } from 'zod';
import { type Kopecks, parseMoney } from './money.ts';

/** A sum that a resident says was paid, in kopecks, above zero: `1234,56`, `1 234.56`, `1234`. */
export const PaidSum = z.string().transform((text, context): Kopecks => {
  const sum = parseMoney(text.normalize('NFKC').replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, ''));
  if (sum !== undefined && sum > 0) return sum;
  context.addIssue({ code: 'custom', message: 'paid-sum' });
  return z.NEVER;
});

/** The same where the number of an account may be meant as well: what looks like one is no sum. */
export const PaidSumAlone = z
  .string()
  .refine((text) => !/^\D*0\d|^\D*\d{7,}\D*$/.test(text), 'paid-sum')
  .pipe(PaidSum);

const WEAK_STEP: Kopecks = 50_00;

/** Whether a sum is so round that it can be guessed (a multiple of 50 ₽): alone it proves nothing. */
export function isWeakSum(sum: Kopecks): boolean {
  return sum % WEAK_STEP === 0;
}
