import { holdsBotsData, requireOwn } from '../../adapters/data-owner.ts';
import { dump } from '../../adapters/postgres/backup/dump.ts';
import { readFrames } from '../../adapters/postgres/backup/frames.ts';
import { BackupRefused, openBackup } from '../../adapters/postgres/backup/load.ts';
import { openDb } from '../../adapters/postgres/pool.ts';
import { ConfigError } from '../../config/config.ts';
import { readStorageConfig } from '../../config/for-commands.ts';
import { markMoved } from '../../records/data-owner.ts';
import { hasLeads } from '../../records/leads.ts';
import { putInto } from '../backup/put-into.ts';
import { figure } from '../kit/figure.ts';
import { giveUp } from '../kit/give-up.ts';
import type { Shell } from '../kit/shell.ts';
import { type OpenedStorage, withOpened } from '../kit/storage.ts';

/** All data out of the one storage into the other; the former says from then on that they have moved. */
export async function moveData({ isBack }: { isBack: boolean }, shell: Shell): Promise<0 | 2> {
  try {
    const config = readStorageConfig(shell.env, shell.folder);
    const { databaseUrl } = config;
    if (databaseUrl === undefined)
      throw new ConfigError(['DATABASE_URL: не задан: нужен адрес базы, в которую (или из которой) переносятся данные']);
    const embedded = { ...config, databaseUrl: undefined };
    if (!isBack && !(await holdsBotsData(config.dataDir)))
      throw new BackupRefused(`во встроенной базе (DATA_DIR ${config.dataDir}) нет данных бота`);
    const [source, target] = isBack ? [config, embedded] : [embedded, config];
    const rows = await withOpened(source, shell, (from) => withOpened(target, shell, (to) => move(from, to)));
    const next = isBack
      ? 'Уберите DATABASE_URL из настроек и запустите бота: npm start'
      : 'Запустите бота с тем же DATABASE_URL: npm start';
    return shell.answer(`Данные перенесены: строк ${figure(rows)}. ${next}`);
  } catch (error) {
    return giveUp(shell, error, { what: 'Данные не перенесены', next: 'Прежняя база осталась как была.' });
  }
}

async function move(from: OpenedStorage, to: OpenedStorage): Promise<number> {
  const db = openDb(from.pool);
  await requireOwn(db, from.opening);
  if (from.inUse || (await hasLeads(db))) throw new BackupRefused('бот ещё работает: остановите его и повторите');
  const client = await from.pool.connect();
  try {
    const { header, rest } = await openBackup(readFrames(dump(client)));
    const totals = await putInto(to, header, rest);
    await markMoved(db);
    return Object.values(totals.rows).reduce((sum, rows) => sum + rows, 0);
  } finally {
    client.release(true);
  }
}
