import { replaceSandboxKey } from '../../adapters/secret-key.ts';
import type { BackupHeader, BackupTotals } from '../../adapters/postgres/backup/header.ts';
import { BackupRefused, load } from '../../adapters/postgres/backup/load.ts';
import { requireUtf8 } from '../../adapters/postgres/look.ts';
import { openDb } from '../../adapters/postgres/pool.ts';
import { isNameOfBeforeFirstRelease } from '../../adapters/postgres/unusable.ts';
import { findDataOwner, hasAnybody } from '../../records/data-owner.ts';
import type { Db } from '../../records/database.ts';
import { hasLeads } from '../../records/leads.ts';
import { isMigrated, listUnknownNames, migrate, migrateAsFarAs } from '../../records/migrate.ts';
import type { OpenedStorage } from '../kit/storage.ts';
import { requireFor } from './whose.ts';

/**
 * Puts all of a backup into a database that has no data yet, and brings its schema to the newest version; `onThere` is called then, with the
 * database. Until it is whole nothing of it is to be seen. @throws with the next move, mostly {BackupRefused}.
 */
export async function putInto(
  { pool, opening, inUse }: OpenedStorage,
  header: BackupHeader,
  rest: AsyncGenerator<Buffer, void>,
  onThere: (db: Db) => Promise<void> = async () => undefined,
): Promise<BackupTotals> {
  const db = openDb(pool);
  if (header.owner !== null) requireFor(header.owner, opening);
  await requireUtf8(pool);
  const isOurs = await isMigrated(db);
  if (inUse || (isOurs && (await hasLeads(db))))
    throw new BackupRefused('бот ещё работает с этой базой: остановите его и повторите');
  if (isOurs && (await hasAnybody(db))) throw new BackupRefused(await whyNotEmpty(db, opening));
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
  const putKeyBack = header.sandboxKey === undefined ? undefined : await replaceSandboxKey(opening.dataDir, header.sandboxKey);
  let isDone = false;
  try {
    const totals = await load(client, header, rest);
    isDone = true;
    await migrate(db);
    await onThere(db);
    return totals;
  } finally {
    client.release(!isDone);
    if (!isDone) await putKeyBack?.();
  }
}

async function whyNotEmpty(db: Db, { databaseUrl, dataDir }: OpenedStorage['opening']): Promise<string> {
  const isMoved = (await findDataOwner(db))?.owner === 'moved';
  if (databaseUrl !== undefined) {
    const what = isMoved ? 'в базе DATABASE_URL остались данные, которые уже переехали' : 'в этой базе уже есть данные';
    return `${what}, и они не заменяются: создайте новую пустую базу и назовите её в DATABASE_URL`;
  }
  const what = isMoved ? 'во встроенной базе остались данные, которые уже переехали' : 'в этой базе уже есть данные';
  return `${what}, и они не заменяются: назовите другую, пустую папку в DATA_DIR или уберите в другое место ${dataDir}/postgres и ${dataDir}/postgres.json`;
}
