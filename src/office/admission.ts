import type { Db, Trx } from '../records/database.ts';
import { lockResidentShared } from '../records/residents.ts';
import { findSignedIn } from '../records/sessions.ts';
import type { Caller, MessengerId } from './caller.ts';

/** Why the cabinet is closed to a caller: nobody is signed in, or somebody else proved the resident's phone to be his (section 2). */
export type NotAdmitted = { outcome: 'guest' } | { outcome: 'phone-to-confirm' };

export type Admitted = { messenger_id: MessengerId; resident_id: string; phone: string };

/** Who may use the cabinet: a resident who is signed in and whose phone is his. */
export async function admit(db: Db, caller: Caller, now: Date): Promise<NotAdmitted | Admitted> {
  const found = await findSignedIn(db, caller.messengerId, now);
  if (!found) return { outcome: 'guest' };
  const { id, phone } = found.resident;
  if (!phone) return { outcome: 'phone-to-confirm' };
  return { messenger_id: caller.messengerId, resident_id: id, phone };
}

/** The same, and so it stays until the transaction ends: nobody withdraws the consent or loses the phone meanwhile. */
export async function admitAndKeep(trx: Trx, caller: Caller, now: Date): Promise<NotAdmitted | Admitted> {
  const first = await admit(trx, caller, now);
  if ('outcome' in first) return first;
  await lockResidentShared(trx, first.resident_id);
  return admit(trx, caller, now);
}
