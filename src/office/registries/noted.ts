import { type AuditActing, insertAuditEntry } from '../../records/audit-log.ts';
import type { Db, Trx } from '../../records/database.ts';
import type { ImportReport } from './import-registry.ts';
import type { RegistryHeld } from './owner-changes.ts';

/** Who took a registry in, as the audit log has it. */
export type Taker = AuditActing;

/** Notes in the audit log that a registry was taken in by whom; of the chat «Провести» is noted already. */
export async function noteTaken(
  trx: Trx,
  by: Taker,
  { number, name, kind, read, new: added, changed, refused }: Omit<ImportReport, 'refusedFile'>,
  now: Date,
): Promise<void> {
  const details = { number: number ?? 0, name, kind, read, new: added, changed, refused };
  await insertAuditEntry(trx, { ...by, what: 'registries.import', details }, now);
}

/** The same of one that was not, for what it would do to owners, or for the accounts that it would close: its number is not given again, and whoever asks what it was finds it here. */
export async function noteHeld(
  db: Db | Trx,
  by: Taker,
  name: string,
  { number, changes, closings, held }: RegistryHeld,
  now: Date,
): Promise<void> {
  const why = [...(held.owners ? ['owners'] : []), ...(held.closings ? ['closings'] : [])].join(' ');
  const owners = { changed: changes.changed, links: changes.links };
  const closes = held.closings && { closing: closings.closing, linked: closings.linked };
  const details = { number, name, kind: 'accounts', held: why, ...owners, ...closes };
  await insertAuditEntry(db, { ...by, what: 'registries.held', details }, now);
}
