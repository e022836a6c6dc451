import { sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { updateOutboxEnd } from './outbox.ts';

/** A request of somebody who is gone. */
export type WipedRequest = { id: string; number: number; wasOpen: boolean };

/**
 * Takes people out of requests: of the resident, and of these messenger accounts as guests. Number, topic, states and staff's part of the
 * journal stay; what was written, by whom and where goes, and what is open is closed.
 */
export async function wipePersonFromRequests(
  trx: Trx,
  { residentId, messengerIds }: { residentId: string; messengerIds: readonly string[] },
  now: Date,
): Promise<WipedRequest[]> {
  const theirs = await trx
    .selectFrom('requests')
    .select(['id', 'number', 'state'])
    .where((e) =>
      e.or([
        e('residentId', '=', residentId),
        e.and([e('residentId', 'is', null), e('messengerId', '=', sql<string>`any(${[...messengerIds]})`)]),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute();
  if (theirs.length === 0) return [];
  const ids = theirs.map(({ id }) => id);
  await trx
    .updateTable('requests')
    .set((e) => ({
      messengerId: null,
      called: null,
      // An escalation's account is what it is about, not whose it was.
      account: e.case().when('kind', '=', 'request').then(null).else(e.ref('account')).end(),
      words: e.case().when('kind', '=', 'request').then(sql<string>`'{}'::jsonb`).else(sql<string>`words`).end(),
      ratingWords: null,
      stateAt: e.case().when('state', '=', 'closed').then(e.ref('stateAt')).else(now).end(),
      closedAt: e.fn.coalesce('closedAt', e.val(now)),
      state: 'closed',
      waitingSince: null,
      raisedAt: null,
    }))
    .where('id', 'in', ids)
    .execute();
  await sql`
    update request_messages set
      words = '', file = null, file_name = null, file_key = null, context = null, replies_to = null, withdrawn_at = coalesce(withdrawn_at, ${now}),
      author = case side when 'resident' then 'gone:' || request_id else author end,
      source = case side when 'resident' then 'gone:' || request_id || '/' || id else source end,
      album = case side when 'resident' then null else album end,
      copy = case side when 'resident' then copy end,
      more_copies = case side when 'resident' then more_copies else '{}' end,
      former_copies = case side when 'resident' then former_copies else '{}' end
    where request_id = any(${ids})
  `.execute(trx);
  // What the bot was about to say may hold words of theirs.
  await updateOutboxEnd(trx, { doneAt: now }).where('requestId', 'in', ids).where('kind', '=', 'say').execute();
  // Nor whose they were.
  await trx.updateTable('outbox').set({ owner: null }).where('requestId', 'in', ids).where('owner', 'is not', null).execute();
  await trx.deleteFrom('formerThreads').where('requestId', 'in', ids).execute();
  return theirs.map(({ id, number, state }) => ({ id, number, wasOpen: state !== 'closed' }));
}

/** Photographs of a person in escalations that the bot has told staff of: what staff still see is to be taken back. */
export async function updatePhotosForgotten(
  trx: Trx,
  messengerIds: readonly string[],
  now: Date,
): Promise<{ id: number; requestId: string }[]> {
  const { rows } = await sql<{ id: number; requestId: string }>`
    update request_messages as m set
      words = '', file = null, file_name = null, file_key = null, withdrawn_at = coalesce(withdrawn_at, ${now}),
      author = 'gone:' || m.request_id, source = 'gone:' || m.request_id || '/' || m.id
    from requests as r
    where r.id = m.request_id and r.kind = 'reading-refused' and m.side = 'resident' and m.author = any(${[...messengerIds]}::text[])
    returning m.id, m.request_id
  `.execute(trx);
  return rows;
}

/** The messages of these requests that staff have before them, or may have in a moment: those that are on their way. */
export async function listDelivered(db: Db, requestIds: readonly string[]): Promise<{ id: number; requestId: string }[]> {
  return db
    .selectFrom('requestMessages as m')
    .select(['m.id', 'm.requestId'])
    .where('m.requestId', 'in', requestIds)
    .where('m.side', '=', 'resident')
    .where((e) =>
      e.or([
        e('m.copy', 'is not', null),
        e.exists(
          e
            .selectFrom('outbox as relay')
            .select('relay.id')
            .where('relay.line', 'in', [sql<string>`'request/' || m.request_id`, sql<string>`'files/' || m.request_id`])
            .whereRef('relay.messageId', '=', 'm.id')
            .where('relay.kind', '=', 'relay')
            .where('relay.doneAt', 'is', null)
            .where('relay.failedAt', 'is', null),
        ),
      ]),
    )
    .orderBy('m.id')
    .execute();
}

/** Forgets what was closed before `before`. */
export async function deleteOldRequests(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('requests').where('closedAt', '<', before).execute();
}
