import { type ColumnType, type Generated, type GeneratedAlways, type RawBuilder, type Selectable, sql } from 'kysely';
import { type ChapterDoor, type DeskDoor, type DoorLabel, readDoors } from '../domain/doors.ts';
import { later, MINUTE_MS } from '../domain/durations.ts';
import type { NewsKind } from '../domain/news.ts';
import { spelledOut } from '../domain/text-args.ts';
import { asColumns } from './column-names.ts';
import type { Db, Trx } from './database.ts';
import type { DeliveryKind, DeliveryProgress } from './deliveries.ts';
import type { NoticePaper, NoticeArgs, SignedOutNotice } from './notices.ts';

/**
 * What must reach somebody, or be done in the messenger, later and surely, in the order of its line: notices, what residents and staff write to each
 * other, messages that are to be deleted. One that is neither done nor failed waits.
 */
export type OutboxTable = {
  id: GeneratedAlways<number>;
  kind: OutboxKind;
  /** Those of one line go out in their order, one at a time. */
  line: string;
  /** Whose share of the messenger's limits it takes: `staff`, or a messenger id. */
  addressee: string;
  /** Towards staff, to whom all are served in turn: a resident, a guest's messenger account, or the request itself; `notices` for those. */
  owner: Generated<string | null>;
  /** Unique among its kind: it goes out once only. */
  key: Generated<string | null>;
  /** The name of a text; '' where there is nothing to say. */
  text: Generated<string>;
  /** In clear until it is done or given up, `{}` after; so are the doors. */
  words: ColumnType<NoticeArgs, string | undefined, string>;
  doors: ColumnType<OutboxDoors, string | undefined, string>;
  /** To be drawn and handed over; wiped as the words are. */
  paper: ColumnType<NoticePaper | null, string | null | undefined, null>;
  /** What is said instead where he is signed out by then; null: news say what all of their kind do, the rest holds nothing to be kept back. */
  signedOut: ColumnType<SignedOutNotice | null, string | null | undefined, null>;
  news: Generated<NewsKind | null>;
  /** Set for whatever a resident is told, with the account that he must have to be told it. */
  residentId: Generated<string | null>;
  account: Generated<string | null>;
  announcementId: Generated<string | null>;
  requestId: Generated<string | null>;
  messageId: Generated<number | null>;
  /** That is to be deleted: its chat and number. */
  message: Generated<string | null>;
  progress: ColumnType<DeliveryProgress, string | undefined, string>;
  /** Never at night, however late it has become. */
  daytime: Generated<boolean>;
  createdAt: ColumnType<Date, Date, never>;
  runAt: Date;
  /** Until then a worker holds it; a worker that died lets go by the mere passing of time. */
  lockedUntil: Generated<Date | null>;
  attempts: Generated<number>;
  doneAt: Generated<Date | null>;
  failedAt: Generated<Date | null>;
  lastError: Generated<string | null>;
};

export type OutboxKind = 'notice' | 'deletion' | DeliveryKind;
export type OutboxRow = Selectable<OutboxTable>;
type OutboxDoors = readonly (DoorLabel & (ChapterDoor | DeskDoor))[];

export type NewOutboxRow = Pick<OutboxRow, 'kind' | 'line' | 'addressee' | 'runAt'> &
  Partial<Omit<OutboxRow, 'id' | 'createdAt' | 'lockedUntil' | 'attempts' | 'doneAt' | 'failedAt' | 'lastError'>>;

/** By name, as a release that adds one may run beside this: what `*` means to a prepared statement must not change. */
const COLUMNS: Readonly<Record<keyof OutboxTable, true>> = {
  id: true,
  kind: true,
  line: true,
  addressee: true,
  owner: true,
  key: true,
  text: true,
  words: true,
  doors: true,
  paper: true,
  signedOut: true,
  news: true,
  residentId: true,
  account: true,
  announcementId: true,
  requestId: true,
  messageId: true,
  message: true,
  progress: true,
  daytime: true,
  createdAt: true,
  runAt: true,
  lockedUntil: true,
  attempts: true,
  doneAt: true,
  failedAt: true,
  lastError: true,
};

const OUTBOX_COLUMNS = sql.join(Object.keys(COLUMNS).map((column) => sql.ref(`outbox.${column}`)));

const WIPED = { words: '{}', doors: '[]', paper: null } as const;

/** Puts all of these in line, in this order; of those with the same key as one of their kind that is there, nothing comes. How many came. */
export async function insertIntoOutbox(trx: Trx, rows: readonly NewOutboxRow[], now: Date): Promise<number> {
  if (rows.length === 0) return 0;
  // One parameter, however many they are.
  const { numAffectedRows } = await sql`
    insert into outbox (kind, line, addressee, owner, key, text, words, doors, paper, signed_out, news, resident_id, account,
      announcement_id, request_id, message_id, message, progress, daytime, created_at, run_at)
    select n.kind, n.line, n.addressee, coalesce(n.owner, ${writerOf}), n.key, coalesce(n.text, ''), coalesce(n.words, '{}'), coalesce(n.doors, '[]'), n.paper,
      n.signed_out, n.news, n.resident_id, n.account, n.announcement_id, n.request_id, n.message_id, n.message,
      coalesce(n.progress, '{}'), coalesce(n.daytime, false), ${now}, n.run_at
    from jsonb_array_elements(${JSON.stringify(rows.map(keptRow), keepable)}::jsonb) with ordinality as given (row, place)
    cross join jsonb_populate_record(null::outbox, given.row) as n
    order by given.place
    on conflict (kind, key) do nothing
  `.execute(trx);
  return Number(numAffectedRows ?? 0);
}

const keptRow = ({ words, ...row }: NewOutboxRow) => asColumns({ ...row, ...(words && { words: spelledOut(words) }) });

/** Halves of characters and NULs, which no text of Postgres can have, are left out: for one in a name nothing of its transaction would be done. */
const keepable = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/[\p{Surrogate}\0]/gu, '') : value;

/** Whoever wrote the request, or the request of nobody. */
const writerOf = sql`(
  select coalesce(r.resident_id::text, r.messenger_id, r.id::text) from requests r where n.addressee = 'staff' and r.id = n.request_id
)`;

export type Share = {
  limit: number;
  /** Addressees who get nothing now, or whole messengers. */
  resting: readonly string[];
  /** For this worker alone until then. */
  until: Date;
  night: boolean;
};

/** A card that follows its request waits so long for what people say. */
const REFRESH_REST_MS = 2 * MINUTE_MS;

const waiting = (row: string) => sql`${sql.ref(`${row}.done_at`)} is null and ${sql.ref(`${row}.failed_at`)} is null`;

/**
 * What may go out now: nothing of its line is in hand, and it is the first that is due. A notice that is merely meant for later, or for the
 * day, holds nobody up, and one that failed and waits for its next attempt does; nobody waits for a refresh of a card. A subquery of its own
 * and no `not exists`: it is asked of each row as it comes by the index, and of no more of them than are taken.
 */
const dueFirst = ({ resting, night }: Share, now: Date): RawBuilder<unknown> => sql`
  ${waiting('n')} and n.run_at <= ${now} and (n.locked_until is null or n.locked_until <= ${now})
  and n.addressee <> all(${[...resting]}::text[]) and split_part(n.addressee, ':', 1) <> all(${[...resting]}::text[])
  and not (n.daytime and ${night})
  and (
    select true from outbox other
    where other.line = n.line and other.id <> n.id and ${waiting('other')}
      and (
        other.locked_until > ${now}
        or (other.id < n.id and not (other.daytime and ${night})
          and (other.kind <> 'notice' or other.run_at <= ${now} or other.attempts > 0)
          and (other.kind <> 'refresh' or n.kind = 'refresh'))
      )
    limit 1
  ) is null`;

/**
 * Takes up to `limit` that are due, of each line only the first and of each addressee one. Towards staff all are served in turn: whoever was
 * served longest ago comes first, and who never was before all; refreshes of cards come last for a while, and the list of requests that nobody asked
 * for after all. To people comes first what was
 * written to them, then notices, each from the oldest: an answer waits for no announcement.
 */
export async function claimOutbox(db: Db, share: Share, now: Date): Promise<OutboxRow[]> {
  const { rows } = await sql<OutboxRow>`
    with heads as (
      (
        select n.id, n.addressee, false as notice from outbox n
        left join requests r on r.id = n.request_id
        left join lateral (
          select served.done_at from outbox served
          where served.owner = n.owner and served.done_at is not null
          order by served.done_at desc limit 1
        ) turn on true
        where n.addressee = 'staff' and ${dueFirst(share, now)}
        order by n.owner is not distinct from 'board', n.kind = 'refresh' and r.card is not null and n.created_at > ${later(now, -REFRESH_REST_MS)},
          turn.done_at nulls first, n.id
        limit 1
      ) union all (
        select n.id, n.addressee, n.kind = 'notice' as notice from outbox n
        where n.addressee <> 'staff' and ${dueFirst(share, now)}
        order by n.kind = 'notice', n.id
        limit ${share.limit}
      )
    ),
    of_each as (select distinct on (addressee) id, notice from heads order by addressee, notice, id),
    free as (
      select o.id from outbox o
      where o.id = any(array(select id from of_each order by notice, id limit ${share.limit}))
        and ${waiting('o')} and (o.locked_until is null or o.locked_until <= ${now})
      for update skip locked
    )
    update outbox set locked_until = ${share.until} from free where outbox.id = free.id
    returning ${OUTBOX_COLUMNS}
  `.execute(db);
  const isNotice = ({ kind }: OutboxRow) => Number(kind === 'notice');
  return rows.map(withDoors).sort((a, b) => isNotice(a) - isNotice(b) || a.id - b.id);
}

/** Without the doors that another release knew and this one does not. */
function withDoors({ doors, signedOut: instead, ...row }: OutboxRow): OutboxRow {
  return { ...row, doors: readDoors(doors), signedOut: instead && { ...instead, doors: readDoors(instead.doors) } };
}

/** When the next one is due after `after`. */
export async function findNextDue(db: Db, after: Date): Promise<Date | undefined> {
  const { next } = await inLine(db)
    .where('runAt', '>', after)
    .select((e) => e.fn.min<Date | null>('runAt').as('next'))
    .executeTakeFirstOrThrow();
  return next ?? undefined;
}

/** How many are due and at no end; at night, without those that are for the day. */
export async function countOutboxWaiting(db: Db, night: boolean, now: Date): Promise<number> {
  const { count } = await inLine(db)
    .where('runAt', '<=', now)
    .where(sql<boolean>`not (daytime and ${night})`)
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

const inLine = (db: Db) => db.selectFrom('outbox').where('doneAt', 'is', null).where('failedAt', 'is', null);

/** Whether one of this kind with this key was ever put in line; true for as long as it is kept. */
export async function hasInOutbox(db: Db, kind: OutboxKind, key: string): Promise<boolean> {
  const found = await db.selectFrom('outbox').select('id').where('kind', '=', kind).where('key', '=', key).executeTakeFirst();
  return found !== undefined;
}

/** Puts it back as if it had not been taken; `progress`: a part of it is done. */
export async function updateOutboxReleased(db: Db, id: number, progress?: DeliveryProgress): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ lockedUntil: null, ...(progress && { progress: JSON.stringify(progress), attempts: 0 }) })
    .where('id', '=', id)
    .execute();
}

/** Puts these back as if they had not been taken. */
export async function updateOutboxReleasedAll(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db.updateTable('outbox').set({ lockedUntil: null }).where('id', 'in', ids).execute();
}

/** It is taken up again then; `attempted`: it failed this time. */
export async function updateOutboxPostponed(db: Db, id: number, until: Date, attempted = true): Promise<void> {
  await db
    .updateTable('outbox')
    .set((e) => ({ runAt: until, lockedUntil: null, ...(attempted && { attempts: e('attempts', '+', 1) }) }))
    .where('id', '=', id)
    .execute();
}

/** They are done, but for those that came to another end meanwhile; what they said is wiped. */
export async function markOutboxDone(db: Db, ids: readonly number[], now: Date): Promise<void> {
  await updateOutboxEnd(db, { doneAt: now }).where('id', 'in', ids).execute();
}

/** Gives them up, but for those that came to another end meanwhile; what they were to say is wiped. */
export async function markOutboxFailed(db: Db, ids: readonly number[], reason: string, now: Date): Promise<void> {
  await updateOutboxEnd(db, { failedAt: now, lastError: reason }).where('id', 'in', ids).execute();
}

/** Of all that wait, those that the caller goes on to name come to this end. */
export function updateOutboxEnd(db: Db, end: { doneAt: Date } | { failedAt: Date; lastError: string }) {
  return db
    .updateTable('outbox')
    .set({ ...end, ...WIPED, lockedUntil: null })
    .where('doneAt', 'is', null)
    .where('failedAt', 'is', null);
}

/** What was put off because the addressee could not be reached is tried at once. */
export async function updateOutboxDue(trx: Trx, addressee: string, now: Date): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ runAt: now, attempts: 0 })
    .where((e) => e.or([e('addressee', '=', addressee), e('addressee', 'like', `${addressee}:%`)]))
    .where('doneAt', 'is', null)
    .where('failedAt', 'is', null)
    .where('attempts', '>', 0)
    .where('runAt', '>', now)
    .execute();
}

/** What was, or was to be, said to these people is forgotten; what is to be taken out of their chats still is. */
export async function deleteOutboxTo(trx: Trx, addressees: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('outbox')
    .where('addressee', '=', sql<string>`any(${[...addressees]}::text[])`)
    .where('kind', '<>', 'deletion')
    .execute();
}

/** Forgets what is older than `before` and has come to its end. */
export async function deleteOldOutbox(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('outbox')
    .where('createdAt', '<', before)
    .where((e) => e.or([e('doneAt', 'is not', null), e('failedAt', 'is not', null)]))
    .execute();
}
