import { balanceOf, offeredOf, totalOwed } from '../../domain/debt.ts';
import { type LocalDay, localDay } from '../../domain/local-day.ts';
import { type Kopecks, sumOf } from '../../domain/money.ts';
import { paymentDueDay } from '../../domain/payment-due.ts';
import { type Period, parsePeriod } from '../../domain/period.ts';
import { deductedOf, onTheWayOf, type UnderWay } from '../../domain/under-way.ts';
import type { Db, Trx } from '../../records/database.ts';
import { markChargesTold, listChargesNow, type UntoldCharges } from '../../records/untold.ts';
import type { OfficeEdges } from '../edges.ts';
import type { PayEdges } from '../money/pay-ways.ts';
import { readUnderWayOf } from '../money/under-way.ts';
import type { NewsScan } from './news-scans.ts';
import type { NewsItem } from './news-telling.ts';
import { deductedWords, listed, titleWords } from './news-texts.ts';
import { payNoticeDoors } from './pay-notice-doors.ts';
import { byAccount, byResident, DEBT_DOOR, lastResident, type WaitingNews } from './registry-news.ts';
import { chargesToldBefore, readChargesBefore, withdrawChargesNews } from './told-before.ts';

type Edges = PayEdges & Pick<OfficeEdges, 'db'>;

/** News of a scan of charges: a new period's, and those of which another sum had been told. */
export function chargesScan(scan: string, edges: Edges): NewsScan {
  const today = localDay(edges.clock(), edges.settings.timeZone);
  return {
    name: `charges/${scan}/by-resident`,
    kind: 'charges',
    async find(trx, after, limit) {
      const untold = await claimCharges(trx, after, limit);
      const accounts = untold.map(({ account }) => account);
      const underWay = await readUnderWayOf(trx, accounts, edges);
      const place = lastResident(untold);
      const owed = untold.filter(isChanged).flatMap((each) => owedOf(each, underWay.get(each.account) ?? []));
      const fresh = owed.filter(({ wasKopecks }) => wasKopecks === null);
      const corrected = owed.filter(({ wasKopecks }) => wasKopecks !== null);
      const news = [
        ...(await byResident(trx, fresh, {
          each: (one) => newsOfCharges(one, edges, today),
          together: (own) => newsOfManyCharges(own, edges, today, `many/${scan}`),
        })),
        ...(await byResident(trx, corrected, {
          each: (one) => newsOfCorrection(one, edges, today, scan),
          together: (own) => newsOfManyCorrections(own, edges, today, scan),
        })),
      ];
      return place === undefined ? undefined : { news, place };
    },
  };
}

/**
 * As `markChargesTold`; news of charges that were corrected before anybody was sent them are taken out of the line, and the accounts are told of
 * as they are now: «было … стало …» says nothing to who has not read what was.
 */
async function claimCharges(trx: Trx, after: string, limit: number): Promise<UntoldCharges[]> {
  const untold = await markChargesTold(trx, after, limit);
  const corrected = untold.filter((each) => each.wasKopecks !== null && isChanged(each));
  if (corrected.length === 0) return untold;
  const accounts = corrected.map(({ account }) => account);
  // Others hear when the scan comes to them: whoever it has left behind would not.
  const residents = corrected.map(({ residentId }) => residentId);
  if (!(await withdrawChargesNews(trx, accounts, residents))) return untold;
  const anew = await markChargesTold(trx, after, limit, lastResident(untold));
  const known = new Set(anew.map(({ link }) => link));
  return [...untold.filter(({ link }) => !known.has(link)), ...anew];
}

/**
 * What a resident is told at this moment of the charges that a notice speaks of: paid since, corrected, of accounts that he has still. Undefined:
 * there are newer ones, which are news of their own, or those that were corrected are as they had been told.
 */
export async function chargesOf(
  db: Db,
  { residentId, account, text, words }: WaitingNews,
  edges: Edges,
): Promise<NewsItem | undefined | 'as it was'> {
  const before = new Map(readChargesBefore(words).map((each) => [each.account, each.dues]));
  // Without figures there is nothing that could be another by now.
  if (before.size === 0 || typeof words.period !== 'string') return 'as it was';
  const isCorrection = text.startsWith('notice-charges-corrected');
  const newest = `${words.period}-01`;
  const rows = (await listChargesNow(db, residentId, [...before.keys()]))
    .filter(({ period }) => (account === null ? period <= newest : period === newest))
    .map((row): UntoldCharges => {
      const toldDues = before.get(row.account) ?? {};
      return { ...row, wasKopecks: isCorrection ? (toldDues[row.period] ?? null) : null, told: null, toldDues };
    })
    .filter(isChanged);
  const underWay = await readUnderWayOf(
    db,
    rows.map((row) => row.account),
    edges,
  );
  const owed = rows.flatMap((row) => owedOf(row, underWay.get(row.account) ?? []));
  const today = localDay(edges.clock(), edges.settings.timeZone);
  const [first, second] = owed;
  if (!first) return undefined;
  if (second) return (isCorrection ? newsOfManyCorrections : newsOfManyCharges)(owed, edges, today, '')[0];
  return isCorrection ? newsOfCorrection(first, edges, today, '') : newsOfCharges(first, edges, today);
}

/** What came again as it had been told is no news. */
const isChanged = ({ wasKopecks, dueKopecks }: Pick<UntoldCharges, 'wasKopecks' | 'dueKopecks'>) => wasKopecks !== dueKopecks;

type Owed = Omit<UntoldCharges, 'period'> & {
  period: Period;
  totalKopecks: Kopecks;
  underWayKopecks: Kopecks;
  deductedKopecks: Kopecks;
  restKopecks: Kopecks;
};

function owedOf({ period: firstDay, ...charges }: UntoldCharges, underWay: readonly UnderWay[]): Owed[] {
  const period = parsePeriod(firstDay.slice(0, 7));
  if (!period) return [];
  const owed = { totalKopecks: totalOwed(charges), deductedKopecks: deductedOf(underWay) };
  return [{ ...charges, ...owed, period, underWayKopecks: onTheWayOf(underWay), restKopecks: offeredOf(owed) }];
}

/** By when it is to be paid, where that day is still to come. */
function payByWords(period: Period, { centre }: Pick<Edges, 'centre'>, today: LocalDay) {
  const payBy = paymentDueDay(period, centre.paymentDue);
  return { inTime: payBy !== null && payBy >= today, payBy: payBy ?? '' };
}

function newsOfCharges(owed: Owed, edges: Edges, today: LocalDay): NewsItem {
  const { residentId, link, account, period, totalKopecks: total, restKopecks: rest } = owed;
  return {
    residentId,
    account,
    subject: `${account}/${period}`,
    subjectSignedOut: period,
    words: {
      ...titleWords(owed),
      period,
      balance: balanceOf(total),
      total: Math.abs(total),
      ...deductedWords([owed]),
      rest,
      ...payByWords(period, edges, today),
      ...chargesToldBefore([owed]),
    },
    doors: [
      { label: 'button-bill', dialog: 'bill', ref: link },
      { label: 'button-why', dialog: 'why', ref: link },
    ],
    payDoors: payNoticeDoors(rest, edges, link),
  };
}

/** The sum that was told is no longer right: what it was, what it is, and what is to pay by it. */
function newsOfCorrection(owed: Owed, edges: Edges, today: LocalDay, scan: string): NewsItem {
  const news = newsOfCharges(owed, edges, today);
  return {
    ...news,
    text: 'notice-charges-corrected',
    subject: `${news.subject}/corrected/${scan}`,
    subjectSignedOut: `${news.subjectSignedOut}/corrected/${scan}`,
    words: { ...news.words, ...correctionWords(owed) },
  };
}

function correctionWords({ dueKopecks: due, wasKopecks: was }: Owed) {
  const told = was ?? due;
  return { was: Math.abs(told), wasBalance: balanceOf(told), now: Math.abs(due), nowBalance: balanceOf(due) };
}

function newsOfManyCorrections(owed: readonly Owed[], edges: Edges, today: LocalDay, scan: string): NewsItem[] {
  const lines = owed.toSorted(byAccount).map((each) => ({
    text: 'notice-charges-corrected-line',
    words: { ...titleWords(each), ...correctionWords(each) },
  }));
  return newsOfManyCharges(owed, edges, today, `many/${scan}/corrected`).map((news) => ({
    ...news,
    text: 'notice-charges-corrected-many',
    subjectSignedOut: `${news.subjectSignedOut}/corrected/${scan}`,
    words: { ...news.words, ...listed(owed, lines) },
  }));
}

/** One message for all accounts of a resident, what is to pay most first. */
function newsOfManyCharges(owed: readonly Owed[], edges: Edges, today: LocalDay, subject: string): NewsItem[] {
  const periods = [...new Set(owed.map(({ period }) => period))].sort();
  const newest = periods.at(-1);
  if (newest === undefined) return [];
  const lines = owed
    .toSorted((a, b) => b.totalKopecks - a.totalKopecks || byAccount(a, b))
    .map((each) => ({
      text: 'notice-charges-line',
      words: { ...titleWords(each), balance: balanceOf(each.totalKopecks), total: Math.abs(each.totalKopecks) },
    }));
  const rest = sumOf(owed.map(({ restKopecks }) => restKopecks));
  return [
    {
      residentId: owed[0]?.residentId ?? '',
      account: null,
      text: 'notice-charges-many',
      subject,
      subjectSignedOut: newest,
      words: {
        ...listed(owed, lines),
        period: newest,
        onePeriod: periods.length === 1,
        total: sumOf(owed.map(({ totalKopecks }) => Math.max(0, totalKopecks))),
        ...deductedWords(owed),
        rest,
        ...payByWords(newest, edges, today),
        ...chargesToldBefore(owed),
      },
      doors: [DEBT_DOOR],
      payDoors: payNoticeDoors(rest, edges),
    },
  ];
}
