import type { TextArgs } from '../domain/text-args.ts';
import { sql } from 'kysely';
import type { CabinetChart } from '../domain/cabinet-chart.ts';
import type { DeskChart } from '../domain/desk-chart.ts';
import type { ChapterDoor, DeskDoor, DoorLabel } from '../domain/doors.ts';
import type { NewsKind } from '../domain/news.ts';
import { SIGNED_OUT } from '../domain/notice-key.ts';
import type { RequestsSheet } from '../domain/requests-sheet.ts';
import type { Db, Trx } from './database.ts';
import { asColumns } from './column-names.ts';
import { noticeKeyPartSql, noticeKeyUpToSql } from './notice-key-sql.ts';
import { updateOutboxEnd, insertIntoOutbox, type OutboxRow } from './outbox.ts';

export type NoticeArgs = TextArgs;
type LabelledDoor = DoorLabel & ChapterDoor;
type NoticeDoors = readonly (LabelledDoor | (DoorLabel & DeskDoor))[];

/** What a notice may hand over, with its text as the caption. */
export type NoticePaper =
  | { kind: 'desk-chart'; data: DeskChart }
  | { kind: 'cabinet-chart'; data: CabinetChart }
  | { kind: 'requests-sheet'; data: RequestsSheet }
  /** A picture that messenger `of` has, by its handle; of an earlier release: that of the staff group. */
  | { kind: 'picture'; data: { file: string; of?: string } };

/** Without words: there are no figures in it. */
export type SignedOutNotice = { text: string; doors: readonly LabelledDoor[] };

/** Whose a notice is, the account that he must have to be told it, and what is said where he is signed out by then. */
export type NoticeOwner = { residentId: string; account?: string | undefined; signedOut?: SignedOutNotice | undefined };

export type NewNotice = {
  addressee: string;
  text: string;
  words: NoticeArgs;
  doors: NoticeDoors;
  key: string | null;
  runAt: Date;
  daytime: boolean;
  paper?: NoticePaper | undefined;
  /** What it takes to judge news once more when they are sent. */
  news?: { kind: NewsKind; residentId: string; account: string | null };
  /** The same of what is no news. */
  owner?: NoticeOwner | undefined;
  announcement?: string;
};

/** Notices wait for nothing else that is on its way to the same chat: an answer is not to wait behind the news of the morning either. */
const lineOf = (addressee: string) => `notices/${addressee}`;

/** Puts notices in line, in this order; of those with the same key as one that is kept, nothing comes. How many came. */
export async function insertNotices(trx: Trx, notices: readonly NewNotice[], now: Date): Promise<number> {
  const rows = notices.map(({ runAt, news, owner, announcement, paper, ...notice }) => ({
    ...notice,
    kind: 'notice' as const,
    line: lineOf(notice.addressee),
    owner: notice.addressee === 'staff' ? 'notices' : null,
    runAt,
    paper: paper ?? null,
    news: news?.kind ?? null,
    residentId: news?.residentId ?? owner?.residentId ?? null,
    account: news?.account ?? owner?.account ?? null,
    signedOut: owner?.signedOut ?? null,
    announcementId: announcement ?? null,
  }));
  return insertIntoOutbox(trx, rows, now);
}

/**
 * Of readers without figures who are told once for several accounts: where such a notice waits still, it is, unseen, about these, too; those with
 * the keys of `notices`.
 */
export async function updateWaitingNotices(
  trx: Trx,
  notices: readonly { key: string; accounts: string; toldBefore: string }[],
): Promise<void> {
  if (notices.length === 0) return;
  await sql`
    update outbox as o set words = jsonb_build_object(
      'accounts', concat_ws(',', o.words ->> 'accounts', n.accounts), 'toldBefore', concat_ws(',', o.words ->> 'toldBefore', n.told_before)
    )
    from jsonb_to_recordset(${JSON.stringify(notices.map(asColumns))}::jsonb) as n (key text, accounts text, told_before text)
    where o.kind = 'notice' and o.key = n.key and o.done_at is null and o.failed_at is null and o.locked_until is null
  `.execute(trx);
}

/** Others of the kind of this one, by the first part of their keys, that wait to be told to the same reader and are due; from the oldest. */
export async function listNoticesAlike(
  db: Db,
  { id, addressee, residentId, key }: Pick<OutboxRow, 'id' | 'addressee' | 'residentId' | 'key'>,
  now: Date,
): Promise<OutboxRow[]> {
  return db
    .selectFrom('outbox')
    .selectAll()
    .where('kind', '=', 'notice')
    .where('line', '=', lineOf(addressee))
    .where('doneAt', 'is', null)
    .where('failedAt', 'is', null)
    .where((e) => e.or([e('lockedUntil', 'is', null), e('lockedUntil', '<=', now)]))
    .where('id', '<>', id)
    .where('runAt', '<=', now)
    .where(sql<boolean>`resident_id is not distinct from ${residentId}::uuid`)
    .where(sql<boolean>`${noticeKeyPartSql('event')} = ${noticeKeyPartSql('event', sql`${key}::text`)}`)
    .orderBy('id')
    .execute();
}

/** Takes these in hand until then, those of them that are still to be told and in nobody's hands; which they are. */
export async function claimNotices(db: Db, ids: readonly number[], until: Date | null, now: Date): Promise<number[]> {
  const rows = await db
    .updateTable('outbox')
    .set({ lockedUntil: until })
    // Whoever takes them out of the line meanwhile is not waited for.
    .where('id', 'in', (e) =>
      e
        .selectFrom('outbox as waiting')
        .select('waiting.id')
        .where(sql<boolean>`waiting.id = any(${[...ids]}::bigint[])`)
        .where('waiting.kind', '=', 'notice')
        .where('waiting.doneAt', 'is', null)
        .where('waiting.failedAt', 'is', null)
        .where((w) => w.or([w('waiting.lockedUntil', 'is', null), w('waiting.lockedUntil', '<=', now)]))
        .orderBy('waiting.id')
        .forUpdate()
        .skipLocked(),
    )
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Takes a notice out of the line where it still waits there and nobody is sending it; false where it does not. */
export async function deleteNotice(trx: Trx, key: string): Promise<boolean> {
  const [gone] = await trx
    .deleteFrom('outbox')
    .where('kind', '=', 'notice')
    .where('key', '=', key)
    .where('doneAt', 'is', null)
    .where('failedAt', 'is', null)
    .where('lockedUntil', 'is', null)
    .execute();
  return gone?.numDeletedRows === 1n;
}

/**
 * A notice that nobody is sent any more. `isHeard`: another messenger account of the same resident has it, or is getting it now, with figures where
 * this one is without; `toldBefore`: the word of that name.
 */
export type DeletedNotice = {
  key: string;
  addressee: string;
  residentId: string | null;
  isHeard: boolean;
  toldBefore: string | null;
  /** Which billing's answer was on. */
  readings: readonly string[];
};

/**
 * Takes notices out of the line that still wait there: news of a kind about these accounts (to `residents` alone), those whose key begins with `keys` and one of
 * the subjects (`keys/subject…`), or those that say, unseen, that they are of one of these readings. What they were, from the oldest.
 */
export async function deleteNoticesAbout(
  trx: Trx,
  about:
    | { news: NewsKind; accounts: readonly string[]; residents?: readonly string[] | undefined }
    | { keys: string; subjects: readonly string[] }
    | { readings: readonly string[] },
): Promise<DeletedNotice[]> {
  const { rows } = await sql<DeletedNotice>`
    with gone as (
      delete from outbox where kind = 'notice' and done_at is null and failed_at is null and locked_until is null and ${isAbout(about)}
      returning id, key, addressee, resident_id, news, created_at, words ->> 'toldBefore' as told_before,
        coalesce(string_to_array(words ->> 'readings', ','), '{}') as readings
    )
    select gone.key, gone.addressee, gone.resident_id, gone.told_before, gone.readings, exists (
      select from outbox as other
      where other.kind = 'notice' and other.resident_id = gone.resident_id and (other.done_at is not null or other.locked_until is not null)
        and (${toAnybody('other')} = ${toAnybody('gone')}
          -- Put in line together with it.
          or ${isSignedOut('gone')} and other.news = gone.news and other.created_at = gone.created_at)
    ) as is_heard
    from gone order by gone.id
  `.execute(trx);
  return rows;
}

function isAbout(about: Parameters<typeof deleteNoticesAbout>[1]) {
  if ('readings' in about)
    // Joined, not compared as lists: a month's answers come at once.
    return sql`id in (
      select o.id from outbox as o cross join unnest(string_to_array(o.words ->> 'readings', ',')) as told (reading)
      join unnest(${[...about.readings]}::text[]) as asked (reading) using (reading)
      where o.kind = 'notice' and o.done_at is null and o.failed_at is null
    )`;
  if ('news' in about)
    return sql`news = ${about.news} and ${toThese(about.residents)} and (account = any(${[...about.accounts]}::text[]) or ${ofMany(about.accounts)})`;
  return sql`${noticeKeyPartSql('event')} = ${about.keys} and ${noticeKeyPartSql('subject')} = any(${[...about.subjects]}::text[])`;
}

const toThese = (residents: readonly string[] | undefined) =>
  residents === undefined ? sql`true` : sql`resident_id = any(${[...residents]}::uuid[])`;

/** News without figures. */
const isSignedOut = (row: string) => sql`${noticeKeyPartSql('subject', sql.ref(`${row}.key`))} = ${SIGNED_OUT}`;

/** The key without whom it is for, which is its end. */
const toAnybody = (row: string) => sql`left(${sql.ref(`${row}.key`)}, -length(${sql.ref(`${row}.addressee`)}))`;

/**
 * Of notices with the keys `keys/subject/link/moment…` about these subjects: the links whose newest one was sent, or is being sent now.
 */
export async function listLinksTold(trx: Trx, about: { keys: string; subjects: readonly string[] }): Promise<string[]> {
  const { rows } = await sql<{ link: string; told: boolean }>`
    select distinct on (1) ${noticeKeyPartSql('link')} as link, done_at is not null or locked_until is not null as told from outbox
    where kind = 'notice' and starts_with(key, ${`${about.keys}/`}) and ${noticeKeyPartSql('subject')} = any(${[...about.subjects]}::text[])
    order by 1, ${noticeKeyPartSql('moment')} desc, 2 desc
  `.execute(trx);
  return rows.filter(({ told }) => told).map(({ link }) => link);
}

/** When a resident was told last, or is about to be, what has one of these keys, which end with whom it is for. */
export async function findLastToldAt(trx: Trx, residentId: string, keys: readonly string[]): Promise<Date | undefined> {
  if (keys.length === 0) return undefined;
  const found = await trx
    .selectFrom('outbox')
    .select('runAt')
    .where('kind', '=', 'notice')
    .where('residentId', '=', residentId)
    .where('failedAt', 'is', null)
    .where((e) => e.or(keys.map((key) => sql<boolean>`starts_with(key, ${`${key}/`})`)))
    .orderBy('runAt', 'desc')
    .executeTakeFirst();
  return found?.runAt;
}

/**
 * Forgets that a resident was told of the links of whoever made this one to the same account: the next link is told as the first was. `keys`: the
 * first parts of the notices' keys, behind which the link stands.
 */
export async function deleteToldOfLinks(db: Db, residentId: string, link: string, keys: readonly string[]): Promise<void> {
  await db
    .deleteFrom('outbox')
    .where('kind', '=', 'notice')
    .where('residentId', '=', residentId)
    .where('doneAt', 'is not', null)
    .where(sql<boolean>`${noticeKeyPartSql('event')} = any(${[...keys]}::text[])`)
    .where(sql<boolean>`${noticeKeyPartSql('subject')} in (
      select its.id::text from links as its join links as one on one.resident_id = its.resident_id and one.account = its.account
      where one.id = ${link}::uuid
    )`)
    .execute();
}

/** Forgets notices that were sent, or wait to be: their keys, but for so many last parts, are of `keys`. They may be told again; which `arrived`. */
export async function deleteNoticesUpTo(
  trx: Trx,
  kind: string,
  keys: readonly string[],
  lastParts: number,
): Promise<{ residentId: string | null; key: string; arrived: boolean }[]> {
  const { rows } = await sql<{ residentId: string | null; key: string; arrived: boolean }>`
    delete from outbox where kind = 'notice' and starts_with(key, ${`${kind}/`}) and (done_at is not null or locked_until is null)
      and ${noticeKeyUpToSql(lastParts)} = any(${[...keys]}::text[])
    returning resident_id, key, done_at is not null as arrived
  `.execute(trx);
  return rows;
}

/** One message about many accounts that speaks of one of these. */
const ofMany = (accounts: readonly string[]) =>
  sql`(${noticeKeyPartSql('subject')} in ('many', ${SIGNED_OUT}) and string_to_array(words ->> 'accounts', ',') && ${[...accounts]}::text[])`;

/** Why a notice was given up that nobody failed to deliver: nobody was to have it any more. */
export const NOT_WANTED = 'not wanted any more';

/** Everything that waits for this person to be told is given up: `why`. */
export async function markNoticesFailedTo(trx: Trx, addressee: string, why: string, now: Date): Promise<void> {
  await updateOutboxEnd(trx, { failedAt: now, lastError: why }).where('line', '=', lineOf(addressee)).execute();
}

/** Forgets what these were told already; what is still to be told them may be about others. */
export async function deleteSaidTo(trx: Trx, addressees: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('outbox')
    .where('kind', '=', 'notice')
    .where('addressee', '=', sql<string>`any(${[...addressees]}::text[])`)
    .where((e) => e.or([e('doneAt', 'is not', null), e('failedAt', 'is not', null)]))
    .execute();
}
