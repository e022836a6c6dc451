import { SCHEDULE } from '../../domain/audit-actors.ts';
import { lastDue, type Schedule } from '../../domain/schedule.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { type ExportKind, findExport } from '../../records/exports.ts';
import { hasInOutbox } from '../../records/outbox.ts';
import { insertScheduledExport, isExportMade, listUnwrittenExports, markExportWritten } from '../../records/scheduled-exports.ts';
import { eachByItself } from '../each-by-itself.ts';
import type { OfficeEdges } from '../edges.ts';
import { PAYMENTS_OUT } from '../money/payment-export.ts';
import { postNotice } from '../notices.ts';
import { READINGS_OUT } from '../readings/reading-export.ts';
import { exportNew } from './exports.ts';

/** When what waits is exported by itself; a kind that is absent is not. */
export type ExportSchedules = { [Kind in ExportKind]?: Schedule | undefined };

export type ScheduledExportEdges = Pick<OfficeEdges, 'db' | 'clock'> & {
  timeZone: string;
  schedules: ExportSchedules;
  /** Puts a file where billing takes it; what was there before stays. Answers its name; throws where it cannot be written. */
  write: (kind: ExportKind, number: number, content: string) => Promise<string>;
  /** Why it could not be written, in Russian. */
  whyUnwritten: (error: unknown) => string;
  onMade: (made: { kind: ExportKind; number: number | null; rows: number }) => void;
  onWritten: (written: { kind: ExportKind; number: number; file: string }) => void;
  onFailed: (failed: { kind: ExportKind; number: number }, error: unknown) => void;
};

const OUTGOING = { readings: READINGS_OUT, payments: PAYMENTS_OUT } as const;
const KINDS = ['readings', 'payments'] as const;

/** Another process was quicker. */
class AlreadyMade extends Error {}

/**
 * Makes the exports whose time has come, each once on its day, and writes the files of those that were made. What is made is marked and kept
 * first: a file that cannot be written is tried again at each call, and staff are told once.
 */
export async function exportWhatIsDue(edges: ScheduledExportEdges): Promise<void> {
  const { db, clock, schedules, timeZone } = edges;
  async function makeDue(kind: ExportKind): Promise<void> {
    const schedule = schedules[kind];
    const day = schedule && lastDue(schedule, clock(), timeZone);
    if (day !== undefined && !(await isExportMade(db, kind, day))) await make(edges, kind, day);
  }
  const writeMade = async () => eachByItself(await listUnwrittenExports(db), (waiting) => writeOne(edges, waiting));
  await eachByItself([...KINDS.map((kind) => () => makeDue(kind)), writeMade], (step) => step());
}

async function make({ db, clock, onMade }: ScheduledExportEdges, kind: ExportKind, day: string): Promise<void> {
  try {
    const made = await exportNew({ db, clock }, OUTGOING[kind], async (_, { trx, number, rows }) => {
      const now = clock();
      if (!(await insertScheduledExport(trx, { kind, day, madeAt: now, number }))) throw new AlreadyMade();
      if (number === null) return;
      await insertAuditEntry(trx, { who: SCHEDULE, what: 'registries.export', details: { kind, number, rows } }, now);
    });
    onMade({ kind, ...made });
  } catch (error) {
    if (!(error instanceof AlreadyMade)) throw error;
  }
}

type WaitingExport = { kind: ExportKind; day: string; number: number };

async function writeOne(edges: ScheduledExportEdges, { kind, day, number }: WaitingExport): Promise<void> {
  const { db, clock, write, whyUnwritten, onWritten, onFailed } = edges;
  const found = await findExport(db, kind, number);
  try {
    // One that is forgotten by now (three years) has nothing to be written.
    const file = found && (await write(kind, number, found.content));
    await markExportWritten(db, { kind, day }, clock());
    if (file !== undefined) onWritten({ kind, number, file });
  } catch (error) {
    onFailed({ kind, number }, error);
    const key = `export-unwritten/${kind}/${number}`;
    if (await hasInOutbox(db, 'notice', key)) return;
    const words = { kind, number: String(number), rows: found?.rows ?? 0, why: whyUnwritten(error) };
    await db
      .transaction()
      .execute((trx) => postNotice(trx, { to: 'staff', text: 'staff-export-unwritten', words, key }, clock()));
  }
}
