import { createReadStream } from 'node:fs';
import type { BackupHeader, BackupTotals } from '../adapters/postgres/backup/header.ts';
import { check } from '../adapters/postgres/backup/load.ts';
import { readCentreConfig, readStorageConfig } from '../config/for-commands.ts';
import { readBackup } from './backup-file.ts';
import { figure } from './import-report.ts';
import { putInto } from './put-into.ts';
import { withOpened } from './storage.ts';
import { complain, giveUp, readCommandLine, printAnswer } from './terminal.ts';

const HELP = `npm run restore -- ФАЙЛ [--check]

Загружает копию, сделанную npm run backup, в пустую базу: свою (DATABASE_URL) или встроенную (DATA_DIR), с Postgres любой версии.
Сначала остановите бота. База, в которой уже есть жители, счета или обращения, не заменяется: дайте новую.
Копия загружается целиком или никак; после неё база доводится до версии этого бота.
  --check   только прочитать копию до конца и сказать, что в ней; база не нужна

Запустите потом бота с тем же SECRET_KEY, что был у него, когда делали копию: с другим он не запустится.
Код выхода: 0 — загружена (или цела), 2 — команда написана неверно или загрузить не получилось.`;

const USAGE = 'Так: npm run restore -- ФАЙЛ (подробнее: npm run restore -- --help)';

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<0 | 2> {
  const asked = readCommandLine(args, [], ['check']);
  if (asked?.help) return printAnswer(HELP);
  const [path] = asked?.words ?? [];
  if (path === undefined || path.trim() === '' || asked?.words.length !== 1) return complain(`Назовите один файл. ${USAGE}`);
  const isCheck = asked.flags.has('check');
  try {
    const { timeZone } = readCentreConfig();
    return await readBackup(createReadStream(path), async (header, rest) => {
      if (isCheck) return printAnswer(`Копия цела: ${contents(header, await check(header, rest), timeZone)}.`);
      const totals = await withOpened(readStorageConfig(), (opened) => putInto(opened, header, rest));
      return printAnswer(`Копия загружена: ${contents(header, totals, timeZone)}. Теперь запустите бота: npm start`);
    });
  } catch (error) {
    return giveUp(error, {
      what: isCheck ? 'Копия не прочитана' : 'Копия не загружена',
      next: 'База осталась как была.',
      source: path,
    });
  }
}

function contents({ madeAt, owner }: BackupHeader, { rows }: BackupTotals, timeZone: string): string {
  const made = new Intl.DateTimeFormat('ru-RU', { timeZone, dateStyle: 'long', timeStyle: 'short' }).format(new Date(madeAt));
  const of = (table: string) => figure(rows[table] ?? 0);
  return [
    `сделана ${made}`,
    ...(owner === null ? [] : [owner === 'sandbox' ? 'данные песочницы' : `данные бота${owner.slice('bot'.length)}`]),
    `жителей ${of('residents')}, лицевых счетов ${of('accounts')}, начислений ${of('charges')}, платежей ${of('payments')}, показаний ${of('readings')}, обращений ${of('requests')}`,
  ].join(', ');
}
