import { later } from '../../domain/durations.ts';
import type { MessageRef } from '../../office/desk/piece.ts';
import type { Trx } from '../../records/database.ts';
import { type Errand, listErrandsBehind } from '../../records/errands.ts';
import {
  changeRequestMessage,
  findRequestMessageById,
  lastOfAlbum,
  type RequestMessage,
} from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import type { AlbumFile, Deed } from './deeds.ts';
import { fileParts, fitTogether, type Part, partsOf } from './parts.ts';
import type { Call, ErrandRoom, Step } from './step.ts';
import { undelivered } from './undelivered.ts';
import { waitStep } from './waits.ts';
import { type Way, wayOf } from './way.ts';

/** Messages that go to the other side together, and the errands that this ends. */
type Unit = { messages: readonly [RequestMessage, ...RequestMessage[]]; ends: readonly number[] };

const MOST_TOGETHER = 30;
const LARGEST_ALBUM = 10;
/** Longer words need a message of their own. */
const LONGEST_IN_ALBUM = 900;

/** Brings a message to the other side: with what else waits of the same album, or with words of the same request towards staff. */
export async function relayStep(room: ErrandRoom, errand: Errand, request: Request): Promise<Step> {
  const message = await findRequestMessageById(room.db, errand.message_id ?? 0);
  if (!message || message.side === 'note' || message.withdrawn_at !== null) return undefined;
  const readyAt = await albumReadyAt(room, message);
  if (readyAt !== undefined && readyAt > room.clock()) return { later: readyAt };
  const waits = await waitStep(room, errand, request, message);
  if (waits) return waits.step;
  const way = await wayOf(room, request, message);
  if ('step' in way) return way.step;
  const unit = await unitOf(room, errand, message);
  // Shortened while its parts went out: the edit behind it changes those that are there.
  const gone = errand.progress.parts?.length ?? 0;
  if (gone > 0 && gone >= allParts(room, unit, way, errand).length) return undefined;
  const call =
    message.kind !== 'words' && unit.messages.length > 1 ? albumCall(unit, way, errand) : partCall(room, unit, way, errand);
  const last = unit.messages.at(-1) ?? message;
  const nod: Deed = { does: 'nod', message: last.source as MessageRef };
  return {
    ...call,
    failed: undelivered(room, request, unit.messages),
    ...(message.side === 'staff' && call.ends && { afterwards: nod }),
  };
}

/** Files of an album come one by one: so long it is waited for the next. */
async function albumReadyAt({ db, albumRestMs }: ErrandRoom, { album }: RequestMessage): Promise<Date | undefined> {
  const last = album === null ? undefined : await lastOfAlbum(db, album);
  return last && later(last, albumRestMs);
}

async function unitOf({ db }: ErrandRoom, errand: Errand, message: RequestMessage): Promise<Unit> {
  const messages: [RequestMessage, ...RequestMessage[]] = [message];
  const ends = [errand.id];
  const { parts, alone, withoutFile } = errand.progress;
  const joins = message.album === null ? message.kind === 'words' && message.side === 'resident' : fitsAlbum(message);
  if (!joins || parts || alone || withoutFile) return { messages, ends };
  for (const behind of await listErrandsBehind(db, errand, MOST_TOGETHER)) {
    const next = behind.kind === 'relay' ? await findRequestMessageById(db, behind.message_id ?? 0) : undefined;
    if (!next || next.request_id !== message.request_id || !goesWith(messages, next)) break;
    messages.push(next);
    ends.push(behind.id);
  }
  return { messages, ends };
}

function goesWith(messages: readonly [RequestMessage, ...RequestMessage[]], next: RequestMessage): boolean {
  const [first] = messages;
  if (next.side !== first.side || next.withdrawn_at !== null) return false;
  if (first.album !== null) return next.album === first.album && fitsAlbum(next) && messages.length < LARGEST_ALBUM;
  return next.kind === 'words' && next.replies_to === null && fitTogether([...messages, next]);
}

const fitsAlbum = ({ words, file }: RequestMessage): boolean => file !== null && words.length <= LONGEST_IN_ALBUM;

function albumCall({ messages, ends }: Unit, { place, header, replyTo, silent }: Way, { progress }: Errand): Call {
  const files = messages.flatMap((message, n): AlbumFile[] => {
    const [part] = fileParts(message, n === 0 ? header : '');
    return part?.file ? [{ kind: part.file.kind, file: part.file.handle, html: part.html }] : [];
  });
  return {
    deed: { does: 'hand-album', to: place, files, replyTo, silent },
    write: async (trx, copies) => {
      for (const [n, { id }] of messages.entries()) await changeRequestMessage(trx, id, { copy: copies[n] ?? copies[0] ?? null });
    },
    ends,
    instead: { ...progress, alone: true },
  };
}

function allParts(
  { texts }: ErrandRoom,
  { messages }: Pick<Unit, 'messages'>,
  { header }: Pick<Way, 'header'>,
  { progress: { withoutFile = false } }: Pick<Errand, 'progress'>,
): Part[] {
  return partsOf(messages, header, withoutFile ? texts.text('thread-file-lost', {}, { html: true }) : undefined);
}

/** One part of what does not fit into one message; mostly there is but one. */
function partCall(
  room: ErrandRoom,
  { messages, ends }: Unit,
  { place, header, replyTo, silent }: Way,
  { progress }: Errand,
): Call {
  const { parts: before = [] } = progress;
  const [message] = messages;
  const parts = allParts(room, { messages }, { header }, { progress });
  const { file, copies, html } = parts[before.length] ?? { html: '' };
  const to = { to: place, replyTo: before.length === 0 ? replyTo : undefined, silent };
  const last = before.length >= parts.length - 1;
  const deed: Deed = file
    ? { does: 'hand', ...to, kind: file.kind, file: file.handle, html }
    : copies
      ? { does: 'copy', ...to, source: message.source as MessageRef }
      : { does: 'say', ...to, html, buttons: [] };
  const note = async (trx: Trx, arrived: readonly MessageRef[]) => {
    const [copy = null, ...more] = [...before, ...arrived];
    for (const { id } of messages) await changeRequestMessage(trx, id, { copy, more_copies: more });
  };
  return {
    deed,
    write: note,
    ...(last ? { ends } : { progress: (arrived) => ({ ...progress, parts: [...before, ...arrived] }) }),
    ...((file ?? copies) && { instead: { ...progress, withoutFile: true } }),
  };
}
