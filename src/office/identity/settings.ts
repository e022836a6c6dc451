import { later, MINUTE_MS } from '../../domain/durations.ts';
import { toldTime } from '../../domain/limits.ts';
import { loginOfPhone, phoneOfLogin } from '../../domain/login.ts';
import { maskPhone } from '../../domain/phone.ts';
import { trimTyped } from '../../domain/typed.ts';
import type { Trx } from '../../records/database.ts';
import { deleteTries } from '../../records/password-tries.ts';
import {
  insertPasswordProof,
  findPasswordProof,
  lockPhoneProof,
  deletePasswordProofsOf,
  deletePhoneProof,
} from '../../records/proofs.ts';
import { updateResident, findResidentByPhone, lockResident, lockIdentities, type Resident } from '../../records/residents.ts';
import { findSignedIn, listSessions } from '../../records/sessions.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import type { PersonNotice, NoticeDoor } from '../notices.ts';
import { idempotent } from '../idempotent.ts';
import { takeDraft } from '../accounts/password-drafts.ts';
import { isStillRight } from './kept-password.ts';
import { countTry, triesKey } from './password-tries.ts';
import { takePhoneFrom } from './phone-takeover.ts';
import { RECOVER, tellAccounts, tellSessions } from './signing-in.ts';

export type Overview =
  | { outcome: 'guest' }
  /** `owner`: what a new password is held against. `phone` is masked; empty when a new one must be confirmed. */
  | { outcome: 'resident'; login: string; phone: string; sessions: number; owner: { login: string; phone: string } };

export type PasswordAsked =
  | { outcome: 'right'; ticket: string }
  | { outcome: 'wrong' }
  | { outcome: 'locked'; until: string }
  | { outcome: 'guest' };

export type PhoneChanged =
  /** `login` where it was the phone and so changed with it. */
  { outcome: 'changed'; login?: string } | { outcome: 'phone-taken' } | { outcome: 'too-late' };

/** For whoever lost the phone and so cannot recover. */
const CONTACTS: NoticeDoor = { label: 'button-contacts', dialog: 'contacts' };

const TICKET_MS = 15 * MINUTE_MS;

export type Settings = ReturnType<typeof createSettings>;

/** What a resident may change about the login; the old password is asked for before. */
export function createSettings(edges: OfficeEdges) {
  const { clock, db, passwords, randomness } = edges;

  return {
    async overview(caller: Caller): Promise<Overview> {
      const found = await findSignedIn(db, caller.messengerId, clock());
      if (!found) return { outcome: 'guest' };
      const { id, login, phone } = found.resident;
      const sessions = await listSessions(db, id, clock());
      return {
        outcome: 'resident',
        login,
        phone: phone ? maskPhone(phone) : '',
        sessions: sessions.length,
        owner: { login, phone: phone ?? '' },
      };
    },

    /** The old password, before a change; wrong ones count at the owner's own counter. The ticket is good for a quarter of an hour. */
    async askPassword(caller: Caller, typed: string): Promise<PasswordAsked> {
      const found = await findSignedIn(db, caller.messengerId, clock());
      if (!found) return { outcome: 'guest' };
      const { id, passwordHash } = found.resident;
      const { until } = await idempotent(edges, caller, 'settings.count-try', async (trx) => {
        const { locked } = await countTry(trx, [await triesKey(trx, id, caller.messengerId)], clock());
        return { until: locked ? toldTime(locked) : '' };
      });
      if (until) return { outcome: 'locked', until };
      const password = trimTyped(typed);
      const judged = { password, against: passwordHash, checked: await passwords.check(passwordHash, password) };

      return idempotent(edges, caller, 'settings.ask-password', async (trx): Promise<PasswordAsked> => {
        // Held: a password that is being changed is seen here, or takes this ticket away.
        await lockResident(trx, id);
        const resident = (await findSignedIn(trx, caller.messengerId, clock()))?.resident;
        if (resident?.id !== id) return { outcome: 'guest' };
        if (!(await isStillRight(trx, passwords, resident, judged))) return { outcome: 'wrong' };
        await deleteTries(trx, await triesKey(trx, id, caller.messengerId));
        const ticket = randomness.id();
        const expiresAt = later(clock(), TICKET_MS);
        await insertPasswordProof(trx, {
          id: ticket,
          messengerId: caller.messengerId,
          residentId: id,
          purpose: 'settings',
          expiresAt,
        });
        return { outcome: 'right', ticket };
      });
    },

    /** The others stay signed in and are told. */
    async changePassword(caller: Caller, ticket: string, draft: string): Promise<{ outcome: 'changed' | 'too-late' }> {
      return idempotent(edges, caller, 'settings.change-password', async (trx) => {
        const now = clock();
        const resident = await holderOf(trx, caller, ticket, now);
        if (!resident) return { outcome: 'too-late' } as const;
        const owner = { login: resident.login, phone: resident.phone ?? '' };
        const passwordHash = await takeDraft(trx, draft, caller.messengerId, owner, now);
        if (!passwordHash) return { outcome: 'too-late' } as const;
        await updateResident(trx, resident.id, { passwordHash });
        await deletePasswordProofsOf(trx, resident.id);
        await tellOthers(trx, resident.id, caller, { text: 'notice-password-changed', doors: [RECOVER] }, now);
        return { outcome: 'changed' } as const;
      });
    },

    /** `proof`: that the new phone is held. `takePhone`: «Этот номер теперь мой». */
    async changePhone(caller: Caller, change: { ticket: string; proof: string; takePhone?: boolean }): Promise<PhoneChanged> {
      return idempotent(edges, caller, 'settings.change-phone', async (trx): Promise<PhoneChanged> => {
        const now = clock();
        await lockIdentities(trx);
        const resident = await holderOf(trx, caller, change.ticket, now);
        const held = await lockPhoneProof(trx, change.proof, caller.messengerId, ['new-phone'], now);
        if (!resident || !held) return { outcome: 'too-late' };
        const { phone } = held;
        const owner = await findResidentByPhone(trx, phone);
        if (owner && owner.id !== resident.id) {
          if (!change.takePhone) return { outcome: 'phone-taken' };
          await takePhoneFrom(trx, owner, randomness, now);
        }
        const follows = phoneOfLogin(resident.login) !== undefined;
        await updateResident(trx, resident.id, follows ? { phone, login: loginOfPhone(phone) } : { phone });
        await deletePhoneProof(trx, change.proof);
        await deletePasswordProofsOf(trx, resident.id);
        if (!follows) {
          await tellOthers(trx, resident.id, caller, { text: 'notice-phone-changed', doors: [CONTACTS] }, now);
          return { outcome: 'changed' };
        }
        const login = loginOfPhone(phone);
        await tellOfLogin(trx, resident.id, caller, login, now);
        return { outcome: 'changed', login };
      });
    },
  };
}

/** Of a change, the resident's other accounts that are signed in. */
async function tellOthers(
  trx: Trx,
  residentId: string,
  { messengerId }: Caller,
  notice: Required<Pick<PersonNotice, 'text' | 'doors'>>,
  now: Date,
): Promise<void> {
  await tellSessions(trx, residentId, { except: messengerId }, { ...notice, words: { at: now.toISOString() } }, now);
}

/** Of a login that followed the phone all of them, signed in or not: what was typed there before is nobody's login now. */
async function tellOfLogin(trx: Trx, residentId: string, { messengerId }: Caller, login: string, now: Date): Promise<void> {
  const doors = [CONTACTS];
  const signedOut = { text: 'notice-login-changed-signed-out', doors };
  const notice = { text: 'notice-login-changed', words: { at: now.toISOString(), login }, doors };
  await tellAccounts(trx, residentId, { except: messengerId }, { ...notice, owner: { residentId, signedOut } }, now);
}

/** The resident who typed the old password just now and is still signed in; held until the transaction ends. */
export async function holderOf(trx: Trx, caller: Caller, ticket: string, now: Date): Promise<Resident | undefined> {
  const claimed = await findPasswordProof(trx, ticket, caller.messengerId, 'settings', now);
  if (!claimed || !(await lockResident(trx, claimed.residentId))) return undefined;
  // Only now: whoever changed the password, or signed this one out, may have been waited for.
  const proved = await findPasswordProof(trx, ticket, caller.messengerId, 'settings', now);
  const found = await findSignedIn(trx, caller.messengerId, now);
  return proved && found?.resident.id === proved.residentId ? found.resident : undefined;
}
