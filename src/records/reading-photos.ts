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
export async function addReadingPhoto(trx: Trx, photo: Omit<ReadingPhotosTable, 'id'>): Promise<boolean> {
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

export async function forgetPhotosOf(trx: Trx, messengerIds: readonly string[]): Promise<void> {
  if (messengerIds.length === 0) return;
  await trx.deleteFrom('reading_photos').where('messenger_id', 'in', messengerIds).execute();
}
