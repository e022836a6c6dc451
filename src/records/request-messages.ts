import type { ColumnType, GeneratedAlways, Selectable } from 'kysely';
import type { Db, Trx } from './database.ts';

/** What residents and staff wrote in a request. A message in a messenger is named by its chat and number there: `telegram:701/55`. */
export type RequestMessagesTable = {
  id: GeneratedAlways<number>;
  request_id: string;
  side: RequestSide;
  /** A messenger id. */
  author: string;
  author_name: string | null;
  /** Where it was written. */
  source: string;
  /** Messages of one album go together. */
  album: string | null;
  /** The message of this request that it answers: where that was written. */
  replies_to: string | null;
  kind: PieceKind;
  words: string;
  /** The messenger's handle of the file. */
  file: string | null;
  file_name: string | null;
  /** Where the other side sees it. */
  copy: string | null;
  at: ColumnType<Date, Date, never>;
  edited_at: Date | null;
  withdrawn_at: Date | null;
  /** Why the other side never got it. */
  undelivered: string | null;
};

/** `note`: of staff for staff; it is never carried over. */
export type RequestSide = 'resident' | 'staff' | 'note';

export type PieceKind =
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

export type RequestMessage = Selectable<RequestMessagesTable>;

type NewMessage = Pick<
  RequestMessage,
  | 'request_id'
  | 'side'
  | 'author'
  | 'author_name'
  | 'source'
  | 'album'
  | 'replies_to'
  | 'kind'
  | 'words'
  | 'file'
  | 'file_name'
  | 'at'
>;

/** The new message's id; undefined when what was written there is in a request already. */
export async function addRequestMessage(trx: Trx, message: NewMessage): Promise<number | undefined> {
  const added = await trx
    .insertInto('request_messages')
    .values({ ...message, copy: null, edited_at: null, withdrawn_at: null, undelivered: null })
    .onConflict((c) => c.column('source').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added?.id;
}

/** By where it was written, or where the other side sees it. */
export async function findRequestMessage(db: Db, ref: string): Promise<RequestMessage | undefined> {
  return db
    .selectFrom('request_messages')
    .selectAll()
    .where((e) => e.or([e('source', '=', ref), e('copy', '=', ref)]))
    .executeTakeFirst();
}

/** From the oldest. */
export async function listRequestMessages(db: Db, requestId: string): Promise<RequestMessage[]> {
  return db.selectFrom('request_messages').selectAll().where('request_id', '=', requestId).orderBy('id').execute();
}

export async function changeRequestMessage(
  trx: Trx,
  id: number,
  change: Partial<Pick<RequestMessage, 'side' | 'words' | 'copy' | 'edited_at' | 'withdrawn_at' | 'undelivered'>>,
): Promise<void> {
  await trx.updateTable('request_messages').set(change).where('id', '=', id).execute();
}

/** Whether some of an album is in the request. */
export async function hasAlbum(db: Db, requestId: string, album: string): Promise<boolean> {
  const found = await db
    .selectFrom('request_messages')
    .select('id')
    .where('album', '=', album)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return found !== undefined;
}

/** The last `limit` that both sides see, from the oldest. */
export async function listLastMessages(db: Db, requestId: string, limit: number): Promise<RequestMessage[]> {
  const newest = await db
    .selectFrom('request_messages')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('side', '!=', 'note')
    .where('withdrawn_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return newest.toReversed();
}
