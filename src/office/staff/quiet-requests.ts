import { DAY_MS, later } from '../../domain/durations.ts';
import { claimQuietRequests } from '../../records/request-figures.ts';
import { updateRequest } from '../../records/requests.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { OfficeEdges } from '../edges.ts';
import { tellClosed } from '../requests/closing.ts';
import { about } from './about.ts';
import { refresh } from './thread.ts';

export type QuietRequests = ReturnType<typeof createQuietRequests>;

/** So many in one transaction; the rest at the next call. */
const AT_ONCE = 50;

/** Answered requests on which nobody says more for `closeAfterDays` of the settings file. */
export function createQuietRequests({ db, clock, centre }: Pick<OfficeEdges, 'db' | 'clock' | 'centre'>) {
  return {
    /** Closes them and tells their residents how to go on; how many it closed. Several processes may call it at once. */
    async close(): Promise<number> {
      const now = clock();
      const days = centre.requests.closeAfterDays;
      return db.transaction().execute(async (trx) => {
        const quiet = await claimQuietRequests(trx, later(now, -days * DAY_MS), AT_ONCE);
        for (const request of quiet) {
          await updateRequest(trx, request.id, { state: 'closed', closedAt: now, waitingSince: null, raisedAt: null }, now);
          await refresh(trx, request, now);
          await tellClosed(trx, request, now, days);
          const entry = { who: 'bot', what: 'desk.close-quiet', ...about(request), details: { days } };
          await insertAuditEntry(trx, entry, now);
        }
        return quiet.length;
      });
    },
  };
}
