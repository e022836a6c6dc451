import { later } from '../../domain/durations.ts';
import { askForFileAgain, tellFileLost } from '../../office/requests/undelivered.ts';
import type { MessageRef } from '../../office/staff/message-part.ts';
import type { Trx } from '../../records/database.ts';
import { type Delivery, type DeliveryProgress, lockDelivery, listDeliveriesBehind } from '../../records/deliveries.ts';
import { markOutboxDone } from '../../records/outbox.ts';
import {
  updateRequestMessage,
  findRequestMessageById,
  findLastOfAlbum,
  type RequestMessage,
} from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import type { RefusedWhat } from '../refusal.ts';
import { type CaptionedFile, type ChatPlace, type Limits, type MessengerAction, STAFF_GROUP } from './actions.ts';
import { fileParts, fitsAlbum, fitTogether, heldBy, type OutgoingPart, partsOf } from './parts.ts';
import { fitInCard } from './card.ts';
import { followHeld, holdFiles, leaveWordsBehind, SAID_BY_THEIR_LOOKS } from './held-files.ts';
import { readShows } from './shows.ts';
import type { MessengerCall, DeliveryRoom, Step } from './step.ts';
import { findThreadPlace, sendCard } from './thread.ts';
import { undelivered, whyUndelivered } from './undelivered.ts';
import { waitStep } from './waits.ts';
import { type MessageRoute, wayOf } from './way.ts';

/** Messages that go to the other side together, and the deliveries that this ends. */
type Unit = {
  messages: readonly [RequestMessage, ...RequestMessage[]];
  ends: readonly number[];
  /** Edits of these that waited behind them: there is nothing left for them to do. */
  edits: readonly number[];
};

const MOST_TOGETHER = 30;

/** Brings a message to the other side: with what else waits of the same album, or with words of the same request towards staff. */
export async function relayStep(room: DeliveryRoom, delivery: Delivery, request: Request): Promise<Step> {
  const message = await findRequestMessageById(room.db, delivery.messageId ?? 0);
  if (!message || message.side === 'note' || message.withdrawnAt !== null) return undefined;
  const readyAt = await albumReadyAt(room, message);
  if (readyAt !== undefined && readyAt > room.clock()) return { later: readyAt };
  const waits = await waitStep(room, delivery, request, message);
  if (waits) return waits.step;
  const withCard = await cardStep(room, delivery, request, message);
  if (withCard) return withCard;
  const way = await wayOf(room, request, message, delivery.progress);
  if ('step' in way) return way.step;
  const unit = await unitOf(room, delivery, message, way.place);
  // Shortened while its parts went out: the edit behind it changes those that are there.
  const gone = delivery.progress.parts?.length ?? 0;
  if (gone > 0 && gone >= allParts(room, unit, way, delivery).length) return undefined;
  const call =
    message.kind !== 'words' && unit.messages.length > 1 ? albumCall(unit, way, delivery) : partCall(room, unit, way, delivery);
  const last = unit.messages.at(-1) ?? message;
  const nod: MessengerAction = { does: 'nod', message: last.source as MessageRef };
  const { lost, withoutFile = false, held, again } = delivery.progress;
  return {
    ...call,
    write: async (trx: Trx, copies: readonly MessageRef[]) => {
      if (held === 'file' && gone === 0) await leaveWordsBehind(trx, unit.messages);
      await call.write(trx, copies);
      if (!call.ends) return;
      await endEdits(trx, unit, room.clock());
      if (held === 'file') await followHeld(room, trx, request, unit.messages);
      if (message.side === 'staff' && lost !== undefined) {
        const why = whyUndelivered(message, { reason: '', what: lost as RefusedWhat });
        await tellFileLost(trx, request, message, { why, again }, room.clock());
      }
      if (message.side === 'resident' && withoutFile)
        await askForFileAgain(trx, request, message, { isTooLarge: lost === 'size', again }, room.clock());
    },
    failed: undelivered(room, request, unit.messages, delivery.progress),
    ...(message.side === 'resident' && !held && { heldBack: (trx) => holdFiles(room, trx, request, unit, delivery) }),
    // A sign that it was seen to is put under what arrived whole.
    ...(message.side === 'staff' && call.ends && lost === undefined && { afterwards: nod }),
  };
}

/** The first words of a request stand in its card: it is one message for both. Undefined: the card is there, or they have no room in it. */
async function cardStep(
  room: DeliveryRoom,
  delivery: Delivery,
  request: Request,
  message: RequestMessage,
): Promise<MessengerCall | undefined> {
  const { alone, parts, corrected } = delivery.progress;
  const { anew, inCard } = readShows(request.threadShows);
  if (message.side !== 'resident' || message.kind !== 'words' || request.kind !== 'request') return undefined;
  if (alone || parts || corrected || anew || inCard) return undefined;
  const found = await findThreadPlace(room, request);
  if (!('cardIn' in found)) return undefined;
  const unit = await unitOf(room, delivery, message, STAFF_GROUP);
  if (!(await fitInCard(room, request, unit.messages))) return undefined;
  const call = await sendCard(room, request, found.cardIn, unit.messages);
  return {
    ...call,
    write: async (trx, messages) => {
      await call.write(trx, messages);
      await endEdits(trx, unit, room.clock());
    },
    ends: unit.ends,
    instead: { ...delivery.progress, alone: true },
  };
}

/** Files of an album come one by one: so long it is waited for the next. */
async function albumReadyAt({ db, albumRestMs }: DeliveryRoom, { album }: RequestMessage): Promise<Date | undefined> {
  const last = album === null ? undefined : await findLastOfAlbum(db, album);
  return last && later(last, albumRestMs);
}

async function unitOf(
  { db, messenger }: DeliveryRoom,
  delivery: Delivery,
  message: RequestMessage,
  place: ChatPlace,
): Promise<Unit> {
  const limits = messenger.limitsIn(place);
  const messages: [RequestMessage, ...RequestMessage[]] = [message];
  const ends = [delivery.id];
  const edits: number[] = [];
  const { parts, alone, withoutFile, held } = delivery.progress;
  const joins =
    message.album === null
      ? message.kind === 'words' && message.side === 'resident' && message.context === null
      : fitsAlbum(message, limits);
  if (!joins || parts || alone || withoutFile || held === 'words') return { messages, ends, edits };
  const behind = await listDeliveriesBehind(db, delivery, MOST_TOGETHER);
  // Read after the edits that wait were: what goes out has the words of all of these.
  const newest = await findRequestMessageById(db, message.id);
  if (newest) messages[0] = newest;
  for (const next of behind) {
    // What was said before it went out costs no call of its own; that of what went before waits for its turn.
    if (next.kind === 'edit' && next.lockedUntil === null) {
      if (messages.some(({ id }) => id === next.messageId)) edits.push(next.id);
      continue;
    }
    const messagePart = next.kind === 'relay' ? await findRequestMessageById(db, next.messageId ?? 0) : undefined;
    if (!messagePart || messagePart.requestId !== message.requestId || !goesWith(messages, messagePart, limits)) break;
    messages.push(messagePart);
    ends.push(next.id);
  }
  return { messages, ends, edits };
}

function goesWith(messages: readonly [RequestMessage, ...RequestMessage[]], next: RequestMessage, limits: Limits): boolean {
  const [first] = messages;
  if (next.side !== first.side || next.withdrawnAt !== null) return false;
  if (first.album !== null) return next.album === first.album && fitsAlbum(next, limits) && messages.length < limits.album;
  return next.kind === 'words' && next.repliesTo === null && next.context === null && fitTogether([...messages, next], limits);
}

/** What arrived is what they want to be shown; where somebody wrote other words meanwhile, the edit stays in line for them. */
async function endEdits(trx: Trx, { messages, edits }: Unit, now: Date): Promise<void> {
  for (const id of edits) {
    const edit = await lockDelivery(trx, id);
    const sent = messages.find((message) => message.id === edit?.messageId);
    const known = sent && (await findRequestMessageById(trx, sent.id));
    if (known && known.words === sent.words && known.file === sent.file) await markOutboxDone(trx, [id], now);
  }
}

function albumCall(
  { messages, ends }: Unit,
  { place, frame, replyTo, quote, silent }: MessageRoute,
  { progress }: Delivery,
): MessengerCall {
  const files = messages.flatMap((message, n): CaptionedFile[] => {
    const [part] = fileParts(message, n === 0 ? frame : { ...frame, header: '', context: '' });
    return part?.file ? [{ ...heldBy(message, part.file), marked: part.marked }] : [];
  });
  return {
    action: { does: 'hand-album', to: place, files, replyTo, quote, silent },
    write: async (trx, copies) => {
      for (const [n, { id }] of messages.entries()) await updateRequestMessage(trx, id, { copy: copies[n] ?? copies[0] ?? null });
    },
    ends,
    instead: (what) => withoutQuote(what, progress) ?? { ...progress, alone: true },
  };
}

/** Where the quoted words are not those that stand there, the messenger takes nothing: they are put above instead. */
function withoutQuote(what: RefusedWhat, progress: DeliveryProgress): DeliveryProgress | undefined {
  return what === 'answered-gone' && !progress.withoutQuote ? { ...progress, withoutQuote: true } : undefined;
}

function allParts(
  { texts }: DeliveryRoom,
  { messages }: Pick<Unit, 'messages'>,
  { frame }: Pick<MessageRoute, 'frame'>,
  { progress: { withoutFile = false, held } }: Pick<Delivery, 'progress'>,
): OutgoingPart[] {
  if (held === 'words') return partsOf(messages, frame, texts.text('thread-file-held', {}, { marked: true }));
  // Staff see that there was a file; to a resident it is as if there had been none, and staff are told.
  const lost = frame.residents ? texts.text('thread-file-lost', {}, { marked: true }) : '';
  return partsOf(messages, frame, withoutFile ? lost : undefined);
}

/** One part of what does not fit into one message; mostly there is but one. */
function partCall(
  room: DeliveryRoom,
  { messages, ends }: Unit,
  { place, frame, replyTo, quote, silent }: MessageRoute,
  { progress }: Delivery,
): MessengerCall {
  const { parts: before = [] } = progress;
  const [message] = messages;
  const parts = allParts(room, { messages }, { frame }, { progress });
  const { file, copies, marked } = parts[before.length] ?? { marked: '' };
  const answers = before.length === 0 ? { replyTo, quote } : { replyTo: undefined };
  const to = { to: place, ...answers, silent };
  const last = before.length >= parts.length - 1;
  const source = message.source as MessageRef;
  const action: MessengerAction = file
    ? { does: 'hand', ...to, ...heldBy(message, file), marked }
    : copies
      ? { does: 'copy', ...to, source }
      : { does: 'say', ...to, marked, buttons: [] };
  const note = async (trx: Trx, arrived: readonly MessageRef[]) => {
    const [copy = null, ...more] = [...before, ...arrived];
    for (const { id } of messages) await updateRequestMessage(trx, id, { copy, moreCopies: more });
  };
  // To a resident there is nothing to say in place of a file that had no words.
  const leavesWords = frame.residents || message.words.trim() !== '';
  const leaveFile = (what: RefusedWhat): DeliveryProgress | undefined =>
    (file ?? copies) && leavesWords && !SAID_BY_THEIR_LOOKS.has(message.kind)
      ? { ...progress, withoutFile: true, lost: what }
      : undefined;
  return {
    action,
    write: note,
    ...(last ? { ends } : { progress: (arrived) => ({ ...progress, parts: [...before, ...arrived] }) }),
    instead: (what) => withoutQuote(what, progress) ?? leaveFile(what),
  };
}
