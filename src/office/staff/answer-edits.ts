import { forResident, isCommand } from '../../domain/staff-words.ts';
import type { Trx } from '../../records/database.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import { findStaffMessage, listAlbum, updateMessageRevised } from '../../records/request-answers.ts';
import { updateRequestMessage, type RequestMessage } from '../../records/request-messages.ts';
import { lockRequest } from '../../records/requests.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { about } from './about.ts';
import { asStaff, type DeskEdges, audited } from './as-staff.ts';
import {
  commandMark,
  contextWith,
  isSameFile,
  keptFile,
  looksSame,
  type MessagePart,
  revisionOf,
  withoutLooks,
} from './message-part.ts';
import type { NotStaff, StaffCaller } from './staff.ts';
import { noteUnanswered } from './states.ts';
import type { ThreadRef } from './thread.ts';
import { towards, carryAnswerAgain, takeBack, type Nobody } from './answer-delivery.ts';
import { isAmongStaff, makeNotes } from './notes.ts';
import { noteSent } from './answer-sent.ts';

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

/** What staff wrote in a thread, corrected in the messenger. */
export function createAnswerEdits(edges: DeskEdges) {
  return {
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
          await carryAnswerAgain(trx, request, message.id, now);
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
          await carryAnswerAgain(trx, request, id, now);
        }
        const reopened = await noteSent(trx, request, staff, threadRef, { ...messagePart, words }, message.id, now);
        return { outcome: 'sent', number, reopened };
      });
    },
  };
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
