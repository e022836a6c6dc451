import { type Limit, ROUND_SUMS, WRONG_SUMS, windowStart } from '../../domain/limits.ts';
import type { Trx } from '../../records/database.ts';
import { insertSumFailure, type SumFailureCounts, countSumFailures } from '../../records/sum-failures.ts';
import { insertRateLimitHits, listRateLimitHits, type RateLimitKind } from '../../records/rate-limit-hits.ts';
import { escalate } from '../escalations.ts';
import { allSubjects, type PersonSubjects } from '../person.ts';

/** Section 3: so many wrong sums close the way by sum. */
const SUM_LIMITS: SumFailureCounts = { accountMonth: 5, accountYear: 10, personDay: WRONG_SUMS.count, overallDay: 500 };

/** How many wrong sums there were; a person's are those under any of the ids of that person (`../person.ts`). */
export async function sumFailureCounts(trx: Trx, account: string, person: PersonSubjects, now: Date): Promise<SumFailureCounts> {
  const counts = await countSumFailures(trx, account, person.phone, now);
  return { ...counts, personDay: Math.max(counts.personDay, await hitsOf(trx, 'sum-failure', person, WRONG_SUMS, now)) };
}

/** How many there were by the one of these that has most. */
export async function hitsOf(trx: Trx, kind: RateLimitKind, person: PersonSubjects, limit: Limit, now: Date): Promise<number> {
  let most = 0;
  for (const subject of allSubjects(person)) {
    const times = await listRateLimitHits(trx, kind, subject, windowStart(limit, now), limit.count);
    most = Math.max(most, times.length);
  }
  return most;
}

/** Whether a limit holds for this account, this person or everybody. */
export function isGuessingClosed(counts: SumFailureCounts): boolean {
  return reached(counts).length > 0;
}

/** Whether the wrong sums of the account alone, over all people, close it. */
export function isClosedForAccount({ accountMonth, accountYear }: SumFailureCounts): boolean {
  return accountMonth >= SUM_LIMITS.accountMonth || accountYear >= SUM_LIMITS.accountYear;
}

/**
 * Writes a wrong sum down and tells staff of each limit that it reaches. While a limit holds nothing is evaluated, so a limit is reached,
 * and told, once until it has opened again. `closed`: to this person; further guesses of theirs do not count against the account.
 */
export async function countWrongSum(
  trx: Trx,
  { account, person, closed }: { account: string; person: PersonSubjects; closed: boolean },
  before: SumFailureCounts,
  now: Date,
): Promise<void> {
  const evaluated = !closed && !isGuessingClosed(before);
  await insertSumFailure(trx, { account, person: person.phone[0] ?? '', evaluated, at: now });
  await insertRateLimitHits(trx, 'sum-failure', [person.login, person.messenger], evaluated, now);
  if (!evaluated) return;

  const after: SumFailureCounts = {
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
        await escalate(trx, { kind: 'limit-by-person', key: person.phone[0] ?? '', account, failures: after.personDay }, now);
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
export async function mayNameRoundSum(trx: Trx, person: PersonSubjects, now: Date): Promise<boolean> {
  if ((await hitsOf(trx, 'round-sum', person, ROUND_SUMS, now)) >= ROUND_SUMS.count) return false;
  await insertRateLimitHits(trx, 'round-sum', allSubjects(person), true, now);
  return true;
}

function reached(counts: SumFailureCounts): (keyof SumFailureCounts)[] {
  const limits: (keyof SumFailureCounts)[] = ['accountMonth', 'accountYear', 'personDay', 'overallDay'];
  return limits.filter((limit) => counts[limit] >= SUM_LIMITS[limit]);
}
