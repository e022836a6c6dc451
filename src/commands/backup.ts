import { createReadStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Pool } from 'pg';
import { dump } from '../adapters/postgres/backup/dump.ts';
import { BackupRefused } from '../adapters/postgres/backup/load.ts';
import { openDb } from '../adapters/postgres/pool.ts';
import { createPrivateFile } from '../adapters/private-files.ts';
import { requireOwn } from '../adapters/data-owner.ts';
import { writablePathOf } from '../adapters/whole-file.ts';
import { readStorageConfig } from '../config/for-commands.ts';
import { isMigrated } from '../records/migrate.ts';
import { checkBackup } from './backup-file.ts';
import { figure } from './import-report.ts';
import { withOpened } from './storage.ts';
import { complain, giveUp, readCommandLine, printAnswer } from './terminal.ts';

const HELP = `npm run backup -- ФАЙЛ

Записывает в файл всю базу данных, как она есть в одно мгновение: жителей, счета, начисления, платежи, показания, обращения, очереди, журнал.
Бот при этом работает. Копию читает npm run restore на любой базе — своей (DATABASE_URL) или встроенной, с Postgres любой версии.
Записанная копия тут же перечитывается целиком. Файл, который уже есть, не заменяется.

В копии персональные данные: храните её так же строго, как базу. Ключа SECRET_KEY в ней нет: храните его отдельно, без него пароли жителей не подойдут.
Файлы реестров (DATA_DIR/registries) в копию не входят: строки из них уже в базе.

База данных: DATABASE_URL, а без неё встроенная: бота (с BOT_TOKEN) в DATA_DIR, песочницы в DATA_DIR/sandbox.
Код выхода: 0 — записана, 2 — команда написана неверно или записать не получилось.`;

const USAGE = 'Так: npm run backup -- ФАЙЛ (подробнее: npm run backup -- --help)';

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<0 | 2> {
  const asked = readCommandLine(args);
  if (asked?.help) return printAnswer(HELP);
  const [path] = asked?.words ?? [];
  if (path === undefined || path.trim() === '' || asked?.words.length !== 1) return complain(`Назовите один файл. ${USAGE}`);
  try {
    if (await stat(path).catch(() => undefined)) return complain(`${path}: файл уже есть; назовите другой. ${USAGE}`);
    const { rows, bytes } = await withOpened(readStorageConfig(), async ({ pool, opening }) => {
      const db = openDb(pool);
      await requireOwn(db, opening);
      if (!(await isMigrated(db)))
        throw new BackupRefused('в этой базе ещё нет данных бота: проверьте DATABASE_URL или DATA_DIR');
      return write(pool, path);
    });
    return printAnswer(`Копия записана и проверена: ${path}, строк ${figure(rows)}, ${megabytes(bytes)}.`);
  } catch (error) {
    return giveUp(error, { what: 'Копия не записана', out: path });
  }
}

/** There whole and read through, or not at all. */
async function write(pool: Pool, path: string): Promise<{ rows: number; bytes: number }> {
  const place = await writablePathOf(path);
  const aside = `${place}.part`;
  await rm(aside, { force: true });
  const file = await createPrivateFile(aside);
  const client = await pool.connect();
  try {
    await pipeline(
      Readable.from(dump(client), { objectMode: false }),
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
