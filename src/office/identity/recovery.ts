import { deleteOtherConfirmedMessengers } from '../../records/confirmed-messengers.ts';
import { deleteTries } from '../../records/password-tries.ts';
import { lockPhoneProof, deletePasswordProofsOf, deletePhoneProof } from '../../records/proofs.ts';
import { updateAnswerPlace } from '../../records/requests.ts';
import { updateResident, findResidentByPhone, lockResident, lockIdentities } from '../../records/residents.ts';
import { markSessionEnded, listSessions } from '../../records/sessions.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { takeDraft } from '../accounts/password-drafts.ts';
import { ownersTries, strangersTries } from './password-tries.ts';
import { RECOVER, openSession, tellAccounts } from './signing-in.ts';

export type Recovered =
  /** `others`: so many other messenger accounts were signed out. */
  { outcome: 'recovered'; login: string; others: number } | { outcome: 'too-late' };

export type Recovery = ReturnType<typeof createRecovery>;

/** «Забыли пароль?»: whoever proves the phone of a login sets a new password. */
export function createRecovery(edges: OfficeEdges) {
  const { clock, db } = edges;

  return {
    /** The login of the phone that was proved, told to its holder alone. The proof of a registration is enough, too. */
    async find(
      caller: Caller,
      proof: string,
    ): Promise<{ outcome: 'found'; login: string; phone: string } | { outcome: 'too-late' }> {
      return db.transaction().execute(async (trx) => {
        const held = await lockPhoneProof(trx, proof, caller.messengerId, ['recovery', 'registration'], clock());
        const resident = held && (await findResidentByPhone(trx, held.phone));
        if (!resident) return { outcome: 'too-late' } as const;
        return { outcome: 'found', login: resident.login, phone: held.phone } as const;
      });
    },

    /** Sets the password that was drafted, signs out every other messenger account and signs in this one; the others need a code again. */
    async complete(caller: Caller, proof: string, draft: string): Promise<Recovered> {
      return idempotent(edges, caller, 'recovery.complete', async (trx): Promise<Recovered> => {
        const now = clock();
        await lockIdentities(trx);
        const held = await lockPhoneProof(trx, proof, caller.messengerId, ['recovery', 'registration'], now);
        const found = held && (await findResidentByPhone(trx, held.phone));
        const resident = found && (await lockResident(trx, found.id));
        if (!resident) return { outcome: 'too-late' };
        const { id, login } = resident;
        const passwordHash = await takeDraft(trx, draft, caller.messengerId, { login, phone: held.phone }, now);
        if (!passwordHash) return { outcome: 'too-late' };

        await updateResident(trx, id, { passwordHash });
        await deletePhoneProof(trx, proof);
        await deletePasswordProofsOf(trx, id);
        const notice = { text: 'notice-recovered', words: { at: now.toISOString() }, doors: [RECOVER] };
        await tellAccounts(trx, id, { except: caller.messengerId }, notice, now);
        const others = (await listSessions(trx, id, now)).filter((session) => session.messengerId !== caller.messengerId);
        for (const other of others) await markSessionEnded(trx, id, other.id, now);
        await deleteOtherConfirmedMessengers(trx, id, caller.messengerId);
        await updateAnswerPlace(trx, id, { to: caller.messengerId });
        await deleteTries(trx, strangersTries(id));
        await deleteTries(trx, ownersTries(id, caller.messengerId));
        await openSession(trx, id, caller.messengerId, now);
        return { outcome: 'recovered', login, others: others.length };
      });
    },
  };
}
