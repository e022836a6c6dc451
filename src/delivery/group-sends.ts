import { HOUR_MS, later } from '../domain/durations.ts';
import type { Db } from '../records/database.ts';
import { deleteOldGroupSends, insertGroupSend, listGroupSends } from '../records/group-sends.ts';
import type { GroupSends } from './outbox.ts';

/** What the group was sent in the last hour, in Postgres: whoever sends next, after a restart too, keeps within its minute. */
export function groupSendsIn(db: Db): GroupSends {
  return {
    async keep(at, messages) {
      await deleteOldGroupSends(db, later(at, -HOUR_MS));
      await insertGroupSend(db, at, messages);
    },
    list: (since) => listGroupSends(db, since),
  };
}
