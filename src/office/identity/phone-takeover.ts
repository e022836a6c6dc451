import { phoneOfLogin } from '../../domain/login.ts';
import type { Trx } from '../../records/database.ts';
import { deletePhoneProofsOfPhone } from '../../records/proofs.ts';
import { updateResident, findResidentByLogin, type Resident } from '../../records/residents.ts';
import type { Randomness } from '../edges.ts';
import { tellAccounts } from './signing-in.ts';
import type { NoticeDoor } from '../notices.ts';

/**
 * Takes the phone from a login whose owner is somebody else by now («Этот номер теперь мой»): its messenger accounts are told and must
 * confirm a new one. A login that is the phone itself goes with it and is replaced by a made-up one, which they are told.
 */
export async function takePhoneFrom(trx: Trx, owner: Resident, randomness: Randomness, now: Date): Promise<void> {
  const login = phoneOfLogin(owner.login) ? await freeLogin(trx, randomness) : owner.login;
  await updateResident(trx, owner.id, { phone: null, login });
  if (owner.phone) await deletePhoneProofsOfPhone(trx, owner.phone);
  const doors: NoticeDoor[] = [{ label: 'button-change-phone', dialog: 'change-phone' }];
  await tellAccounts(trx, owner.id, {}, { text: 'notice-phone-taken', words: { login }, doors }, now);
}

async function freeLogin(trx: Trx, randomness: Randomness): Promise<string> {
  for (;;) {
    const login = `abonent-${100_000 + randomness.integer(900_000)}`;
    if (!(await findResidentByLogin(trx, login))) return login;
  }
}
