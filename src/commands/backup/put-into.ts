import { requireOwner } from '../../adapters/data-owner.ts';
import type { BackupHeader, BackupTotals } from '../../adapters/postgres/backup/header.ts';
import { BackupRefused, load } from '../../adapters/postgres/backup/load.ts';
import { openDb } from '../../adapters/postgres/pool.ts';
import { isNameOfBeforeFirstRelease } from '../../adapters/postgres/unusable.ts';
import { hasAnybody } from '../../records/data-owner.ts';
import { hasLeads } from '../../records/leads.ts';
import { isMigrated, listUnknownNames, migrate, migrateAsFarAs } from '../../records/migrate.ts';
import type { OpenedStorage } from '../kit/storage.ts';

/**
 * Puts all of a backup into a database that has no data yet, and brings its schema to the newest version. Until it is whole nothing of it is
 * to be seen. @throws {BackupRefused, DataRefused} with the next move.
 */
export async function putInto(
  { pool, opening, inUse }: OpenedStorage,
  header: BackupHeader,
  rest: AsyncGenerator<Buffer, void>,
): Promise<BackupTotals> {
  const db = openDb(pool);
  if (header.owner !== null) requireOwner(header.owner, opening, 'the backup');
  const isOurs = await isMigrated(db);
  if (inUse || (isOurs && (await hasLeads(db))))
    throw new BackupRefused('бот ещё работает с этой базой: остановите его и повторите');
  if (isOurs && (await hasAnybody(db)))
    throw new BackupRefused('в этой базе уже есть данные, и они не заменяются: дайте новую пустую базу (или пустой DATA_DIR)');
  if ((await listUnknownNames(header.migrations)).some(isNameOfBeforeFirstRelease)) {
    throw new BackupRefused(
      'её делала версия до первого выпуска, а данные таких версий не переносятся; загрузите копию, сделанную этой версией или более новой',
    );
  }
  if (!(await migrateAsFarAs(db, header.migrations))) {
    throw new BackupRefused(
      'копию сделала более новая версия бота, или базу уже готовила более новая, чем копия: дайте пустую базу и запустите ту же версию, что делала копию, или более новую',
    );
  }
  const client = await pool.connect();
  let isDone = false;
  try {
    const totals = await load(client, header, rest);
    isDone = true;
    await migrate(db);
    return totals;
  } finally {
    client.release(!isDone);
  }
}
