import { noteUnanswered } from '../../office/staff/states.ts';
import type { Trx } from '../../records/database.ts';
import { type BotMessage, type DeliveryProgress, insertDelivery } from '../../records/deliveries.ts';
import { updateRequestMessage, type RequestMessage } from '../../records/request-messages.ts';
import { lockRequest, type Request } from '../../records/requests.ts';
import { findResident } from '../../records/residents.ts';
import type { RefusedWhat } from '../refusal.ts';
import type { MessengerCall, DeliveryRoom, Failure } from './step.ts';

/** Of one carrying of a message, or of an album, once is said enough; of the next one, which somebody waits for, it is said again. */
type Carrying = { again?: string | undefined };

/** What never arrived is noted with its reason, and staff are told so in its thread: what it was, and what to do. */
export function undelivered(
  room: DeliveryRoom,
  request: Request,
  messages: readonly RequestMessage[],
  carrying: Carrying,
): MessengerCall['failed'] {
  return async (trx: Trx, why: Failure) => {
    const [first] = messages;
    const reason = first && (await withPhone(room, request, reasonOf(first, why)));
    // It follows when they let us write again.
    const held = first?.side === 'staff' && (reason === 'blocked' || reason === 'blocked-phone');
    const change = { undelivered: why.reason, ...(held && { waitsSince: room.clock() }) };
    if (!why.unnoted) for (const { id } of messages) await updateRequestMessage(trx, id, change);
    if (first?.side === 'resident') return tellWordsLost(room, trx, request, first, carrying);
    if (first?.side !== 'staff' || reason === undefined) return;
    await tell(room, trx, request, first, { text: 'thread-undelivered', reason, about: aboutOf(first, carrying) });
    if (why.unnoted) return;
    // Who cannot be reached has been answered as well as could be; who can still waits.
    const known = UNREACHABLE.has(reason) ? undefined : await lockRequest(trx, request.id);
    if (known) await noteUnanswered(trx, known, room.clock());
  };
}

/** The words arrived, and the file that they belong to did not. */
export async function tellFileLost(
  room: DeliveryRoom,
  trx: Trx,
  request: Request,
  message: RequestMessage,
  { lost = '', ...carrying }: Carrying & Pick<DeliveryProgress, 'lost'>,
): Promise<void> {
  const reason = await withPhone(room, request, reasonOf(message, { reason: '', what: lost as RefusedWhat }));
  const about = aboutOf(message, carrying);
  await tell(room, trx, request, message, { text: 'thread-file-undelivered', reason, about });
}

/** Staff see that there was a file, and that they did not get it: whoever sent it is asked for it once more, or for a smaller one. */
export async function askForFileAgain(
  { clock }: DeliveryRoom,
  trx: Trx,
  { id, number, messengerId: person }: Request,
  message: RequestMessage,
  { lost, ...carrying }: Carrying & Pick<DeliveryProgress, 'lost'>,
): Promise<void> {
  if (person === null) return;
  const words = { number, reason: lost === 'size' ? 'size' : 'file' };
  const botMessage = { text: 'thread-file-again', words, doors: [] };
  const key = `file-again/${id}/${aboutOf(message, carrying)}`;
  await insertDelivery(trx, { to: { person }, kind: 'say', requestId: id, botMessage, key }, clock());
}

/** Neither side is left to believe that staff have read it. */
async function tellWordsLost(
  { clock }: DeliveryRoom,
  trx: Trx,
  { id, number, messengerId: person }: Request,
  message: RequestMessage,
  carrying: Carrying,
): Promise<void> {
  const key = `words-lost/${id}/${aboutOf(message, carrying)}`;
  const asked = person === null ? 'no' : 'yes';
  const said = (text: string): BotMessage => ({ text, words: { number, asked }, doors: [] });
  await insertDelivery(trx, { to: { staff: id }, kind: 'say', botMessage: said('thread-words-lost'), key }, clock());
  if (person === null) return;
  const again = { to: { person }, kind: 'say', requestId: id, botMessage: said('thread-words-again') } as const;
  await insertDelivery(trx, { ...again, key: `${key}/again` }, clock());
}

/** An answer has other words by now, and the resident has the former ones. */
export function correctionUndelivered(room: DeliveryRoom, request: Request, message: RequestMessage): MessengerCall['failed'] {
  return async (trx, why) => {
    if (message.side !== 'staff') return;
    const reason = await withPhone(room, request, reasonOf(message, why));
    const about = `${message.id}/${message.editedAt?.toISOString() ?? ''}`;
    await tell(room, trx, request, message, { text: 'thread-edit-undelivered', reason, about });
  };
}

function aboutOf({ id, album }: RequestMessage, { again }: Carrying): string {
  return [album ?? id, again].filter((part) => part !== undefined).join('/');
}

async function tell(
  { clock }: DeliveryRoom,
  trx: Trx,
  request: Request,
  { album, kind }: RequestMessage,
  { text, reason, about }: { text: string; reason: Reason; about: string },
): Promise<void> {
  await insertDelivery(
    trx,
    {
      to: { staff: request.id },
      kind: 'say',
      botMessage: {
        text,
        words: { number: request.number, reason, kind: album === null ? kind : 'album' },
        doors: reason === 'blocked-phone' ? [{ label: 'button-show-phone', verb: 'phone', number: request.number }] : [],
      },
      key: `${text}/${request.id}/${about}`,
    },
    clock(),
  );
}

type Reason =
  | 'blocked'
  | 'blocked-phone'
  | 'nobody'
  | 'voices'
  | 'kind'
  | 'copying'
  | 'file'
  | 'size'
  | 'words'
  | 'away'
  | 'refused';

const UNREACHABLE: ReadonlySet<Reason> = new Set(['blocked', 'blocked-phone', 'nobody']);

const REASONS: { readonly [What in RefusedWhat]?: Reason } = {
  closed: 'blocked',
  nobody: 'blocked',
  file: 'file',
  size: 'size',
  copying: 'copying',
  words: 'words',
  length: 'words',
};

/** Staff are asked to phone only where the phone can be seen. */
async function withPhone({ db }: DeliveryRoom, { residentId }: Request, reason: Reason): Promise<Reason> {
  if (reason !== 'blocked' || residentId === null) return reason;
  return (await findResident(db, residentId))?.phone ? 'blocked-phone' : reason;
}

/** By what is said to staff: why it was, and what to do instead. */
function reasonOf({ kind }: Pick<RequestMessage, 'kind'>, { reason, what }: Failure): Reason {
  if (what === undefined) return reason === 'there is nobody' ? 'nobody' : 'away';
  if (what === 'kind') return kind === 'voice' || kind === 'video-note' ? 'voices' : 'kind';
  return REASONS[what] ?? 'refused';
}
