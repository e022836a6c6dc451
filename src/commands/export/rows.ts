import { openDb } from '../../adapters/postgres/pool.ts';
import { writeWholeFile } from '../../adapters/whole-file.ts';
import { exportAgain, exportNew } from '../../office/registries/exports.ts';
import type { Db } from '../../records/database.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { type ExportKind, findLastExportNumber } from '../../records/exports.ts';
import { botClock } from '../kit/clock.ts';
import { figure } from '../kit/figure.ts';
import { giveUp } from '../kit/give-up.ts';
import { operator } from '../kit/operator.ts';
import { isFile } from '../kit/out-file.ts';
import type { Shell } from '../kit/shell.ts';
import { withStorage } from '../kit/storage.ts';
import { TITLES } from './kinds.ts';
import { OUTGOING } from './outgoing.ts';

/** Writes what has not gone out yet and marks it; 2 where nothing could be written, and nothing is marked then. */
export async function writeNew(kind: ExportKind, out: string | undefined, shell: Shell): Promise<0 | 2> {
  try {
    return await withStorage(shell, (pool) => exportTo(openDb(pool), kind, out, shell));
  } catch (error) {
    return giveUp(shell, error, { next: 'Ничего не помечено выгруженным; повторите команду.', out });
  }
}

/** Writes a former export once more; 1 where there was none of this number. */
export async function writeAgain(kind: ExportKind, number: number, out: string | undefined, shell: Shell): Promise<0 | 1 | 2> {
  try {
    return await withStorage(shell, (pool) => exportAgainTo(openDb(pool), kind, number, out, shell));
  } catch (error) {
    return giveUp(shell, error, { out });
  }
}

async function exportTo(db: Db, kind: ExportKind, out: string | undefined, shell: Shell): Promise<0> {
  const title = TITLES[kind];
  const before = out !== undefined && (await isFile(out));
  const clock = botClock(shell);
  const done = await exportNew({ db, clock }, OUTGOING[kind], async (content, { number, rows, trx }) => {
    if (number !== null)
      await insertAuditEntry(trx, { ...operator(), what: 'registries.export', details: { kind, number, rows } }, clock());
    // Rows that went out before must not go out again from a file that was there: where nothing is new it becomes a bare header.
    await write(content, out, shell);
  });
  if (done.number === null) report(`${title}: нового нет`, out, shell);
  else report(`${title}: выгрузка № ${done.number}, строк ${figure(done.rows)}`, out, shell);
  tellReplaced(before, shell);
  return 0;
}

/** Whatever an export has written can be written again: it may take the place of another, and says so. */
function tellReplaced(before: boolean, shell: Shell): void {
  if (before)
    shell.tell('Прежний файл заменён. Если он ещё не загружен в биллинг, запишите его снова по номеру выгрузки: --number.');
}

async function exportAgainTo(db: Db, kind: ExportKind, number: number, out: string | undefined, shell: Shell): Promise<0 | 1> {
  const title = TITLES[kind];
  const found = await exportAgain(db, kind, number);
  if (!found) {
    const last = await findLastExportNumber(db, kind);
    return shell.refuse(
      `${title}: выгрузки № ${number} нет; ${last > 0 ? `последняя — № ${last}` : 'ещё ничего не выгружалось'}.`,
    );
  }
  const before = out !== undefined && (await isFile(out));
  const entry = { ...operator(), what: 'registries.export-again', details: { kind, number } };
  await insertAuditEntry(db, entry, botClock(shell)());
  await write(found.content, out, shell);
  report(`${title}: выгрузка № ${number} ещё раз, строк ${figure(found.rows)}`, out, shell);
  tellReplaced(before, shell);
  return 0;
}

async function write(content: string, out: string | undefined, shell: Shell): Promise<void> {
  return out === undefined ? shell.write(content) : writeWholeFile(out, content);
}

/** Beside a file that goes to the standard output the report must not get into it. */
function report(what: string, out: string | undefined, shell: Shell): 0 {
  if (out !== undefined) return shell.answer(`${what} → ${out}`);
  shell.tell(what);
  return 0;
}
