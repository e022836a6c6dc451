import type { Remedied, RemedyAsked } from './remedied.ts';

/** «Зачислить вручную»: which account, how much of it and why is written in the thread; money moves by words, not by a press. */
export function explainCredit({ request: { words } }: RemedyAsked): Remedied {
  const { sum = 0, accounts = '', known = 'no' } = words;
  // The account that it was meant for, where there was one only; else an example.
  const account = known === 'yes' && !String(accounts).includes(',') ? String(accounts) : '0012345';
  return { outcome: 'explained', said: 'credit-how', words: { sum, account, amount: amountOf(Number(sum)) } };
}

/** «Деньги возвращены» */
export function explainRefund({ request: { words } }: RemedyAsked): Remedied {
  return { outcome: 'explained', said: 'refunded-how', words: { sum: words.sum ?? 0 } };
}

/** «Отказать» */
export function explainRefusal({ request: { words } }: RemedyAsked): Remedied {
  return { outcome: 'explained', said: 'refuse-how', words: { sum: words.sum ?? 0 } };
}

/** `1234,56`, as it is typed. */
function amountOf(kopecks: number): string {
  return `${Math.floor(kopecks / 100)},${String(kopecks % 100).padStart(2, '0')}`;
}
