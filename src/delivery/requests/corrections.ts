import type { MessageRef } from '../../office/staff/message-part.ts';
import { mayReadIn } from '../../office/requests/reader.ts';
import type { Trx } from '../../records/database.ts';
import { hasHeldFile, insertDelivery, type Delivery, type BotMessage } from '../../records/deliveries.ts';
import {
  updateRequestMessage,
  findRequestMessageById,
  findFirstOfAlbum,
  listRequestMessages,
  listSeenTogether,
  type RequestMessage,
} from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import type { MessengerAction } from './actions.ts';
import { heldBy, partsOf } from './parts.ts';
import { fitInCard } from './card.ts';
import { saysSomething } from './held-files.ts';
import { readShows } from './shows.ts';
import { type MessengerCall, type DeliveryRoom, nothing, type Step } from './step.ts';
import { changeCard, shown } from './thread.ts';
import { correctionUndelivered } from './undelivered.ts';
import { wayOf } from './way.ts';

/** What the writer changed is changed where the other side sees it. */
export async function editStep(room: DeliveryRoom, delivery: Delivery, request: Request): Promise<Step> {
  const message = await findRequestMessageById(room.db, delivery.messageId ?? 0);
  if (!message || message.withdrawnAt !== null || message.side === 'note') return undefined;
  const held = message.side === 'resident' && message.kind !== 'words' && (await hasHeldFile(room.db, message));
  if (message.copy === null) {
    if (held && saysSomething(message)) await sayHeldWords(room, request, message);
    return undefined;
  }
  if (await standsWhereNobodyReads(room, request, message))
    return {
      fail: 'it stands in an account that was signed out',
      write: (trx: Trx) => tellWithheld(room, trx, delivery, request),
    };
  if (standsInCard(room, request, message)) return editInCard(room, delivery, request, message);
  const way = await wayOf(room, request, message, delivery.progress);
  if ('step' in way) return way.step;
  const together = message.album === null ? await listSeenTogether(room.db, message.requestId, message.copy) : [message];
  const [first = message, ...others] = together;
  const heads = message.album === null || (await findFirstOfAlbum(room.db, message.album)) === message.id;
  const frame = heads ? way.frame : { ...way.frame, header: '', context: '' };
  const parts = partsOf([first, ...others], frame, held ? room.texts.text('thread-file-held', {}, { marked: true }) : undefined);
  const there = [message.copy, ...message.moreCopies] as MessageRef[];
  const done = delivery.progress.parts?.length ?? 0;
  if (done >= Math.max(parts.length, there.length)) return undefined;
  const part = parts[done];
  const seen = there[done];
  const rest = { progress: () => ({ parts: [...(delivery.progress.parts ?? []), ''] }) };
  const failed = correctionUndelivered(room, request, message);
  if (!part && seen)
    return {
      action: { does: 'delete', message: seen },
      write: forget(together, there, seen),
      progress: () => delivery.progress,
      failed,
    };
  if (!part) return undefined;
  if (!seen) {
    const action: MessengerAction = {
      does: 'say',
      to: way.place,
      marked: part.marked,
      buttons: [],
      replyTo: there[0],
      silent: way.silent,
    };
    return {
      action,
      write: async (trx: Trx, copies: readonly MessageRef[]) => {
        for (const { id } of together) await updateRequestMessage(trx, id, { moreCopies: [...there.slice(1), ...copies] });
      },
      failed,
      ...rest,
    };
  }
  if (part.copies || (part.file && FIXED.has(part.file.kind))) return undefined;
  // What can be changed no more is said anew, as a correction; the former message stays where it is, or is gone.
  const sayAnew = async (trx: Trx, gone: boolean) => {
    const now = room.clock();
    const progress = { corrected: true, again: now.toISOString() };
    for (const { id, formerCopies: former } of together) {
      await updateRequestMessage(trx, id, {
        copy: null,
        moreCopies: [],
        ...(!gone && { formerCopies: [...former, ...there] }),
      });
      const to = message.side === 'resident' ? { staff: request.id } : { person: request.messengerId ?? '' };
      await insertDelivery(trx, { to, kind: 'relay', requestId: request.id, messageId: id, progress }, now);
    }
  };
  const action: MessengerAction = part.file
    ? { does: 'change-file', message: seen, ...heldBy(message, part.file), marked: part.marked }
    : { does: 'change-words', message: seen, marked: part.marked, buttons: [] };
  return { action, write: nothing, unchangeable: sayAnew, failed, ...rest };
}

/** A file that waits, and had nothing to say, has by now: that goes before it. */
async function sayHeldWords({ db, clock }: DeliveryRoom, { id }: Request, message: RequestMessage): Promise<void> {
  const now = clock();
  const progress = { corrected: true, held: 'words', again: now.toISOString() } as const;
  const relay = { to: { staff: id }, kind: 'relay', messageId: message.id, progress } as const;
  await db.transaction().execute((trx) => insertDelivery(trx, relay, now));
}

/** In the card that is before staff now: one of a former group is a message as any other there. */
function standsInCard({ messenger }: DeliveryRoom, { card, threadShows }: Request, { id, copy }: RequestMessage): boolean {
  const isHere = card !== null && card.startsWith(`${messenger.group() ?? ''}/`);
  return isHere && copy === card && (readShows(threadShows).inCard ?? []).includes(id);
}

/** The card is written anew; words that have no room in it any more, or a card that cannot be changed, are said as a correction. */
async function editInCard(room: DeliveryRoom, delivery: Delivery, request: Request, message: RequestMessage): Promise<Step> {
  const inCard = readShows(request.threadShows).inCard ?? [];
  const standing = (await listRequestMessages(room.db, request.id)).filter(({ id }) => inCard.includes(id));
  const ends = [delivery.id];
  const sayApart = async (trx: Trx) => {
    const now = room.clock();
    const progress = { corrected: true, again: now.toISOString() };
    await updateRequestMessage(trx, message.id, { copy: null });
    await shown(room, request, { inCard: inCard.filter((id) => id !== message.id) })(trx);
    await insertDelivery(trx, { to: { staff: request.id }, kind: 'relay', messageId: message.id, progress }, now);
    await insertDelivery(trx, { to: { staff: request.id }, kind: 'refresh' }, now);
  };
  if (!(await fitInCard(room, request, standing))) {
    await room.db.transaction().execute(sayApart);
    return undefined;
  }
  const change = await changeCard(room, request);
  return change && { ...change, ends, unchangeable: sayApart };
}

/** An answer that went to an account in which the resident is not signed in any more: what is new is not for whoever holds it. */
async function standsWhereNobodyReads(
  { db, clock }: DeliveryRoom,
  request: Request,
  { side, copy }: RequestMessage,
): Promise<boolean> {
  return side === 'staff' && !(await mayReadIn(db, request, copy?.split('/')[0] ?? '', clock()));
}

async function tellWithheld({ clock }: DeliveryRoom, trx: Trx, { id }: Delivery, request: Request): Promise<void> {
  const botMessage = botMessageOf('thread-edit-withheld', request);
  await insertDelivery(trx, { to: { staff: request.id }, kind: 'say', botMessage, key: `edit-withheld/${id}` }, clock());
}

/** An answer that was taken back is deleted at the resident's; what cannot be any more, staff are told. */
export async function withdrawStep(room: DeliveryRoom, delivery: Delivery, request: Request): Promise<Step> {
  const message = await findRequestMessageById(room.db, delivery.messageId ?? 0);
  const [copy, ...more] = message
    ? ([message.copy, ...message.moreCopies, ...message.formerCopies].filter(Boolean) as MessageRef[])
    : [];
  if (!message || copy === undefined) return undefined;
  if (standsInCard(room, request, message)) {
    const change = await changeCard(room, request);
    return change && { ...change, ends: [delivery.id], failed: notErased(room, request) };
  }
  return {
    action: { does: 'delete', message: copy },
    write: (trx: Trx) =>
      updateRequestMessage(trx, message.id, { copy: more[0] ?? null, moreCopies: more.slice(1), formerCopies: [] }),
    ...(more.length > 0 ? { progress: () => delivery.progress } : { ends: [delivery.id] }),
    failed: (trx: Trx) =>
      insertDelivery(
        trx,
        {
          to: { staff: request.id },
          kind: 'say',
          // Of a resident, words are taken out of the thread when the consent is withdrawn; once is said enough.
          ...(message.side === 'resident'
            ? { botMessage: botMessageOf('thread-not-erased', request), key: `not-erased/${request.id}` }
            : { botMessage: botMessageOf('thread-not-withdrawn', request), key: `not-withdrawn/${delivery.id}` }),
        },
        room.clock(),
      ),
  };
}

function notErased({ clock }: DeliveryRoom, request: Request): MessengerCall['failed'] {
  const told = { botMessage: botMessageOf('thread-not-erased', request), key: `not-erased/${request.id}` };
  return (trx) => insertDelivery(trx, { to: { staff: request.id }, kind: 'say', ...told }, clock());
}

const botMessageOf = (text: string, { number }: Request): BotMessage => ({ text, words: { number }, doors: [] });

/** These have neither words nor another version. */
const FIXED: ReadonlySet<string> = new Set(['sticker', 'video-note']);

function forget(together: readonly RequestMessage[], there: readonly MessageRef[], gone: MessageRef): MessengerCall['write'] {
  return async (trx) => {
    const more = there.slice(1).filter((ref) => ref !== gone);
    for (const { id } of together) await updateRequestMessage(trx, id, { moreCopies: more });
  };
}
