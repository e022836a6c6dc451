import { sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import type { RequestMessage } from './request-messages.ts';

/** What staff wrote where; undefined: nothing of theirs, or it is seen there as a copy only. */
export async function findStaffMessage(db: Db, source: string): Promise<RequestMessage | undefined> {
  return db
    .selectFrom('requestMessages')
    .selectAll()
    .where('source', '=', source)
    .where('side', 'in', ['staff', 'note'])
    .executeTakeFirst();
}

/** The newest answer that the resident sees or is going to see. */
export async function findLastAnswer(db: Db, requestId: string): Promise<RequestMessage | undefined> {
  return db
    .selectFrom('requestMessages')
    .selectAll()
    .where('requestId', '=', requestId)
    .where('side', '=', 'staff')
    .where('withdrawnAt', 'is', null)
    .where((e) => e.or([e('undelivered', 'is', null), e('waitsSince', 'is not', null)]))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The oldest answer to words of the resident's that the resident sees or is going to see. */
export async function findFirstAnswer(db: Db, requestId: string): Promise<RequestMessage | undefined> {
  return db
    .selectFrom('requestMessages as m')
    .selectAll('m')
    .where('m.requestId', '=', requestId)
    .where('m.side', '=', 'staff')
    .where('m.withdrawnAt', 'is', null)
    .where((e) => e.or([e('m.undelivered', 'is', null), e('m.waitsSince', 'is not', null)]))
    .where((e) =>
      e.exists(
        e
          .selectFrom('requestMessages as asked')
          .select('asked.id')
          .whereRef('asked.requestId', '=', 'm.requestId')
          .whereRef('asked.id', '<', 'm.id')
          .where('asked.side', '=', 'resident'),
      ),
    )
    .orderBy('m.id')
    .limit(1)
    .executeTakeFirst();
}

/** Numbers of the requests that this author began since then by `/write` in an escalation's thread, perhaps with a part of the words only; from the first. */
export async function listWrittenInPart(
  db: Db,
  { escalation, author, since }: { escalation: number; author: string; since: Date },
): Promise<number[]> {
  const rows = await db
    .selectFrom('requests as r')
    .innerJoin('requestMessages as m', 'm.requestId', 'r.id')
    .where('r.openedAt', '>=', since)
    .where(sql<boolean>`r.words ->> 'partFrom' = ${String(escalation)} and m.source = r.words ->> 'begunWith'`)
    .where('m.author', '=', author)
    .select('r.number')
    .orderBy('r.number')
    .execute();
  return rows.map(({ number }) => number);
}

/** What belongs to an album of a request, from the first. */
export async function listAlbum(db: Db, requestId: string, album: string): Promise<RequestMessage[]> {
  return db
    .selectFrom('requestMessages')
    .selectAll()
    .where('requestId', '=', requestId)
    .where('album', '=', album)
    .orderBy('id')
    .execute();
}

/** The resident's first word after the last answer that stands; undefined: nothing waits. */
export async function findUnanswered(db: Db, requestId: string): Promise<RequestMessage | undefined> {
  return db
    .selectFrom('requestMessages as m')
    .selectAll('m')
    .where('m.requestId', '=', requestId)
    .where('m.side', '=', 'resident')
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('requestMessages as answer')
            .select('answer.id')
            .whereRef('answer.requestId', '=', 'm.requestId')
            .whereRef('answer.id', '>', 'm.id')
            .where('answer.side', '=', 'staff')
            .where('answer.withdrawnAt', 'is', null)
            .where('answer.undelivered', 'is', null),
        ),
      ),
    )
    .orderBy('m.id')
    .limit(1)
    .executeTakeFirst();
}

/** Whether an answer that stands was written after a moment. */
export async function hasAnswerSince(db: Db, requestId: string, since: Date): Promise<boolean> {
  const found = await db
    .selectFrom('requestMessages')
    .select('id')
    .where('requestId', '=', requestId)
    .where('side', '=', 'staff')
    .where('at', '>', since)
    .where('withdrawnAt', 'is', null)
    .where('undelivered', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** What became of an answer's words or file. */
export async function updateMessageRevised(
  trx: Trx,
  id: number,
  {
    context,
    ...revision
  }: Pick<RequestMessage, 'words' | 'kind' | 'file' | 'fileName' | 'fileKey' | 'context'> & {
    editedAt: Date;
  },
): Promise<void> {
  await trx
    .updateTable('requestMessages')
    .set({ ...revision, context: context && JSON.stringify(context) })
    .where('id', '=', id)
    .execute();
}
