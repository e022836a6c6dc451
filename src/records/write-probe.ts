import { sql } from 'kysely';
import type { Db } from './database.ts';

/** One row that holds nothing but when it was written last. */
export type WriteProbeTable = { id: boolean; at: Date };

/** Throws why nothing can be written now. */
export async function probeWriting(db: Db): Promise<void> {
  const at = sql<Date>`clock_timestamp()`;
  await db
    .insertInto('writeProbe')
    .values({ id: true, at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ at }))
    .execute();
}
