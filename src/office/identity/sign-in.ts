import { later, MINUTE_MS } from '../../domain/durations.ts';
import { WRONG_PASSWORDS, windowStart } from '../../domain/limits.ts';
import { type LoginOrPhone, phoneOfLogin } from '../../domain/login.ts';
import { maskPhone, type Phone } from '../../domain/phone.ts';
import { trimTyped } from '../../domain/typed.ts';
import { FIRST_UUID } from '../../domain/uuid.ts';
import { isConfirmed } from '../../records/confirmed-messengers.ts';
import type { Db, Trx } from '../../records/database.ts';
import { deleteTries } from '../../records/password-tries.ts';
import {
  insertPasswordProof,
  findPasswordProof,
  lockPhoneProof,
  deletePasswordProof,
  deletePhoneProof,
} from '../../records/proofs.ts';
import { findResident, findResidentByLogin, findResidentByPhone, lockResident, type Resident } from '../../records/residents.ts';
import { insertRateLimitHits, listRateLimitHits, lockRateLimit, deleteRateLimitHit } from '../../records/rate-limit-hits.ts';
import type { Caller } from '../caller.ts';
import { type Sending, sendCode } from './codes.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { isStillRight } from './kept-password.ts';
import { countTry, isOwners, triesKey } from './password-tries.ts';
import { openSession } from './signing-in.ts';

export type SignInAnswer =
  | { outcome: 'signed-in'; login: string }
  /** The password was right, and this messenger account has never proved the phone. */
  | { outcome: 'code-needed'; ticket: string; phone: string }
  /** Right as well, but the login has no phone any more: only staff can help. */
  | { outcome: 'no-phone' }
  /** No such login, a wrong password or a wait that is not over: the same for all, in words and in time. */
  | { outcome: 'refused' };

const TICKET_MS = 30 * MINUTE_MS;

/** Points 7 and 8 of the instruction. */
export function createSignIn(edges: OfficeEdges) {
  const { db, clock, keyring, passwords, randomness } = edges;

  /**
   * The same questions to the base for a login that exists as for one that does not. A person who has typed too many wrong passwords for logins
   * of others is not judged any more, and is no longer counted to any of them: one person cannot lock all logins for strangers.
   */
  async function countFor(trx: Trx, caller: Caller, name: LoginOrPhone): Promise<{ resident: string; locked: boolean }> {
    const person = personOf(caller);
    await lockRateLimit(trx, 'password-failure', person);
    const resident = await findByName(trx, name);
    const known = await triesKey(trx, resident?.id ?? FIRST_UUID, caller.messengerId);
    const nobody = keyring.fingerprints('sign-in', name.toLowerCase()).map((fingerprint) => `nobody/${fingerprint}`);
    const wrong = await listRateLimitHits(
      trx,
      'password-failure',
      person,
      windowStart(WRONG_PASSWORDS, clock()),
      WRONG_PASSWORDS.count,
    );
    const tooMany = wrong.length >= WRONG_PASSWORDS.count && !isOwners(known);
    const { locked } = await countTry(trx, resident && !tooMany ? [known] : nobody, clock());
    await insertRateLimitHits(trx, 'password-failure', [person], !locked && !tooMany && !isOwners(known), clock());
    return { resident: resident?.id ?? FIRST_UUID, locked: locked !== undefined || tooMany };
  }

  const personOf = ({ messengerId }: Caller) => keyring.fingerprints('password-failure', messengerId);

  return {
    /** `typed` is the password as it was typed. */
    async enter(caller: Caller, name: LoginOrPhone, typed: string): Promise<SignInAnswer> {
      const { resident: id, locked } = await idempotent(edges, caller, 'sign-in.count-try', (trx) => countFor(trx, caller, name));
      const known = await findResident(db, id);
      const against = locked ? undefined : known?.passwordHash;
      const password = trimTyped(typed);
      const judged = { password, against, checked: await passwords.check(against, password) };

      return idempotent(edges, caller, 'sign-in.enter', async (trx): Promise<SignInAnswer> => {
        // Held: a recovery that is under way ends this session, or is seen here.
        const resident = await lockResident(trx, id);
        if (!resident || !(await isStillRight(trx, passwords, resident, judged))) return { outcome: 'refused' };
        const now = clock();
        const tries = await triesKey(trx, id, caller.messengerId);
        await deleteTries(trx, tries);
        if (!isOwners(tries)) await deleteRateLimitHit(trx, 'password-failure', personOf(caller));
        if (await isConfirmed(trx, id, caller.messengerId)) {
          await openSession(trx, id, caller.messengerId, now);
          return { outcome: 'signed-in', login: resident.login };
        }
        if (!resident.phone) return { outcome: 'no-phone' };
        const ticket = randomness.id();
        const expiresAt = later(now, TICKET_MS);
        await insertPasswordProof(trx, {
          id: ticket,
          messengerId: caller.messengerId,
          residentId: id,
          purpose: 'sign-in',
          expiresAt,
        });
        return { outcome: 'code-needed', ticket, phone: maskPhone(resident.phone) };
      });
    },

    /** The second step, to the phone of the login whose password was right. */
    async sendCode(caller: Caller, ticket: string): Promise<Sending | { outcome: 'too-late' }> {
      const proved = await findPasswordProof(db, ticket, caller.messengerId, 'sign-in', clock());
      const resident = proved && (await findResident(db, proved.residentId));
      if (!resident?.phone) return { outcome: 'too-late' };
      return sendCode(edges, caller, 'sign-in', resident.phone as Phone);
    },

    /** `too-late`: the password was typed half an hour ago, or the login has another phone or password by now. */
    async complete(
      caller: Caller,
      ticket: string,
      proof: string,
    ): Promise<{ outcome: 'signed-in'; login: string } | { outcome: 'too-late' }> {
      return idempotent(edges, caller, 'sign-in.complete', async (trx) => {
        const now = clock();
        const proved = await findPasswordProof(trx, ticket, caller.messengerId, 'sign-in', now);
        const resident = proved && (await lockResident(trx, proved.residentId));
        const held = await lockPhoneProof(trx, proof, caller.messengerId, ['sign-in'], now);
        if (!resident || !held || held.phone !== resident.phone) return { outcome: 'too-late' } as const;
        if (!(await deletePasswordProof(trx, ticket))) return { outcome: 'too-late' } as const;
        await deletePhoneProof(trx, proof);
        await openSession(trx, resident.id, caller.messengerId, now);
        return { outcome: 'signed-in', login: resident.login } as const;
      });
    },
  };
}

/** A login that looks like a phone is its owner's phone, so the two never name two residents. Both are always looked up. */
async function findByName(db: Db, name: LoginOrPhone): Promise<Resident | undefined> {
  const byPhone = await findResidentByPhone(db, phoneOfLogin(name) ?? '');
  const byLogin = await findResidentByLogin(db, name);
  return byPhone ?? byLogin;
}
