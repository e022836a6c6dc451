import { type Carrying, noteUndelivered, tellEditUndelivered, type UndeliveredWhy } from '../../office/requests/undelivered.ts';
import type { RequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import type { RefusedWhat } from '../refusal.ts';
import type { DeliveryRoom, Failure, MessengerCall } from './step.ts';

/** Messages that never arrive, as the office takes note of it. */
export function undelivered(
  { clock }: DeliveryRoom,
  request: Request,
  messages: readonly RequestMessage[],
  { again }: Carrying,
): MessengerCall['failed'] {
  return async (trx, failure) => {
    const [first] = messages;
    if (!first) return;
    const { reason: note, unnoted } = failure;
    await noteUndelivered(trx, request, messages, { why: whyUndelivered(first, failure), note, unnoted, again }, clock());
  };
}

/** The new words of an answer that never arrive. */
export function correctionUndelivered(
  { clock }: DeliveryRoom,
  request: Request,
  message: RequestMessage,
): MessengerCall['failed'] {
  return async (trx, failure) => {
    if (message.side === 'staff') await tellEditUndelivered(trx, request, message, whyUndelivered(message, failure), clock());
  };
}

const WHYS: { readonly [What in RefusedWhat]?: UndeliveredWhy } = {
  closed: 'blocked',
  nobody: 'blocked',
  file: 'file',
  size: 'size',
  copying: 'copying',
  words: 'words',
  length: 'words',
};

/** What a failure means to whoever wrote the message. */
export function whyUndelivered({ kind }: Pick<RequestMessage, 'kind'>, { reason, what }: Failure): UndeliveredWhy {
  if (what === undefined) return reason === 'there is nobody' ? 'nobody' : 'away';
  if (what === 'kind') return kind === 'voice' || kind === 'video-note' ? 'voices' : 'kind';
  return WHYS[what] ?? 'refused';
}
