import { readerOf } from '../../office/requests/reader.ts';
import type { Trx } from '../../records/database.ts';
import { insertDelivery, type Delivery } from '../../records/deliveries.ts';
import { updateRequestMessage, hasWaitingAnswer, type RequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import type { DeliveryRoom, Step } from './step.ts';
import { undelivered } from './undelivered.ts';
import { isSilent } from './way.ts';

/**
 * An answer to a resident who is signed in nowhere waits for him to sign in: he is told that there is one, without its words, and staff are told,
 * too; of several in a row once. Undefined: it need not wait.
 */
export async function waitStep(
  room: DeliveryRoom,
  { id: deliveryId, progress }: Delivery,
  request: Request,
  message: RequestMessage,
): Promise<{ step: Step } | undefined> {
  const { db, clock, texts } = room;
  const { messengerId, number, id: requestId } = request;
  if (message.side !== 'staff' || messengerId === null) return undefined;
  const reader = await readerOf(db, { ...request, messengerId }, clock());
  if ('reads' in reader) return undefined;

  const wait = { waitsSince: clock() };
  if (await hasWaitingAnswer(db, requestId)) {
    await db.transaction().execute((trx) => updateRequestMessage(trx, message.id, wait));
    return { step: undefined };
  }
  const botMessage = { text: 'thread-answer-waits', words: { number }, doors: [] };
  const said = texts.text('request-answer-waits', { number }, { marked: true });
  const login = { label: texts.text('button-login'), means: { dialog: 'sign-in' } } as const;
  const step: Step = {
    action: {
      does: 'say',
      to: { person: reader.waits },
      marked: said,
      buttons: [[login]],
      replyTo: undefined,
      silent: await isSilent(room, request),
    },
    write: async (trx: Trx) => {
      await updateRequestMessage(trx, message.id, wait);
      await insertDelivery(
        trx,
        { to: { staff: requestId }, kind: 'say', botMessage, key: `answer-waits/${message.id}` },
        clock(),
      );
    },
    ends: [deliveryId],
    failed: undelivered(room, request, [message], progress),
  };
  return { step };
}
