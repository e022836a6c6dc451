import { isNight } from '../../domain/quiet-hours.ts';
import { FIRST_UUID } from '../../domain/uuid.ts';
import type { Trx } from '../../records/database.ts';
import {
  markNewsScanFinished,
  isNewsScanFinished,
  findNewsScan,
  insertNewsScan,
  updateNewsScan,
  tryLockNewsScans,
} from '../../records/news-scans.ts';
import { tryLockRegistries } from '../../records/registries/imports.ts';
import { eachByItself } from '../each-by-itself.ts';
import type { OfficeEdges } from '../edges.ts';
import { dueDayScans } from './news-due-day.ts';
import { meterScans } from './news-meters.ts';
import { registryScans } from './news-registries.ts';
import { type Found, tellNews } from './news-telling.ts';

/** Going through all links or residents once, some at a time, for one piece of news. */
export type NewsScan = Pick<Found, 'kind'> & {
  /** Unique; a scan of the same name is made once. */
  name: string;
  /** What there is to tell after `after` (an id), and how far that is; undefined at the end. */
  find: (trx: Trx, after: string, limit: number) => Promise<{ news: Found['news']; place: string } | undefined>;
};

/** A scan that has come to its end, and how many notices it has put in line. */
export type FinishedNewsScan = { name: string; told: number };

/** Links or residents of one transaction, and transactions of one call: about as long as can be waited for when the process is to stop. */
const PACE = { step: 500, steps: 20 };

/** Section 4: finds out what there is to tell, and puts it in line. */
export function createNewsScans(edges: Pick<OfficeEdges, 'db' | 'clock' | 'settings' | 'centre'>, pace = PACE) {
  const { db, clock, settings } = edges;

  /** One step of a scan, in a transaction of its own: a scan that was broken off goes on where it was. */
  async function step(scan: NewsScan): Promise<'more' | 'not-now' | FinishedNewsScan> {
    return db.transaction().execute(async (trx) => {
      if (!(await tryLockNewsScans(trx)) || !(await tryLockRegistries(trx))) return 'not-now';
      await insertNewsScan(trx, scan.name, clock());
      const { place, told, finished } = await findNewsScan(trx, scan.name);
      if (finished) return 'not-now';
      const found = await scan.find(trx, place ?? FIRST_UUID, pace.step);
      if (found) {
        await updateNewsScan(trx, scan.name, found.place, await tellNews(trx, { kind: scan.kind, news: found.news }, clock()));
        return 'more';
      }
      await markNewsScanFinished(trx, scan.name, clock());
      return { name: scan.name, told };
    });
  }

  return {
    /**
     * Makes the scans that are due, as far as one call goes; the next call goes on. Several processes may call it: one works, the others
     * leave it to that one. By day only, so that in the morning the newest is told. `isMore`: not all was gone through.
     */
    async goOn(): Promise<{ finished: FinishedNewsScan[]; isMore: boolean }> {
      const finished: FinishedNewsScan[] = [];
      if (isNight(clock(), settings.timeZone)) return { finished, isMore: false };
      let stepsLeft = pace.steps;
      const scans = [...(await registryScans(edges)), ...dueDayScans(edges), ...meterScans(edges)];
      await eachByItself(scans, async (scan) => {
        if (await isNewsScanFinished(db, scan.name)) return;
        for (let came: Awaited<ReturnType<typeof step>> = 'more'; came === 'more' && stepsLeft > 0; stepsLeft -= 1) {
          came = await step(scan);
          if (typeof came === 'object') finished.push(came);
        }
      });
      return { finished, isMore: stepsLeft <= 0 };
    },
  };
}
