import { balanceOf } from '../../domain/debt.ts';
import type { Kopecks } from '../../domain/money.ts';
import type { Phrase } from '../kit/scene.ts';

/** A sum that is owed when it is above zero; what is below is an overpayment, not a debt. The text chooses by `$balance`. */
export function balancePhrase(text: string, sum: Kopecks): Phrase {
  return { text, words: { balance: balanceOf(sum), sum: Math.abs(sum) } };
}
