import type { Db, Trx } from './database.ts';
import type { Reading } from './readings.ts';

/** A reading as it stood in an export: what billing answers on, though it may have been corrected since. */
export type ExportedReadingsTable = { readingId: string; exportNumber: number; value: string; day: string };

/** Readings that have not gone out. */
export async function listWaitingReadings(trx: Trx): Promise<Reading[]> {
  return findWaitingReadings(trx).selectAll('r').execute();
}

/**
 * The rows (`r`) that the next export writes. A guest's goes only while no resident of the account has handed in for the same scale and
 * window, and of several guests' the newest; one that another stands before never does, and is taken for good.
 */
export function findWaitingReadings(db: Db) {
  return db
    .selectFrom('readings as r')
    .where('r.state', '=', 'taken')
    .where((e) =>
      e.or([
        e('r.submittedBy', '=', 'resident'),
        e.not(
          e.exists(
            e
              .selectFrom('readings as other')
              .select('other.id')
              .whereRef('other.account', '=', 'r.account')
              .whereRef('other.number', '=', 'r.number')
              .whereRef('other.scale', '=', 'r.scale')
              .whereRef('other.windowOpens', '=', 'r.windowOpens')
              .where((o) =>
                o.or([
                  o('other.submittedBy', '=', 'resident'),
                  o('other.takenAt', '>', o.ref('r.takenAt')),
                  o.and([o('other.takenAt', '=', o.ref('r.takenAt')), o('other.id', '>', o.ref('r.id'))]),
                ]),
              ),
          ),
        ),
      ]),
    );
}

/** Marks readings as gone out, with the values that they had. */
export async function markReadingsExported(trx: Trx, ids: readonly string[], exportNumber: number): Promise<void> {
  const gone = trx
    .updateTable('readings')
    .set({ state: 'exported' })
    .where((e) => e('id', '=', e.fn.any(e.val([...ids]))))
    .returning(['id', 'value', 'day']);
  await trx
    .with('gone', () => gone)
    .insertInto('exportedReadings')
    .columns(['readingId', 'exportNumber', 'value', 'day'])
    .expression((e) =>
      e.selectFrom('gone').select((g) => ['gone.id', g.val(exportNumber).as('number'), 'gone.value', 'gone.day']),
    )
    .execute();
}
