import { dump } from '../adapters/postgres/backup/dump.ts';
import { readFrames } from '../adapters/postgres/backup/frames.ts';
import { BackupRefused, openBackup } from '../adapters/postgres/backup/load.ts';
import { openDb } from '../adapters/postgres/pool.ts';
import { holdsBotsData, requireOwn } from '../adapters/data-owner.ts';
import { ConfigError } from '../config/config.ts';
import { readStorageConfig } from '../config/for-commands.ts';
import { markMoved } from '../records/data-owner.ts';
import { hasLeads } from '../records/leads.ts';
import { figure } from './import-report.ts';
import { putInto } from './put-into.ts';
import { type OpenedStorage, withOpened } from './storage.ts';
import { complain, giveUp, readCommandLine, printAnswer } from './terminal.ts';

const HELP = `npm run move [-- --back]

Переносит все данные бота из встроенной базы (DATA_DIR) в свою, которую называет DATABASE_URL; она должна быть пустой.
  --back   наоборот: из базы в DATABASE_URL во встроенную, в пустой DATA_DIR

Сначала остановите бота: что он записал бы во время переноса, осталось бы в прежней базе. Версии Postgres могут быть разными.
Прежняя база остаётся как была, с пометкой, что её данные переехали: бот на ней больше не запустится.

Код выхода: 0 — перенесены, 2 — команда написана неверно или перенести не получилось.`;

const USAGE = 'Так: npm run move или npm run move -- --back (подробнее: npm run move -- --help)';

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<0 | 2> {
  const asked = readCommandLine(args, [], ['back']);
  if (asked?.help) return printAnswer(HELP);
  if (asked?.words.length !== 0) return complain(`Команда написана неверно. ${USAGE}`);
  try {
    const config = readStorageConfig();
    const { databaseUrl } = config;
    if (databaseUrl === undefined)
      throw new ConfigError(['DATABASE_URL: the address of the database that is to have (or has) the data']);
    const embedded = { ...config, databaseUrl: undefined };
    const isBack = asked.flags.has('back');
    if (!isBack && !(await holdsBotsData(config.dataDir)))
      throw new BackupRefused(`во встроенной базе (DATA_DIR ${config.dataDir}) нет данных бота`);
    const [source, target] = isBack ? [config, embedded] : [embedded, config];
    const rows = await withOpened(source, (from) => withOpened(target, (to) => move(from, to)));
    const next = isBack
      ? 'Уберите DATABASE_URL из настроек и запустите бота: npm start'
      : 'Запустите бота с тем же DATABASE_URL: npm start';
    return printAnswer(`Данные перенесены: строк ${figure(rows)}. ${next}`);
  } catch (error) {
    return giveUp(error, { what: 'Данные не перенесены', next: 'Прежняя база осталась как была.' });
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
