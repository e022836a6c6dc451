import type { Trx } from '../../records/database.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import { updateOutboxDue } from '../../records/outbox.ts';
import { findRequestByThread, lockRequest, listOpenRequests, updateThreadShut } from '../../records/requests.ts';
import type { OfficeEdges } from '../edges.ts';
import { postNotice } from '../notices.ts';
import type { MessageRef } from './message-part.ts';
import { refresh, sayInThread } from './thread.ts';

/** What happens to the group itself. */
export function createGroup({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>) {
  return {
    /** The bot is in the group (again): what waits for staff goes out at once. `able`: it may do there what it has to. */
    async botIsIn(operation: string, able: boolean): Promise<void> {
      await db.transaction().execute(async (trx: Trx) => {
        const now = clock();
        await updateOutboxDue(trx, 'staff', now);
        if (!able) await postNotice(trx, { to: 'staff', text: 'desk-bot-lacks', key: `bot-lacks/${operation}` }, now);
      });
    },

    /** The group has become another one, which knows no threads yet: each open request gets one there. */
    async groupMoved(to: string): Promise<void> {
      await db.transaction().execute(async (trx: Trx) => {
        for (const id of await listOpenRequests(trx))
          await insertDelivery(trx, { to: { staff: id }, kind: 'refresh', key: `group-moved/${to}/${id}` }, clock());
      });
    },

    /** Somebody whom we cannot know closed a thread (or opened it again): its request stays as it is, and the thread follows it. */
    async threadChangedByNobody(operation: string, thread: MessageRef, closed: boolean): Promise<void> {
      await db.transaction().execute(async (trx: Trx) => {
        const now = clock();
        const found = await findRequestByThread(trx, thread);
        const request = found && (await lockRequest(trx, found.id));
        if (!request || (request.state === 'closed') === closed) return;
        await updateThreadShut(trx, request, closed, now);
        await refresh(trx, request, now);
        await sayInThread(trx, request, 'desk-anonymous-topic', {}, now, `told/${operation}`);
      });
    },
  };
}
