import { createReadStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Pool } from 'pg';
import { requireOwn } from '../../adapters/data-owner.ts';
import { dump } from '../../adapters/postgres/backup/dump.ts';
import type { BackupHeader } from '../../adapters/postgres/backup/header.ts';
import { BackupRefused } from '../../adapters/postgres/backup/load.ts';
import { openDb } from '../../adapters/postgres/pool.ts';
import { createPrivateFile } from '../../adapters/private-files.ts';
import { findSandboxKey } from '../../adapters/secret-key.ts';
import { writablePathOf } from '../../adapters/whole-file.ts';
import { readStorageConfig } from '../../config/for-commands.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { isMigrated } from '../../records/migrate.ts';
import { botClock } from '../kit/clock.ts';
import { figure } from '../kit/figure.ts';
import { giveUp, whyFailed } from '../kit/give-up.ts';
import { operator } from '../kit/operator.ts';
import type { Shell } from '../kit/shell.ts';
import { withOpened } from '../kit/storage.ts';
import { checkBackup } from './backup-file.ts';

/** All of the database into a new file, read through once more before it is told. */
export async function writeBackup(path: string, shell: Shell): Promise<0 | 2> {
  try {
    const { rows, bytes } = await withOpened(readStorageConfig(shell.env, shell.folder), shell, async ({ pool, opening }) => {
      const db = openDb(pool);
      await requireOwn(db, opening);
      if (!(await isMigrated(db)))
        throw new BackupRefused('в этой базе ещё нет данных бота: проверьте DATABASE_URL или DATA_DIR');
      const key = opening.opener === 'sandbox' ? await findSandboxKey(opening.dataDir) : undefined;
      const written = await write(pool, path, key === undefined ? {} : { sandboxKey: key });
      const details = { file: basename(path), rows: written.rows };
      // A standby can be copied, and takes no entry.
      await insertAuditEntry(db, { ...operator(), what: 'data.backup', details }, botClock(shell)()).catch((error: unknown) =>
        shell.tell(`В журнал это не записано: ${whyFailed(error)}.`),
      );
      return written;
    });
    return shell.answer(`Копия записана и проверена: ${path}, строк ${figure(rows)}, ${megabytes(bytes)}.`);
  } catch (error) {
    return giveUp(shell, error, { what: 'Копия не записана', out: path });
  }
}

/** There whole and read through, or not at all. */
async function write(
  pool: Pool,
  path: string,
  beside: Pick<BackupHeader, 'sandboxKey'>,
): Promise<{ rows: number; bytes: number }> {
  const place = await writablePathOf(path);
  const aside = `${place}.part`;
  await rm(aside, { force: true });
  const file = await createPrivateFile(aside);
  const client = await pool.connect();
  try {
    await pipeline(
      Readable.from(dump(client, beside), { objectMode: false }),
      createGzip({ level: 6 }),
      file.createWriteStream({ flush: true }),
    );
    const totals = await checkBackup(createReadStream(aside));
    await rename(aside, place);
    const { size } = await stat(place);
    return { rows: Object.values(totals.rows).reduce((sum, rows) => sum + rows, 0), bytes: size };
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(aside, { force: true });
    throw error;
  } finally {
    client.release(true);
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / (1 << 20)).toFixed(1).replace('.', ',')} МБ`;
}
