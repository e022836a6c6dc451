import { shortenTo } from '../../domain/cut.ts';
import type { Trx } from '../../records/database.ts';
import { findRequestOfFormerThread } from '../../records/former-threads.ts';
import type { Request } from '../../records/requests.ts';
import type { MessagePart } from './message-part.ts';
import type { StaffCaller } from './staff.ts';
import { noteAnswer } from './states.ts';
import { type ThreadRef, sayInThread } from './thread.ts';

const LONGEST_TOLD = 1000;

/** An answer is on its way, whether it was written or came of an edit: colleagues read what they have to know. Whether it opened the request again. */
export async function noteSent(
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
