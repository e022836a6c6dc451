import { openDb } from '../../adapters/postgres/pool.ts';
import { readCentreConfig } from '../../config/for-commands.ts';
import { listAuditEntries } from '../../records/audit-log.ts';
import { figure } from '../kit/figure.ts';
import { giveUp } from '../kit/give-up.ts';
import type { Shell } from '../kit/shell.ts';
import { withStorage } from '../kit/storage.ts';
import { readJournalSearch, type TypedSearch } from './search.ts';
import { journalLine } from './words.ts';

/** The entries that fit what was typed, the newest first. `usage`: how the command is to be written. */
export async function showJournal(typed: TypedSearch, usage: string, shell: Shell): Promise<0 | 1 | 2> {
  try {
    const { timeZone } = readCentreConfig(shell.env, shell.folder);
    const search = readJournalSearch(typed, timeZone);
    if ('problem' in search) return shell.complain(`${search.problem} ${usage}`);
    const { limit, ...wanted } = search;
    const { entries, found } = await withStorage(shell, (pool) => listAuditEntries(openDb(pool), wanted, limit));
    if (found === 0) return shell.refuse('Таких записей нет.');
    if (found > entries.length) shell.tell(`Показаны последние ${figure(entries.length)} из ${figure(found)}.`);
    return shell.answer(entries.map((entry) => journalLine(entry, timeZone)).join('\n'));
  } catch (error) {
    return giveUp(shell, error);
  }
}
