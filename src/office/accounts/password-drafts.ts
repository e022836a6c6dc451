import { later, MINUTE_MS } from '../../domain/durations.ts';
import { judgePassword, type PasswordProblem } from '../../domain/password.ts';
import { trimTyped } from '../../domain/typed.ts';
import type { Trx } from '../../records/database.ts';
import {
  insertDraft,
  deleteDraft,
  findDraft,
  markDraftRepeated,
  updateDraftExpiry,
  updateDraftOwner,
} from '../../records/password-drafts.ts';
import type { Caller, MessengerId } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';

/** Whose new password it is to be. */
export type Whose = { login: string; phone: string };

export type Drafted =
  /** `advice`: it will do, and a longer one would do better. */
  { outcome: 'drafted'; draft: string; advice: boolean } | { outcome: 'unfit'; problem: PasswordProblem; least: number };

const DRAFT_MS = 30 * MINUTE_MS;

/** A new password until it is in force: only its hash is kept, and dialogs carry no more than the draft's id. */
export function createPasswordDrafts(edges: OfficeEdges) {
  const { db, clock, passwords, randomness, settings } = edges;

  return {
    /** What to say before a new password is typed: it has at least so many characters. */
    async rules(_caller: Caller): Promise<{ least: number }> {
      return { least: settings.passwordMinLength };
    },

    async draft(caller: Caller, owner: Whose, typed: string): Promise<Drafted> {
      const password = trimTyped(typed);
      const judged = judgePassword(password, { ...owner, minLength: settings.passwordMinLength });
      if (!judged.fit) return { outcome: 'unfit', problem: judged.problem, least: settings.passwordMinLength };
      const hash = await passwords.hash(password);

      return idempotent(edges, caller, 'password-drafts.draft', async (trx): Promise<Drafted> => {
        const id = randomness.id();
        const expiresAt = later(clock(), DRAFT_MS);
        await insertDraft(trx, { id, messengerId: caller.messengerId, hash, judgedFor: judgedFor(owner), expiresAt });
        return { outcome: 'drafted', draft: id, advice: judged.advice };
      });
    },

    /** The same password for another login or phone, where it is neither of them in a form that people type; `unfit`: another one is needed. */
    async moveTo(caller: Caller, draft: string, owner: Whose): Promise<{ outcome: 'moved' | 'unfit' }> {
      const kept = await findDraft(db, draft, caller.messengerId, clock());
      let fits = kept !== undefined;
      for (const form of formsOf(owner)) if (await passwords.verify(kept?.hash, form)) fits = false;

      return idempotent(edges, caller, 'password-drafts.move', async (trx) => {
        if (fits) await updateDraftOwner(trx, draft, judgedFor(owner));
        else await deleteDraft(trx, draft);
        return { outcome: fits ? 'moved' : 'unfit' } as const;
      });
    },

    /** Its owner waits for a code: it is there for another while, from now on. */
    async keep(caller: Caller, draft: string): Promise<{ outcome: 'kept' }> {
      return idempotent(edges, caller, 'password-drafts.keep', async (trx) => {
        const now = clock();
        await updateDraftExpiry(trx, { id: draft, messengerId: caller.messengerId }, { now, expiresAt: later(now, DRAFT_MS) });
        return { outcome: 'kept' } as const;
      });
    },

    /** The second typing. A different one deletes the draft: both are typed again. */
    async repeat(caller: Caller, draft: string, typed: string): Promise<{ outcome: 'same' | 'different' | 'too-late' }> {
      const kept = await findDraft(db, draft, caller.messengerId, clock());
      const same = await passwords.verify(kept?.hash, trimTyped(typed));

      return idempotent(edges, caller, 'password-drafts.repeat', async (trx) => {
        if (!kept) return { outcome: 'too-late' } as const;
        if (same) await markDraftRepeated(trx, draft);
        else await deleteDraft(trx, draft);
        return { outcome: same ? 'same' : 'different' } as const;
      });
    },
  };
}

/** The hash of a password that was typed twice and judged for this very login and phone; the draft is used up. */
export async function takeDraft(
  trx: Trx,
  id: string,
  messengerId: MessengerId,
  owner: Whose,
  now: Date,
): Promise<string | undefined> {
  const draft = await findDraft(trx, id, messengerId, now);
  if (!draft?.repeated || draft.judgedFor !== judgedFor(owner)) return undefined;
  await deleteDraft(trx, id);
  return draft.hash;
}

function formsOf({ login, phone }: Whose): Set<string> {
  const lower = login.toLowerCase();
  const national = phone.replace(/^\+7/, '');
  const logins = [login, lower, login.toUpperCase(), lower.charAt(0).toUpperCase() + lower.slice(1)];
  return new Set([...logins, national, `7${national}`, `8${national}`]);
}

function judgedFor({ login, phone }: Whose): string {
  return `${login.toLowerCase()} ${phone}`;
}
