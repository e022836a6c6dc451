import { DAY_MS, later } from '../../domain/durations.ts';
import { type Colleague, findColleague, findColleagueCalled, listColleagues } from '../../records/colleagues.ts';
import { updateRequest } from '../../records/requests.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { MessengerId } from '../caller.ts';
import { about } from './about.ts';
import { asStaff, type DeskEdges, audited } from './as-staff.ts';
import type { NotStaff, StaffCaller } from './staff.ts';
import { lockWhich, type Nowhere, refresh, type Which } from './thread.ts';

/** By the name in the messenger, without the @; or a person who was pointed at. */
export type Addressee = { username: string } | { messengerId: MessengerId };

export type HandedOver =
  | { outcome: 'handed-over'; number: number; to: string; username: string | null }
  | { outcome: 'closed'; number: number }
  /** Nobody of this name has been active in the group: the messenger tells us of no other. */
  | { outcome: 'unknown-colleague'; number: number }
  /** Is not in the group any more. */
  | { outcome: 'no-colleague'; number: number; to: string }
  | Nowhere
  | NotStaff;

/** Who was silent for longer is not offered. */
const ACTIVE_MS = 30 * DAY_MS;
const MOST_OFFERED = 10;

/** A request is handed over to a colleague. */
export function createHandOver(edges: DeskEdges) {
  return {
    async handOver(staff: StaffCaller, which: Which, to: Addressee): Promise<HandedOver> {
      const found = await ('username' in to
        ? findColleagueCalled(edges.db, to.username)
        : findColleague(edges.db, to.messengerId));
      const isMember = found !== undefined && (await edges.staff.isMember(found.messengerId as MessengerId));
      return asStaff(edges, staff, 'handOver', async (trx, now): Promise<HandedOver> => {
        const request = await lockWhich(trx, which);
        if (!request) return { outcome: 'nowhere' };
        const { number } = request;
        if (!found) return { outcome: 'unknown-colleague', number };
        if (!isMember) return { outcome: 'no-colleague', number, to: found.name };
        if (request.state === 'closed') return { outcome: 'closed', number };
        const taken = { takenBy: found.messengerId, takenByName: found.name };
        await updateRequest(trx, request.id, { ...taken, ...(request.state === 'new' && { state: 'taken' as const }) }, now);
        await refresh(trx, request, now);
        const details = { to: found.messengerId };
        await insertAuditEntry(trx, { ...audited(staff), what: 'desk.handOver', ...about(request), details }, now);
        return { outcome: 'handed-over', number, to: found.name, username: found.username };
      });
    },

    /** Colleagues who were active lately and are members now, but for the caller. */
    async colleagues(
      staff: StaffCaller,
    ): Promise<
      { outcome: 'listed'; colleagues: { messengerId: MessengerId; name: string; username: string | null }[] } | NotStaff
    > {
      if (!(await edges.staff.isMember(staff.messengerId))) return { outcome: 'not-staff' };
      const known = await listColleagues(edges.db, later(edges.clock(), -ACTIVE_MS), MOST_OFFERED + 1);
      const colleagues: Colleague[] = [];
      for (const one of known)
        if (one.messengerId !== staff.messengerId && (await edges.staff.isMember(one.messengerId as MessengerId)))
          colleagues.push(one);
      return {
        outcome: 'listed',
        colleagues: colleagues.slice(0, MOST_OFFERED).map(({ messengerId, name, username }) => ({
          messengerId: messengerId as MessengerId,
          name,
          username,
        })),
      };
    },
  };
}
