import { HOUR_MS, later } from '../domain/durations.ts';
import type { Db } from '../records/database.ts';
import { saveGroupSend, listGroupSends } from '../records/group-sends.ts';
import type { GroupSends } from './outbox.ts';

/** What the group was sent in the last hour, in Postgres: whoever sends next, after a restart too, keeps within its minute. */
export function groupSendsIn(db: Db): GroupSends {
  return {
    keep: (at, messages) => saveGroupSend(db, at, messages, later(at, -HOUR_MS)),
    list: (since) => listGroupSends(db, since),
  };
}
