import type { Trx } from '../../records/database.ts';
import { addErrand } from '../../records/errands.ts';
import { changeRequestMessage, type RequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import type { Call, ErrandRoom } from './step.ts';

/** What never arrived is noted with its reason, and staff are told so in its thread. */
export function undelivered(room: ErrandRoom, request: Request, messages: readonly RequestMessage[]): Call['failed'] {
  return async (trx: Trx, reason: string) => {
    for (const { id } of messages) await changeRequestMessage(trx, id, { undelivered: reason });
    const [first] = messages;
    if (first?.side !== 'staff') return;
    await addErrand(
      trx,
      {
        to: { staff: request.id },
        kind: 'say',
        saying: { text: 'thread-undelivered', words: { number: request.number, reason: reasonName(reason) }, doors: [] },
        key: `undelivered/${first.id}`,
      },
      room.clock(),
    );
  };
}

function reasonName(reason: string): 'blocked' | 'nobody' | 'refused' {
  if (/blocked|deactivated|chat not found|initiate/i.test(reason)) return 'blocked';
  return reason === 'there is nobody' ? 'nobody' : 'refused';
}
