import type { Trx } from '../records/database.ts';
import { markNoticesFailedTo } from '../records/notices.ts';
import { saveUnreachable } from '../records/unreachable.ts';

/** The messenger does not let us write to this person: all notices in line for them are given up. */
export async function giveUpPerson(trx: Trx, messengerId: string, now: Date): Promise<void> {
  await saveUnreachable(trx, messengerId, now);
  await markNoticesFailedTo(trx, messengerId, 'blocked', now);
}
