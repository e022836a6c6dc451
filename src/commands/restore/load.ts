import { createReadStream } from 'node:fs';
import type { BackupHeader, BackupTotals } from '../../adapters/postgres/backup/header.ts';
import { check } from '../../adapters/postgres/backup/load.ts';
import { readCentreConfig, readStorageConfig } from '../../config/for-commands.ts';
import { readBackup } from '../backup/backup-file.ts';
import { putInto } from '../backup/put-into.ts';
import { figure } from '../kit/figure.ts';
import { giveUp } from '../kit/give-up.ts';
import type { Shell } from '../kit/shell.ts';
import { withOpened } from '../kit/storage.ts';

/** Reads a backup through, and unless it is only to be checked into the database. */
export async function loadBackup(path: string, { isCheck }: { isCheck: boolean }, shell: Shell): Promise<0 | 2> {
  const { env, folder } = shell;
  try {
    const { timeZone } = readCentreConfig(env, folder);
    return await readBackup(createReadStream(path), async (header, rest) => {
      if (isCheck) return shell.answer(`Копия цела: ${contents(header, await check(header, rest), timeZone)}.`);
      const totals = await withOpened(readStorageConfig(env, folder), shell, (opened) => putInto(opened, header, rest));
      return shell.answer(`Копия загружена: ${contents(header, totals, timeZone)}. Теперь запустите бота: npm start`);
    });
  } catch (error) {
    return giveUp(shell, error, {
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
