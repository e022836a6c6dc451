import { AccountNumber } from '../../domain/account-number.ts';
import type { AuditSearch } from '../../records/audit-log.ts';
import { actorOf } from './actors.ts';
import { momentsOf, readDay, whyNoDay } from '../kit/days.ts';

/** The default of `--last`. */
export const MOST_SHOWN = 100;

export const JOURNAL_OPTIONS = ['account', 'who', 'what', 'request', 'from', 'to', 'last'] as const;

/** As the options stood on the command line. */
export type TypedSearch = { [Name in (typeof JOURNAL_OPTIONS)[number]]?: string };

/** What was typed as what to look for, or what is wrong with it. Days are of `timeZone`, both included. */
export function readJournalSearch(typed: TypedSearch, timeZone: string): (AuditSearch & { limit: number }) | { problem: string } {
  const account = typed.account === undefined ? undefined : AccountNumber.safeParse(typed.account);
  if (account && !account.success) return { problem: 'Номер лицевого счёта — это 5–20 цифр.' };
  const number = /^№?\s*([1-9]\d{0,14})$/;
  if (typed.request !== undefined && !number.test(typed.request))
    return { problem: 'Номер обращения — целое число, например 12.' };
  if (typed.last !== undefined && !/^[1-9]\d{0,5}$/.test(typed.last))
    return { problem: 'Сколько записей показать — целое число.' };
  if (typed.who?.trim() === '' || typed.what?.trim() === '') return { problem: 'Не сказано, что искать.' };
  const days = { from: typed.from, to: typed.to };
  for (const [name, day] of Object.entries(days)) {
    if (day !== undefined && readDay(day) === undefined) return { problem: `--${name}: ${whyNoDay(day)}.` };
  }
  const [from, to] = [readDay(days.from ?? ''), readDay(days.to ?? '')];
  if (from !== undefined && to !== undefined && from > to) return { problem: 'Дни стоят наоборот: --from позже, чем --to.' };
  return {
    account: account?.data,
    who: typed.who === undefined ? undefined : actorOf(typed.who.trim()),
    what: typed.what?.trim(),
    requestNumber: typed.request === undefined ? undefined : Number(number.exec(typed.request)?.[1]),
    from: from === undefined ? undefined : momentsOf(from, timeZone).from,
    before: to === undefined ? undefined : momentsOf(to, timeZone).before,
    limit: Number(typed.last ?? MOST_SHOWN),
  };
}
