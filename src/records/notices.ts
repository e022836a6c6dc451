import { type ColumnType, type Generated, type Selectable, sql } from 'kysely';
import type { DeskChart } from '../domain/desk-chart.ts';
import { type ChapterDoor, type DeskDoor, type DoorLabel, readDoors } from '../domain/doors.ts';
import type { NewsKind } from '../domain/news.ts';
import type { RequestsSheet } from '../domain/requests-sheet.ts';
import type { Db, Trx } from './database.ts';

/** As `src/texts` takes them: a list of phrases is put into words itself, a line each. */
export type NoticeWords = Readonly<{ [place: string]: string | number | readonly { text: string; words?: NoticeWords }[] }>;
type LabelledDoor = DoorLabel & ChapterDoor;
type Doors = readonly (LabelledDoor | (DoorLabel & DeskDoor))[];

/** What a notice may hand over, with its text as the caption. */
export type NoticePaper = { kind: 'desk-chart'; data: DeskChart } | { kind: 'requests-sheet'; data: RequestsSheet };

/** Messages that must reach somebody; `addressee` is 'staff' or a messenger id. One that is neither sent nor failed waits. */
export type NoticesTable = {
  id: Generated<number>;
  addressee: string;
  text: string;
  /** In clear until the notice is sent or given up, `{}` after. */
  words: ColumnType<NoticeWords, string, string>;
  doors: ColumnType<Doors, string, string>;
  /** To be drawn and handed over; wiped as the words are. */
  paper: ColumnType<NoticePaper | null, string | null | undefined, null>;
  key: string | null;
  created_at: Date;
  run_at: Date;
  /** Never sent at night, however late it has become. */
  daytime: Generated<boolean>;
  /** Set for news. */
  news: NewsKind | null;
  /** Set for whatever a resident is told, with the account that he must have to be told it. */
  resident_id: string | null;
  account: string | null;
  /** What is said instead where he is signed out by then; null: news say what all of their kind do, the rest holds nothing to be kept back. */
  signed_out: ColumnType<SignedOutNotice | null, string | null | undefined, null>;
  /** The announcement that it brings. */
  announcement_id: Generated<string | null>;
  /** Until then a worker holds it; a worker that died lets go by the mere passing of time. */
  locked_until: Generated<Date | null>;
  attempts: Generated<number>;
  sent_at: Generated<Date | null>;
  failed_at: Generated<Date | null>;
  last_error: Generated<string | null>;
};

/** Without words: there are no figures in it. */
export type SignedOutNotice = { text: string; doors: readonly LabelledDoor[] };

/** People to whom the messenger no longer lets us write. */
export type UnreachableTable = { messenger_id: string; since: Date };

export type NoticeRow = Pick<
  Selectable<NoticesTable>,
  | 'id'
  | 'addressee'
  | 'text'
  | 'words'
  | 'doors'
  | 'paper'
  | 'attempts'
  | 'news'
  | 'resident_id'
  | 'account'
  | 'signed_out'
  | 'announcement_id'
>;

/** Whose a notice is, the account that he must have to be told it, and what is said where he is signed out by then. */
export type NoticeOwner = { residentId: string; account?: string | undefined; signedOut?: SignedOutNotice | undefined };

export type NewNotice = {
  addressee: string;
  text: string;
  words: NoticeWords;
  doors: Doors;
  key: string | null;
  runAt: Date;
  daytime: boolean;
  paper?: NoticePaper | undefined;
  /** What it takes to judge news once more when they are sent. */
  news?: { kind: NewsKind; residentId: string; account: string | null };
  /** The same of what is no news. */
  whose?: NoticeOwner | undefined;
  announcement?: string;
};

/** Puts notices in line, in this order; of those with the same key as one that was ever put there, nothing comes. How many came. */
export async function insertNotices(trx: Trx, notices: readonly NewNotice[], now: Date): Promise<number> {
  if (notices.length === 0) return 0;
  const rows = notices.map(({ runAt, news, whose, announcement, ...notice }) => ({
    ...notice,
    run_at: runAt,
    news: news?.kind ?? null,
    resident_id: news?.residentId ?? whose?.residentId ?? null,
    account: news?.account ?? whose?.account ?? null,
    signed_out: whose?.signedOut ?? null,
    announcement_id: announcement ?? null,
  }));
  // One parameter, however many they are.
  const { numAffectedRows } = await sql`
    insert into notices (addressee, text, words, doors, paper, key, created_at, run_at, daytime, news, resident_id, account,
      signed_out, announcement_id)
    select addressee, text, words, doors, paper, key, ${now}, run_at, daytime, news, resident_id, account,
      signed_out, announcement_id
    from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (
      addressee text, text text, words jsonb, doors jsonb, paper jsonb, key text, run_at timestamptz, daytime boolean,
      news text, resident_id uuid, account text, signed_out jsonb, announcement_id uuid
    )) with ordinality
    order by ordinality
    on conflict (key) do nothing
  `.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/**
 * Takes up to `limit` notices that are due, oldest first, for this worker alone until `until`: of each addressee only the first in line, so
 * that order is kept, and none of `resting`; at night, none that is for the day. A notice that failed and waits for its next attempt holds
 * those behind it; one that is merely meant for later, or for the day, does not.
 */
export async function claimNotices(
  db: Db,
  { limit, resting, until, night }: { limit: number; resting: readonly string[]; until: Date; night: boolean },
  now: Date,
): Promise<NoticeRow[]> {
  const taken = await db
    .updateTable('notices')
    .set({ locked_until: until })
    .where('id', 'in', (e) =>
      e
        .selectFrom('notices as n')
        .select('n.id')
        .where('n.sent_at', 'is', null)
        .where('n.failed_at', 'is', null)
        .where('n.run_at', '<=', now)
        .where(sql<boolean>`not (n.daytime and ${night})`)
        .where((n) => n.or([n('n.locked_until', 'is', null), n('n.locked_until', '<=', now)]))
        .where(sql<boolean>`n.addressee <> all(${[...resting]}::text[])`)
        .where((n) =>
          n.not(
            n.exists(
              n
                .selectFrom('notices as earlier')
                .select('earlier.id')
                .whereRef('earlier.addressee', '=', 'n.addressee')
                .whereRef('earlier.id', '<', 'n.id')
                .where('earlier.sent_at', 'is', null)
                .where('earlier.failed_at', 'is', null)
                .where(sql<boolean>`not (earlier.daytime and ${night})`)
                .where((w) => w.or([w('earlier.run_at', '<=', now), w('earlier.attempts', '>', 0)])),
            ),
          ),
        )
        .orderBy('n.id')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning([
      'id',
      'addressee',
      'text',
      'words',
      'doors',
      'paper',
      'attempts',
      'news',
      'resident_id',
      'account',
      'signed_out',
      'announcement_id',
    ])
    .execute();
  return taken.map(withDoors).sort((a, b) => a.id - b.id);
}

/** Without the doors that another release knew and this one does not. */
function withDoors({ doors, signed_out: instead, ...row }: NoticeRow): NoticeRow {
  return { ...row, doors: readDoors(doors), signed_out: instead && { ...instead, doors: readDoors(instead.doors) } };
}

/** How many are due and at no end; at night, without those that are for the day. */
export async function countNoticesWaiting(db: Db, night: boolean, now: Date): Promise<number> {
  const { waiting } = await db
    .selectFrom('notices')
    .where('sent_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('run_at', '<=', now)
    .where(sql<boolean>`not (daytime and ${night})`)
    .select((e) => e.fn.countAll<number>().as('waiting'))
    .executeTakeFirstOrThrow();
  return waiting;
}

/** What was put off because the addressee could not be reached is tried at once. */
export async function updateNoticesDue(trx: Trx, addressee: string, now: Date): Promise<void> {
  await trx
    .updateTable('notices')
    .set({ run_at: now, attempts: 0 })
    .where('addressee', '=', addressee)
    .where('sent_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('attempts', '>', 0)
    .where('run_at', '>', now)
    .execute();
}

/** Takes a notice out of the line where it still waits there and nobody is sending it. */
export async function deleteNotice(trx: Trx, key: string): Promise<void> {
  await trx
    .deleteFrom('notices')
    .where('key', '=', key)
    .where('sent_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('locked_until', 'is', null)
    .execute();
}

/**
 * Takes notices out of the line that still wait there: news of a kind about these accounts, or those whose key begins with `keys` and one of
 * the subjects (`keys/subject…`). Whom they were for.
 */
export async function deleteNoticesAbout(
  trx: Trx,
  about: { news: NewsKind; accounts: readonly string[] } | { keys: string; subjects: readonly string[] },
): Promise<{ key: string | null; addressee: string }[]> {
  const { rows } = await sql<{ key: string | null; addressee: string }>`
    delete from notices where sent_at is null and failed_at is null and locked_until is null and ${
      'news' in about
        ? sql`news = ${about.news} and (account = any(${[...about.accounts]}::text[]) or ${ofMany(about.accounts)})`
        : sql`split_part(key, '/', 1) = ${about.keys} and (split_part(key, '/', 2) = any(${[...about.subjects]}::text[]) or ${ofMany(about.subjects)})`
    } returning key, addressee
  `.execute(trx);
  return rows;
}

/** One message about many accounts that speaks of one of these. */
const ofMany = (accounts: readonly string[]) =>
  sql`(split_part(key, '/', 2) = 'many' and string_to_array(words ->> 'accounts', ',') && ${[...accounts]}::text[])`;

/** Whether a notice of this key was ever put in line; true for as long as it is kept. */
export async function hasNotice(db: Db, key: string): Promise<boolean> {
  const found = await db.selectFrom('notices').select('id').where('key', '=', key).executeTakeFirst();
  return found !== undefined;
}

/** The notice has arrived; its words are wiped. */
export async function markNoticeSent(db: Db, id: number, now: Date): Promise<void> {
  await db
    .updateTable('notices')
    .set({ sent_at: now, locked_until: null, words: '{}', paper: null })
    .where('id', '=', id)
    .execute();
}

/** Puts a notice back as if it had not been taken. */
export async function updateNoticeReleased(db: Db, id: number): Promise<void> {
  await db.updateTable('notices').set({ locked_until: null }).where('id', '=', id).execute();
}

/** An attempt failed; there will be another one. */
export async function updateNoticePostponed(db: Db, id: number, until: Date): Promise<void> {
  await db
    .updateTable('notices')
    .set((e) => ({ attempts: e('attempts', '+', 1), run_at: until, locked_until: null }))
    .where('id', '=', id)
    .execute();
}

/** Why a notice was given up that nobody failed to deliver: nobody was to have it any more. */
export const NOT_WANTED = 'not wanted any more';

/** Gives a notice up; its words are wiped. */
export async function markNoticeFailed(db: Db, id: number, reason: string, now: Date): Promise<void> {
  await db
    .updateTable('notices')
    .set({ failed_at: now, last_error: reason, locked_until: null, words: '{}', paper: null })
    .where('id', '=', id)
    .execute();
}

/** The messenger does not let us write to this person: everything in line for them is given up. */
export async function markUnreachable(trx: Trx, messengerId: string, now: Date): Promise<void> {
  await trx
    .insertInto('unreachable')
    .values({ messenger_id: messengerId, since: now })
    .onConflict((c) => c.column('messenger_id').doUpdateSet({ since: now }))
    .execute();
  await trx
    .updateTable('notices')
    .set({ failed_at: now, last_error: 'blocked', locked_until: null, words: '{}', paper: null })
    .where('addressee', '=', messengerId)
    .where('sent_at', 'is', null)
    .where('failed_at', 'is', null)
    .execute();
}

/** Whether this person could not be written to, found out after `since`. */
export async function isUnreachable(db: Db, messengerId: string, since: Date): Promise<boolean> {
  const found = await db
    .selectFrom('unreachable')
    .select('since')
    .where('messenger_id', '=', messengerId)
    .where('since', '>', since)
    .executeTakeFirst();
  return found !== undefined;
}

export async function deleteUnreachable(db: Db, messengerIds: readonly string[]): Promise<void> {
  await db
    .deleteFrom('unreachable')
    .where('messenger_id', '=', sql<string>`any(${[...messengerIds]}::text[])`)
    .execute();
}

/** What these people were told, or were to be told, is forgotten. */
export async function deleteNoticesTo(trx: Trx, addressees: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('notices')
    .where('addressee', '=', sql<string>`any(${[...addressees]}::text[])`)
    .execute();
}

/** Forgets what these were told already; what is still to be told them may be about others. */
export async function deleteSaidTo(trx: Trx, addressees: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('notices')
    .where('addressee', '=', sql<string>`any(${[...addressees]}::text[])`)
    .where((e) => e.or([e('sent_at', 'is not', null), e('failed_at', 'is not', null)]))
    .execute();
}

/** Forgets notices older than `before` that have come to their end. */
export async function deleteOldNotices(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('notices')
    .where('created_at', '<', before)
    .where((e) => e.or([e('sent_at', 'is not', null), e('failed_at', 'is not', null)]))
    .execute();
}
