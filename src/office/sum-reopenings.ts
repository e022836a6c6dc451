import type { AccountNumber } from '../domain/account-number.ts';
import { findAccount } from '../records/accounts.ts';
import type { Trx } from '../records/database.ts';
import { addSumReopening } from '../records/sum-failures.ts';
import type { OfficeEdges } from './edges.ts';

/** Staff open an account's way by sum again: its failures so far no longer count for the account. `openedBy` goes into the journal. */
export async function reopenSumWay(
  { db, clock }: Pick<OfficeEdges, 'db' | 'clock'>,
  account: AccountNumber,
  openedBy: string,
): Promise<'reopened' | 'unknown-account'> {
  return db.transaction().execute((trx) => openSumWay(trx, account, openedBy, clock()));
}

/** The same inside of a transaction. `account` is as it was typed once: there need not be such an account. */
export async function openSumWay(
  trx: Trx,
  account: string,
  openedBy: string,
  now: Date,
): Promise<'reopened' | 'unknown-account'> {
  if (!(await findAccount(trx, account))) return 'unknown-account';
  await addSumReopening(trx, { account, at: now, opened_by: openedBy });
  return 'reopened';
}
