import type { Generated } from 'kysely';
import type { Db, Trx } from './database.ts';

/** Photographs of meters that were attached to readings; the pictures stay with the messenger, this is its handle. */
export type ReadingPhotosTable = {
  id: Generated<string>;
  readingId: string;
  file: string;
  /** The same picture has the same one, whoever asks. */
  uniqueFile: string;
  messengerId: string;
  addedAt: Date;
};

/** False when this picture is there already. */
export async function insertReadingPhoto(trx: Trx, photo: Omit<ReadingPhotosTable, 'id'>): Promise<boolean> {
  const added = await trx
    .insertInto('readingPhotos')
    .values(photo)
    .onConflict((conflict) => conflict.constraint('reading_photos_once').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

/** Whether a person has attached this very picture to some reading since then. */
export async function hasReadingPhoto(
  db: Db,
  { messengerId, uniqueFile, since }: Pick<ReadingPhotosTable, 'messengerId' | 'uniqueFile'> & { since: Date },
): Promise<boolean> {
  const found = await db
    .selectFrom('readingPhotos')
    .select('id')
    .where('messengerId', '=', messengerId)
    .where('uniqueFile', '=', uniqueFile)
    .where('addedAt', '>', since)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

export async function countReadingPhotos(db: Db, readingId: string): Promise<number> {
  const row = await db
    .selectFrom('readingPhotos')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('readingId', '=', readingId)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** With which readings a person has attached this very picture. */
export async function listReadingsOfPhoto(
  db: Db,
  { messengerId, uniqueFile }: Pick<ReadingPhotosTable, 'messengerId' | 'uniqueFile'>,
): Promise<string[]> {
  const rows = await db
    .selectFrom('readingPhotos')
    .select('readingId')
    .where('messengerId', '=', messengerId)
    .where('uniqueFile', '=', uniqueFile)
    .execute();
  return rows.map(({ readingId }) => readingId);
}

export type PhotoOfReading = {
  id: string;
  file: string;
  uniqueFile: string;
  messengerId: string;
  residentId: string | null;
  number: string;
  value: string;
};

/** The photographs that stand with these readings, in the order in which they came. */
export async function listPhotosOfReadings(db: Db, readingIds: readonly string[]): Promise<PhotoOfReading[]> {
  return db
    .selectFrom('readingPhotos as p')
    .innerJoin('readings as r', 'r.id', 'p.readingId')
    .select(['p.id', 'p.file', 'p.uniqueFile', 'p.messengerId', 'r.residentId', 'r.number', 'r.value'])
    .where((e) => e('p.readingId', '=', e.fn.any(e.val([...readingIds]))))
    .orderBy('p.addedAt')
    .orderBy('p.id')
    .execute();
}

/** Those that a person sent, and those of his readings, from whichever messenger account they came. */
export async function deletePhotosOf(trx: Trx, residentId: string, messengerIds: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('readingPhotos')
    .where((e) =>
      e.or([
        e('messengerId', 'in', [...messengerIds, '']),
        e('readingId', 'in', e.selectFrom('readings').where('residentId', '=', residentId).select('readings.id')),
      ]),
    )
    .execute();
}
