import { COMMAND_LINE } from '../../domain/audit-actors.ts';
import type { AccountNumber } from '../../domain/account-number.ts';
import { findAccount } from '../../records/accounts.ts';
import type { Trx } from '../../records/database.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { insertSumReopening } from '../../records/sum-failures.ts';
import type { OfficeEdges } from '../edges.ts';

/** The operator opens an account's way by sum again: its failures so far no longer count for the account, nor that others ended links to it. `openedBy` goes into the journal. */
export async function reopenSumWay(
  { db, clock }: Pick<OfficeEdges, 'db' | 'clock'>,
  account: AccountNumber,
  openedBy: string,
): Promise<'reopened' | 'unknown-account'> {
  return db.transaction().execute(async (trx) => {
    const outcome = await openSumWay(trx, account, openedBy, clock());
    if (outcome === 'reopened')
      await insertAuditEntry(trx, { who: COMMAND_LINE, name: openedBy, what: 'linking.reopen', account }, clock());
    return outcome;
  });
}

/**
 * The same inside of a transaction, whose caller writes the journal. `account` is as it was typed once: there need not be such an account.
 * Not `forEnded`: it stays closed to those whose links to it were ended.
 */
export async function openSumWay(
  trx: Trx,
  account: string,
  openedBy: string,
  now: Date,
  { forEnded = true }: { forEnded?: boolean } = {},
): Promise<'reopened' | 'unknown-account'> {
  if (!(await findAccount(trx, account))) return 'unknown-account';
  await insertSumReopening(trx, { account, at: now, openedBy, forEnded });
  return 'reopened';
}
