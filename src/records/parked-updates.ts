import { type ColumnType, sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** Updates that were put aside so that those behind them can go on. */
export type ParkedUpdatesTable = {
  id: string;
  /** `under way`: somebody works on it until `lease_until`; the others are for people to look at. */
  state: ColumnType<'under way' | 'failed' | 'stuck', 'under way' | 'failed' | 'stuck', 'failed' | 'stuck'>;
  /** The update as JSON, sealed. */
  sealed: ColumnType<string, string, string>;
  lease_until: Date;
  /** The chat whose order it keeps; null: it stands alone. */
  line: string | null;
  at: ColumnType<Date, Date, never>;
};

export async function parkUpdate(
  db: Db | Trx,
  parked: {
    id: string;
    state: 'under way' | 'failed' | 'stuck';
    sealed: string;
    leaseUntil: Date;
    line: string | null;
    at: Date;
  },
): Promise<void> {
  const { leaseUntil, ...row } = parked;
  await db
    .insertInto('parked_updates')
    .values({ ...row, lease_until: leaseUntil })
    .onConflict((c) =>
      c
        .column('id')
        .doUpdateSet({ lease_until: leaseUntil, ...(row.state !== 'under way' && { state: row.state, sealed: row.sealed }) }),
    )
    .execute();
}

export async function unparkUpdate(db: Db, id: string): Promise<void> {
  await db.deleteFrom('parked_updates').where('id', '=', id).where('state', '=', 'under way').execute();
}

/** All that is under way anywhere: few, since only slow updates are parked. */
export async function updatesUnderWay(db: Db): Promise<{ id: string; line: string | null; at: Date }[]> {
  return db.selectFrom('parked_updates').select(['id', 'line', 'at']).where('state', '=', 'under way').execute();
}

/** Whoever works on these has them until then. */
export async function leaseUpdates(db: Db, ids: readonly string[], leaseUntil: Date): Promise<void> {
  await db
    .updateTable('parked_updates')
    .set({ lease_until: leaseUntil })
    .where('id', 'in', ids)
    .where('state', '=', 'under way')
    .execute();
}

/** Takes an update whose worker died, oldest first, for as long as the new lease. */
export async function takeOrphanedUpdate(
  db: Db,
  now: Date,
  leaseUntil: Date,
): Promise<{ id: string; sealed: string } | undefined> {
  return db
    .updateTable('parked_updates')
    .set({ lease_until: leaseUntil })
    .where(
      'id',
      '=',
      db
        .selectFrom('parked_updates')
        .select('id')
        .where('state', '=', 'under way')
        .where('lease_until', '<', now)
        .orderBy('at')
        .orderBy('id')
        .limit(1)
        .modifyEnd(sql`for update skip locked`),
    )
    .returning(['id', 'sealed'])
    .executeTakeFirst();
}

export async function forgetParkedUpdates(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('parked_updates').where('at', '<', before).execute();
}
