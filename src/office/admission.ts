import type { Db, Trx } from '../records/database.ts';
import { lockResidentShared } from '../records/residents.ts';
import { findSignedIn } from '../records/sessions.ts';
import type { Caller, MessengerId } from './caller.ts';

/** Why the cabinet is closed to a caller: a guest, or a resident whose phone somebody else confirmed as their own (section 2). */
export type NotAdmitted = { outcome: 'guest' } | { outcome: 'phone-to-confirm' };

export type Admitted = { messenger_id: MessengerId; resident_id: string; phone: string };

/** Who may use the cabinet: a resident who is signed in and has a confirmed phone. */
export async function admit(db: Db, caller: Caller, now: Date): Promise<NotAdmitted | Admitted> {
  const found = await findSignedIn(db, caller.messengerId, now);
  if (!found) return { outcome: 'guest' };
  const { id, phone } = found.resident;
  if (!phone) return { outcome: 'phone-to-confirm' };
  return { messenger_id: caller.messengerId, resident_id: id, phone };
}

/** The same, locked until the transaction ends: the consent is not withdrawn and the phone not lost meanwhile. */
export async function admitAndLock(trx: Trx, caller: Caller, now: Date): Promise<NotAdmitted | Admitted> {
  const first = await admit(trx, caller, now);
  if ('outcome' in first) return first;
  await lockResidentShared(trx, first.resident_id);
  return admit(trx, caller, now);
}
