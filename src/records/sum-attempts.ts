import type { ColumnType, Generated } from 'kysely';
import type { Db, Trx } from './database.ts';
import type { Prover } from './link-proofs.ts';

/** A proof by sums that is under way: a round sum was named, and the month before it is asked about next. */
export type SumAttemptsTable = {
  id: Generated<string>;
  messengerId: string;
  residentId: string;
  account: string;
  /** Whether that sum was right. Nobody hears of it before the end. */
  held: boolean;
  /** The first day of the month that was asked about; null where the account has no such month. */
  month: string | null;
  expiresAt: ColumnType<Date, Date, never>;
};

export type SumAttempt = { held: boolean; month: string | null };

export async function insertSumAttempt(
  trx: Trx,
  attempt: Prover & SumAttempt & { account: string; expiresAt: Date },
): Promise<string> {
  const { id } = await trx.insertInto('sumAttempts').values(attempt).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Takes an attempt away to go on with it; undefined when it is another's, another account's or too old. */
export async function deleteSumAttempt(
  trx: Trx,
  id: string,
  prover: Prover,
  account: string,
  now: Date,
): Promise<SumAttempt | undefined> {
  return trx
    .deleteFrom('sumAttempts')
    .where('id', '=', id)
    .where('messengerId', '=', prover.messengerId)
    .where('residentId', '=', prover.residentId)
    .where('account', '=', account)
    .where('expiresAt', '>', now)
    .returning(['held', 'month'])
    .executeTakeFirst();
}

export async function deleteOldSumAttempts(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('sumAttempts').where('expiresAt', '<', now).execute();
}
