import type { MessengerId } from '../../office/caller.ts';
import type { MessageRef } from '../../office/staff/message-part.ts';
import { beginsTalk, isBroughtSilently, quotedFor } from '../../office/requests/bringing.ts';
import { readerOf } from '../../office/requests/reader.ts';
import type { DeliveryProgress } from '../../records/deliveries.ts';
import { findRequestMessage, type RequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import type { ChatPlace } from './actions.ts';
import { frameOf } from './frame.ts';
import type { MessageFrame } from './parts.ts';
import type { DeliveryRoom, Step } from './step.ts';
import { threadPlaceOf } from './thread.ts';
import { undelivered } from './undelivered.ts';

/** Where a message of one side is brought to, in answer to which words of what, and what stands round it there. */
export type MessageRoute = {
  place: ChatPlace;
  frame: MessageFrame;
  replyTo: MessageRef | undefined;
  quote: string | undefined;
  silent: boolean;
};

/** The way of a message to the other side, or the step that opens it. */
export async function wayOf(
  room: DeliveryRoom,
  request: Request,
  message: RequestMessage,
  progress: DeliveryProgress = {},
): Promise<MessageRoute | { step: Step }> {
  const { corrected = false, withoutQuote = false } = progress;
  const answered = message.repliesTo === null ? undefined : await findRequestMessage(room.db, message.repliesTo);
  // A wrong addressee is impossible: what it answers is looked for in its own request only.
  const own = answered?.requestId === request.id ? answered : undefined;
  const seen = own && seenBy(message.side, own);
  const cited = await quotedFor(room.db, message, own);
  const quote = !withoutQuote && cited !== undefined && own?.words.includes(cited) ? cited : undefined;
  if (message.side === 'resident') {
    const threadPlace = await threadPlaceOf(room, request);
    if ('step' in threadPlace) return threadPlace;
    const { place, card, plain } = threadPlace;
    const replyTo = inChat(room.messenger.group(), seen);
    const frame = frameOf(room, request, message, {
      corrected,
      plain,
      cited: replyTo && quote ? undefined : cited,
      limits: room.messenger.limitsIn(place),
    });
    return { place, frame, replyTo: replyTo ?? (plain ? card : undefined), quote: replyTo && quote, silent: false };
  }
  if (request.messengerId === null)
    return { step: { fail: 'there is nobody', write: undelivered(room, request, [message], progress) } };
  const reader = await readerOf(room.db, { ...request, messengerId: request.messengerId }, room.clock());
  const person: MessengerId = 'reads' in reader ? reader.reads : reader.waits;
  const replyTo = inChat(person, seen);
  return {
    place: { person },
    frame: frameOf(room, request, message, {
      corrected,
      plain: false,
      cited: replyTo && quote ? undefined : cited,
      begins: beginsTalk(request, message),
      limits: room.messenger.limitsIn({ person }),
    }),
    replyTo,
    quote: replyTo && quote,
    silent: await isBroughtSilently(room.db, request, room),
  };
}

/** Where the reader of a message of this side has another message before him; null where it was taken back. */
function seenBy(side: RequestMessage['side'], { side: written, source, copy, withdrawnAt }: RequestMessage): string | null {
  return written === side ? (withdrawnAt === null ? copy : null) : source;
}

function inChat(chat: string | undefined, ref: string | null | undefined): MessageRef | undefined {
  return chat !== undefined && ref?.startsWith(`${chat}/`) ? (ref as MessageRef) : undefined;
}
