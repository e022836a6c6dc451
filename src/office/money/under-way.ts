import { groupBy } from '../../domain/group-by.ts';
import { localDay } from '../../domain/local-day.ts';
import { judgeUnderWay, type UnderWay } from '../../domain/under-way.ts';
import { listOpenLines } from '../../records/card-payments.ts';
import type { Db } from '../../records/database.ts';
import type { OfficeEdges } from '../edges.ts';

/** What it takes to read it. */
export type ReadingEdges = Pick<OfficeEdges, 'clock'> & {
  centre: Pick<OfficeEdges['centre'], 'cards'>;
  settings: Pick<OfficeEdges['settings'], 'timeZone'>;
};

export type UnderWayEdges = Pick<OfficeEdges, 'clock' | 'centre'> & {
  settings: Pick<OfficeEdges['settings'], 'timeZone'>;
};

/** What was paid in the bot for an account and is not in billing's books for it, from the newest. */
export async function readUnderWay(db: Db, account: string, edges: ReadingEdges): Promise<UnderWay[]> {
  return (await readUnderWayOf(db, [account], edges)).get(account) ?? [];
}

/** The same of several; those that have nothing are not in it. */
export async function readUnderWayOf(
  db: Db,
  accounts: readonly string[],
  { clock, centre, settings }: ReadingEdges,
): Promise<Map<string, UnderWay[]>> {
  const now = clock();
  const judged = (await listOpenLines(db, accounts)).map(({ account, paidAt, sumKopecks, otherAccount }) => ({
    account,
    day: localDay(paidAt, settings.timeZone),
    sumKopecks,
    state: judgeUnderWay({ paidAt, elsewhere: otherAccount !== null }, now, centre.cards),
  }));
  return groupBy(judged, ({ account }) => account);
}
