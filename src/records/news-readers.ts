import { type ExpressionBuilder, sql } from 'kysely';
import type { NewsKind } from '../domain/news.ts';
import type { Database, Db } from './database.ts';
import { openSessions } from './sessions.ts';

/** Somebody's messenger account; figures are for the signed-in ones only. */
export type NewsReader = { resident_id: string; messenger_id: string; signed_in: boolean };

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

  const signedIn = await openSessions(db, now)
    .where('resident_id', 'in', wanting)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('unreachable').whereRef('unreachable.messenger_id', '=', 'sessions.messenger_id').select('since'))),
    )
    .select(['resident_id', 'messenger_id', sql<boolean>`true`.as('signed_in')])
    .orderBy('messenger_id')
    .execute();
  const signedOut = await db
    .selectFrom('confirmed_messengers as known')
    .where('resident_id', 'in', wanting)
    .where('known.messenger_id', 'not in', openSessions(db, now).select('sessions.messenger_id'))
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('unreachable').whereRef('unreachable.messenger_id', '=', 'known.messenger_id').select('since'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('muted_messengers as m').whereRef('m.messenger_id', '=', 'known.messenger_id').select('m.messenger_id'),
        ),
      ),
    )
    .select(['resident_id', 'known.messenger_id', sql<boolean>`false`.as('signed_in')])
    .orderBy('messenger_id')
    .execute();
  return [...signedIn, ...signedOut];
}

function mutedNews(e: ExpressionBuilder<Database, 'residents'>, kind: NewsKind) {
  return e
    .selectFrom('muted_news')
    .whereRef('muted_news.resident_id', '=', 'residents.id')
    .where('kind', '=', kind)
    .select('kind');
}

/**
 * How something that a resident is told, and that has waited in line, may be told by now. `signed_in`: with figures; `known`: the messenger
 * account is his all the same: nobody signed it out from elsewhere, it is signed in to no other login, and wants to hear of him.
 */
export type NoticeStanding = { wanted: boolean; signed_in: boolean; known: boolean };

/**
 * `account`: the one that he must have. It is not wanted when news of this kind were switched off meanwhile, the account was unlinked, the
 * consent was withdrawn, or (of news) somebody else has proved the phone to be his; what is no news is then told without figures.
 */
export async function noticeStanding(
  db: Db,
  notice: { kind: NewsKind | null; resident_id: string; messenger_id: string; account: string | null },
  now: Date,
): Promise<NoticeStanding> {
  const { kind, resident_id, messenger_id, account } = notice;
  const open = openSessions(db, now).where('messenger_id', '=', messenger_id);
  const { rows } = await sql<NoticeStanding>`
    select
      exists (select from residents where id = ${resident_id} and (phone is not null or ${kind}::text is null))
        and not exists (select from muted_news where resident_id = ${resident_id} and kind = ${kind}::text)
        and (${account}::text is null or exists (
          select from links where resident_id = ${resident_id} and account = ${account} and ended_at is null
        )) as wanted,
      exists (${open.where('resident_id', '=', resident_id).select('id')})
        and exists (select from residents where id = ${resident_id} and phone is not null) as signed_in,
      -- Where somebody signed it out from elsewhere, another one is confirmed and this one is not.
      coalesce((select bool_or(messenger_id = ${messenger_id}) from confirmed_messengers where resident_id = ${resident_id}), true)
        and not exists (${open.where('resident_id', '<>', resident_id).select('id')})
        and not (${kind}::text is not null and exists (select from muted_messengers where messenger_id = ${messenger_id})) as known
  `.execute(db);
  return rows[0] ?? { wanted: false, signed_in: false, known: false };
}
