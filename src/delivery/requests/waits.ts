import { findAnswerWait, markAnswerWaits, noteAnswerWaits } from '../../office/requests/awaited-answers.ts';
import { isBroughtSilently } from '../../office/requests/bringing.ts';
import type { Trx } from '../../records/database.ts';
import type { Delivery } from '../../records/deliveries.ts';
import type { RequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import type { DeliveryRoom, Step } from './step.ts';
import { undelivered } from './undelivered.ts';

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
  const now = clock();
  const wait = await findAnswerWait(db, request, message, now);
  if (!wait) return undefined;
  if (wait.tell === undefined) {
    await db.transaction().execute((trx) => markAnswerWaits(trx, message, now));
    return { step: undefined };
  }
  const login = { label: texts.text('button-login'), means: { dialog: 'sign-in' } } as const;
  const step: Step = {
    action: {
      does: 'say',
      to: { person: wait.tell },
      marked: texts.text('request-answer-waits', { number: request.number }, { marked: true }),
      buttons: [[login]],
      replyTo: undefined,
      silent: await isBroughtSilently(db, request, room),
    },
    write: (trx: Trx) => noteAnswerWaits(trx, request, message, clock()),
    ends: [deliveryId],
    failed: undelivered(room, request, [message], progress),
  };
  return { step };
}
