import { loadCentre } from '../../adapters/centre-file.ts';
import { openDb } from '../../adapters/postgres/pool.ts';
import { writeWholeFile } from '../../adapters/whole-file.ts';
import { readCentreConfig } from '../../config/for-commands.ts';
import { addDays, localDay } from '../../domain/local-day.ts';
import { CentreFileError } from '../../office/centre/read-centre.ts';
import { type Days, requestsSheetOf } from '../../office/staff/figures.ts';
import { drawRequestsSheet } from '../../papers/requests-sheet.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { loadTexts } from '../../texts/texts.ts';
import { botClock } from '../kit/clock.ts';
import { readDay, whyNoDay } from '../kit/days.ts';
import { figure } from '../kit/figure.ts';
import { giveUp } from '../kit/give-up.ts';
import { operator } from '../kit/operator.ts';
import type { Shell } from '../kit/shell.ts';
import { withStorage } from '../kit/storage.ts';
import { LATELY_DAYS } from './kinds.ts';

type TypedDays = { from?: string; to?: string };

/** `npm run export -- requests`: those of these days into a spreadsheet. `usage`: how the command is to be written. */
export async function exportRequests(out: string, typed: TypedDays, usage: string, shell: Shell): Promise<0 | 2> {
  try {
    const { centreFile, timeZone } = readCentreConfig(shell.env, shell.folder);
    const clock = botClock(shell);
    const days = readDays(typed, clock(), timeZone);
    if (typeof days === 'string') return shell.complain(`${days}. ${usage}`);
    const centre = await loadCentre(centreFile);
    const rows = await withStorage(shell, async (pool) => {
      const db = openDb(pool);
      const sheet = await requestsSheetOf({ db, clock, centre, settings: { timeZone } }, days);
      const { bytes } = await drawRequestsSheet(sheet, loadTexts({ timeZone, clock }).text);
      await writeWholeFile(out, bytes);
      await insertAuditEntry(
        db,
        { ...operator(), what: 'requests.export', details: { ...days, rows: sheet.rows.length } },
        clock(),
      );
      return sheet.rows.length;
    });
    return shell.answer(`обращения с ${dotted(days.from)} по ${dotted(days.to)}: строк ${figure(rows)} → ${out}`);
  } catch (error) {
    return error instanceof CentreFileError ? shell.complain(error.message) : giveUp(shell, error, { out });
  }
}

const dotted = (day: string): string => day.split('-').toReversed().join('.');

/** Or what is wrong with them. */
function readDays({ from, to }: TypedDays, now: Date, timeZone: string): Days | string {
  for (const [name, day] of Object.entries({ from, to }))
    if (day !== undefined && readDay(day) === undefined) return `--${name}: ${whyNoDay(day)}`;
  const last = to === undefined ? localDay(now, timeZone) : readDay(to);
  const first = from === undefined ? last && addDays(last, 1 - LATELY_DAYS) : readDay(from);
  if (first === undefined || last === undefined || first > last) return 'Дни стоят наоборот: --from позже, чем --to';
  return { from: first, to: last };
}
