import { isNight } from '../domain/quiet-hours.ts';
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
  exports: { readings: LineStanding; payments: LineStanding };
};

/** How the work stands at this moment, in six statements. */
export async function lookAtWork(
  edges: Pick<OfficeEdges, 'db' | 'clock' | 'centre'> & { settings: Pick<OfficeEdges['settings'], 'timeZone'> },
): Promise<WorkStanding> {
  const { db, clock, settings } = edges;
  const now = clock();
  return {
    outbox: await listOutboxBacklog(db, isNight(now, settings.timeZone), now),
    inbox: await listInboxBacklog(db),
    desk: await countDeskState(db, deskHours(edges).waitingSince(now, normMs(edges))),
    oldest: await findOldestWaits(db),
    imports: await listLastImports(db),
    exports: await findExportBacklog(db),
  };
}
