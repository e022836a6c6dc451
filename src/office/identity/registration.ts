import { later } from '../../domain/durations.ts';
import { LOGIN_QUESTIONS, toldTime, windowEnd, windowStart } from '../../domain/limits.ts';
import { type Login, phoneOfLogin } from '../../domain/login.ts';
import { updateConsentHolder, findConsent } from '../../records/consents.ts';
import { lockPhoneProof, deletePhoneProof } from '../../records/proofs.ts';
import { insertResident, findResidentByLogin, findResidentByPhone, lockIdentities } from '../../records/residents.ts';
import { insertRateLimitHit, listRateLimitHits, lockRateLimit } from '../../records/rate-limit-hits.ts';
import type { Caller } from '../caller.ts';
import { CONSENT_MS } from './consents.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { takeDraft } from '../accounts/password-drafts.ts';
import { takePhoneFrom } from './phone-takeover.ts';
import { openSession } from './signing-in.ts';

export type LoginAnswer = { outcome: 'free' } | { outcome: 'taken' } | { outcome: 'limit'; until: string };

export type Registered =
  | { outcome: 'registered'; login: string }
  /** Somebody took the login meanwhile: another one, and a password for it. The phone stays proved. */
  | { outcome: 'login-taken' }
  /** The phone belongs to this login: recover it, or take the phone from it. */
  | { outcome: 'phone-taken'; login: string }
  /** The consent, the password or the code is too old, or was not given for these. */
  | { outcome: 'too-late' };

export type Registration = ReturnType<typeof createRegistration>;

/** Points 3 to 6 of the instruction. */
export function createRegistration(edges: OfficeEdges) {
  const { clock, keyring } = edges;

  return {
    /** Ten questions a day. Of a login that looks like a phone nothing is told: whether a phone is known is told only after its code. */
    async checkLogin(caller: Caller, login: Login): Promise<LoginAnswer> {
      if (phoneOfLogin(login)) return { outcome: 'free' };
      return idempotent(edges, caller, 'registration.check-login', async (trx): Promise<LoginAnswer> => {
        const now = clock();
        const subject = keyring.fingerprints('login-question', caller.messengerId);
        await lockRateLimit(trx, 'login-question', subject);
        const asked = await listRateLimitHits(
          trx,
          'login-question',
          subject,
          windowStart(LOGIN_QUESTIONS, now),
          LOGIN_QUESTIONS.count,
        );
        const nth = asked[LOGIN_QUESTIONS.count - 1];
        if (nth) return { outcome: 'limit', until: toldTime(windowEnd(LOGIN_QUESTIONS, nth)) };
        await insertRateLimitHit(trx, 'login-question', subject, now);
        return { outcome: (await findResidentByLogin(trx, login)) ? 'taken' : 'free' };
      });
    },

    /**
     * `draft`: a password typed twice for this login and phone; `proof`: that the phone is held. `takePhone`: «Этот номер теперь мой».
     * Leaves the resident signed in.
     */
    async register(
      caller: Caller,
      { login, draft, proof, takePhone = false }: { login: Login; draft: string; proof: string; takePhone?: boolean },
    ): Promise<Registered> {
      return idempotent(edges, caller, 'registration.register', async (trx): Promise<Registered> => {
        const now = clock();
        await lockIdentities(trx);
        const held = await lockPhoneProof(trx, proof, caller.messengerId, ['registration'], now);
        const consent = await findConsent(trx, caller.messengerId, later(now, -CONSENT_MS));
        if (!held || !consent) return { outcome: 'too-late' };
        const { phone } = held;
        const ownPhone = phoneOfLogin(login);
        if (ownPhone && ownPhone !== phone) return { outcome: 'login-taken' };

        const owner = await findResidentByPhone(trx, phone);
        if (owner && !takePhone) return { outcome: 'phone-taken', login: owner.login };
        const named = await findResidentByLogin(trx, login);
        if (named && !(named.id === owner?.id && ownPhone)) return { outcome: 'login-taken' };

        const passwordHash = await takeDraft(trx, draft, caller.messengerId, { login, phone }, now);
        if (!passwordHash) return { outcome: 'too-late' };
        if (owner) await takePhoneFrom(trx, owner, edges.randomness, now);
        const id = await insertResident(trx, { login, phone, passwordHash, registeredAt: now });
        await updateConsentHolder(trx, consent.id, id);
        await deletePhoneProof(trx, proof);
        await openSession(trx, id, caller.messengerId, now);
        return { outcome: 'registered', login };
      });
    },
  };
}
