import { createHash } from 'node:crypto';
import { DAY_MS, later } from '../../domain/durations.ts';
import { insertConsent, findConsent } from '../../records/consents.ts';
import type { Trx } from '../../records/database.ts';
import type { Caller, MessengerId } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { erasePerson } from './person-data.ts';
import { holderOf } from './settings.ts';

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

/** Point 3: the consent to the processing of personal data, ч. 16 ст. 155 ЖК РФ. */
export function createConsents(edges: OfficeEdges) {
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

    /** Ends it, with all that hangs on it (`erasePerson`). `ticket`: the password was typed just now. */
    async withdraw(caller: Caller, ticket: string): Promise<{ outcome: 'withdrawn' | 'too-late' }> {
      return idempotent(edges, caller, 'consents.withdraw', async (trx) => {
        const now = clock();
        const resident = await holderOf(trx, caller, ticket, now);
        if (!resident) return { outcome: 'too-late' } as const;
        await erasePerson(trx, resident.id, { by: caller.messengerId }, now);
        return { outcome: 'withdrawn' } as const;
      });
    },
  };
}
