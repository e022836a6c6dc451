import { type ColumnType, type Generated, type GeneratedAlways, type Selectable, sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** What residents and staff wrote in a request. A message in a messenger is named by its chat and number there: `telegram:701/55`. */
export type RequestMessagesTable = {
  id: GeneratedAlways<number>;
  requestId: string;
  side: RequestSide;
  /** A messenger id. */
  author: string;
  authorName: string | null;
  /** Where it was written. */
  source: string;
  /** Messages of one album go together. */
  album: string | null;
  /** The message of this request that it answers: where that was written. */
  repliesTo: string | null;
  kind: MessagePartKind;
  words: string;
  /** The messenger's handle of the file. */
  file: string | null;
  fileName: string | null;
  /** What the messenger calls the file whatever its handle is. */
  fileKey: Generated<string | null>;
  context: ColumnType<MessagePartContext | null, string | null | undefined, string | null>;
  /** Where the other side sees it; words that went together have it in common. */
  copy: string | null;
  /** Where it did not fit into one message: the further ones, in order. */
  moreCopies: Generated<string[]>;
  /** Where the other side sees former words of it, which could not be changed any more. */
  formerCopies: Generated<string[]>;
  at: ColumnType<Date, Date, never>;
  editedAt: Date | null;
  withdrawnAt: Date | null;
  /** Why the other side never got it. */
  undelivered: string | null;
  /** An answer that waits for its reader to sign in, or to let us write again: since when. */
  waitsSince: Generated<Date | null>;
};

/** `note`: of staff for staff; it is never carried over. */
export type RequestSide = 'resident' | 'staff' | 'note';

export type MessagePartKind =
  | 'words'
  | 'photo'
  | 'document'
  | 'video'
  | 'voice'
  | 'audio'
  | 'video-note'
  | 'sticker'
  | 'location'
  | 'contact';

/** What a message is about, in the bot's words, above those of its writer; `edited`: what is left of that once the writer's words are others. */
export type Heading = { shown: string; edited: string };

/** What was quoted of the message that this one answers, from whom it was passed on, what it is about, and what it was made of. */
export type MessagePartContext = {
  quote?: string;
  /** The quoted message is none of the request's: the other side does not have it before it. */
  elsewhere?: boolean;
  from?: { who: 'person' | 'chat'; name: string };
  heading?: Heading;
  /** Which of its words look how. */
  looks?: readonly { look: 'b' | 'i' | 'u' | 's' | 'code'; from: number; to: number }[];
  /** A checksum of the command by which staff sent these words: where that was written, an edit of nothing still holds it. */
  command?: string;
};

export type RequestMessage = Selectable<RequestMessagesTable>;

type NewMessage = Pick<
  RequestMessage,
  | 'requestId'
  | 'side'
  | 'author'
  | 'authorName'
  | 'source'
  | 'album'
  | 'repliesTo'
  | 'kind'
  | 'words'
  | 'file'
  | 'fileName'
  | 'at'
> &
  Partial<Pick<RequestMessage, 'fileKey' | 'context'>>;

/** The new message's id; undefined when what was written there is in a request already. */
export async function insertRequestMessage(trx: Trx, message: NewMessage): Promise<number | undefined> {
  const added = await trx
    .insertInto('requestMessages')
    .values({
      ...message,
      context: message.context ? JSON.stringify(message.context) : null,
      copy: null,
      editedAt: null,
      withdrawnAt: null,
      undelivered: null,
    })
    .onConflict((c) => c.column('source').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added?.id;
}

/** By where it was written, or where the other side sees it. */
export async function findRequestMessage(db: Db, ref: string): Promise<RequestMessage | undefined> {
  return db
    .selectFrom('requestMessages')
    .selectAll()
    .where((e) => e.or([e('source', '=', ref), e('copy', '=', ref)]))
    .executeTakeFirst();
}

/** The id of the request of which a further part of a resident's message, or one that was said anew since, stands before staff; no index knows these. */
export async function findRequestIdOfPart(db: Db, ref: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('requestMessages')
    .select('requestId')
    .where('side', '=', 'resident')
    .where(sql<boolean>`${ref} = any(more_copies || former_copies)`)
    .executeTakeFirst();
  return found?.requestId;
}

/** The messages of a request that stand there: several may have gone together, and a further part or former words stand for the whole; from the oldest. */
export async function listStandingAt(db: Db, requestId: string, ref: string): Promise<RequestMessage[]> {
  return db
    .selectFrom('requestMessages')
    .selectAll()
    .where('requestId', '=', requestId)
    .where((e) => e.or([e('source', '=', ref), e('copy', '=', ref), sql<boolean>`${ref} = any(more_copies || former_copies)`]))
    .orderBy('id')
    .execute();
}

export async function findRequestMessageById(db: Db, id: number): Promise<RequestMessage | undefined> {
  return db.selectFrom('requestMessages').selectAll().where('id', '=', id).executeTakeFirst();
}

/** When the newest of an album was written. */
export async function findLastOfAlbum(db: Db, album: string): Promise<Date | undefined> {
  const { last } = await db
    .selectFrom('requestMessages')
    .where('album', '=', album)
    .select((e) => e.fn.max('at').as('last'))
    .executeTakeFirstOrThrow();
  return last ?? undefined;
}

/** The id of the first of an album. */
export async function findFirstOfAlbum(db: Db, album: string): Promise<number | undefined> {
  const head = await db.selectFrom('requestMessages').where('album', '=', album).select('id').orderBy('id').executeTakeFirst();
  return head?.id;
}

/** Messages that the other side sees as one, from the oldest. */
export async function listSeenTogether(db: Db, requestId: string, copy: string): Promise<RequestMessage[]> {
  return db
    .selectFrom('requestMessages')
    .selectAll()
    .where('requestId', '=', requestId)
    .where('copy', '=', copy)
    .orderBy('id')
    .execute();
}

/** Whether there is an answer that could be taken back. */
export async function hasDeliveredAnswer(db: Db, requestId: string): Promise<boolean> {
  const found = await db
    .selectFrom('requestMessages')
    .where('requestId', '=', requestId)
    .where('side', '=', 'staff')
    .where((e) => e.or([e('copy', 'is not', null), e('waitsSince', 'is not', null)]))
    .where('withdrawnAt', 'is', null)
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Whether an answer to this request waits for its reader to sign in, who knows of it. */
export async function hasWaitingAnswer(db: Db, requestId: string): Promise<boolean> {
  const found = await db
    .selectFrom('requestMessages')
    .where('requestId', '=', requestId)
    .where('waitsSince', 'is not', null)
    .where('undelivered', 'is', null)
    .where('withdrawnAt', 'is', null)
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Whether an answer to this request waits for its reader, to sign in or to let us write again. */
export async function hasUnreadAnswer(db: Db, requestId: string): Promise<boolean> {
  const found = await db
    .selectFrom('requestMessages')
    .where('requestId', '=', requestId)
    .where('waitsSince', 'is not', null)
    .where('withdrawnAt', 'is', null)
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** The answers that wait for this resident to sign in, from the oldest. */
export async function lockWaitingAnswers(trx: Trx, residentId: string): Promise<{ id: number; requestId: string }[]> {
  return (
    trx
      .selectFrom('requestMessages as m')
      .innerJoin('requests', 'requests.id', 'm.requestId')
      .where('requests.residentId', '=', residentId)
      .where('m.waitsSince', 'is not', null)
      .where('m.withdrawnAt', 'is', null)
      .where('m.side', '=', 'staff')
      .select(['m.id', 'm.requestId'])
      .orderBy('m.id')
      // Signing in and coming back at once bring it once.
      .forUpdate('m')
      .execute()
  );
}

/**
 * The answers that could not be brought to whoever wrote the request from there, and can be when they let us write again; and whatever waits for
 * a way to these residents. From the oldest.
 */
export async function lockAnswersHeldUp(
  trx: Trx,
  messengerIds: readonly string[],
  residentIds: readonly string[],
): Promise<HeldUpAnswer[]> {
  return trx
    .selectFrom('requestMessages as m')
    .innerJoin('requests', 'requests.id', 'm.requestId')
    .where((e) =>
      e.or([
        e.and([e('requests.messengerId', '=', e.fn.any(e.val([...messengerIds]))), e('m.undelivered', 'is not', null)]),
        e('requests.residentId', '=', e.fn.any(e.val([...residentIds]))),
      ]),
    )
    .where('requests.messengerId', 'is not', null)
    .where('m.waitsSince', 'is not', null)
    .where('m.withdrawnAt', 'is', null)
    .where('m.side', '=', 'staff')
    .select(['m.id', 'm.requestId', 'requests.messengerId'])
    .$narrowType<{ messengerId: string }>()
    .orderBy('m.id')
    .forUpdate('m')
    .execute();
}

type HeldUpAnswer = { id: number; requestId: string; messengerId: string };

/** From the oldest. */
export async function listRequestMessages(db: Db, requestId: string): Promise<RequestMessage[]> {
  return db.selectFrom('requestMessages').selectAll().where('requestId', '=', requestId).orderBy('id').execute();
}

export async function updateRequestMessage(
  trx: Trx,
  id: number,
  change: Partial<
    Pick<
      RequestMessage,
      'side' | 'words' | 'copy' | 'moreCopies' | 'formerCopies' | 'editedAt' | 'withdrawnAt' | 'undelivered' | 'waitsSince'
    >
  >,
): Promise<void> {
  await trx.updateTable('requestMessages').set(change).where('id', '=', id).execute();
}

/** Whether some of an album is in the request. */
export async function hasAlbum(db: Db, requestId: string, album: string): Promise<boolean> {
  const found = await db
    .selectFrom('requestMessages')
    .select('id')
    .where('album', '=', album)
    .where('requestId', '=', requestId)
    .executeTakeFirst();
  return found !== undefined;
}

/** The last `limit` that both sides see, from the oldest. */
export async function listLastMessages(db: Db, requestId: string, limit: number): Promise<RequestMessage[]> {
  const newest = await db
    .selectFrom('requestMessages')
    .selectAll()
    .where('requestId', '=', requestId)
    .where('side', '!=', 'note')
    .where('withdrawnAt', 'is', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return newest.toReversed();
}
