import { AccountNumber } from './account-number.ts';
import { type Kopecks, parseMoney } from './money.ts';
import { trimTyped } from './typed.ts';

/** Why money moves: somebody reads it years later. */
const LEAST_REASON = 3;
const MOST_REASON = 300;

/** What stands behind `/credit`: `0012345 1234,56 причина`. Undefined: it is not written so. */
export function readCreditWords(words: string): { account: AccountNumber; sumKopecks: Kopecks; reason: string } | undefined {
  const [, number = '', amount = '', rest = ''] = /^(\S+)\s+(\S+)\s+(\S[\s\S]*)$/.exec(trimTyped(words)) ?? [];
  const account = AccountNumber.safeParse(number);
  const sumKopecks = parseMoney(amount);
  const reason = readReason(rest);
  // `1 234,56`: a space inside of the sum would make a smaller one of it.
  if (/^\d/.test(rest)) return undefined;
  if (!account.success || sumKopecks === undefined || sumKopecks <= 0 || reason === undefined) return undefined;
  return { account: account.data, sumKopecks, reason };
}

/** What stands behind `/refuse` and `/refunded`; undefined: it is too short or too long to be a reason. */
export function readReason(words: string): string | undefined {
  const reason = trimTyped(words).replace(/\s+/g, ' ');
  return reason.length >= LEAST_REASON && reason.length <= MOST_REASON ? reason : undefined;
}
