import type { Trx } from '../../records/database.ts';
import { findLastAnswer, listAlbum } from '../../records/request-answers.ts';
import { findRequestMessage, type RequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { about } from './about.ts';
import { asStaff, type DeskEdges, audited } from './as-staff.ts';
import type { MessageRef } from './message-part.ts';
import type { NotStaff, StaffCaller } from './staff.ts';
import { noteUnanswered } from './states.ts';
import { lockPressed, lockRequestAt, type Nowhere, requestOnceAt, type ThreadRef } from './thread.ts';
import { takeBack } from './answer-delivery.ts';

export type Withdrawn =
  | { outcome: 'withdrawn'; number: number; words: string; by: string }
  | { outcome: 'nothing-to-withdraw'; number: number }
  | { outcome: 'gone' }
  | NotStaff;

/** Answers that staff take back. */
export function createWithdrawals(edges: DeskEdges) {
  return {
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
}

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
  for (const one of album) if (one.withdrawnAt === null && one.side === 'staff') await takeBack(trx, request, one, 'staff', now);
  await noteUnanswered(trx, request, now);
  await insertAuditEntry(
    trx,
    { ...audited(staff), what: 'desk.withdraw', ...about(request), details: { message: answer.id } },
    now,
  );
  const words = album.find((one) => one.words !== '')?.words ?? '';
  return { outcome: 'withdrawn', number, words, by: answer.authorName ?? answer.author };
}
