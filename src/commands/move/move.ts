import { holdsBotsData, requireOwn } from '../../adapters/data-owner.ts';
import { dump } from '../../adapters/postgres/backup/dump.ts';
import { readFrames } from '../../adapters/postgres/backup/frames.ts';
import { BackupRefused, openBackup } from '../../adapters/postgres/backup/load.ts';
import { openDb } from '../../adapters/postgres/pool.ts';
import { ConfigError } from '../../config/config.ts';
import { readStorageConfig } from '../../config/for-commands.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { Db, Trx } from '../../records/database.ts';
import { findDataOwner, markMoved } from '../../records/data-owner.ts';
import { hasLeads } from '../../records/leads.ts';
import { isMigrated } from '../../records/migrate.ts';
import { putInto } from '../backup/put-into.ts';
import { botClock } from '../kit/clock.ts';
import { figure } from '../kit/figure.ts';
import { giveUp } from '../kit/give-up.ts';
import { operator } from '../kit/operator.ts';
import type { Shell } from '../kit/shell.ts';
import { type OpenedStorage, withOpened } from '../kit/storage.ts';

type Direction = { isBack: boolean };

/** All data out of the one storage into the other; the former says from then on that they have moved. */
export async function moveData(way: Direction, shell: Shell): Promise<0 | 2> {
  try {
    const config = readStorageConfig(shell.env, shell.folder);
    const { databaseUrl } = config;
    if (databaseUrl === undefined)
      throw new ConfigError(['DATABASE_URL: не задан: нужен адрес базы, в которую (или из которой) переносятся данные']);
    const embedded = { ...config, databaseUrl: undefined };
    if (!way.isBack && !(await holdsBotsData(config.dataDir)))
      throw new BackupRefused(
        `во встроенной базе (DATA_DIR ${config.dataDir}) нет данных бота: проверьте DATA_DIR. Если данные уже в базе DATABASE_URL, переносить нечего`,
      );
    const [source, target] = way.isBack ? [config, embedded] : [embedded, config];
    const rows = await withOpened(source, shell, (from) => withOpened(target, shell, (to) => move(from, to, way, shell)));
    const next = way.isBack
      ? 'Уберите DATABASE_URL из настроек и запустите бота: npm start'
      : 'Запустите бота с тем же DATABASE_URL: npm start';
    return shell.answer(`Данные перенесены: строк ${figure(rows)}. ${next}`);
  } catch (error) {
    return giveUp(shell, error, { what: 'Данные не перенесены', next: 'Прежняя база осталась как была.' });
  }
}

async function move(from: OpenedStorage, to: OpenedStorage, way: Direction, shell: Shell): Promise<number> {
  const db = openDb(from.pool);
  if ((await findDataOwner(db))?.owner === 'moved') throw new BackupRefused(whyNotAgain(way));
  await requireOwn(db, from.opening);
  if (!(await isMigrated(db)))
    throw new BackupRefused(
      way.isBack
        ? 'в базе DATABASE_URL нет данных бота: проверьте её адрес'
        : 'во встроенной базе нет данных бота: проверьте DATA_DIR',
    );
  if (from.inUse || (await hasLeads(db))) throw new BackupRefused('бот ещё работает: остановите его и повторите');
  const client = await from.pool.connect();
  try {
    const { header, rest } = await openBackup(readFrames(dump(client)));
    const details = { to: way.isBack ? 'DATA_DIR' : 'DATABASE_URL' };
    const note = (into: Db | Trx) => insertAuditEntry(into, { ...operator(), what: 'data.move', details }, botClock(shell)());
    const totals = await putInto(to, header, rest, note);
    await db.transaction().execute(async (trx) => {
      await markMoved(trx);
      await note(trx);
    });
    return Object.values(totals.rows).reduce((sum, rows) => sum + rows, 0);
  } finally {
    client.release(true);
  }
}

function whyNotAgain({ isBack }: Direction): string {
  return isBack
    ? 'данные базы DATABASE_URL уже переехали в DATA_DIR: уберите DATABASE_URL из настроек и запустите бота (npm start). Снова в свою базу их переносит npm run move, и база для этого нужна новая, пустая'
    : 'данные встроенной базы уже переехали в базу DATABASE_URL: запустите бота с ней (npm start). Обратно их переносит npm run move -- --back, и для этого нужен пустой DATA_DIR';
}
