import { DAY_MS, later } from '../../domain/durations.ts';
import { groupBy } from '../../domain/group-by.ts';
import { localDay } from '../../domain/local-day.ts';
import { findUnbilled } from '../../domain/unbilled.ts';
import { judgeUnderWay, type UnderWay, type UnderWayState } from '../../domain/under-way.ts';
import { listOpenLines, type PaidLine } from '../../records/card-payment-lines.ts';
import type { Db } from '../../records/database.ts';
import { listBookedLines } from '../../records/unbilled-payments.ts';
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
  const all = (await readUnderWayOf(db, [account], edges)).get(account) ?? [];
  return all.filter(({ state }) => state !== 'unbilled');
}

/** The same of several, and what is in the books and in no charges yet; those that have nothing are not in it. */
export async function readUnderWayOf(
  db: Db,
  accounts: readonly string[],
  { clock, centre, settings }: ReadingEdges,
): Promise<Map<string, UnderWay[]>> {
  const now = clock();
  const paidSince = later(now, -centre.cards.countedForDays * DAY_MS);
  const lines = await listOpenLines(db, accounts, { postedSince: paidSince });
  const open = lines.filter(({ isPosted }) => !isPosted);
  const posted = lines.filter(({ isPosted }) => isPosted);
  const underWay = (
    state: UnderWayState,
    { account, paidAt, sumKopecks }: Pick<PaidLine, 'account' | 'paidAt' | 'sumKopecks'>,
  ) => ({
    account,
    day: localDay(paidAt, settings.timeZone),
    sumKopecks,
    state,
  });
  const judged = open.map((line) =>
    underWay(
      judgeUnderWay({ creditedAt: line.creditedAt, elsewhere: line.otherAccount !== null, held: line.isHeld }, now, centre.cards),
      line,
    ),
  );
  const unbilled = (await readUnbilled(db, posted, paidSince)).map((line) => underWay('unbilled', line));
  return groupBy([...judged, ...unbilled], ({ account }) => account);
}

/** Of most accounts nothing was posted lately: no question is asked for them. */
async function readUnbilled(db: Db, posted: readonly PaidLine[], paidSince: Date) {
  const accounts = [...new Set(posted.map(({ account }) => account))];
  if (accounts.length === 0) return [];
  const booked = groupBy(await listBookedLines(db, accounts, { paidSince }), ({ account }) => account);
  return [...booked.values()].flatMap(findUnbilled);
}
