import { shortenTo } from '../../domain/cut.ts';
import { later } from '../../domain/durations.ts';
import { forResident, isCommand, PIECES_MS } from '../../domain/staff-words.ts';
import type { Trx } from '../../records/database.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import { findRequestOfFormerThread } from '../../records/former-threads.ts';
import {
  findLastAnswer,
  findStaffMessage,
  listAlbum,
  listWrittenInPart,
  updateMessageRevised,
} from '../../records/request-answers.ts';
import {
  insertRequestMessage,
  updateRequestMessage,
  findRequestMessage,
  type RequestMessage,
} from '../../records/request-messages.ts';
import { lockRequest, type Request } from '../../records/requests.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { about } from './about.ts';
import { answeredBy } from './answered.ts';
import { asStaff, type DeskEdges, audited } from './as-staff.ts';
import {
  commandMark,
  contextWith,
  isSameFile,
  keptFile,
  looksSame,
  type MessagePart,
  type MessageRef,
  revisionOf,
  withoutLooks,
} from './message-part.ts';
import type { NotStaff, StaffCaller } from './staff.ts';
import { noteAnswer, noteUnanswered } from './states.ts';
import { lockPressed, lockRequestAt, type Nowhere, requestOnceAt, type ThreadRef, sayInThread } from './thread.ts';

/** Kept for colleagues, and never carried over. */
type Noted = { outcome: 'noted'; number: number };
/** Nobody is there to read it: the consent was withdrawn. */
type Nobody = { outcome: 'nobody'; number: number };

export type Written =
  | { outcome: 'answered'; number: number /** It had been closed and is open again. */; reopened: boolean }
  | Noted
  | Nobody
  /** Written already: an update that came again. */
  | { outcome: 'known' }
  | Nowhere
  | NotStaff;

export type Revised =
  | { outcome: 'edited' | 'taken-back' | 'noted' | 'unchanged'; number: number }
  /** It goes out as an answer that is written does. */
  | { outcome: 'sent'; number: number; reopened: boolean }
  /** It was taken back by a button: other words do not bring it back. */
  | { outcome: 'withdrawn'; number: number }
  /** A command that was made of an answer does nothing: the resident sees the former words. */
  | { outcome: 'command'; number: number }
  /** It is no message of staff in any request. */
  | { outcome: 'unknown' }
  | Nobody
  | NotStaff;

export type Withdrawn =
  | { outcome: 'withdrawn'; number: number; words: string; by: string }
  | { outcome: 'nothing-to-withdraw'; number: number }
  | { outcome: 'gone' }
  | NotStaff;

/** What staff write in a request's thread goes to the author of the request only. */
export function createAnswers(edges: DeskEdges) {
  return {
    /**
     * A message of staff. Lines that begin with `//` are taken out; a message of such lines alone, and whatever is written in the thread of an escalation
     * that concerns no person, is a note.
     */
    async written(staff: StaffCaller, threadRef: ThreadRef, messagePart: MessagePart): Promise<Written> {
      return asStaff(edges, staff, 'written', async (trx, now): Promise<Written> => {
        const request = await lockRequestAt(trx, threadRef);
        if (!request) return { outcome: 'nowhere' };
        const { number } = request;
        const { words, note } = forResident(messagePart.words);
        const isNote = note || (await isAlbumOfNotes(trx, request, messagePart)) || isAmongStaff(request);
        if (!isNote && request.messengerId === null) return { outcome: 'nobody', number };
        const id = await keep(
          trx,
          request,
          staff,
          isNote || words === messagePart.words ? messagePart : withoutLooks({ ...messagePart, words }),
          isNote ? 'note' : 'staff',
          now,
        );
        if (id === undefined) return { outcome: 'known' };
        const entry = { ...audited(staff), ...about(request), details: { message: id } };
        if (isNote) {
          await insertAuditEntry(trx, { ...entry, what: 'desk.note' }, now);
          if (note && messagePart.album !== null) await makeNotes(trx, request, messagePart.album, now);
          if (!note && isAmongStaff(request)) await sayWhereTheRestGoes(trx, request, staff, now);
          return { outcome: 'noted', number };
        }
        await carry(trx, request, id, now);
        const reopened = await noteSent(trx, request, staff, threadRef, { ...messagePart, words }, id, now);
        await insertAuditEntry(trx, { ...entry, what: 'desk.answer' }, now);
        return { outcome: 'answered', number, reopened };
      });
    },

    /**
     * A message of staff has other words or another file by now. An answer that became a note is taken back, a note that became an answer
     * is sent.
     */
    async edited(staff: StaffCaller, threadRef: ThreadRef, messagePart: MessagePart): Promise<Revised> {
      return asStaff(edges, staff, 'edited', async (trx, now): Promise<Revised> => {
        const found = await findStaffMessage(trx, messagePart.source);
        const request = found && (await lockRequest(trx, found.requestId));
        const message = request && (await findStaffMessage(trx, messagePart.source));
        if (!request || !message || message.author !== staff.messengerId) return { outcome: 'unknown' };
        const { number } = request;
        if (isUnchanged(message, messagePart)) return { outcome: 'unchanged', number };
        if (isCommand(messagePart.words)) return { outcome: 'command', number };

        const wasNote = message.side === 'note';
        const { words, note } = forResident(messagePart.words);
        const album = message.album === null ? [message] : await listAlbum(trx, request.id, message.album);
        // The words under the other files of an album are those of this one, too.
        const others = album.filter(({ id }) => id !== message.id);
        const isNote = note || others.some((other) => forResident(other.words).note) || isAmongStaff(request);
        const revised = isNote ? messagePart.words : words;
        const looking = revised === messagePart.words ? messagePart : withoutLooks(messagePart);
        if (!isNote && request.messengerId === null) return { outcome: 'nobody', number };
        if (message.withdrawnAt !== null && !wasNote) return { outcome: 'withdrawn', number };
        const context = contextWith(message.context, looking);
        await updateMessageRevised(trx, message.id, { ...revisionOf(messagePart), words: revised, context, editedAt: now });
        await insertAuditEntry(
          trx,
          { ...audited(staff), what: 'desk.edit', ...about(request), details: { message: message.id } },
          now,
        );
        if (isNote && wasNote) return { outcome: 'noted', number };
        if (isNote) {
          if (message.album === null) await takeBack(trx, request, message, 'note', now);
          else await makeNotes(trx, request, message.album, now);
          await noteUnanswered(trx, request, now);
          return { outcome: 'taken-back', number };
        }
        // It never arrived: it is sent again with the new words.
        if (!wasNote && message.undelivered !== null && message.copy === null) {
          await updateRequestMessage(trx, message.id, { undelivered: null, waitsSince: null });
          await carryAgain(trx, request, message.id, now);
          const reopened = await noteSent(trx, request, staff, threadRef, { ...messagePart, words }, message.id, now);
          return { outcome: 'sent', number, reopened };
        }
        if (!wasNote) {
          await insertDelivery(trx, { ...towards(request), kind: 'edit', messageId: message.id }, now);
          return { outcome: 'edited', number };
        }
        for (const other of others) await makePublic(trx, other, now);
        for (const { id } of album) {
          await updateRequestMessage(trx, id, { side: 'staff', withdrawnAt: null });
          await carryAgain(trx, request, id, now);
        }
        const reopened = await noteSent(trx, request, staff, threadRef, { ...messagePart, words }, message.id, now);
        return { outcome: 'sent', number, reopened };
      });
    },

    /** «Отозвать»: the newest answer of the request is deleted at the resident's, an album as a whole. */
    async withdrawLast(staff: StaffCaller, number: number, threadRef: ThreadRef): Promise<Withdrawn> {
      return asStaff(edges, staff, 'withdraw', async (trx, now) => {
        const request = await lockPressed(trx, number, threadRef);
        if (!request) return { outcome: 'gone' } as const;
        return withdraw(trx, staff, request, await findLastAnswer(trx, request.id), now);
      });
    },

    /** The same of the answer that is named, or of the newest one. */
    async withdrawAt(staff: StaffCaller, threadRef: ThreadRef, answer: MessageRef | null): Promise<Withdrawn | Nowhere> {
      return asStaff(edges, staff, 'withdraw', async (trx, now) => {
        const request = await lockRequestAt(trx, threadRef);
        if (!request) return { outcome: 'nowhere' } as const;
        const named = answer === null ? undefined : await findRequestMessage(trx, answer);
        const atLarge =
          answer === null || answer === request.card || (!named && (await requestOnceAt(trx, answer))?.id === request.id);
        const ours = named?.requestId === request.id && named.side === 'staff' ? named : undefined;
        return withdraw(trx, staff, request, atLarge ? await findLastAnswer(trx, request.id) : ours, now);
      });
    },
  };

  async function withdraw(
    trx: Trx,
    staff: StaffCaller,
    request: Request,
    answer: RequestMessage | undefined,
    now: Date,
  ): Promise<Withdrawn> {
    const { number } = request;
    if (!answer || answer.withdrawnAt !== null) return { outcome: 'nothing-to-withdraw', number };
    const album = answer.album === null ? [answer] : await listAlbum(trx, request.id, answer.album);
    for (const one of album)
      if (one.withdrawnAt === null && one.side === 'staff') await takeBack(trx, request, one, 'staff', now);
    await noteUnanswered(trx, request, now);
    await insertAuditEntry(
      trx,
      { ...audited(staff), what: 'desk.withdraw', ...about(request), details: { message: answer.id } },
      now,
    );
    const words = album.find((one) => one.words !== '')?.words ?? '';
    return { outcome: 'withdrawn', number, words, by: answer.authorName ?? answer.author };
  }
}

/** An answer is on its way, whether it was written or came of an edit: colleagues read what they have to know. Whether it opened the request again. */
async function noteSent(
  trx: Trx,
  request: Request,
  staff: StaffCaller,
  threadRef: ThreadRef,
  messagePart: MessagePart,
  id: number,
  now: Date,
): Promise<boolean> {
  await sayWhereItIs(trx, request, staff, threadRef, messagePart, id, now);
  await sayWhoLeads(trx, request, staff, now);
  await noteAnswer(trx, request, staff, now);
  return request.state === 'closed';
}

/**
 * An answer from a thread that was given up goes as any other; colleagues in the request's present one read that it did, and what it was.
 */
async function sayWhereItIs(
  trx: Trx,
  request: Request,
  { name }: StaffCaller,
  { thread }: ThreadRef,
  { kind, words }: MessagePart,
  id: number,
  now: Date,
): Promise<void> {
  if (thread === null || request.thread === thread || (await findRequestOfFormerThread(trx, thread)) !== request.id) return;
  const what = kind === 'words' ? 'words' : 'file';
  await sayInThread(
    trx,
    request,
    'desk-answered-elsewhere',
    { name, what, words: shortenTo(words, LONGEST_TOLD) },
    now,
    `elsewhere/${id}`,
  );
}

/** Two answer one resident: the second one reads whose request it is, once for each lead. */
async function sayWhoLeads(trx: Trx, request: Request, { messengerId }: StaffCaller, now: Date): Promise<void> {
  const { takenBy, takenByName: name, state, reopened } = request;
  if (takenBy === null || takenBy === messengerId || state === 'closed') return;
  const key = `led-by/${request.id}/${reopened}/${takenBy}/${messengerId}`;
  await sayInThread(trx, request, 'desk-led-by', { name: name ?? '' }, now, key);
}

/**
 * A client cuts what is too long for one message: behind a long `/write` comes the rest of it without the command, and is a note like all that is
 * written there. Its writer is told so, once.
 */
async function sayWhereTheRestGoes(trx: Trx, escalation: Request, { messengerId }: StaffCaller, now: Date): Promise<void> {
  const written = { escalation: escalation.number, author: messengerId, since: later(now, -PIECES_MS) };
  const numbers = await listWrittenInPart(trx, written);
  if (numbers.length === 0) return;
  const told = { count: numbers.length, numbers: numbers.map((number) => `№ ${number}`).join(', ') };
  await sayInThread(trx, escalation, 'desk-write-rest', told, now, `write-rest/${numbers[0]}`);
}

const LONGEST_TOLD = 1000;

/** An escalation that concerns no person: what is written about it is among staff. */
function isAmongStaff({ kind, messengerId }: Request): boolean {
  return kind !== 'request' && messengerId === null;
}

/** Where a delivery about an answer goes: to whoever wrote the request, never to anybody that a message names. */
function towards({ id, messengerId }: Request) {
  return { to: { person: messengerId ?? '' }, requestId: id };
}

async function carry(trx: Trx, request: Request, messageId: number, now: Date): Promise<void> {
  await insertDelivery(trx, { ...towards(request), kind: 'relay', messageId }, now);
}

/** What it fails of is told anew, whatever staff were told of it before. */
async function carryAgain(trx: Trx, request: Request, messageId: number, now: Date): Promise<void> {
  const progress = { again: now.toISOString() };
  await insertDelivery(trx, { ...towards(request), kind: 'relay', messageId, progress }, now);
}

async function keep(
  trx: Trx,
  request: Request,
  { messengerId, name }: StaffCaller,
  messagePart: MessagePart,
  side: 'staff' | 'note',
  now: Date,
): Promise<number | undefined> {
  const { source, album, words } = messagePart;
  return insertRequestMessage(trx, {
    requestId: request.id,
    side,
    author: messengerId,
    authorName: name,
    source,
    album,
    words,
    ...revisionOf(messagePart),
    ...(await answeredBy(trx, request.id, 'staff', messagePart)),
    at: now,
  });
}

/** The words of an album stand under one of its files, and are those of all. */
async function isAlbumOfNotes(trx: Trx, { id }: Request, { album }: MessagePart): Promise<boolean> {
  return album !== null && (await listAlbum(trx, id, album)).some(({ side }) => side === 'note');
}

/** An edit of nothing, which a messenger may tell of, too. It is judged by what was written, whichever side that is on by now. */
function isUnchanged(message: RequestMessage, messagePart: MessagePart): boolean {
  if (message.context?.command === commandMark(messagePart.words)) return true;
  const { words, note } = forResident(messagePart.words);
  if (note && message.side !== 'note') return false;
  const kept = message.side === 'note' ? messagePart.words : words;
  const looking = kept === messagePart.words ? messagePart : withoutLooks(messagePart);
  return message.words === kept && looksSame(message.context, looking) && isSameFile(message, messagePart);
}

/** A note is kept with all its words; of those under a file of an album that goes to the resident now, what is for colleagues is taken out. */
async function makePublic(trx: Trx, message: RequestMessage, now: Date): Promise<void> {
  const { words } = forResident(message.words);
  if (words === message.words) return;
  const context = contextWith(message.context, { context: null });
  await updateMessageRevised(trx, message.id, { ...keptFile(message), words, context, editedAt: now });
}

/** Files that came before the words which say that they are not for the resident. */
async function makeNotes(trx: Trx, request: Request, album: string, now: Date): Promise<void> {
  for (const one of await listAlbum(trx, request.id, album))
    if (one.side === 'staff') await takeBack(trx, request, one, 'note', now);
}

/** It is not to be sent any more; where it was, it is deleted there. */
async function takeBack(trx: Trx, request: Request, { id }: RequestMessage, side: 'staff' | 'note', now: Date): Promise<void> {
  await updateRequestMessage(trx, id, { side, withdrawnAt: now });
  if (request.messengerId !== null) await insertDelivery(trx, { ...towards(request), kind: 'withdraw', messageId: id }, now);
}
