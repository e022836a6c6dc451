import type { Db } from '../records/database.ts';
import { findSignedIn } from '../records/sessions.ts';
import type { Caller, MessengerId } from './caller.ts';

/** Why the cabinet is closed to a caller: nobody is signed in, or somebody else proved the resident's phone to be his (section 2). */
export type NotAdmitted = { outcome: 'guest' } | { outcome: 'phone-to-confirm' };

export type Admitted = { messenger_id: MessengerId; resident_id: string };

/** Who may use the cabinet: a resident who is signed in and whose phone is his. */
export async function admit(db: Db, caller: Caller, now: Date): Promise<NotAdmitted | Admitted> {
  const found = await findSignedIn(db, caller.messengerId, now);
  if (!found) return { outcome: 'guest' };
  if (!found.resident.phone) return { outcome: 'phone-to-confirm' };
  return { messenger_id: caller.messengerId, resident_id: found.resident.id };
}
