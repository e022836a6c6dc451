import { ROUND_SUMS, windowStart } from '../domain/limits.ts';
import type { Trx } from '../records/database.ts';
import { addSumFailure, type SumTally } from '../records/sum-failures.ts';
import { addTally, listTallies } from '../records/tallies.ts';
import { escalate } from './escalations.ts';

/** Section 3: so many wrong sums close the way by sum. */
const SUM_LIMITS: SumTally = { accountMonth: 5, accountYear: 10, personDay: 5, overallDay: 500 };

/** Whether a limit holds for this account, this person or everybody. */
export function isGuessingClosed(tally: SumTally): boolean {
  return reached(tally).length > 0;
}

/** Whether the wrong sums of the account alone, over all people, close it. */
export function isClosedForAccount({ accountMonth, accountYear }: SumTally): boolean {
  return accountMonth >= SUM_LIMITS.accountMonth || accountYear >= SUM_LIMITS.accountYear;
}

/**
 * Writes a wrong sum down and tells staff of each limit that it reaches. While a limit holds nothing is evaluated, so a limit is reached,
 * and told, once until it has opened again.
 */
export async function countWrongSum(trx: Trx, account: string, person: string, before: SumTally, now: Date): Promise<void> {
  const evaluated = !isGuessingClosed(before);
  await addSumFailure(trx, { account, person, evaluated, at: now });
  if (!evaluated) return;

  const after: SumTally = {
    accountMonth: before.accountMonth + 1,
    accountYear: before.accountYear + 1,
    personDay: before.personDay + 1,
    overallDay: before.overallDay + 1,
  };
  for (const limit of reached(after)) {
    switch (limit) {
      case 'accountYear':
        await escalate(trx, { kind: 'limit-by-account', key: account, account, failures: after.accountYear, days: 365 }, now);
        break;
      case 'accountMonth':
        // The year's says more.
        if (after.accountYear >= SUM_LIMITS.accountYear) break;
        await escalate(trx, { kind: 'limit-by-account', key: account, account, failures: after.accountMonth, days: 30 }, now);
        break;
      case 'personDay':
        await escalate(trx, { kind: 'limit-by-person', account, failures: after.personDay }, now);
        break;
      case 'overallDay':
        await escalate(trx, { kind: 'limit-overall', key: 'limit-overall', failures: after.overallDay }, now);
        break;
    }
  }
}

/**
 * Counts a round sum, which is no failure, and says whether it may be asked about further. That no month is asked about next tells that an
 * account is new here, so accounts must not be tried in rows.
 */
export async function mayNameRoundSum(trx: Trx, person: string, now: Date): Promise<boolean> {
  const named = await listTallies(trx, 'round-sum', person, windowStart(ROUND_SUMS, now), ROUND_SUMS.count);
  if (named.length >= ROUND_SUMS.count) return false;
  await addTally(trx, 'round-sum', person, now);
  return true;
}

function reached(tally: SumTally): (keyof SumTally)[] {
  const limits: (keyof SumTally)[] = ['accountMonth', 'accountYear', 'personDay', 'overallDay'];
  return limits.filter((limit) => tally[limit] >= SUM_LIMITS[limit]);
}
