import type { Db, Trx } from './database.ts';
import type { ExportKind } from './exports.ts';

/** An export that was made by the schedule of the settings, one a kind and day (of the centre's), and when its file was in the folder. */
export type ScheduledExportsTable = {
  kind: ExportKind;
  /** `YYYY-MM-DD` */
  day: string;
  madeAt: Date;
  /** Null where nothing waited. */
  number: number | null;
  /** When its file was there. */
  writtenAt: Date | null;
};

/** Whether the export of a kind was made on a day. */
export async function isExportMade(db: Db, kind: ExportKind, day: string): Promise<boolean> {
  const found = await db
    .selectFrom('scheduledExports')
    .select('day')
    .where('kind', '=', kind)
    .where('day', '=', day)
    .executeTakeFirst();
  return found !== undefined;
}

/** False where another process has made it on that day. */
export async function insertScheduledExport(
  trx: Trx,
  made: Pick<ScheduledExportsTable, 'kind' | 'day' | 'madeAt' | 'number'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('scheduledExports')
    .values({ ...made, writtenAt: null })
    .onConflict((on) => on.columns(['kind', 'day']).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Those whose file is not there yet, the oldest first. */
export async function listUnwrittenExports(db: Db): Promise<{ kind: ExportKind; day: string; number: number }[]> {
  return db
    .selectFrom('scheduledExports')
    .select(['kind', 'day', 'number'])
    .where('writtenAt', 'is', null)
    .where('number', 'is not', null)
    .$narrowType<{ number: number }>()
    .orderBy('madeAt')
    .orderBy('kind')
    .execute();
}

export async function markExportWritten(db: Db, { kind, day }: { kind: ExportKind; day: string }, at: Date): Promise<void> {
  await db.updateTable('scheduledExports').set({ writtenAt: at }).where('kind', '=', kind).where('day', '=', day).execute();
}

/** Forgets those of before a day. */
export async function deleteOldScheduledExports(db: Db, before: string): Promise<void> {
  await db.deleteFrom('scheduledExports').where('day', '<', before).execute();
}
