import { type ColumnType, type Generated, type NotNull, type Selectable, sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { hasWords } from './has-words.ts';
import { lock } from './locks.ts';
import { NOT_WANTED } from './notices.ts';
import { updateOutboxEnd } from './outbox.ts';

/** Words of the centre to all residents, or to those of a street or a house, and corrections of such words to those who got them. */
export type AnnouncementsTable = {
  id: Generated<string>;
  /** What people call it by; a draft has none. */
  number: Generated<number | null>;
  messengerId: ColumnType<string, string, never>;
  byName: ColumnType<string, string, never>;
  target: ColumnType<AnnouncementTarget, AnnouncementTarget, never>;
  /** As the registry writes it; '' for all. */
  place: ColumnType<string, string, never>;
  words: string;
  state: AnnouncementState;
  madeAt: ColumnType<Date, Date, never>;
  stateAt: Date;
  /** The id of the last link or resident (of a correction: reader) whose notice has been put in line; null before the first. */
  reached: Generated<string | null>;
  /** Everybody's notice has been put in line. */
  inLine: Generated<boolean>;
  stoppedAt: Generated<Date | null>;
  delivered: Generated<number | null>;
  undelivered: Generated<number | null>;
  unsent: Generated<number | null>;
  message: Generated<string | null>;
  /** The messenger's handle of it. */
  picture: Generated<string | null>;
  /** Nothing of it goes out before; null: at once. */
  sendAt: Generated<Date | null>;
  /** Staff have been told how it ended. */
  told: Generated<boolean>;
  /** The announcement, itself a correction perhaps, whose readers are told that it says this now. */
  corrects: ColumnType<string | null, string | null | undefined, never>;
  /** Whom the corrected one had not reached when it was corrected gets the new words at once. */
  takesOver: Generated<boolean>;
};

export type AnnouncementTarget = 'all' | 'street' | 'house';
/** `stopped`: what was already on its way is waited for; `over`: nothing more happens. */
export type AnnouncementState = 'draft' | 'sending' | 'stopped' | 'over';
export type Announcement = Selectable<AnnouncementsTable>;

/** How many of an announcement's notices have arrived, cannot arrive, were never sent, and wait. */
export type AnnouncementFigures = { delivered: number; undelivered: number; unsent: number; waiting: number };

export async function insertAnnouncement(
  trx: Trx,
  announcement: Pick<Announcement, 'messengerId' | 'byName' | 'target' | 'place' | 'words' | 'picture'> & { corrects?: string },
  now: Date,
): Promise<string> {
  const { id } = await trx
    .insertInto('announcements')
    .values({ ...announcement, state: 'draft', madeAt: now, stateAt: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** One announcement, and nobody else changes it until the transaction ends. */
export async function lockAnnouncement(trx: Trx, id: string): Promise<Announcement | undefined> {
  return trx.selectFrom('announcements').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function updateAnnouncement(
  trx: Trx,
  id: string,
  change: Partial<
    Pick<
      Announcement,
      | 'state'
      | 'number'
      | 'words'
      | 'picture'
      | 'reached'
      | 'inLine'
      | 'sendAt'
      | 'stoppedAt'
      | 'delivered'
      | 'undelivered'
      | 'unsent'
      | 'takesOver'
    >
  >,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('announcements')
    .set({ ...change, ...(change.state && { stateAt: now }) })
    .where('id', '=', id)
    .execute();
}

/** The number of the next announcement; nobody else takes one until the transaction ends. */
export async function lockNextAnnouncementNumber(trx: Trx): Promise<number> {
  await lock(trx, 'announcementNumber');
  const row = await trx
    .selectFrom('announcements')
    .select((e) => e.fn.max('number').as('last'))
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

/** Announcements that are being sent, or whose end has not been told yet, from the oldest. */
export async function listOpenAnnouncements(db: Db): Promise<(Announcement & { number: number })[]> {
  return db
    .selectFrom('announcements')
    .selectAll()
    .where('number', 'is not', null)
    .where('told', '=', false)
    .orderBy('number')
    .$narrowType<{ number: NotNull }>()
    .execute();
}

/** The newest that were sent, or planned, for `since` or later, without those that were corrected. */
export async function listSentAnnouncements(db: Db, since: Date, limit: number): Promise<Announcement[]> {
  return db
    .selectFrom('announcements')
    .selectAll()
    .where('number', 'is not', null)
    .where((e) => e(e.fn.coalesce('sendAt', 'madeAt'), '>=', since))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('announcements as correction')
            .whereRef('correction.corrects', '=', 'announcements.id')
            .where('correction.number', 'is not', null)
            .select('correction.id'),
        ),
      ),
    )
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
}

export async function countAnnouncementFigures(db: Db, id: string): Promise<AnnouncementFigures> {
  const row = await db
    .selectFrom('outbox')
    .where('announcementId', '=', id)
    .select((e) => [
      e.fn.countAll<number>().filterWhere('doneAt', 'is not', null).as('delivered'),
      e.fn
        .countAll<number>()
        .filterWhere('failedAt', 'is not', null)
        .filterWhere('lastError', 'not in', UNSENT)
        .as('undelivered'),
      e.fn.countAll<number>().filterWhere('lastError', 'in', UNSENT).as('unsent'),
      e.fn.countAll<number>().filterWhere('doneAt', 'is', null).filterWhere('failedAt', 'is', null).as('waiting'),
    ])
    .executeTakeFirstOrThrow();
  return row;
}

const STOPPED = 'stopped';
/** Stopped in line, or in the worker's hands, or switched off by the reader meanwhile: nobody tried to deliver it. */
export const UNSENT = [STOPPED, NOT_WANTED];

/** Gives up all notices of an announcement that no worker has in hand. */
export async function markNoticesStopped(trx: Trx, id: string, now: Date): Promise<void> {
  await updateOutboxEnd(trx, { failedAt: now, lastError: STOPPED })
    .where('announcementId', '=', id)
    .where((e) => e.or([e('lockedUntil', 'is', null), e('lockedUntil', '<=', now)]))
    .execute();
}

/** Whether its notices are still to go out. */
export async function isBeingSent(db: Db, id: string): Promise<boolean> {
  const found = await db.selectFrom('announcements').select('state').where('id', '=', id).executeTakeFirst();
  return found?.state === 'sending';
}

/** Where an announcement's progress is shown from now on. */
export async function updateAnnouncementMessage(db: Db, id: string, message: string): Promise<void> {
  await db.updateTable('announcements').set({ message }).where('id', '=', id).execute();
}

export async function markAnnouncementTold(db: Db, id: string): Promise<void> {
  await db.updateTable('announcements').set({ told: true }).where('id', '=', id).execute();
}

/** The next residents after `after`, by id. */
export async function listNextResidents(db: Db, after: string, limit: number): Promise<{ place: string; residentId: string }[]> {
  const rows = await db.selectFrom('residents').select('id').where('id', '>', after).orderBy('id').limit(limit).execute();
  return rows.map(({ id }) => ({ place: id, residentId: id }));
}

/** The next live links after `after`, by id, each with the account's address. */
export async function listNextLinks(
  db: Db,
  after: string,
  limit: number,
): Promise<{ place: string; residentId: string; address: string }[]> {
  return db
    .selectFrom('links')
    .innerJoin('accounts', 'accounts.number', 'links.account')
    .where('links.endedAt', 'is', null)
    .where('links.id', '>', after)
    .select(['links.id as place', 'links.residentId', 'accounts.address'])
    .orderBy('links.id')
    .limit(limit)
    .execute();
}

/** Addresses of accounts that are open, or that somebody has in the cabinet, in which all these words are, in lower case and without «ё», somewhere. */
export async function listAddressesWith(db: Db, words: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ address: string }>`
    select distinct address from accounts
    where (not closed or exists (select from links where links.account = accounts.number and links.ended_at is null))
      and ${hasWords('address', words)}
    order by address
  `.execute(db);
  return rows.map(({ address }) => address);
}

/** Forgets drafts older than `before` that were never sent. */
export async function deleteOldAnnouncementDrafts(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('announcements').where('state', '=', 'draft').where('madeAt', '<', before).execute();
}
