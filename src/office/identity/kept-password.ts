import type { Trx } from '../../records/database.ts';
import { type Resident, updateResident } from '../../records/residents.ts';
import type { PasswordChecked, PasswordHasher } from '../edges.ts';

/** A password that was held against the hash of a moment ago. */
export type Judged = { password: string; against: string | undefined; checked: PasswordChecked };

/**
 * Whether a password that was right is so still, now that the resident is held: another one may have been set meanwhile, or the same one
 * hashed anew by whoever typed it at the same time. Where its hash is of an older key the one under the newest takes its place, so that the
 * older key can be done without.
 */
export async function isStillRight(
  trx: Trx,
  passwords: PasswordHasher,
  resident: Pick<Resident, 'id' | 'passwordHash'>,
  { password, against, checked }: Judged,
): Promise<boolean> {
  if (!checked.right) return false;
  if (resident.passwordHash !== against) return passwords.verify(resident.passwordHash, password);
  if (checked.renewed !== undefined) await updateResident(trx, resident.id, { passwordHash: checked.renewed });
  return true;
}
