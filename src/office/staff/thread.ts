import type { Db, Trx } from '../../records/database.ts';
import { insertDelivery, type BotMessage } from '../../records/deliveries.ts';
import { findRequestOfFormerThread } from '../../records/former-threads.ts';
import { findRequestIdOfPart, findRequestMessage } from '../../records/request-messages.ts';
import { findRequest, findRequestByNumber, findRequestByThread, lockRequest, type Request } from '../../records/requests.ts';
import type { MessageRef } from './message-part.ts';

/**
 * Where staff do something: in a thread of the group, or (`thread: null`) outside of any, perhaps in answer to a message. A thread knows its
 * request by itself, whatever is said in it and whatever is answered there.
 */
export type ThreadRef = { thread: MessageRef | null; repliesTo: MessageRef | null };

/** Nothing is talked about there: no request's thread, and no answer to a message of one. */
export type Nowhere = { outcome: 'nowhere' };

export async function requestAt(db: Db, { thread, repliesTo }: ThreadRef): Promise<Request | undefined> {
  if (thread !== null) return (await findRequestByThread(db, thread)) ?? requestOnceAt(db, thread);
  if (repliesTo === null) return undefined;
  const byCard = await findRequestByThread(db, repliesTo);
  if (byCard) return byCard;
  const message = await findRequestMessage(db, repliesTo);
  if (message) return findRequest(db, message.requestId);
  const once = await requestOnceAt(db, repliesTo);
  if (once) return once;
  const ofPart = await findRequestIdOfPart(db, repliesTo);
  return ofPart === undefined ? undefined : findRequest(db, ofPart);
}

/** The request that is talked about there besides: its former thread or card, or what the bot said of it in a group without threads. */
export async function requestOnceAt(db: Db, thread: MessageRef): Promise<Request | undefined> {
  const id = await findRequestOfFormerThread(db, thread);
  return id === undefined ? undefined : findRequest(db, id);
}

/** The same, locked until the transaction ends. */
export async function lockRequestAt(trx: Trx, threadRef: ThreadRef): Promise<Request | undefined> {
  const request = await requestAt(trx, threadRef);
  return request && lockRequest(trx, request.id);
}

/**
 * The request that a button in the group names. The number is the client's word: in a thread it must be the thread's own.
 */
export async function lockPressed(trx: Trx, number: number, { thread }: ThreadRef): Promise<Request | undefined> {
  const request = Number.isSafeInteger(number) && number > 0 ? await findRequestByNumber(trx, number) : undefined;
  if (!request) return undefined;
  const there = thread === null || request.thread === thread || (await findRequestOfFormerThread(trx, thread)) === request.id;
  return there ? lockRequest(trx, request.id) : undefined;
}

/** By its number, which a button names; or by where it is talked about. */
export type Which = { number: number; threadRef: ThreadRef } | { threadRef: ThreadRef };

export async function lockWhich(trx: Trx, which: Which): Promise<Request | undefined> {
  return 'number' in which ? lockPressed(trx, which.number, which.threadRef) : lockRequestAt(trx, which.threadRef);
}

/** The card, the title and whether the thread is closed follow the request. */
export async function refresh(trx: Trx, { id }: Pick<Request, 'id'>, now: Date): Promise<void> {
  await insertDelivery(trx, { to: { staff: id }, kind: 'refresh' }, now);
}

/** The bot says something in the request's thread. */
export async function sayInThread(
  trx: Trx,
  { id }: Pick<Request, 'id'>,
  text: string,
  words: BotMessage['words'],
  now: Date,
  key?: string,
): Promise<void> {
  await insertDelivery(
    trx,
    { to: { staff: id }, kind: 'say', botMessage: { text, words, doors: [] }, ...(key !== undefined && { key }) },
    now,
  );
}

/** The same, with buttons of the group under it. */
export async function askInThread(
  trx: Trx,
  { id }: Pick<Request, 'id'>,
  botMessage: Pick<BotMessage, 'text' | 'words' | 'doors'>,
  now: Date,
): Promise<void> {
  await insertDelivery(trx, { to: { staff: id }, kind: 'say', botMessage }, now);
}
