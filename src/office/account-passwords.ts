import { AccountNumber } from '../domain/account-number.ts';
import { makeAccountPassword, readAccountPassword } from '../domain/account-password.ts';
import { DAY_MS, later } from '../domain/durations.ts';
import {
  addAccountPassword,
  countPasswordFailure,
  endPassword,
  endPasswordsTo,
  lockLivePassword,
} from '../records/account-passwords.ts';
import { holdAccount } from '../records/accounts.ts';
import type { Trx } from '../records/database.ts';
import { writeJournal } from '../records/staff-journal.ts';
import type { Keyring, OfficeEdges } from './edges.ts';
import { escalate } from './escalations.ts';

const VALID_MS = 30 * DAY_MS;
const ACCOUNT_PASSWORD_FAILURES = 10;

export type IssuedPassword =
  | { outcome: 'issued'; id: string; password: string; expiresAt: string }
  | { outcome: 'unknown-account' };

export type IssuingEdges = Pick<OfficeEdges, 'db' | 'clock' | 'randomness' | 'keyring'>;

/**
 * Point 9.2: a new password to an account, valid 30 days; those given out before end with it. The password is in this answer and
 * nowhere else. `issuedBy` goes into the journal: who gave it out on the command line.
 */
export async function issueAccountPassword(
  edges: IssuingEdges,
  account: AccountNumber,
  issuedBy: string,
): Promise<IssuedPassword> {
  return edges.db.transaction().execute(async (trx) => {
    const issued = await issueWithin(trx, edges, account, issuedBy);
    if (issued.outcome === 'issued')
      await writeJournal(
        trx,
        { who: 'command line', name: issuedBy, what: 'account-passwords.issue', account, details: { password: issued.id } },
        edges.clock(),
      );
    return issued;
  });
}

/** The same within a transaction, whose caller writes the journal. */
export async function issueWithin(
  trx: Trx,
  { clock, randomness, keyring }: Omit<IssuingEdges, 'db'>,
  account: AccountNumber,
  issuedBy: string,
): Promise<IssuedPassword> {
  if (!(await holdAccount(trx, account))) return { outcome: 'unknown-account' };
  const now = clock();
  await endPasswordsTo(trx, [account], 'replaced', now);
  const password = makeAccountPassword((below) => randomness.integer(below));
  const expiresAt = later(now, VALID_MS);
  const id = await addAccountPassword(trx, {
    account,
    fingerprint: keyring.fingerprint(PURPOSE, fingerprinted(account, password)),
    issued_at: now,
    issued_by: issuedBy,
    expires_at: expiresAt,
  });
  return { outcome: 'issued', id, password, expiresAt: expiresAt.toISOString() };
}

const PURPOSE = 'account-password';
/** Stands where there is no password, so that all answers take the same queries. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

const fingerprinted = (account: string, password: string) => `${account}:${password}`;

/**
 * The id of the account's password when what was typed is it; it stays in force until a link is made by it. The tenth failure ends it
 * and tells staff.
 */
export async function checkAccountPassword(
  trx: Trx,
  keyring: Keyring,
  account: string,
  typed: string,
  now: Date,
): Promise<string | undefined> {
  const live = await lockLivePassword(trx, account, now);
  const right = keyring
    .fingerprints(PURPOSE, fingerprinted(account, readAccountPassword(typed)))
    .includes(live?.fingerprint ?? '');
  await countPasswordFailure(trx, live && !right ? live.id : NO_ID);
  if (!live || right) return live?.id;

  const failures = live.failures + 1;
  if (failures >= ACCOUNT_PASSWORD_FAILURES) {
    await endPassword(trx, live.id, 'failures', now);
    await escalate(trx, { kind: 'limit-by-account-password', key: live.id, account, failures }, now);
  }
  return undefined;
}
