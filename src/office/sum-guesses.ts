import type { Trx } from '../records/database.ts';
import { addSumFailure, type SumTally } from '../records/sum-failures.ts';
import { escalate } from './escalations.ts';

/** Section 3: so many wrong sums close the way by sum. */
export const SUM_LIMITS: SumTally = { accountMonth: 5, accountYear: 10, personDay: 5, overallDay: 500 };

/** Whether a limit holds for this account, this person or everybody. */
export function isGuessingClosed(tally: SumTally): boolean {
  return reached(tally).length > 0;
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
        await escalate(trx, { kind: 'limit-by-account', account, failures: after.accountYear, days: 365 }, now);
        break;
      case 'accountMonth':
        // The year's says more.
        if (after.accountYear >= SUM_LIMITS.accountYear) break;
        await escalate(trx, { kind: 'limit-by-account', account, failures: after.accountMonth, days: 30 }, now);
        break;
      case 'personDay':
        await escalate(trx, { kind: 'limit-by-person', account, failures: after.personDay }, now);
        break;
      case 'overallDay':
        await escalate(trx, { kind: 'limit-overall', failures: after.overallDay }, now);
        break;
    }
  }
}

function reached(tally: SumTally): (keyof SumTally)[] {
  const limits: (keyof SumTally)[] = ['accountMonth', 'accountYear', 'personDay', 'overallDay'];
  return limits.filter((limit) => tally[limit] >= SUM_LIMITS[limit]);
}
