import { userInfo } from 'node:os';
import { loadCentre } from '../adapters/centre-file.ts';
import { openDb } from '../adapters/postgres/pool.ts';
import { writeWholeFile } from '../adapters/whole-file.ts';
import { readCentreConfig } from '../config/for-commands.ts';
import { addDays, localDay } from '../domain/local-day.ts';
import { CentreFileError } from '../office/centre.ts';
import { type Days, requestsSheetOf } from '../office/staff/figures.ts';
import { drawRequestsSheet } from '../papers/requests-sheet.ts';
import { insertAuditEntry } from '../records/audit-log.ts';
import { loadTexts } from '../texts/texts.ts';
import { botClock } from './clock.ts';
import { readDay } from './days.ts';
import { figure } from './import-report.ts';
import { withStorage } from './storage.ts';
import { complain, giveUp, printAnswer } from './terminal.ts';

const LATELY_DAYS = 30;

export const REQUESTS_HELP = `npm run export -- requests --out ФАЙЛ.xlsx [--from ДЕНЬ] [--to ДЕНЬ]

Обращения жителей, поступившие в эти дни, таблицей XLSX: сроки ответов, кто отвечал, оценки. Слов из обращений в ней нет.
Ничего не помечается; кто и когда выгружал, записывается в журнал.
  --from, --to     дни включительно: 2026-11-05 или 05.11.2026; без них — последние ${LATELY_DAYS} дней`;

type Typed = { out?: string; number?: string; from?: string; to?: string };

/** `npm run export -- requests`. `usage`: how the command is to be written. */
export async function exportRequests(typed: Typed, usage: string): Promise<0 | 2> {
  if (typed.number !== undefined) return complain(`У выгрузки обращений нет номера. ${usage}`);
  if (!typed.out?.trim()) return complain(`Не назван файл: --out ФАЙЛ.xlsx. ${usage}`);
  const { out } = typed;
  try {
    const { centreFile, timeZone } = readCentreConfig();
    const clock = botClock();
    const days = readDays(typed, clock(), timeZone);
    if (!days) return complain(`Нужны дни по порядку, например --from 2026-11-01 --to 2026-11-30. ${usage}`);
    const centre = await loadCentre(centreFile);
    const rows = await withStorage(async (pool) => {
      const db = openDb(pool);
      const sheet = await requestsSheetOf({ db, clock, centre, settings: { timeZone } }, days);
      const { bytes } = await drawRequestsSheet(sheet, loadTexts({ timeZone, clock }).text);
      await writeWholeFile(out, bytes);
      const entry = { who: 'command line', name: userInfo().username, what: 'requests.export' };
      await insertAuditEntry(db, { ...entry, details: { ...days, rows: sheet.rows.length } }, clock());
      return sheet.rows.length;
    });
    return printAnswer(`обращения с ${days.from} по ${days.to}: строк ${figure(rows)} → ${out}`);
  } catch (error) {
    return error instanceof CentreFileError ? complain(error.message) : giveUp(error, { out });
  }
}

/** Undefined where a day is none, or they stand the other way round. */
function readDays({ from, to }: Typed, now: Date, timeZone: string): Days | undefined {
  const last = to === undefined ? localDay(now, timeZone) : readDay(to);
  const first = from === undefined ? last && addDays(last, 1 - LATELY_DAYS) : readDay(from);
  return first === undefined || last === undefined || first > last ? undefined : { from: first, to: last };
}
