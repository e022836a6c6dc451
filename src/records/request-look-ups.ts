import type { Db } from './database.ts';
import type { Request } from './requests.ts';

/** What requests are looked up by: the account that they are about, escalations with it among them, or the resident who wrote them. */
export type RequestLookUp = { account: string } | { residentId: string };

/** The newest of them first. */
export async function listRequestsBy(db: Db, by: RequestLookUp, limit: number): Promise<Request[]> {
  return requestsBy(db, by).selectAll().orderBy('openedAt', 'desc').orderBy('number', 'desc').limit(limit).execute();
}

/** How many there are, and how many of them are not closed. */
export async function countRequestsBy(db: Db, by: RequestLookUp): Promise<{ all: number; open: number }> {
  return requestsBy(db, by)
    .select((e) => [e.fn.countAll<number>().as('all'), e.fn.countAll<number>().filterWhere('state', '!=', 'closed').as('open')])
    .executeTakeFirstOrThrow();
}

function requestsBy(db: Db, by: RequestLookUp) {
  const requests = db.selectFrom('requests');
  return 'account' in by ? requests.where('account', '=', by.account) : requests.where('residentId', '=', by.residentId);
}
