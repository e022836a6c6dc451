import { createHash } from 'node:crypto';
import { DAY_MS, later } from '../../domain/durations.ts';
import { listConfirmedMessengers } from '../../records/confirmed-messengers.ts';
import { insertConsent, findConsent, markConsentsWithdrawn } from '../../records/consents.ts';
import type { Trx } from '../../records/database.ts';
import { deleteIdempotencyKeysOf } from '../../records/idempotency-keys.ts';
import { deleteResident } from '../../records/residents.ts';
import type { Caller, MessengerId } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { holderOf } from './settings.ts';
import { tellSessions } from './signing-in.ts';

/**
 * The document as it is shown: title, an empty line, text. `sha256` is of exactly these characters in UTF-8, hex; the lines of `summary` are no
 * part of it.
 */
export type ConsentDocument = { version: string; title: string; text: string; sha256: string; summary: readonly string[] };

/** What another room does when a resident withdraws the consent, for rows of its own that do not go with the resident by themselves. */
export type OnConsentWithdrawn = (
  trx: Trx,
  gone: { residentId: string; messengerIds: readonly MessengerId[]; now: Date },
) => Promise<void>;

/** A consent given longer ago than this is asked for again before a registration goes on. */
export const CONSENT_MS = DAY_MS;

export type Consents = ReturnType<typeof createConsents>;

/** Point 3: the consent to the processing of personal data, ч. 16 ст. 155 ЖК РФ. */
export function createConsents(edges: OfficeEdges, hooks: readonly OnConsentWithdrawn[] = []) {
  const { clock, db } = edges;
  const { version, title, text, summary = [] } = edges.centre.consent;
  const sha256 = createHash('sha256').update(`${title}\n\n${text}`, 'utf8').digest('hex');

  return {
    async read(_caller: Caller): Promise<ConsentDocument> {
      return { version, title, text, sha256, summary: [...summary] };
    },

    /** `changed`: the document became another one while it was read. */
    async give(caller: Caller, shown: string): Promise<{ outcome: 'given' | 'changed' }> {
      return idempotent(edges, caller, 'consents.give', async (trx) => {
        if (shown !== sha256) return { outcome: 'changed' } as const;
        await insertConsent(trx, { messengerId: caller.messengerId, version, sha256, givenAt: clock() });
        return { outcome: 'given' } as const;
      });
    },

    /** Whether this person agreed to the present document within the last day and has not registered with it. */
    async given(caller: Caller): Promise<boolean> {
      const consent = await findConsent(db, caller.messengerId, later(clock(), -CONSENT_MS));
      return consent?.sha256 === sha256;
    },

    /**
     * Ends it: the login, its links, sessions and personal data go. Kept is that and when the consent was given and withdrawn (without the
     * login), and what billing must keep by law. `ticket`: the password was typed just now.
     */
    async withdraw(caller: Caller, ticket: string): Promise<{ outcome: 'withdrawn' | 'too-late' }> {
      return idempotent(edges, caller, 'consents.withdraw', async (trx) => {
        const now = clock();
        const resident = await holderOf(trx, caller, ticket, now);
        if (!resident) return { outcome: 'too-late' } as const;
        const messengerIds = (await listConfirmedMessengers(trx, resident.id)) as MessengerId[];
        for (const hook of hooks) await hook(trx, { residentId: resident.id, messengerIds, now });
        const words = { at: now.toISOString() };
        // The resident is deleted by then: the notice belongs to none.
        const notice = { text: 'notice-consent-withdrawn', words, owner: undefined };
        await tellSessions(trx, resident.id, { except: caller.messengerId }, notice, now);
        await markConsentsWithdrawn(trx, resident.id, now);
        await deleteResident(trx, resident.id);
        for (const messengerId of messengerIds) await deleteIdempotencyKeysOf(trx, messengerId);
        return { outcome: 'withdrawn' } as const;
      });
    },
  };
}
