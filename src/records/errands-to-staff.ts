import type { Trx } from './database.ts';

/** What was put off because the group could not be reached is tried at once. */
export async function hurryErrandsToStaff(trx: Trx, now: Date): Promise<void> {
  await trx
    .updateTable('errands')
    .set({ not_before: now, attempts: 0 })
    .where('addressee', '=', 'staff')
    .where('done_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('attempts', '>', 0)
    .where('not_before', '>', now)
    .execute();
}
