import { type ExpressionBuilder, sql } from 'kysely';
import type { NewsKind } from '../domain/news.ts';
import type { Database, Db } from './database.ts';
import { findOpenSessions } from './sessions.ts';

/** Somebody's messenger account; figures are for the signed-in ones only. */
export type NewsReader = { residentId: string; messengerId: string; signedIn: boolean };

/**
 * Where residents read news of a kind: every messenger account that is signed in, and every one that is signed out by itself or by time. Not
 * those that somebody else signed out, or that are signed in to another login by now; not who switched it off, blocked us, or has no phone.
 */
export async function listNewsReaders(db: Db, kind: NewsKind, residentIds: readonly string[], now: Date): Promise<NewsReader[]> {
  if (residentIds.length === 0) return [];
  const wanting = db
    .selectFrom('residents')
    .where('residents.id', 'in', residentIds)
    .where('phone', 'is not', null)
    .where((e) => e.not(e.exists(mutedNews(e, kind))))
    .select('residents.id');

  const signedIn = await findOpenSessions(db, now)
    .where('residentId', 'in', wanting)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('unreachable').whereRef('unreachable.messengerId', '=', 'sessions.messengerId').select('since'))),
    )
    .select(['residentId', 'messengerId', sql<boolean>`true`.as('signedIn')])
    .orderBy('messengerId')
    .execute();
  const signedOut = await db
    .selectFrom('confirmedMessengers as known')
    .where('residentId', 'in', wanting)
    .where('known.messengerId', 'not in', findOpenSessions(db, now).select('sessions.messengerId'))
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('unreachable').whereRef('unreachable.messengerId', '=', 'known.messengerId').select('since'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('mutedMessengers as m').whereRef('m.messengerId', '=', 'known.messengerId').select('m.messengerId'))),
    )
    .select(['residentId', 'known.messengerId', sql<boolean>`false`.as('signedIn')])
    .orderBy('messengerId')
    .execute();
  return [...signedIn, ...signedOut];
}

function mutedNews(e: ExpressionBuilder<Database, 'residents'>, kind: NewsKind) {
  return e.selectFrom('mutedNews').whereRef('mutedNews.residentId', '=', 'residents.id').where('kind', '=', kind).select('kind');
}

/**
 * How something that a resident is told, and that has waited in line, may be told by now. `signedIn`: with figures; `known`: the messenger
 * account is his all the same: nobody signed it out from elsewhere, it is signed in to no other login, and wants to hear of him. `toConfirm`: it is
 * signed in, and its cabinet is closed until a new phone is confirmed.
 */
export type NoticeStanding = { wanted: boolean; signedIn: boolean; known: boolean; toConfirm: boolean };

/**
 * `account`: the one that he must have. It is not wanted when news of this kind were switched off meanwhile, the account was unlinked, the
 * consent was withdrawn, or (of news) somebody else has proved the phone to be his; what is no news is then told without figures.
 */
export async function findNoticeStanding(
  db: Db,
  notice: { kind: NewsKind | null; residentId: string; messengerId: string; account: string | null },
  now: Date,
): Promise<NoticeStanding> {
  const { kind, residentId, messengerId, account } = notice;
  const open = findOpenSessions(db, now).where('messengerId', '=', messengerId);
  const { rows } = await sql<NoticeStanding>`
    select
      exists (select from residents where id = ${residentId} and (phone is not null or ${kind}::text is null))
        and not exists (select from muted_news where resident_id = ${residentId} and kind = ${kind}::text)
        and (${account}::text is null or exists (
          select from links where resident_id = ${residentId} and account = ${account} and ended_at is null
        )) as wanted,
      exists (${open.where('residentId', '=', residentId).select('id')})
        and exists (select from residents where id = ${residentId} and phone is not null) as signed_in,
      exists (${open.where('residentId', '=', residentId).select('id')})
        and exists (select from residents where id = ${residentId} and phone is null) as to_confirm,
      -- Where somebody signed it out from elsewhere, another one is confirmed and this one is not.
      coalesce((select bool_or(messenger_id = ${messengerId}) from confirmed_messengers where resident_id = ${residentId}), true)
        and not exists (${open.where('residentId', '<>', residentId).select('id')})
        and not (${kind}::text is not null and exists (select from muted_messengers where messenger_id = ${messengerId})) as known
  `.execute(db);
  return rows[0] ?? { wanted: false, signedIn: false, known: false, toConfirm: false };
}
