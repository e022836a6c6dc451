import type { Db, Trx } from '../records/database.ts';
import { type AccountInCabinet, findCabinet } from '../records/links.ts';
import { lockResidentShared, type Resident } from '../records/residents.ts';
import { findSignedIn } from '../records/sessions.ts';
import { cabinetOfTurn } from './cabinet-of-turn.ts';
import type { Caller, MessengerId } from './caller.ts';

/** Why the cabinet is closed to a caller: a guest, or a resident whose phone somebody else confirmed as their own */
export type NotAdmitted = { outcome: 'guest' } | { outcome: 'phone-to-confirm' };

export type Admitted = { messengerId: MessengerId; residentId: string; phone: string };

/** Who may use the cabinet: a resident who is signed in and has a confirmed phone. */
export async function admit(db: Db, caller: Caller, now: Date): Promise<NotAdmitted | Admitted> {
  return judge(caller, await findSignedIn(db, caller.messengerId, now));
}

/** The same, with the accounts of the cabinet, in the order in which they were linked. `opens`: as `findVisitor` takes it. */
export async function admitWithAccounts(
  db: Db,
  caller: Caller,
  now: Date,
  opens: string | null = null,
): Promise<NotAdmitted | (Admitted & { accounts: AccountInCabinet[] })> {
  const found = cabinetOfTurn(caller.turn, now) ?? (await findCabinet(db, caller.messengerId, now, opens));
  const admitted = judge(caller, found);
  return 'outcome' in admitted ? admitted : { ...admitted, accounts: found?.accounts ?? [] };
}

function judge({ messengerId }: Caller, found: { resident: Resident } | undefined): NotAdmitted | Admitted {
  if (!found) return { outcome: 'guest' };
  const { id, phone } = found.resident;
  return phone ? { messengerId, residentId: id, phone } : { outcome: 'phone-to-confirm' };
}

/** The same, locked until the transaction ends: the consent is not withdrawn and the phone not lost meanwhile. */
export async function admitAndLock(trx: Trx, caller: Caller, now: Date): Promise<NotAdmitted | Admitted> {
  const first = await admit(trx, caller, now);
  if ('outcome' in first) return first;
  await lockResidentShared(trx, first.residentId);
  return admit(trx, caller, now);
}
