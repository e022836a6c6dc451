import { BOT } from '../../domain/audit-actors.ts';
import { DAY_MS, later } from '../../domain/durations.ts';
import { reopenSince } from '../../domain/request.ts';
import type { Trx } from '../../records/database.ts';
import { tryLockQuietRequests } from '../../records/request-figures.ts';
import { hasUnreadAnswer } from '../../records/request-messages.ts';
import { listClosedRequestsOf, listOpenRequestsOf, type Request, updateRequest } from '../../records/requests.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { OfficeEdges } from '../edges.ts';
import { tellClosed } from '../requests/closing.ts';
import { about } from './about.ts';
import { refresh } from './thread.ts';

/** So many in one transaction; the rest at the next call. */
const AT_ONCE = 50;
/** So long an answer waits for its reader before its request closes all the same; whoever comes back later is brought it nevertheless. */
const WAITING_DAYS = 60;

/** Answered requests on which nobody says more for `closeAfterDays` of the settings file. */
export function createQuietRequests({ db, clock, centre }: Pick<OfficeEdges, 'db' | 'clock' | 'centre'>) {
  return {
    /** Closes them and tells their residents how to go on; how many it closed. Several processes may call it at once. */
    async close(): Promise<number> {
      const now = clock();
      const days = centre.requests.closeAfterDays;
      return db.transaction().execute(async (trx) => {
        const times = { since: later(now, -days * DAY_MS), waitsSince: later(now, -WAITING_DAYS * DAY_MS) };
        const quiet = await tryLockQuietRequests(trx, times, AT_ONCE);
        for (const request of quiet) {
          const over = { state: 'closed', closedAt: now, closedByItself: true, waitingSince: null, raisedAt: null } as const;
          await updateRequest(trx, request.id, over, now);
          await refresh(trx, request, now);
          // Who has not read the answer yet is not told that nobody added to it.
          if (!(await hasUnreadAnswer(trx, request.id)))
            await tellClosed(trx, request, now, { days, writesOn: await isOnly(trx, request, now) });
          const entry = { who: BOT, what: 'desk.close-quiet', ...about(request), details: { days } };
          await insertAuditEntry(trx, entry, now);
        }
        return quiet.length;
      });
    },
  };
}

/** Whether whoever wrote it has no other request that words may belong to: what is written on goes to it. */
async function isOnly(trx: Trx, { id, messengerId, residentId }: Request, now: Date): Promise<boolean> {
  if (messengerId === null) return false;
  const person = { messengerId, residentId: residentId ?? undefined };
  if ((await listOpenRequestsOf(trx, person)).length > 0) return false;
  return (await listClosedRequestsOf(trx, person, reopenSince(now))).every((each) => each.id === id);
}
