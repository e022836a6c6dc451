import type { Generated } from 'kysely';
import type { Db, Trx } from './database.ts';

/** Photographs of meters that were attached to readings; the pictures stay with the messenger, this is its handle. */
export type ReadingPhotosTable = {
  id: Generated<string>;
  reading_id: string;
  file: string;
  /** The same picture has the same one, whoever asks. */
  unique_file: string;
  messenger_id: string;
  added_at: Date;
};

/** False when this picture is there already. */
export async function insertReadingPhoto(trx: Trx, photo: Omit<ReadingPhotosTable, 'id'>): Promise<boolean> {
  const added = await trx
    .insertInto('reading_photos')
    .values(photo)
    .onConflict((conflict) => conflict.constraint('reading_photos_once').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

export async function countReadingPhotos(db: Db, readingId: string): Promise<number> {
  const row = await db
    .selectFrom('reading_photos')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('reading_id', '=', readingId)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Those that a person sent, and those of his readings, from whichever messenger account they came. */
export async function deletePhotosOf(trx: Trx, residentId: string, messengerIds: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('reading_photos')
    .where((e) =>
      e.or([
        e('messenger_id', 'in', [...messengerIds, '']),
        e('reading_id', 'in', e.selectFrom('readings').where('resident_id', '=', residentId).select('readings.id')),
      ]),
    )
    .execute();
}
