import type { Pool } from 'pg';
import { DataRefused, holdsCluster, requireOwn, whyNotMoved } from '../../adapters/data-owner.ts';
import { connectEmbedded } from '../../adapters/postgres/embedded.ts';
import { lookAtPostgres } from '../../adapters/postgres/look.ts';
import { openDb, openPool } from '../../adapters/postgres/pool.ts';
import { whyNotUtf8, whyUnusable } from '../../adapters/postgres/unusable.ts';
import type { Config } from '../../config/config.ts';
import type { Centre } from '../../office/centre.ts';
import { findDataOwner } from '../../records/data-owner.ts';
import type { Db } from '../../records/database.ts';
import { isMigrated, isOfDraftSchema, listMissingMigrations, listUnknownMigrations } from '../../records/migrate.ts';
import { lookAtBackups } from './backups.ts';
import { sizeOf } from './disk.ts';
import { type Finding, type Findings, fault, good, warning } from './finding.ts';
import { findAtWork } from './at-work.ts';
import type { Heard } from './listening.ts';
import { lookAtWorkOf } from './work.ts';

const OLDEST_POSTGRES = 15;
const ANSWER_MS = 10_000;

type DatabaseParts = {
  config: Config;
  /** Undefined: its file cannot be read. */
  centre: Centre | undefined;
  now: Date;
  heard: Promise<Heard>;
};

/** The database, whether the bot runs on it or not, and what it says of the work. Nothing of it is changed; where there is none, none is made. */
export async function lookAtDatabase({ config, centre, now, heard }: DatabaseParts): Promise<Findings> {
  const databaseUrl = config.mode === 'bot' ? config.databaseUrl : undefined;
  const about = databaseUrl === undefined ? 'DATA_DIR' : 'DATABASE_URL';
  if (databaseUrl === undefined && !(await holdsCluster(config.dataDir)))
    return [good(about, 'встроенной базы ещё нет: её создаст первый npm start')];
  const embedded = databaseUrl === undefined ? await connectEmbedded(config.dataDir) : undefined;
  const pool = openPool({
    connectionString: databaseUrl ?? embedded?.url,
    max: 2,
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS,
  });
  try {
    const inUse = embedded?.owned === false;
    return await look({ config, centre, now, heard, inUse, pool, db: openDb(pool), about, databaseUrl });
  } finally {
    await pool.end();
    await embedded?.stop();
  }
}

type DatabaseOpened = DatabaseParts & {
  /** Another process has our own server of `DATA_DIR`. */
  inUse: boolean;
  pool: Pool;
  db: Db;
  about: string;
  databaseUrl: string | undefined;
};

async function look(opened: DatabaseOpened): Promise<Findings> {
  const { config, centre, now, pool, db, about, databaseUrl } = opened;
  let facts;
  try {
    facts = await lookAtPostgres(pool);
  } catch (error) {
    return [fault(about, databaseUrl === undefined ? 'встроенный Postgres не отвечает' : whyUnusable(error).message)];
  }
  const { version, major, role, mayCreate, readOnly, bytes, encoding } = facts;
  const findings: Finding[] = [good(about, `Postgres ${version}, роль ${role}, база занимает ${sizeOf(bytes)}`)];
  if (major < OLDEST_POSTGRES) findings.push(fault(about, `нужен Postgres ${OLDEST_POSTGRES} или новее: обновите его`));
  const notUtf8 = whyNotUtf8(encoding);
  if (notUtf8 !== undefined) findings.push(fault(about, notUtf8));
  if (readOnly)
    findings.push(fault(about, 'база только для чтения (25006): укажите основной сервер и проверьте, не кончилось ли место'));
  if (!mayCreate)
    findings.push(fault(about, `роль ${role} не может создавать таблицы (42501): alter database … owner to ${role}`));

  const unknown = await listUnknownMigrations(db);
  if (unknown.length > 0 || (await isOfDraftSchema(db)))
    return [
      ...findings,
      fault(
        'схема базы',
        'её готовила более новая версия бота (или версия до первого выпуска): запустите ту или восстановите копию',
      ),
    ];
  const missing = await listMissingMigrations(db);
  const isEmpty = !(await isMigrated(db));
  findings.push(
    missing.length === 0
      ? good('схема базы', 'новейшая')
      : isEmpty
        ? good('схема базы', 'её ещё нет: создаст первый npm start')
        : warning('схема базы', `не хватает шагов: ${missing.length}; их выполнит npm start (сделайте копию: npm run backup)`),
  );
  findings.push(await whose(opened));
  const notMoved = await whyNotMoved(db, openingOf(opened));
  if (notMoved !== undefined) findings.push(fault('DATABASE_URL', notMoved));
  // Of an older schema not everything can be asked.
  if (missing.length > 0 || centre === undefined) return findings;
  const atWork = await findAtWork({ db, heard: await opened.heard, inUse: opened.inUse, mode: config.mode });
  const { timeZone, readingsWindow, exportSchedules } = config;
  const settings = { timeZone, readingsWindow, readingsOut: exportSchedules.readings };
  const work = await lookAtWorkOf({ db, centre, settings, now, atWork });
  return [...findings, ...work, ...(config.mode === 'sandbox' ? [] : [await lookAtBackups(db, now)])];
}

/** Whether the data may be opened by this bot with its key. */
async function whose({ config, db, databaseUrl }: Pick<DatabaseOpened, 'config' | 'db' | 'databaseUrl'>): Promise<Finding> {
  const bot = config.mode === 'bot' ? config : undefined;
  const opening = openingOf({ config, databaseUrl });
  try {
    await requireOwn(db, opening, bot && { secretKey: bot.secretKey });
    if (bot === undefined) return good('SECRET_KEY', 'свой у песочницы');
    const isMarked = typeof (await findDataOwner(db))?.keyPrint === 'string';
    return good(
      'SECRET_KEY',
      isMarked ? 'подходит к этой базе' : 'задан; у этой базы ключа ещё нет, этот станет её ключом при npm start',
    );
  } catch (error) {
    if (error instanceof DataRefused) return fault('данные', error.message);
    throw error;
  }
}

const openingOf = ({ config, databaseUrl }: Pick<DatabaseOpened, 'config' | 'databaseUrl'>) => ({
  opener: config.owner,
  databaseUrl,
  dataDir: config.dataDir,
});
