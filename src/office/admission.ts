import type { Db, Trx } from '../records/database.ts';
import { findCabinet, type LinkedAccount } from '../records/links.ts';
import { lockResidentShared, type Resident } from '../records/residents.ts';
import { findSignedIn } from '../records/sessions.ts';
import type { Caller, MessengerId } from './caller.ts';

/** Why the cabinet is closed to a caller: nobody is signed in, or somebody else proved the resident's phone to be his (section 2). */
export type NotAdmitted = { outcome: 'guest' } | { outcome: 'phone-to-confirm' };

export type Admitted = { messenger_id: MessengerId; resident_id: string; phone: string };

/** Who may use the cabinet: a resident who is signed in and whose phone is his. */
export async function admit(db: Db, caller: Caller, now: Date): Promise<NotAdmitted | Admitted> {
  return judge(caller, await findSignedIn(db, caller.messengerId, now));
}

/** The same, with the accounts of the cabinet, in the order in which they were linked. */
export async function admitWithAccounts(
  db: Db,
  caller: Caller,
  now: Date,
): Promise<NotAdmitted | (Admitted & { accounts: LinkedAccount[] })> {
  const found = await findCabinet(db, caller.messengerId, now);
  const admitted = judge(caller, found);
  return 'outcome' in admitted ? admitted : { ...admitted, accounts: found?.accounts ?? [] };
}

function judge({ messengerId }: Caller, found: { resident: Resident } | undefined): NotAdmitted | Admitted {
  if (!found) return { outcome: 'guest' };
  const { id, phone } = found.resident;
  return phone ? { messenger_id: messengerId, resident_id: id, phone } : { outcome: 'phone-to-confirm' };
}

/** The same, and so it stays until the transaction ends: nobody withdraws the consent or loses the phone meanwhile. */
export async function admitAndKeep(trx: Trx, caller: Caller, now: Date): Promise<NotAdmitted | Admitted> {
  const first = await admit(trx, caller, now);
  if ('outcome' in first) return first;
  await lockResidentShared(trx, first.resident_id);
  return admit(trx, caller, now);
}
