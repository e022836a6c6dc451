import { accountOf } from '../town.ts';
import { signedIn } from './identity.ts';
import type { Model } from './model.ts';

/** Section 4, «Debt»: what the latest period left to pay, less registry payments dated after that period; below zero it is overpaid. */
export function debtOf(account: string): number {
  const { due = {}, payments = [] } = accountOf(account) ?? {};
  const paidSince = payments.filter(({ day }) => day > '2026-10-31').reduce((sum, { kopecks }) => sum + kopecks, 0);
  return Object.values(due).reduce((sum, kopecks) => sum + kopecks, 0) - paidSince;
}

/** What each account of the person is said to owe, in kopecks. */
export function debts(model: Model, who: string): string {
  const login = signedIn(model, who);
  if (!login) return 'guest';
  return (
    [...login.links]
      .sort()
      .map((account) => `${account}: ${debtOf(account)}`)
      .join(', ') || 'none'
  );
}
