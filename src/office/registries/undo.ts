import { COMMAND_LINE } from '../../domain/audit-actors.ts';
import { DAY_MS } from '../../domain/durations.ts';
import { localDay } from '../../domain/local-day.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { Trx } from '../../records/database.ts';
import { findNewestDay, type RegistryKind } from '../../records/registries/imports.ts';
import {
  findImportResting,
  type ImportToUndo,
  lockImport,
  deletePreviousRowsOf,
  markImportUndone,
  updateDataDay,
} from '../../records/registries/previous-rows.ts';
import { inSavepoint } from '../../records/savepoint.ts';
import { USUAL_READING_RULES } from '../readings/reading-answers.ts';
import type { ImportEdges } from './import-registry.ts';
import { tellUndone } from './notices.ts';
import { registryOf } from './registries.ts';
import type { NotUndone, Registry, Restored } from './registry.ts';

/** How long what was before an import is kept. */
export const UNDONE_WITHIN_DAYS = 60;

/** What an import did, gone: `removed` rows that were new, `restored` ones that it had changed or taken away. */
export type Undone = { outcome: 'undone'; kind: RegistryKind; name: string; removed: number; restored: number; links: number };

export type UndoParts = {
  now: Date;
  timeZone: string;
  /** `who` as the journal has it: a messenger id, or `command line`. */
  by: { who: string; name: string };
} & Pick<ImportEdges, 'readingRules'>;

/**
 * Undoes an import: its rows go, what it changed or took away is as it was, links that it ended by a change of owner are open again, payments
 * that it posted are under way, readings wait for their answer. Nothing is done where something later rests on it.
 */
export async function undoRegistryImport(
  trx: Trx,
  number: number,
  { now, timeZone, by, readingRules = USUAL_READING_RULES }: UndoParts,
): Promise<Undone | NotUndone> {
  const found = await lockImport(trx, number);
  if (!found) return { outcome: 'none' };
  if (found.undoneAt !== null) return { outcome: 'already' };
  if (found.restsOn === null || now.getTime() - found.finishedAt.getTime() > UNDONE_WITHIN_DAYS * DAY_MS)
    return { outcome: 'too-old' };
  const on = await findImportResting(trx, number);
  if (on !== undefined) return { outcome: 'rests', on };
  const registry = registryOf(found.kind);
  const back = await restore(trx, registry, found, { now, timeZone, readingRules });
  if ('outcome' in back) return back;

  const { restored, links } = back;
  await markImportUndone(trx, number, by.who, now);
  await deletePreviousRowsOf(trx, number);
  const { kind, fileName: name, rowsNew: removed } = found;
  await updateDataDay(trx, kind, await findNewestDay(trx, registry.table, localDay(now, timeZone)));

  const details = { number, name, kind, removed, restored, links };
  await insertAuditEntry(trx, { ...by, what: 'registries.undo', details }, now);
  const shownName = by.who === COMMAND_LINE ? undefined : by.name;
  await tellUndone(trx, { number, kind, name, removed, restored, links }, shownName, now);
  return { outcome: 'undone', kind, name, removed, restored, links };
}

/** What was put back before it turned out that the import has to stay is as it was. */
async function restore(
  trx: Trx,
  registry: Registry,
  found: ImportToUndo,
  { now, timeZone, readingRules = USUAL_READING_RULES }: Omit<UndoParts, 'by'>,
): Promise<Restored | NotUndone> {
  let back: Restored | NotUndone = { outcome: 'none' };
  await inSavepoint(trx, async () => {
    back = await registry.restore(trx, found, now, { ...readingRules, timeZone });
    return 'outcome' in back ? 'undo' : 'keep';
  });
  return back;
}
