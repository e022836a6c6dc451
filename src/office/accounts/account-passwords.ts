import { COMMAND_LINE } from '../../domain/audit-actors.ts';
import { AccountNumber } from '../../domain/account-number.ts';
import { makeAccountPassword, readAccountPassword } from '../../domain/account-password.ts';
import { DAY_MS, later } from '../../domain/durations.ts';
import { ACCOUNT_PASSWORD_FAILURES, ACCOUNT_PASSWORD_FAILURES_OF_ONE, WRONG_ACCOUNT_PASSWORDS } from '../../domain/limits.ts';
import { FIRST_UUID } from '../../domain/uuid.ts';
import {
  insertAccountPassword,
  savePasswordFailure,
  markPasswordEnded,
  markPasswordsEnded,
  lockLivePassword,
} from '../../records/account-passwords.ts';
import { lockAccount } from '../../records/accounts.ts';
import type { Trx } from '../../records/database.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { insertRateLimitHits } from '../../records/rate-limit-hits.ts';
import type { Keyring, OfficeEdges } from '../edges.ts';
import { escalate } from '../escalations.ts';
import { allSubjects, type PersonSubjects } from '../person.ts';
import { hitsOf } from './sum-guesses.ts';

const VALID_MS = 30 * DAY_MS;

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
      await insertAuditEntry(
        trx,
        { who: COMMAND_LINE, name: issuedBy, what: 'account-passwords.issue', account, details: { password: issued.id } },
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
  if (!(await lockAccount(trx, account))) return { outcome: 'unknown-account' };
  const now = clock();
  await markPasswordsEnded(trx, [account], 'replaced', now);
  const password = makeAccountPassword((below) => randomness.integer(below));
  const expiresAt = later(now, VALID_MS);
  const id = await insertAccountPassword(trx, {
    account,
    fingerprint: keyring.fingerprint(PURPOSE, fingerprinted(account, password)),
    issuedAt: now,
    issuedBy,
    expiresAt,
  });
  return { outcome: 'issued', id, password, expiresAt: expiresAt.toISOString() };
}

const PURPOSE = 'account-password';

const fingerprinted = (account: string, password: string) => `${account}:${password}`;

/**
 * The id of the account's password when what was typed is it; it stays in force until a link is made by it. Five wrong ones a day of a person,
 * over all accounts and whether there is a password or not, close this way to that person for the rest of the day: nothing typed is checked then, and
 * nothing counts. Ten failures end the password, of which one person's count five in all: one person alone cannot use it up. Ask while
 * guessing is locked; each way to be refused asks the base the same.
 */
export async function checkAccountPassword(
  trx: Trx,
  keyring: Keyring,
  { account, person, typed }: { account: string; person: PersonSubjects; typed: string },
  now: Date,
): Promise<string | undefined> {
  const before = await hitsOf(trx, 'account-password-failure', person, WRONG_ACCOUNT_PASSWORDS, now);
  const closed = before >= WRONG_ACCOUNT_PASSWORDS.count;
  const live = await lockLivePassword(trx, account, now);
  const right = keyring
    .fingerprints(PURPOSE, fingerprinted(account, readAccountPassword(typed)))
    .includes(live?.fingerprint ?? '');
  const held = right && !closed;
  const counts = !right && !closed;
  const share = { person: person.phone, most: ACCOUNT_PASSWORD_FAILURES_OF_ONE };
  // Where there is no password all answers take the same queries.
  const failures = await savePasswordFailure(trx, live && counts ? live.id : FIRST_UUID, share);
  await insertRateLimitHits(trx, 'account-password-failure', allSubjects(person), counts, now);
  if (held) return live?.id;

  if (counts && before + 1 === WRONG_ACCOUNT_PASSWORDS.count) {
    const key = person.phone[0] ?? '';
    await escalate(trx, { kind: 'limit-by-person-password', key, account, failures: before + 1 }, now);
  }
  if (live && failures !== undefined && failures >= ACCOUNT_PASSWORD_FAILURES) {
    await markPasswordEnded(trx, live.id, 'failures', now);
    await escalate(trx, { kind: 'limit-by-account-password', key: live.id, account, failures }, now);
  }
  return undefined;
}
