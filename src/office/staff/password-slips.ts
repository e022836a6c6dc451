import type { AccountNumber } from '../../domain/account-number.ts';
import { later, MINUTE_MS } from '../../domain/durations.ts';
import { maskName } from '../../domain/masked-name.ts';
import { arePapersEnough, type PasswordPaper } from '../../domain/password-papers.ts';
import type { PasswordSlip } from '../../domain/password-slip.ts';
import { markPasswordEnded } from '../../records/account-passwords.ts';
import { findWholeAccount, lockAccount } from '../../records/accounts.ts';
import type { Trx } from '../../records/database.ts';
import { hasInOutbox } from '../../records/outbox.ts';
import { insertScheduledDeletion } from '../../records/scheduled-deletions.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { type IssuingEdges, issueWithin } from '../accounts/account-passwords.ts';
import type { Keyring, OfficeEdges } from '../edges.ts';
import { idempotent, idempotentInSecret } from '../idempotent.ts';
import type { MessageRef } from './message-part.ts';
import type { NotStaff, StaffCaller } from './staff.ts';

/** So long the slip stands in the chat: time to print it. */
const SHOWN_MS = 10 * MINUTE_MS;

/** `account-changed`: owner or address are others than those against which the papers were held. */
type Refused = 'unknown-account' | 'account-changed';

type SlipIssued =
  | NotStaff
  | { outcome: 'papers-wanting' | Refused | 'handed-before' | 'lost' }
  | ({ outcome: 'issued'; slip: string } & Omit<PasswordSlip, 'bot'>);

export type PasswordSlips = ReturnType<typeof createPasswordSlips>;

/** Points 9.2 and 9.2.1 in the chat of a member of staff: a password to an account against papers, on a slip that is handed over. */
export function createPasswordSlips(edges: IssuingEdges & Pick<OfficeEdges, 'staff' | 'centre'>) {
  const { db, clock, keyring, staff: who, centre } = edges;

  /** Nobody can say that the slip arrived: what stands on it opens nothing. */
  async function takeBack(trx: Trx, staff: StaffCaller, slip: string): Promise<void> {
    await markPasswordEnded(trx, slip, 'not-handed', clock());
    const { messengerId, name } = staff;
    await insertAuditEntry(
      trx,
      { who: messengerId, name, what: 'account-passwords.take-back', details: { password: slip } },
      clock(),
    );
  }

  return {
    /** The account to which a password is wanted, as the papers are held against it, and the `mark` of that; that it was looked at is in the journal. */
    async open(
      staff: StaffCaller,
      account: AccountNumber,
    ): Promise<
      | NotStaff
      | { outcome: 'unknown-account' }
      | { outcome: 'open'; account: AccountNumber; address: string; owner: string; closed: boolean; mark: string }
    > {
      if (!(await who.isMember(staff.messengerId))) return { outcome: 'not-staff' };
      const found = await findWholeAccount(db, account);
      const { messengerId, name } = staff;
      const details = { for: 'password', found: found !== undefined };
      await insertAuditEntry(db, { who: messengerId, name, what: 'accounts.look-up', account, details }, clock());
      if (!found) return { outcome: 'unknown-account' };
      const { address, ownerName, closed } = found;
      const [mark = ''] = marksOf(keyring, found);
      return { outcome: 'open', account, address, owner: maskName(ownerName), closed, mark };
    },

    /**
     * Gives out a password against these papers, as long as owner and address are those of `mark`; it is in this answer and nowhere else. A
     * repeat gets none: `handed-before` where the slip was handed over, `lost` where that is not known, and the password then is void.
     */
    async issue(
      staff: StaffCaller,
      { account, mark }: { account: AccountNumber; mark: string },
      papers: readonly PasswordPaper[],
    ): Promise<SlipIssued> {
      if (!(await who.isMember(staff.messengerId))) return { outcome: 'not-staff' };
      if (!arePapersEnough(papers)) return { outcome: 'papers-wanting' };
      const { messengerId, name } = staff;
      return idempotentInSecret<SlipIssued, string | null | { refused: Refused }>(
        edges,
        staff,
        'passwordSlips.issue',
        async (trx) => {
          // A registry that changes the owner waits for us, and ends this password; or was before, and is seen.
          const found = (await lockAccount(trx, account)) && (await findWholeAccount(trx, account));
          if (found && !marksOf(keyring, found).includes(mark)) return refuse('account-changed');
          const issued = await issueWithin(trx, edges, account, messengerId);
          if (issued.outcome !== 'issued') return refuse(issued.outcome);
          const { id, password, expiresAt } = issued;
          const details = { password: id, papers: papers.join(' '), until: expiresAt };
          await insertAuditEntry(trx, { who: messengerId, name, what: 'account-passwords.issue', account, details }, clock());
          const { name: called, phones } = centre;
          const slip = { account, password, until: expiresAt, centre: { name: called, phones } };
          return { answer: { outcome: 'issued', slip: id, ...slip }, kept: id };
        },
        async (trx, slip) => {
          if (slip === null) return { outcome: 'unknown-account' };
          if (typeof slip !== 'string') return { outcome: slip.refused };
          if (await hasInOutbox(trx, 'deletion', keyOf(slip))) return { outcome: 'handed-before' };
          await takeBack(trx, staff, slip);
          return { outcome: 'lost' };
        },
      );
    },

    /** The slip stands in the chat as `message`, and is taken away in ten minutes; null: it did not arrive, and its password is void. */
    async handed(
      staff: StaffCaller,
      slip: string,
      message: MessageRef | null,
    ): Promise<{ outcome: 'handed'; goneAt: string } | { outcome: 'lost' }> {
      return idempotent(edges, staff, 'passwordSlips.handed', async (trx) => {
        if (message === null) {
          await takeBack(trx, staff, slip);
          return { outcome: 'lost' } as const;
        }
        const runAt = later(clock(), SHOWN_MS);
        await insertScheduledDeletion(trx, { message, key: keyOf(slip), addressee: staff.messengerId, runAt }, clock());
        return { outcome: 'handed', goneAt: runAt.toISOString() } as const;
      });
    },
  };
}

const keyOf = (slip: string) => `password-slip/${slip}`;
const refuse = (refused: Refused) => ({ answer: { outcome: refused }, kept: { refused } });

/** What papers are held against, as fingerprints under each key in use, the newest first: the dialog keeps the first, never the whole name. */
const marksOf = (keyring: Keyring, { number, ownerName, address }: { number: string; ownerName: string; address: string }) =>
  keyring.fingerprints('papers-held', JSON.stringify([number, ownerName, address]));
