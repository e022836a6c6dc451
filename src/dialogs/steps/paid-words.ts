import type { Kopecks } from '../../domain/money.ts';
import type { TextArgs } from '../kit/scene.ts';

/** What was paid on the whole: below zero, more was returned than paid, and is called so. */
export function paidWords(sum: Kopecks): TextArgs {
  return { way: sum > 0 ? 'paid' : sum < 0 ? 'returned' : 'nothing', sum: Math.abs(sum) };
}
