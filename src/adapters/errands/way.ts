import { isNight } from '../../domain/quiet-hours.ts';
import type { MessengerId } from '../../office/caller.ts';
import type { MessageRef } from '../../office/desk/piece.ts';
import { readerOf } from '../../office/requests/reader.ts';
import { hasMuted } from '../../records/muted-news.ts';
import { findRequestMessage, type RequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import type { Place } from './deeds.ts';
import type { ErrandRoom, Step } from './step.ts';
import { spotOf } from './thread.ts';
import { undelivered } from './undelivered.ts';

/** Where a message of one side is brought to, and what stands above it there (HTML). */
export type Way = { place: Place; header: string; replyTo: MessageRef | undefined; silent: boolean };

/** The way of a message to the other side, or the step that opens it. */
export async function wayOf(room: ErrandRoom, request: Request, message: RequestMessage): Promise<Way | { step: Step }> {
  const { texts } = room;
  const answered = message.replies_to === null ? undefined : await findRequestMessage(room.db, message.replies_to);
  // A wrong addressee is impossible: what it answers is looked for in its own request only.
  const seen = answered?.request_id === request.id ? seenBy(message.side, answered) : undefined;
  if (message.side === 'resident') {
    const spot = await spotOf(room, request);
    if ('step' in spot) return spot;
    const { place, card, plain } = spot;
    const header = plain ? texts.text('thread-plain-header', { number: request.number }, { html: true }) : '';
    return { place, header, replyTo: inChat(room.messenger.group(), seen) ?? (plain ? card : undefined), silent: false };
  }
  if (request.messenger_id === null) return { step: { fail: 'there is nobody', write: undelivered(room, request, [message]) } };
  const reader = await readerOf(room.db, { ...request, messenger_id: request.messenger_id }, room.clock());
  const person: MessengerId = 'reads' in reader ? reader.reads : reader.waits;
  return {
    place: { person },
    header: texts.text('thread-answer-header', { number: request.number }, { html: true }),
    replyTo: inChat(person, seen),
    silent: await isSilent(room, request),
  };
}

/** Section 4: nothing rings at night, nor where the resident does not want to hear of it. */
export async function isSilent(
  { db, clock, timeZone }: ErrandRoom,
  { resident_id }: Pick<Request, 'resident_id'>,
): Promise<boolean> {
  return isNight(clock(), timeZone) || (resident_id !== null && (await hasMuted(db, resident_id, 'requests')));
}

/** Where the reader of a message of this side has another message before him. */
function seenBy(side: RequestMessage['side'], { side: written, source, copy }: RequestMessage): string | null {
  return written === side ? copy : source;
}

function inChat(chat: string | undefined, ref: string | null | undefined): MessageRef | undefined {
  return chat !== undefined && ref?.startsWith(`${chat}/`) ? (ref as MessageRef) : undefined;
}
