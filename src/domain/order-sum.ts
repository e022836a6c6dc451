import { z } from 'zod';
import { type Kopecks, parseMoney } from './money.ts';
import { bare } from './typed.ts';

/** Below it the sum is a slip; above it a zero too many was typed. */
const LEAST: Kopecks = 1_00;
const MOST: Kopecks = 5_000_000_00;

/** A sum that somebody wants to pay, in kopecks: `1234,56`, `1 234.56`, `1234 ₽`; 1 ₽ to 5 000 000 ₽. */
export const OrderSum = z.string().transform((text, context): Kopecks => {
  // A number of an account is no sum.
  const sum = /^0\d/.test(bare(text)) ? undefined : parseMoney(bare(text));
  const problem = sum === undefined || sum <= 0 ? 'order-sum' : sum < LEAST ? 'order-sum-small' : 'order-sum-large';
  if (sum !== undefined && sum >= LEAST && sum <= MOST) return sum;
  context.addIssue({ code: 'custom', message: problem });
  return z.NEVER;
});
