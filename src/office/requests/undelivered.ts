import type { Trx } from '../../records/database.ts';
import { type BotMessage, insertDelivery } from '../../records/deliveries.ts';
import { type RequestMessage, updateRequestMessage } from '../../records/request-messages.ts';
import { lockRequest, type Request } from '../../records/requests.ts';
import { noteUnanswered } from '../staff/states.ts';
import { hasPhone } from './card-buttons.ts';

/** Why a message did not arrive, as staff are told it: `thread-undelivered-why` has the words and what to do instead. */
export type UndeliveredWhy =
  | 'blocked'
  | 'nobody'
  | 'voices'
  | 'kind'
  | 'copying'
  | 'file'
  | 'size'
  | 'words'
  | 'away'
  | 'refused';

/** Of one carrying of a message, or of an album, once is said enough; of the next one, which somebody waits for, it is said again. */
export type Carrying = { again?: string | undefined };

type UndeliveredMessage = Pick<RequestMessage, 'id' | 'album' | 'side' | 'kind' | 'editedAt'>;

/**
 * What never arrived is noted with its reason (`note` is for the log), and staff are told so in its thread: what it was, and what to do. `unnoted`:
 * the database takes no note of it, so that it is only told.
 */
export async function noteUndelivered(
  trx: Trx,
  request: Request,
  messages: readonly UndeliveredMessage[],
  { why, note, unnoted = false, ...carrying }: Carrying & { why: UndeliveredWhy; note: string; unnoted?: boolean | undefined },
  now: Date,
): Promise<void> {
  const [first] = messages;
  if (!first) return;
  // It follows when they let us write again.
  const held = first.side === 'staff' && why === 'blocked';
  const change = { undelivered: note, ...(held && { waitsSince: now }) };
  if (!unnoted) for (const { id } of messages) await updateRequestMessage(trx, id, change);
  if (first.side === 'resident') return tellWordsLost(trx, request, first, carrying, now);
  if (first.side !== 'staff') return;
  await tellStaff(trx, request, first, { text: 'thread-undelivered', why, about: aboutOf(first, carrying) }, now);
  if (unnoted) return;
  // Who cannot be reached has been answered as well as could be; who can still waits.
  const known = UNREACHABLE.has(why) ? undefined : await lockRequest(trx, request.id);
  if (known) await noteUnanswered(trx, known, now);
}

const UNREACHABLE: ReadonlySet<UndeliveredWhy> = new Set(['blocked', 'nobody']);

/** The words arrived, and the file that they belong to did not. */
export async function tellFileLost(
  trx: Trx,
  request: Request,
  message: UndeliveredMessage,
  { why, ...carrying }: Carrying & { why: UndeliveredWhy },
  now: Date,
): Promise<void> {
  await tellStaff(trx, request, message, { text: 'thread-file-undelivered', why, about: aboutOf(message, carrying) }, now);
}

/** An answer has other words by now, and the resident has the former ones. */
export async function tellEditUndelivered(
  trx: Trx,
  request: Request,
  message: UndeliveredMessage,
  why: UndeliveredWhy,
  now: Date,
): Promise<void> {
  const about = `${message.id}/${message.editedAt?.toISOString() ?? ''}`;
  await tellStaff(trx, request, message, { text: 'thread-edit-undelivered', why, about }, now);
}

/** Staff see that there was a file, and that they did not get it: whoever sent it is asked for it once more, or for a smaller one. */
export async function askForFileAgain(
  trx: Trx,
  { id, number, messengerId: person }: Request,
  message: UndeliveredMessage,
  { isTooLarge, ...carrying }: Carrying & { isTooLarge: boolean },
  now: Date,
): Promise<void> {
  if (person === null) return;
  const botMessage = { text: 'thread-file-again', words: { number, reason: isTooLarge ? 'size' : 'file' }, doors: [] };
  const key = `file-again/${id}/${aboutOf(message, carrying)}`;
  await insertDelivery(trx, { to: { person }, kind: 'say', requestId: id, botMessage, key }, now);
}

/** Neither side is left to believe that staff have read it. */
async function tellWordsLost(
  trx: Trx,
  { id, number, messengerId: person }: Request,
  message: UndeliveredMessage,
  carrying: Carrying,
  now: Date,
): Promise<void> {
  const key = `words-lost/${id}/${aboutOf(message, carrying)}`;
  const asked = person !== null;
  const said = (text: string): BotMessage => ({ text, words: { number, asked }, doors: [] });
  await insertDelivery(trx, { to: { staff: id }, kind: 'say', botMessage: said('thread-words-lost'), key }, now);
  if (person === null) return;
  const again = { to: { person }, kind: 'say', requestId: id, botMessage: said('thread-words-again') } as const;
  await insertDelivery(trx, { ...again, key: `${key}/again` }, now);
}

function aboutOf({ id, album }: UndeliveredMessage, { again }: Carrying): string {
  return [album ?? id, again].filter((part) => part !== undefined).join('/');
}

/** Staff are asked to phone only where the phone can be seen. */
async function tellStaff(
  trx: Trx,
  request: Request,
  { album, kind }: UndeliveredMessage,
  { text, why, about }: { text: string; why: UndeliveredWhy; about: string },
  now: Date,
): Promise<void> {
  const { id, number } = request;
  const canPhone = why === 'blocked' && (await hasPhone(trx, request));
  const words = { number, reason: canPhone ? 'blocked-phone' : why, kind: album === null ? kind : 'album' };
  const doors = canPhone ? [{ label: 'button-show-phone', verb: 'phone', number } as const] : [];
  await insertDelivery(
    trx,
    { to: { staff: id }, kind: 'say', botMessage: { text, words, doors }, key: `${text}/${id}/${about}` },
    now,
  );
}
