import { type ColumnType, type Generated, type Selectable, sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { lock, lockShared } from './locks.ts';

/**
 * What a scale of a meter showed, as it was handed in: one row a window, which a correction changes. Residents of an account speak as one
 * (`submittedBy` 'resident'), each guest for himself (his messenger account, or `gone:<id>` once he is forgotten).
 */
export type ReadingsTable = {
  id: Generated<string>;
  account: string;
  number: string;
  /** «день», «ночь», …; empty for a meter with one scale. */
  scale: string;
  /** As the registry called it when the reading was taken. */
  service: string;
  /** The first day of the window. */
  windowOpens: string;
  submittedBy: string;
  /** Who of the residents handed it in last; null for a guest, and when that resident has gone. */
  residentId: string | null;
  /** A decimal as text, three digits after the point. */
  value: ColumnType<string, string, string>;
  /** The day of the centre's time zone on which this value was handed in. */
  day: string;
  takenAt: Date;
  /** What it was judged against. */
  previousValue: string | null;
  previousDay: string | null;
  state: Generated<ReadingState>;
  /** Why billing refused it, in its words. */
  reason: Generated<string | null>;
  /** When billing's refusal was heard of: of this value, or of the one that was handed in again by it. */
  refusedAt: Generated<Date | null>;
};

/** Taken by the bot; sent to billing; and what billing said. */
export type ReadingState = 'taken' | 'exported' | 'accepted' | 'refused';

export type Reading = Selectable<ReadingsTable>;

/** `submittedBy` of whatever residents hand in. */
export const RESIDENT = 'resident';

/** Until the transaction ends nobody else takes readings of this account, and none goes out. */
export async function lockReadingsOf(trx: Trx, account: string): Promise<void> {
  await lockShared(trx, 'readings');
  await lock(trx, 'readings', account);
}

/** Until the transaction ends no reading is taken. */
export async function lockAllReadings(trx: Trx): Promise<void> {
  await lock(trx, 'readings');
}

/**
 * Keeps a reading; one of the same scale, window and submitter is corrected by it and goes out anew. The same value again changes nothing,
 * unless billing had refused it, of which the time is kept: as long as it could be handed in again it can be corrected. Answers its id.
 */
export async function saveReading(trx: Trx, reading: Omit<Reading, 'id' | 'state' | 'reason' | 'refusedAt'>): Promise<string> {
  const kept = await trx
    .insertInto('readings')
    .values(reading)
    .onConflict((conflict) =>
      conflict
        .constraint('readings_once')
        .doUpdateSet({
          value: reading.value,
          day: reading.day,
          takenAt: reading.takenAt,
          residentId: reading.residentId,
          state: 'taken',
          reason: null,
        })
        .where((e) => e.or([e('readings.value', '<>', e.ref('excluded.value')), e('readings.state', '=', 'refused')])),
    )
    .returning('id')
    .executeTakeFirst();
  if (kept) return kept.id;
  const { account, number, scale, windowOpens, submittedBy } = reading;
  const { id } = await trx
    .selectFrom('readings')
    .select('id')
    .where((e) => e.and({ account, number, scale, windowOpens, submittedBy }))
    .executeTakeFirstOrThrow();
  return id;
}

/** All readings of an account in windows that opened from a day on, from the newest window; residents' before guests'. */
export async function listReadings(db: Db, account: string, from: string): Promise<Reading[]> {
  return db
    .selectFrom('readings')
    .selectAll()
    .where('account', '=', account)
    .where('windowOpens', '>=', from)
    .orderBy('windowOpens', 'desc')
    .orderBy((e) => e('submittedBy', '=', RESIDENT), 'desc')
    .orderBy('takenAt')
    .orderBy('id')
    .execute();
}

/** What a resident, and what his messenger account as a guest, handed in since a moment, newest first. */
export async function listReadingsBy(
  db: Db,
  { residentId, messengerId }: { residentId: string | null; messengerId: string },
  since: Date,
): Promise<Reading[]> {
  return db
    .selectFrom('readings')
    .selectAll()
    .where((e) => e.or([e('submittedBy', '=', messengerId), ...(residentId === null ? [] : [e('residentId', '=', residentId)])]))
    .where('takenAt', '>=', since)
    .orderBy('takenAt', 'desc')
    .orderBy('service')
    .orderBy('number')
    .orderBy('scale')
    .execute();
}

/** Who has gone leaves his readings without a trace of himself. */
export async function updateReadingsSubmitterGone(trx: Trx, messengerIds: readonly string[]): Promise<void> {
  if (messengerIds.length === 0) return;
  await trx
    .updateTable('readings')
    .set({ submittedBy: sql<string>`'gone:' || id` })
    .where('submittedBy', 'in', messengerIds)
    .execute();
}

/** Forgets readings of windows that opened before a day, with their photographs. */
export async function deleteOldReadings(db: Db, before: string): Promise<void> {
  await db.deleteFrom('readings').where('windowOpens', '<', before).execute();
}
