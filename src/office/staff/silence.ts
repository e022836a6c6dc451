import { later } from '../../domain/durations.ts';
import { markDeliveriesOfResidentsDropped } from '../../records/deliveries.ts';
import { markUnseenClosed, lockRequest, listAllRequestsOf } from '../../records/requests.ts';
import { deleteSilences, saveSilence } from '../../records/silenced.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { lockRateLimit } from '../../records/rate-limit-hits.ts';
import { silencedAs } from '../requests/refusals.ts';
import { about } from './about.ts';
import { asStaff, type DeskEdges, audited } from './as-staff.ts';
import type { NotStaff, StaffCaller } from './staff.ts';
import { lockRequestAt, type Nowhere, requestAt, type ThreadRef } from './thread.ts';

export type Silencing =
  /** `until` is ISO; null: without an end. */
  | {
      outcome: 'silenced';
      number: number;
      until: string | null /** Words and files that were on their way to staff. */;
      dropped: number;
    }
  | { outcome: 'heard-again' | 'was-heard' | 'nobody'; number: number }
  | Nowhere
  | NotStaff;

/** /silence and /ban: staff do not listen to the person of a request; what staff write still reaches that person. */
export function createSilence(edges: DeskEdges) {
  return {
    /** For so long; null: without an end. What of that person was on its way to staff does not come any more. */
    async silence(staff: StaffCaller, threadRef: ThreadRef, forMs: number | null): Promise<Silencing> {
      return asStaff(edges, staff, 'silence', async (trx, now): Promise<Silencing> => {
        const found = await requestAt(trx, threadRef);
        if (!found) return { outcome: 'nowhere' };
        const { number, messengerId: person, residentId } = found;
        if (person === null) return { outcome: 'nobody', number };
        const known = await silencedAs(trx, person, residentId ?? undefined);
        // Before the request, as whoever writes does: what is being written now comes before or after, and never slips through.
        for (const each of known.toSorted()) await lockRateLimit(trx, 'request', [each]);
        const request = await lockRequest(trx, found.id);
        if (!request) return { outcome: 'nowhere' };
        const until = forMs === null ? null : later(now, forMs);
        for (const each of known) await saveSilence(trx, each, until, staff.messengerId, now);
        const theirs = await listAllRequestsOf(trx, { residentId, messengerIds: known });
        const dropped = await markDeliveriesOfResidentsDropped(trx, theirs, known, now);
        await markUnseenClosed(trx, theirs, now);
        const told = until?.toISOString() ?? null;
        const details = { until: told ?? 'for ever', dropped };
        await insertAuditEntry(trx, { ...audited(staff), what: 'desk.silence', ...about(request), details }, now);
        return { outcome: 'silenced', number, until: told, dropped };
      });
    },

    /** All accounts of the resident in the messenger are heard again. */
    async hear(staff: StaffCaller, threadRef: ThreadRef): Promise<Silencing> {
      return asStaff(edges, staff, 'hear', async (trx, now): Promise<Silencing> => {
        const request = await lockRequestAt(trx, threadRef);
        if (!request) return { outcome: 'nowhere' };
        const { number, messengerId: person, residentId: resident } = request;
        if (person === null) return { outcome: 'nobody', number };
        const lifted = await deleteSilences(trx, await silencedAs(trx, person, resident ?? undefined));
        if (lifted) await insertAuditEntry(trx, { ...audited(staff), what: 'desk.hear', ...about(request) }, now);
        return { outcome: lifted ? 'heard-again' : 'was-heard', number };
      });
    },
  };
}
