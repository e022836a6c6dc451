import { createHash } from 'node:crypto';
import { HOUR_MS, later } from '../../domain/durations.ts';
import type { MessageRef } from '../../office/staff/message-part.ts';
import type { Trx } from '../../records/database.ts';
import { saveFormerThread } from '../../records/former-threads.ts';
import { type RequestMessage, updateRequestMessage } from '../../records/request-messages.ts';
import { updateRequest, lockRequest, type Request } from '../../records/requests.ts';
import { type Card, cardOf, plainTitleOf, threadTitleOf } from './card.ts';
import type { ChatPlace } from './actions.ts';
import { earlierWords } from './earlier-words.ts';
import { keepShows, readShows, type ThreadShows } from './shows.ts';
import type { MessengerCall, DeliveryRoom, Step } from './step.ts';

/** Where staff talk about a request: a thread, or in a plain group the card that is replied to. */
export type ThreadPlace = { place: ChatPlace; card: MessageRef; plain: boolean };

/** How long a group without threads is not asked again. */
export const NO_THREADS_MS = HOUR_MS / 6;

/** The place of a request, or the step that brings it nearer: its thread is made, then its card. */
export async function threadPlaceOf(room: DeliveryRoom, request: Request): Promise<ThreadPlace | { step: Step }> {
  const found = await findThreadPlace(room, request);
  return 'cardIn' in found ? { step: await sendCard(room, request, found.cardIn) } : found;
}

/** The same; `cardIn`: all that is wanting is the card, in this thread or at large. */
export async function findThreadPlace(
  room: DeliveryRoom,
  request: Request,
): Promise<ThreadPlace | { step: Step } | { cardIn: MessageRef | undefined }> {
  const group = room.messenger.group();
  if (group === undefined) return { step: { later: later(room.clock(), 60_000) } };
  const thread = inGroup(group, request.thread);
  const card = inGroup(group, request.card);
  const { inTheWay, anew, earlier, noThread } = readShows(request.threadShows);
  if (thread !== undefined && inTheWay) return { step: reopenStep(room, request, thread) };
  if (card !== undefined) {
    const place = { group: true, thread } as const;
    const repeated = anew && !earlier ? await earlierWords(room, request) : undefined;
    if (repeated === undefined) return { place, card, plain: thread === undefined };
    const action = { does: 'say', to: place, marked: repeated, buttons: [], replyTo: undefined, silent: true } as const;
    const noteSaid = shown(room, request, { earlier: true });
    const write = async (trx: Trx, arrived: readonly MessageRef[]) => {
      await noteSaid(trx);
      if (thread === undefined) await answerableAt(trx, request, arrived, room.clock());
    };
    return { step: { action, write, instead: 'done' } };
  }
  if (thread === undefined && !noThread && takesThreads(room)) return { step: openThread(room, request) };
  return { cardIn: thread };
}

/** The next step that makes the thread follow its request; undefined: it does. */
export async function followStep(room: DeliveryRoom, request: Request): Promise<Step> {
  const threadPlace = await threadPlaceOf(room, request);
  const shows = readShows(request.threadShows);
  // Of what is over and was thrown away, nothing is made anew.
  if ('step' in threadPlace) return request.state === 'closed' && shows.anew ? undefined : threadPlace.step;
  const ofThread = await threadStep(room, request);
  if (ofThread) return ofThread;
  const change = await changeCard(room, request);
  return change && { ...change, instead: 'done' };
}

/** The next step that makes the thread's name and closedness follow the request; undefined: they do, or there is no thread. */
export async function threadStep(room: DeliveryRoom, request: Request): Promise<Step> {
  const group = room.messenger.group();
  const thread = group === undefined ? undefined : inGroup(group, request.thread);
  if (thread === undefined) return undefined;
  const shows = readShows(request.threadShows);
  const title = threadTitleOf(room, request);
  const closed = request.state === 'closed';
  if (shows.closed && !closed) return reopenStep(room, request, thread);
  if (shows.title !== title)
    return { action: { does: 'retitle', thread, title }, write: shown(room, request, { title }), instead: 'done' };
  if (closed && !shows.closed)
    return { action: { does: 'shut-thread', thread }, write: shown(room, request, { closed }), instead: 'done' };
  return undefined;
}

/** Words reach a closed thread only after it was opened again. */
function reopenStep(room: DeliveryRoom, request: Request, thread: MessageRef): MessengerCall {
  return {
    action: { does: 'reopen-thread', thread },
    write: shown(room, request, { closed: false, inTheWay: false }),
    instead: 'done',
  };
}

/** Without threads, whatever the bot says of a request is replied to as its card is: these messages lead to it. */
export async function answerableAt(
  trx: Trx,
  { id }: Pick<Request, 'id'>,
  there: readonly MessageRef[],
  now: Date,
): Promise<void> {
  for (const each of there) await saveFormerThread(trx, each, id, now);
}

/** The thread (or the card) is not there any more, as the messenger says; people may have it before them all the same. */
export async function loseThread(trx: Trx, request: Request, now: Date): Promise<void> {
  for (const former of [request.thread, request.card]) if (former !== null) await saveFormerThread(trx, former, request.id, now);
  await updateRequest(trx, request.id, { thread: null, card: null, threadShows: keepShows({ anew: true }) }, now);
}

function openThread(room: DeliveryRoom, request: Request): MessengerCall {
  const { anew, plainTitle } = readShows(request.threadShows);
  const title = plainTitle ? plainTitleOf(room, request) : threadTitleOf(room, request);
  const lost = anew ?? (request.thread !== null || request.card !== null);
  return {
    action: { does: 'open-thread', title },
    write: (trx, [thread]) =>
      updateRequest(
        trx,
        request.id,
        { thread: thread ?? null, card: null, threadShows: keepShows({ title, closed: false, anew: lost }) },
        room.clock(),
      ),
    // Something of this title, which is nobody else's matter.
    otherwise: shown(room, request, plainTitle ? { noThread: true } : { plainTitle: true }),
  };
}

/** `words`: messages that are to stand in it from now on, besides those that do. */
export async function sendCard(
  room: DeliveryRoom,
  request: Request,
  thread: MessageRef | undefined,
  words?: readonly RequestMessage[],
): Promise<MessengerCall> {
  const card = await cardOf(room, request, words);
  const shows = readShows(request.threadShows);
  const inCard = words?.map(({ id }) => id) ?? shows.inCard ?? [];
  return {
    action: { does: 'say', to: { group: true, thread }, ...card, replyTo: undefined, silent: false },
    write: async (trx, [message]) => {
      for (const id of inCard) await updateRequestMessage(trx, id, { copy: message ?? null });
      const threadShows = keepShows({ ...shows, card: fingerprint(card), ...(inCard.length > 0 && { inCard }) });
      await updateRequest(trx, request.id, { thread: thread ?? null, card: message ?? null, threadShows }, room.clock());
    },
  };
}

/** The card as it is to be now, with the words that stand in it; undefined: so it is. */
export async function changeCard(room: DeliveryRoom, request: Request): Promise<MessengerCall | undefined> {
  const card = await cardOf(room, request);
  if (request.card === null || readShows(request.threadShows).card === fingerprint(card)) return undefined;
  return {
    action: { does: 'change-words', message: request.card as MessageRef, ...card },
    write: shown(room, request, { card: fingerprint(card) }),
  };
}

/** What the thread shows from now on. */
export function shown(room: DeliveryRoom, request: Request, more: ThreadShows): (trx: Trx) => Promise<void> {
  return async (trx) => {
    // Somebody may have shut the thread by hand while the messenger answered.
    const known = (await lockRequest(trx, request.id))?.threadShows ?? null;
    await updateRequest(trx, request.id, { threadShows: keepShows({ ...readShows(known), ...more }) }, room.clock());
  };
}

function takesThreads({ found: { noThreads }, messenger, clock }: DeliveryRoom): boolean {
  return noThreads === undefined || noThreads.group !== messenger.group() || clock() >= noThreads.until;
}

/** A group that became another one took nothing of the old one with it. */
function inGroup(group: string, ref: string | null): MessageRef | undefined {
  return ref?.startsWith(`${group}/`) ? (ref as MessageRef) : undefined;
}

function fingerprint({ marked, buttons }: Card): string {
  return createHash('sha256')
    .update(JSON.stringify([marked, buttons]))
    .digest('base64url')
    .slice(0, 16);
}
