import { type ColumnType, type Generated, sql } from 'kysely';
import type { Db, Trx } from './database.ts';

type ParkedState = 'under way' | 'failed' | 'stuck';

/** Updates that were put aside so that those behind them can go on. */
export type ParkedUpdatesTable = {
  id: string;
  /** `under way`: somebody works on it until `lease_until`; the others are for people to look at. */
  state: ParkedState;
  /** The update as JSON, sealed. */
  sealed: ColumnType<string, string, string>;
  lease_until: Date;
  /** The chat whose order it keeps; null: it stands alone. */
  line: string | null;
  at: ColumnType<Date, Date, never>;
  /** The request that tells staff of it. */
  request_id: string | null;
  /** Nothing was taken out of it. */
  whole: Generated<boolean>;
  /** Staff let it be taken up again. */
  again: Generated<boolean>;
};

export async function parkUpdate(
  db: Db | Trx,
  parked: {
    id: string;
    state: ParkedState;
    sealed: string;
    leaseUntil: Date;
    line: string | null;
    at: Date;
    /** Of one that was put aside. */
    aside?: { requestId: string; whole: boolean };
  },
): Promise<void> {
  const { leaseUntil, aside, ...row } = parked;
  const told = aside && { request_id: aside.requestId, whole: aside.whole, again: false };
  await db
    .insertInto('parked_updates')
    .values({ ...row, ...told, lease_until: leaseUntil })
    .onConflict((c) =>
      c.column('id').doUpdateSet({
        lease_until: leaseUntil,
        ...(row.state !== 'under way' && { state: row.state, sealed: row.sealed, ...told }),
      }),
    )
    .execute();
}

/** Lets the updates of a request that were put aside since then be taken up again, whole ones only; how many. */
export async function letUpdatesComeAgain(trx: Trx, requestId: string, since: Date, now: Date): Promise<number> {
  const [done] = await trx
    .updateTable('parked_updates')
    .set({ state: 'under way', again: true, lease_until: now })
    .where('request_id', '=', requestId)
    .where('state', '!=', 'under way')
    .where('whole', '=', true)
    .where('at', '>', since)
    .execute();
  return Number(done?.numUpdatedRows ?? 0);
}

/** The request of one that staff had let come again. */
export async function unparkUpdate(db: Db | Trx, id: string): Promise<string | undefined> {
  const gone = await db
    .deleteFrom('parked_updates')
    .where('id', '=', id)
    .where('state', '=', 'under way')
    .returning('request_id')
    .executeTakeFirst();
  return gone?.request_id ?? undefined;
}

/** It is on its way again: whoever finds it from now on takes it up as any other. */
export async function noteUpdateCame(db: Db, id: string): Promise<void> {
  await db.updateTable('parked_updates').set({ again: false }).where('id', '=', id).execute();
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
): Promise<{ id: string; sealed: string; again: boolean } | undefined> {
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
    .returning(['id', 'sealed', 'again'])
    .executeTakeFirst();
}

export async function forgetParkedUpdates(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('parked_updates').where('at', '<', before).execute();
}
