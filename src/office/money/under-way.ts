import { DAY_MS, later } from '../../domain/durations.ts';
import { groupBy } from '../../domain/group-by.ts';
import { localDay } from '../../domain/local-day.ts';
import { findUnbilled } from '../../domain/unbilled.ts';
import { judgeUnderWay, type UnderWay } from '../../domain/under-way.ts';
import { listOpenLines } from '../../records/card-payments.ts';
import type { Db } from '../../records/database.ts';
import { listBookedLines } from '../../records/unbilled-payments.ts';
import type { OfficeEdges } from '../edges.ts';
import { PAYMENT_SOURCE } from './payment-matching.ts';

/** What it takes to read it. */
export type ReadingEdges = Pick<OfficeEdges, 'clock'> & {
  centre: Pick<OfficeEdges['centre'], 'cards'>;
  settings: Pick<OfficeEdges['settings'], 'timeZone'>;
};

export type UnderWayEdges = Pick<OfficeEdges, 'clock' | 'centre'> & {
  settings: Pick<OfficeEdges['settings'], 'timeZone'>;
};

type OfAccount = UnderWay & { account: string };

/** What was paid in the bot for an account and is not in billing's books for it, from the newest. */
export async function readUnderWay(db: Db, account: string, edges: ReadingEdges): Promise<UnderWay[]> {
  return readOpen(db, [account], edges);
}

/** The same of several, and what is in the books and in no charges yet; those that have nothing are not in it. */
export async function readUnderWayOf(db: Db, accounts: readonly string[], edges: ReadingEdges): Promise<Map<string, UnderWay[]>> {
  const all = [...(await readOpen(db, accounts, edges)), ...(await readUnbilled(db, accounts, edges))];
  return groupBy(all, ({ account }) => account);
}

async function readOpen(db: Db, accounts: readonly string[], { clock, centre, settings }: ReadingEdges): Promise<OfAccount[]> {
  const now = clock();
  return (await listOpenLines(db, accounts)).map(({ account, paidAt, sumKopecks, otherAccount }) => ({
    account,
    day: localDay(paidAt, settings.timeZone),
    sumKopecks,
    state: judgeUnderWay({ paidAt, elsewhere: otherAccount !== null }, now, centre.cards),
  }));
}

async function readUnbilled(
  db: Db,
  accounts: readonly string[],
  { clock, centre, settings }: ReadingEdges,
): Promise<OfAccount[]> {
  const paidSince = later(clock(), -centre.cards.countedForDays * DAY_MS);
  const booked = groupBy(await listBookedLines(db, accounts, { source: PAYMENT_SOURCE, paidSince }), ({ account }) => account);
  return [...booked.values()].flatMap(findUnbilled).map(({ account, paidAt, sumKopecks }) => ({
    account,
    day: localDay(paidAt, settings.timeZone),
    sumKopecks,
    state: 'unbilled',
  }));
}
