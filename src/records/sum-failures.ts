import { type ColumnType, type Generated, type GeneratedAlways, sql } from 'kysely';
import { DAY_MS, later } from '../domain/durations.ts';
import type { Db, Trx } from './database.ts';
import { lock, lockShared } from './locks.ts';

/** A wrong sum. What is typed while a limit holds is written alike (so that it takes the same time) and counts for nothing. */
export type SumFailuresTable = {
  id: GeneratedAlways<number>;
  /** As it was typed; there need not be such an account. */
  account: string;
  /** Whose day it counts to, a fingerprint; empty once the day is over. */
  person: string;
  evaluated: boolean;
  at: ColumnType<Date, Date, never>;
};

/** That staff opened the way by sum again: failures of the account before it no longer count, nor (`forEnded`) that others ended links before. */
export type SumReopeningsTable = {
  id: GeneratedAlways<number>;
  account: string;
  at: ColumnType<Date, Date, never>;
  openedBy: string;
  forEnded: Generated<boolean>;
};

/** How many wrong sums were evaluated: of the account in 30 days and in a year, of the person and of all people in 24 hours. */
export type SumFailureCounts = { accountMonth: number; accountYear: number; personDay: number; overallDay: number };

const YEAR_MS = 365 * DAY_MS;

/** While a registry has linking, those who wait have a connection each: in so long not all of them are taken. */
const REGISTRY_WAIT_MS = 5_000;

/**
 * One guess at a time over all processes: otherwise guesses made at once would each see room under the limits. A registry that changes whose
 * the accounts are was before, or waits; it may take minutes, and after some seconds of it this throws (55P03).
 */
export async function lockGuessing(trx: Trx): Promise<void> {
  await sql`select set_config('lock_timeout', ${`${REGISTRY_WAIT_MS}ms`}, true)`.execute(trx);
  await lockShared(trx, 'linking');
  await sql`set local lock_timeout to default`.execute(trx);
  await lock(trx, 'sumGuesses');
}

/** For a registry that changes whose accounts are: nobody proves one from here to the end of the transaction. */
export async function lockLinking(trx: Trx): Promise<void> {
  await lock(trx, 'linking');
  // Processes of an older release know this one alone.
  await lock(trx, 'sumGuesses');
}

export async function countSumFailures(
  trx: Trx,
  account: string,
  person: readonly string[],
  now: Date,
): Promise<SumFailureCounts> {
  const evaluated = trx.selectFrom('sumFailures').where('evaluated', '=', true);
  const ofAccount = evaluated
    .where('account', '=', account)
    .where('at', '>', later(now, -YEAR_MS))
    .where(
      'at',
      '>',
      trx
        .selectFrom('sumReopenings')
        .where('account', '=', account)
        .select((e) => e.fn.coalesce(e.fn.max('at'), sql<Date>`'-infinity'`).as('at')),
    );
  const month = await ofAccount
    .select((e) => [
      e.fn.countAll<number>().as('accountYear'),
      e.fn
        .countAll<number>()
        .filterWhere('at', '>', later(now, -30 * DAY_MS))
        .as('accountMonth'),
    ])
    .executeTakeFirstOrThrow();
  const day = evaluated.where('at', '>', later(now, -DAY_MS)).select((e) => e.fn.countAll<number>().as('failures'));
  const personDay = await day.where(sql<boolean>`person = any(${[...person]}::text[])`).executeTakeFirstOrThrow();
  const overallDay = await day.executeTakeFirstOrThrow();
  return { ...month, personDay: personDay.failures, overallDay: overallDay.failures };
}

export async function insertSumFailure(
  trx: Trx,
  failure: { account: string; person: string; evaluated: boolean; at: Date },
): Promise<void> {
  await trx.insertInto('sumFailures').values(failure).execute();
}

export async function insertSumReopening(
  trx: Trx,
  reopening: { account: string; at: Date; openedBy: string; forEnded: boolean },
): Promise<void> {
  await trx.insertInto('sumReopenings').values(reopening).execute();
}

/** Forgets, after a day, who it was: no limit looks at that any more. */
export async function updateSumFailuresForgotten(db: Db, now: Date): Promise<void> {
  const dayAgo = later(now, -DAY_MS);
  await db.updateTable('sumFailures').set({ person: '' }).where('at', '<', dayAgo).where('person', '<>', '').execute();
}

/** Forgets those that no limit looks at any more. */
export async function deleteOldSumFailures(db: Db, now: Date): Promise<void> {
  const dayAgo = later(now, -DAY_MS);
  await db
    .deleteFrom('sumFailures')
    .where((e) => e.or([e('at', '<', later(now, -YEAR_MS)), e.and([e('evaluated', '=', false), e('at', '<', dayAgo)])]))
    .execute();
}
