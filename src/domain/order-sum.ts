import { z } from 'zod';
import type { Kopecks } from './money.ts';
import { readTypedMoney } from './typed-money.ts';
import { bare } from './typed.ts';

/** Below it the sum is a slip; above it a zero too many was typed. */
const LEAST: Kopecks = 1_00;
const MOST: Kopecks = 5_000_000_00;
/** Nobody's debt is known there that a sum could be held against: above it, it is a slip or mischief. */
const MOST_OF_GUEST: Kopecks = 1_000_000_00;

/** A sum that a resident wants to pay, in kopecks: `1234,56`, `1 234.56`, `1234 ₽`; 1 ₽ to 5 000 000 ₽. */
export const OrderSum = orderSum(MOST, 'order-sum-large');

/** The same of a guest, up to 1 000 000 ₽. */
export const GuestOrderSum = orderSum(MOST_OF_GUEST, 'order-sum-large-guest');

function orderSum(most: Kopecks, large: string) {
  return z.string().transform((text, context): Kopecks => {
    // A number of an account is no sum.
    const sum = /^0\d/.test(bare(text)) ? undefined : readTypedMoney(text);
    if (typeof sum === 'number' && sum >= LEAST && sum <= most) return sum;
    context.addIssue({ code: 'custom', message: problemOf(sum, large) });
    return z.NEVER;
  });
}

function problemOf(sum: ReturnType<typeof readTypedMoney>, large: string): string {
  if (sum === 'several') return 'order-sum-several';
  if (sum === 'unclear') return 'sum-unclear';
  if (sum === undefined || sum <= 0) return 'order-sum';
  return sum < LEAST ? 'order-sum-small' : large;
}
