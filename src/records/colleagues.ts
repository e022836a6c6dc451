import { HOUR_MS, later } from '../domain/durations.ts';
import type { Db, Trx } from './database.ts';

/** Who was active in the staff group. Being listed makes nobody staff: that is asked of the messenger each time. */
export type ColleaguesTable = {
  messengerId: string;
  /** In the messenger, lower case, without the @; null: none. */
  username: string | null;
  name: string;
  seenAt: Date;
};

export type Colleague = ColleaguesTable;

/** How exactly it is kept when somebody was seen last. */
const SEEN_TO_MS = HOUR_MS;

/** Notes that somebody is active, as he is called now. */
export async function saveColleague(
  trx: Trx,
  { messengerId, username, name }: Omit<Colleague, 'seenAt'>,
  now: Date,
): Promise<void> {
  await trx
    .insertInto('colleagues')
    .values({ messengerId, username, name, seenAt: now })
    .onConflict((c) =>
      c
        .column('messengerId')
        .doUpdateSet({ username, name, seenAt: now })
        .where((e) =>
          e.or([
            e('colleagues.name', '!=', name),
            e('colleagues.username', 'is distinct from', username),
            e('colleagues.seenAt', '<', later(now, -SEEN_TO_MS)),
          ]),
        ),
    )
    .execute();
}

/** Who was called so last; a name in the messenger can pass from one person to another. */
export async function findColleagueCalled(db: Db, username: string): Promise<Colleague | undefined> {
  return db
    .selectFrom('colleagues')
    .selectAll()
    .where('username', '=', username.toLowerCase())
    .orderBy('seenAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function findColleague(db: Db, messengerId: string): Promise<Colleague | undefined> {
  return db.selectFrom('colleagues').selectAll().where('messengerId', '=', messengerId).executeTakeFirst();
}

/** Who was active since then, the latest first. */
export async function listColleagues(db: Db, since: Date, limit: number): Promise<Colleague[]> {
  return db
    .selectFrom('colleagues')
    .selectAll()
    .where('seenAt', '>=', since)
    .orderBy('seenAt', 'desc')
    .orderBy('name')
    .limit(limit)
    .execute();
}
