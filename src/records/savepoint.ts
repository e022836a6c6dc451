import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** Does `work`, and takes back what it did to the base where it answers `undo`; the transaction goes on. */
export async function inSavepoint(trx: Trx, work: () => Promise<'keep' | 'undo'>): Promise<void> {
  await sql`savepoint before_work`.execute(trx);
  if ((await work()) === 'undo') await sql`rollback to savepoint before_work`.execute(trx);
}
