import type { Trx } from '../../records/database.ts';
import { hasHeldFile, insertDelivery, type Delivery } from '../../records/deliveries.ts';
import { markOutboxDone, updateOutboxReleased } from '../../records/outbox.ts';
import { findRequestMessageById, type RequestMessage, updateRequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import type { DeliveryRoom } from './step.ts';

type HeldMessage = Pick<RequestMessage, 'id' | 'requestId' | 'kind' | 'words' | 'context'>;

/** The words of a sticker are no words of anybody's. */
export const SAID_BY_THEIR_LOOKS: ReadonlySet<string> = new Set(['sticker']);

/** Whether a file has something to say by itself. */
export function saysSomething({ kind, words, context }: HeldMessage): boolean {
  return !SAID_BY_THEIR_LOOKS.has(kind) && (words.trim() !== '' || context?.heading !== undefined);
}

/**
 * The group takes no messages of this kind, which is a matter of its settings: each file waits for them in a line of its own, so that its words and
 * all that was said after it go on. Staff read which permission is wanting, once in a request for each kind.
 */
export async function holdFiles(
  { clock }: DeliveryRoom,
  trx: Trx,
  request: Request,
  { messages, ends }: { messages: readonly [HeldMessage, ...HeldMessage[]]; ends: readonly number[] },
  { id: deliveryId, progress }: Pick<Delivery, 'id' | 'progress'>,
): Promise<void> {
  const now = clock();
  const [{ kind }] = messages;
  for (const [n, message] of messages.entries()) {
    const delivery = ends[n] ?? deliveryId;
    const so = delivery === deliveryId ? progress : {};
    const wait = { to: { files: request.id }, kind: 'relay', messageId: message.id, progress: { ...so, held: 'file' } } as const;
    if (!(await hasHeldFile(trx, message))) await insertDelivery(trx, wait, now);
    if (so.parts || !saysSomething(message)) await markOutboxDone(trx, [delivery], now);
    else await updateOutboxReleased(trx, delivery, { ...so, held: 'words' });
  }
  const botMessage = { text: 'thread-files-held', words: { number: request.number, kind }, doors: [] };
  const key = `files-held/${request.id}/${kind}`;
  await insertDelivery(trx, { to: { staff: request.id }, kind: 'say', botMessage, key }, now);
}

/** The file is about to stand with its words: where these stand alone becomes former words of it. */
export async function leaveWordsBehind(trx: Trx, messages: readonly HeldMessage[]): Promise<void> {
  for (const { id } of messages) {
    const known = await findRequestMessageById(trx, id);
    if (!known || known.copy === null) continue;
    const formerCopies = [...known.formerCopies, known.copy, ...known.moreCopies];
    await updateRequestMessage(trx, id, { copy: null, moreCopies: [], formerCopies });
  }
}

/** What was changed or taken back while the file went out was done to its words alone. */
export async function followHeld(
  { clock }: DeliveryRoom,
  trx: Trx,
  request: Request,
  messages: readonly (HeldMessage & Pick<RequestMessage, 'file'>)[],
): Promise<void> {
  for (const { id: messageId, words, file } of messages) {
    const known = await findRequestMessageById(trx, messageId);
    if (!known || (known.withdrawnAt === null && known.words === words && known.file === file)) continue;
    const kind = known.withdrawnAt === null ? 'edit' : 'withdraw';
    await insertDelivery(trx, { to: { staff: request.id }, kind, messageId }, clock());
  }
}
