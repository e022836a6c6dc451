import { CODE_TRIES, readCode } from '../../domain/confirmation-code.ts';
import { later, MINUTE_MS } from '../../domain/durations.ts';
import { toldTime } from '../../domain/limits.ts';
import type { Phone } from '../../domain/phone.ts';
import { markCodeEnded, findCode, findLiveCode } from '../../records/confirmation-codes.ts';
import { insertPhoneProof } from '../../records/proofs.ts';
import type { Caller } from '../caller.ts';
import { codeFits, codeStanding, countWrongCode, type Sending, sendCode } from './codes.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';

export type Checked =
  | { outcome: 'confirmed'; proof: string }
  /** So many tries are left, today and of this code. */
  | { outcome: 'wrong'; left: number }
  /** No six digits: not counted. */
  | { outcome: 'not-a-code' }
  /** Too old, used, or replaced by one that was not delivered: ask for a new one. */
  | { outcome: 'expired' }
  | { outcome: 'closed'; until: string };

/** How long a phone stays proved for what comes next. */
const PROOF_MS = 30 * MINUTE_MS;

/** Codes by SMS: points 4 to 6 of the instruction. */
export function createConfirmations(edges: OfficeEdges) {
  return {
    /** What to say of how a code comes: a code of some may come `inChat`. */
    async ways(_caller: Caller): Promise<{ inChat: boolean }> {
      return { inChat: edges.settings.codesInChat ?? false };
    },

    /** For a phone that the resident typed; a code that opens a login goes by the sign-in desk. */
    async send(caller: Caller, purpose: 'registration' | 'recovery' | 'new-phone', phone: Phone): Promise<Sending> {
      return sendCode(edges, caller, purpose, phone);
    },

    /** Holds what was typed against the newest code of the same phone, purpose and person, whichever of them `code` names. */
    async check(caller: Caller, code: string, typed: string): Promise<Checked> {
      const digits = readCode(typed);
      if (digits === undefined) return { outcome: 'not-a-code' };

      return idempotent(edges, caller, 'confirmations.check', async (trx): Promise<Checked> => {
        const asked = await findCode(trx, code, caller.messengerId);
        if (!asked) return { outcome: 'expired' };
        const { until } = await codeStanding(edges, trx, asked);
        if (until) return { outcome: 'closed', until: toldTime(until) };

        const now = edges.clock();
        const live = await findLiveCode(trx, asked);
        if (!live || live.expiresAt <= now || live.tries >= CODE_TRIES) return { outcome: 'expired' };

        if (!codeFits(edges.keyring, live, digits)) {
          const after = await countWrongCode(edges, trx, live);
          if (!after.until) return { outcome: 'wrong', left: after.left };
          await markCodeEnded(trx, live.id, now);
          return { outcome: 'closed', until: toldTime(after.until) };
        }

        await markCodeEnded(trx, live.id, now);
        const proof = edges.randomness.id();
        const { messengerId, purpose, phone } = live;
        await insertPhoneProof(trx, {
          id: proof,
          messengerId,
          purpose,
          phone,
          provedAt: now,
          expiresAt: later(now, PROOF_MS),
        });
        return { outcome: 'confirmed', proof };
      });
    },
  };
}
