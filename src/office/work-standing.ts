import { paymentsOutBy, readingsOutBy } from '../domain/late-exports.ts';
import { isNight } from '../domain/quiet-hours.ts';
import type { ReadingsWindow } from '../domain/readings-window.ts';
import type { Schedule } from '../domain/schedule.ts';
import type { Db } from '../records/database.ts';
import { countDeskState, type DeskState } from '../records/request-figures.ts';
import {
  findExportBacklog,
  findOldestWaits,
  listInboxBacklog,
  listLastImports,
  listOutboxBacklog,
  type LineStanding,
} from '../records/work-figures.ts';
import type { OfficeEdges } from './edges.ts';
import { deskHours, normMs } from './staff/hours.ts';

/** What waits, and since when; what billing brought last. */
export type WorkStanding = {
  outbox: Awaited<ReturnType<typeof listOutboxBacklog>>;
  inbox: Awaited<ReturnType<typeof listInboxBacklog>>;
  desk: DeskState;
  oldest: Awaited<ReturnType<typeof findOldestWaits>>;
  imports: Awaited<ReturnType<typeof listLastImports>>;
  exports: { readings: ExportStanding; payments: ExportStanding };
};

/** `late`: the oldest should have gone out by now. */
export type ExportStanding = LineStanding & { late: boolean };

export type StandingSettings = {
  timeZone: string;
  readingsWindow: ReadingsWindow;
  /** When readings are exported by themselves. */
  readingsOut: Schedule | undefined;
};

/** How the work stands at this moment, in six statements. */
export async function lookAtWork(
  edges: Pick<OfficeEdges, 'db' | 'clock' | 'centre'> & { settings: StandingSettings },
): Promise<WorkStanding> {
  const { db, clock, settings } = edges;
  const now = clock();
  return {
    outbox: await listOutboxBacklog(db, isNight(now, settings.timeZone), now),
    inbox: await listInboxBacklog(db),
    desk: await countDeskState(db, deskHours(edges).waitingSince(now, normMs(edges))),
    oldest: await findOldestWaits(db),
    imports: await listLastImports(db),
    exports: await lookAtExports(db, settings, now),
  };
}

async function lookAtExports(
  db: Db,
  { timeZone, readingsWindow, readingsOut }: StandingSettings,
  now: Date,
): Promise<WorkStanding['exports']> {
  const { readings, payments } = await findExportBacklog(db);
  const withLate = (line: LineStanding, by: Date): ExportStanding => ({ ...line, late: line.since !== null && line.since < by });
  return {
    readings: withLate(readings, readingsOutBy(now, { timeZone, window: readingsWindow, schedule: readingsOut })),
    payments: withLate(payments, paymentsOutBy(now)),
  };
}
