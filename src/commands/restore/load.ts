import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import type { BackupHeader, BackupTotals } from '../../adapters/postgres/backup/header.ts';
import { check } from '../../adapters/postgres/backup/load.ts';
import { readCentreConfig, readStorageConfig } from '../../config/for-commands.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { Db } from '../../records/database.ts';
import { readBackup } from '../backup/backup-file.ts';
import { putInto } from '../backup/put-into.ts';
import { called } from '../backup/whose.ts';
import { botClock } from '../kit/clock.ts';
import { figure } from '../kit/figure.ts';
import { giveUp } from '../kit/give-up.ts';
import { operator } from '../kit/operator.ts';
import type { Shell } from '../kit/shell.ts';
import { withOpened } from '../kit/storage.ts';
import { sinceThen } from './since-then.ts';

/** Reads a backup through, and unless it is only to be checked into the database. */
export async function loadBackup(path: string, { isCheck }: { isCheck: boolean }, shell: Shell): Promise<0 | 2> {
  const { env, folder } = shell;
  try {
    const { timeZone } = readCentreConfig(env, folder);
    return await readBackup(createReadStream(path), async (header, rest) => {
      if (isCheck) return shell.answer(`Копия цела: ${contents(header, await check(header, rest), timeZone)}.`);
      const storage = readStorageConfig(env, folder);
      const details = { file: basename(path), madeAt: header.madeAt };
      let since = '';
      const onThere = async (db: Db) => {
        await insertAuditEntry(db, { ...operator(), what: 'data.restore', details }, botClock(shell)());
        // Of the sandbox nobody has anything to lose.
        if (header.owner !== 'sandbox') since = `${await sinceThen(db, { madeAt: header.madeAt, timeZone })}\n\n`;
      };
      const totals = await withOpened(storage, shell, (opened) => putInto(opened, header, rest, onThere));
      const there = `Копия загружена: ${contents(header, totals, timeZone)}.`;
      return shell.answer(`${there}${since === '' ? ' ' : `\n\n${since}`}${nextMove(header, storage.dataDir)}`);
    });
  } catch (error) {
    return giveUp(shell, error, {
      what: isCheck ? 'Копия не прочитана' : 'Копия не загружена',
      next: isCheck ? '' : 'База осталась как была.',
      source: path,
    });
  }
}

function nextMove({ owner, sandboxKey }: BackupHeader, dataDir: string): string {
  if (owner !== 'sandbox')
    return 'Потом запустите бота с тем же SECRET_KEY, что был у него: npm start. Если это проба копии, а бот работает в другом месте, не запускайте: второй бот заберёт сообщения первого и разошлёт жителям то, что ждало в копии.';
  if (sandboxKey === undefined) {
    return `Ключа песочницы в копии нет: до запуска положите сюда ${join(dataDir, 'secret.key')} из папки прежней песочницы, иначе она не откроется. Потом: npm start`;
  }
  return `Теперь запустите песочницу: npm start. Телефоны и чаты её страницы начнутся заново; чтобы остались прежние, скопируйте до запуска в ${dataDir} из папки прежней песочницы journal.jsonl и папку files.`;
}

function contents({ madeAt, owner }: BackupHeader, { rows }: BackupTotals, timeZone: string): string {
  const made = new Intl.DateTimeFormat('ru-RU', { timeZone, dateStyle: 'long', timeStyle: 'short' }).format(new Date(madeAt));
  const of = (table: string) => figure(rows[table] ?? 0);
  return [
    `сделана ${made}`,
    ...(owner === null ? [] : [`данные ${called(owner)}`]),
    `жителей ${of('residents')}, лицевых счетов ${of('accounts')}, начислений ${of('charges')}, платежей ${of('payments')}, показаний ${of('readings')}, обращений ${of('requests')}`,
  ].join(', ');
}
