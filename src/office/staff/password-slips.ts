import type { AccountNumber } from '../../domain/account-number.ts';
import { later, MINUTE_MS } from '../../domain/durations.ts';
import { maskName } from '../../domain/masked-name.ts';
import { arePapersEnough, type PasswordPaper } from '../../domain/password-papers.ts';
import type { PasswordSlip } from '../../domain/password-slip.ts';
import { markPasswordEnded } from '../../records/account-passwords.ts';
import { findWholeAccount } from '../../records/accounts.ts';
import type { Trx } from '../../records/database.ts';
import { hasInOutbox } from '../../records/outbox.ts';
import { insertScheduledDeletion } from '../../records/scheduled-deletions.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { type IssuingEdges, issueWithin } from '../accounts/account-passwords.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent, idempotentInSecret } from '../idempotent.ts';
import type { MessageRef } from './message-part.ts';
import type { NotStaff, StaffCaller } from './staff.ts';

/** So long the slip stands in the chat: time to print it. */
const SHOWN_MS = 10 * MINUTE_MS;

type SlipIssued =
  | NotStaff
  | { outcome: 'papers-wanting' | 'unknown-account' | 'handed-before' | 'lost' }
  | ({ outcome: 'issued'; slip: string } & Omit<PasswordSlip, 'bot'>);

export type PasswordSlips = ReturnType<typeof createPasswordSlips>;

/** Points 9.2 and 9.2.1 in the chat of a member of staff: a password to an account against papers, on a slip that is handed over. */
export function createPasswordSlips(edges: IssuingEdges & Pick<OfficeEdges, 'staff' | 'centre'>) {
  const { db, clock, staff: who, centre } = edges;

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
    /** The account to which a password is wanted, as the papers are held against it; that it was looked at is in the journal. */
    async open(
      staff: StaffCaller,
      account: AccountNumber,
    ): Promise<
      | NotStaff
      | { outcome: 'unknown-account' }
      | { outcome: 'open'; account: AccountNumber; address: string; owner: string; closed: boolean }
    > {
      if (!(await who.isMember(staff.messengerId))) return { outcome: 'not-staff' };
      const found = await findWholeAccount(db, account);
      const { messengerId, name } = staff;
      const details = { for: 'password', found: found !== undefined };
      await insertAuditEntry(db, { who: messengerId, name, what: 'accounts.look-up', account, details }, clock());
      if (!found) return { outcome: 'unknown-account' };
      return { outcome: 'open', account, address: found.address, owner: maskName(found.ownerName), closed: found.closed };
    },

    /**
     * Gives out a password against these papers; it is in this answer and nowhere else. A repeat gets none: `handed-before` where the slip was
     * handed over, `lost` where that is not known, and the password then is void.
     */
    async issue(staff: StaffCaller, account: AccountNumber, papers: readonly PasswordPaper[]): Promise<SlipIssued> {
      if (!(await who.isMember(staff.messengerId))) return { outcome: 'not-staff' };
      if (!arePapersEnough(papers)) return { outcome: 'papers-wanting' };
      const { messengerId, name } = staff;
      return idempotentInSecret<SlipIssued, string | null>(
        edges,
        staff,
        'passwordSlips.issue',
        async (trx) => {
          const issued = await issueWithin(trx, edges, account, messengerId);
          if (issued.outcome !== 'issued') return { answer: issued, kept: null };
          const { id, password, expiresAt } = issued;
          const details = { password: id, papers: papers.join(' '), until: expiresAt };
          await insertAuditEntry(trx, { who: messengerId, name, what: 'account-passwords.issue', account, details }, clock());
          const { name: called, phones } = centre;
          const slip = { account, password, until: expiresAt, centre: { name: called, phones } };
          return { answer: { outcome: 'issued', slip: id, ...slip }, kept: id };
        },
        async (trx, slip) => {
          if (slip === null) return { outcome: 'unknown-account' };
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
