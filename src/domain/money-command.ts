import { cutTo } from './cut.ts';
import { AccountNumber } from './account-number.ts';
import { type Kopecks, parseMoney } from './money.ts';
import { forResident } from './staff-words.ts';
import { trimTyped } from './typed.ts';

/** Why money moves: somebody reads it years later. */
const LEAST_REASON = 3;
const MOST_REASON = 300;

/** Which part of a command is not as it has to be, and what stands there. `nothing`: no part is there at all. */
export type CreditSlip = { wrong: 'nothing' | 'account' | 'sum' | 'zero' | 'negative' | 'reason'; typed: string };

export type CreditWords = { account: AccountNumber; sumKopecks: Kopecks; reason: string };

/** What may stand before the number: «ЛС», «л/с», «лицевой счёт», «№». */
const BEFORE_ACCOUNT = /^(?:(?:лс|л\/с|лицевой\s+сч[её]т)[\s:.]*)?(?:№\s*|No\s*)?/iu;
/** `4 108,07 ₽`, as the bot prints it, `4108.07`, `-5`; a space stands between whole thousands only, and no line ends there. */
const SUM = /^[-−–+]?(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d*)?(?![\d.,])(?:\s*(?:₽|руб(?:лей|ля|ль)?\.?|р\.?)(?![\p{L}]))?/iu;

/** What stands behind `/credit`: `0012345 1234,56 причина`; lines that begin with `//` are no part of it. */
export function readCreditWords(words: string): CreditWords | CreditSlip {
  const typed = trimTyped(forResident(words).words)
    .replace(/[^\S\n\r]+/g, ' ')
    .replace(/\s*[\n\r]\s*/g, '\n');
  if (typed === '') return { wrong: 'nothing', typed: '' };
  const [, number = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(typed.replace(BEFORE_ACCOUNT, '')) ?? [];
  const account = AccountNumber.safeParse(number);
  if (!account.success) return { wrong: 'account', typed: number };
  const amount = SUM.exec(rest)?.[0];
  const sumKopecks = amount === undefined ? undefined : parseMoney(amount);
  const behind = amount === undefined ? rest : rest.slice(amount.length);
  // `1 23`: figures behind a sum belong to it, or to nothing that can be meant.
  if (amount === undefined || sumKopecks === undefined || /^\s*\d/.test(behind) || /^[^\s]/.test(behind))
    return { wrong: 'sum', typed: firstWords(rest) };
  if (sumKopecks === 0) return { wrong: 'zero', typed: amount };
  if (sumKopecks < 0) return { wrong: 'negative', typed: amount };
  const reason = readReason(behind);
  return reason === undefined ? { wrong: 'reason', typed: firstWords(behind) } : { account: account.data, sumKopecks, reason };
}

const firstWords = (text: string): string => cutTo(text.replace(/\s+/g, ' ').trim(), 40);

/**
 * What stands behind `/refuse`, `/refunded` and `/settle`, without the lines that begin with `//`: the payer may read it. Undefined: it is too
 * short or too long to be a reason.
 */
export function readReason(words: string): string | undefined {
  // A full stop is the sentence's that it comes into.
  const reason = onOneLine(words).replace(/[\s.;,]+$/, '');
  return reason.length >= LEAST_REASON && reason.length <= MOST_REASON ? reason : undefined;
}

/** The first word of what stands behind `/refunded`, which may be the number of an operation, and what stands behind that. */
export function splitFirstWord(words: string): { first: string; rest: string } {
  // What is typed as «№» is «No» once it is trimmed.
  const [, first = '', rest = ''] = /^(?:No(?=[\s\d])\s*)?(\S+)([\s\S]*)$/u.exec(trimTyped(forResident(words).words)) ?? [];
  return { first, rest };
}

/** What is for colleagues is told by its lines, so it is taken out before these become one. */
const onOneLine = (words: string): string => trimTyped(forResident(words).words).replace(/\s+/g, ' ');
