import type { Db, Trx } from './database.ts';

/** Several questions about one moment: what an import brings in between is seen by none of them. */
export function inSnapshot<A>(db: Db, look: (trx: Trx) => Promise<A>): Promise<A> {
  return db.transaction().setIsolationLevel('repeatable read').execute(look);
}
