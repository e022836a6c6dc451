import { later } from '../../domain/durations.ts';
import { forResident, PIECES_MS } from '../../domain/staff-words.ts';
import type { Trx } from '../../records/database.ts';
import { listWrittenInPart } from '../../records/request-answers.ts';
import { insertRequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { about } from './about.ts';
import { answeredBy } from './answered.ts';
import { asStaff, type DeskEdges, audited } from './as-staff.ts';
import { type MessagePart, revisionOf, withoutLooks } from './message-part.ts';
import type { NotStaff, StaffCaller } from './staff.ts';
import { lockRequestAt, type Nowhere, type ThreadRef, sayInThread } from './thread.ts';
import { carryAnswer, type Nobody } from './answer-delivery.ts';
import { isAmongStaff, isAlbumOfNotes, makeNotes, type Noted } from './notes.ts';
import { noteSent } from './answer-sent.ts';

export type Written =
  | { outcome: 'answered'; number: number /** It had been closed and is open again. */; reopened: boolean }
  | Noted
  | Nobody
  /** Written already: an update that came again. */
  | { outcome: 'known' }
  | Nowhere
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
        await carryAnswer(trx, request, id, now);
        const reopened = await noteSent(trx, request, staff, threadRef, { ...messagePart, words }, id, now);
        await insertAuditEntry(trx, { ...entry, what: 'desk.answer' }, now);
        return { outcome: 'answered', number, reopened };
      });
    },
  };
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
