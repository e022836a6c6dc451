import { later, SECOND_MS } from '../../domain/durations.ts';
import { groupBy } from '../../domain/group-by.ts';
import { addDays, type LocalDay, localDay } from '../../domain/local-day.ts';
import { MANY_ACCOUNTS } from '../../domain/many-accounts.ts';
import { RECENT_PAYMENT_DAYS } from '../../domain/news.ts';
import type { Kopecks } from '../../domain/money.ts';
import { paymentDueDay } from '../../domain/payment-due.ts';
import { type Period, parsePeriod } from '../../domain/period.ts';
import { deductedOf, onTheWayOf, type UnderWay } from '../../domain/under-way.ts';
import type { Db, Trx } from '../../records/database.ts';
import type { OutboxRow } from '../../records/outbox.ts';
import { findLastImport, findLastUndone, type RegistryKind } from '../../records/registries/imports.ts';
import {
  claimUntoldCharges,
  claimUntoldPayments,
  listChargesNow,
  listPaymentsOfEntries,
  type UntoldCharges,
  type UntoldLink,
  type UntoldPayment,
  type UntoldPayments,
} from '../../records/untold.ts';
import type { OfficeEdges } from '../edges.ts';
import type { NewsScan } from './news-scans.ts';
import type { NewsItem } from './news-telling.ts';
import { deductedWords, listed, titleWords } from './news-texts.ts';
import type { PayEdges } from '../money/pay-ways.ts';
import { payNoticeDoors } from './pay-notice-doors.ts';
import { readUnderWayOf } from '../money/under-way.ts';
import {
  chargesToldBefore,
  paymentsToldBefore,
  readChargesBefore,
  readPaymentsBefore,
  withdrawChargesNews,
} from './told-before.ts';
import type { NoticeDoor } from '../notices.ts';

/** Files of one call of the import come one after another: what they bring is told together. */
const SETTLED_MS = 10 * SECOND_MS;
const MOST_LINES = 20;

type Edges = PayEdges & Pick<OfficeEdges, 'db'>;

/** What a registry that came in, or was undone, brings to tell: a new period's charges, a sum that is another one, payments that were posted. */
export async function registryScans(edges: Edges): Promise<NewsScan[]> {
  const { db, clock, settings } = edges;
  const settled = later(clock(), -SETTLED_MS);
  const today = localDay(clock(), settings.timeZone);
  const scans: NewsScan[] = [];
  /** What names the round: the last registry, and one that was undone after it, upon which there is something else to tell. */
  const roundOf = async (kind: RegistryKind) => {
    const last = await findLastImport(db, kind);
    if (!last || last.finishedAt > settled) return undefined;
    const undone = await findLastUndone(db, kind);
    if (!undone || undone.undoneAt < last.finishedAt) return String(last.id);
    return undone.undoneAt <= settled ? `${last.id}/without-${undone.id}` : undefined;
  };

  const charges = await roundOf('charges');
  if (charges !== undefined)
    scans.push({
      name: `charges/${charges}/by-resident`,
      kind: 'charges',
      async find(trx, after, limit) {
        const untold = await claimCharges(trx, after, limit);
        const accounts = untold.map(({ account }) => account);
        const underWay = await readUnderWayOf(trx, accounts, edges);
        const place = lastResident(untold);
        // What came again as it had been told is no news.
        const owed = untold
          .filter(({ was, due }) => was !== due)
          .flatMap((each) => owedOf(each, underWay.get(each.account) ?? []));
        const fresh = owed.filter(({ wasKopecks }) => wasKopecks === null);
        const corrected = owed.filter(({ wasKopecks }) => wasKopecks !== null);
        const news = [
          ...byResident(fresh, (own) =>
            own.length < MANY_ACCOUNTS
              ? own.map((each) => newsOfCharges(each, edges, today))
              : newsOfManyCharges(own, edges, today, `many/${charges}`),
          ),
          ...byResident(corrected, (own) =>
            own.length < MANY_ACCOUNTS
              ? own.map((each) => newsOfCorrection(each, edges, today, charges))
              : newsOfManyCorrections(own, edges, today, charges),
          ),
        ];
        return place === undefined ? undefined : { news, place };
      },
    });
  const payments = await roundOf('payments');
  if (payments !== undefined)
    scans.push({
      name: `payments/${payments}/by-resident`,
      kind: 'payments',
      async find(trx, after, limit) {
        const untold = await claimUntoldPayments(trx, after, limit, addDays(today, -RECENT_PAYMENT_DAYS));
        const place = lastResident(untold);
        const news = [
          ...byResident(withPayments(untold, newPayments), (own) =>
            own.length < MANY_ACCOUNTS
              ? own.map((each) => newsOfPayments(each, today))
              : [newsOfManyPayments(own, today, `many/${payments}`)],
          ),
          ...byResident(withPayments(untold, correctedPayments), (own) =>
            own.length < MANY_ACCOUNTS
              ? own.map((each) => newsOfCorrectedPayments(each, payments))
              : [newsOfManyCorrectedPayments(own, payments)],
          ),
        ];
        return place === undefined ? undefined : { news, place };
      },
    });
  return scans;
}

/**
 * As `claimUntoldCharges`; news of charges that were corrected before anybody was sent them are taken out of the line, and the accounts are told of
 * as they are now: «было … стало …» says nothing to who has not read what was.
 */
async function claimCharges(trx: Trx, after: string, limit: number): Promise<UntoldCharges[]> {
  const untold = await claimUntoldCharges(trx, after, limit);
  const corrected = untold.filter(({ was, due }) => was !== null && was !== due);
  if (corrected.length === 0) return untold;
  const accounts = corrected.map(({ account }) => account);
  // Others hear when the round comes to them: whoever it has left behind would not.
  const residents = corrected.map(({ residentId }) => residentId);
  if (!(await withdrawChargesNews(trx, accounts, residents))) return untold;
  const anew = await claimUntoldCharges(trx, after, limit, lastResident(untold));
  const known = new Set(anew.map(({ link }) => link));
  return [...untold.filter(({ link }) => !known.has(link)), ...anew];
}

/** A piece of news that waits. */
type Waiting = Pick<OutboxRow, 'account' | 'text' | 'words' | 'createdAt'> & { residentId: string };

/**
 * What a resident is told at this moment of the charges that a notice speaks of: paid since, corrected, of accounts that he has still. Undefined:
 * there are newer ones, which are news of their own, or those that were corrected are as they had been told.
 */
export async function chargesOf(
  db: Db,
  { residentId, account, text, words }: Waiting,
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
      return { ...row, was: isCorrection ? (toldDues[row.period] ?? null) : null, told: null, toldDues };
    })
    .filter(({ was, due }) => was !== due);
  const underWay = await readUnderWayOf(
    db,
    rows.map((row) => row.account),
    edges,
  );
  const owed = rows.flatMap((row) => owedOf(row, underWay.get(row.account) ?? []));
  const today = localDay(edges.clock(), edges.settings.timeZone);
  const [first] = owed;
  if (!first) return undefined;
  if (account === null) return (isCorrection ? newsOfManyCorrections : newsOfManyCharges)(owed, edges, today, '')[0];
  return isCorrection ? newsOfCorrection(first, edges, today, '') : newsOfCharges(first, edges, today);
}

/** The same of payments: those that a notice speaks of, as the registries have them now. Undefined: none of them is left. */
export async function paymentsOf(
  db: Db,
  { residentId, account, text, words, createdAt }: Waiting,
  { clock, settings }: Edges,
): Promise<NewsItem | undefined | 'as it was'> {
  const before = readPaymentsBefore(words);
  // What a correction was is true whatever came after it.
  if (before.length === 0 || text.startsWith('notice-payments-corrected')) return 'as it was';
  const since = addDays(localDay(createdAt, settings.timeZone), -RECENT_PAYMENT_DAYS);
  const posted = withPayments(await listPaymentsOfEntries(db, residentId, before, since), newPayments);
  const today = localDay(clock(), settings.timeZone);
  const [first] = posted;
  if (!first) return undefined;
  return account === null ? newsOfManyPayments(posted, today, '') : newsOfPayments(first, today);
}

function lastResident(untold: readonly UntoldLink[]): string | undefined {
  return untold
    .map(({ residentId }) => residentId)
    .toSorted()
    .at(-1);
}

function byResident<T extends { residentId: string }>(found: readonly T[], tell: (own: readonly T[]) => NewsItem[]): NewsItem[] {
  return [...groupBy(found, ({ residentId }) => residentId).values()].flatMap(tell);
}

/** `wasKopecks`: what was told of the same period before, where billing has corrected it since. */
type Owed = UntoldLink & {
  period: Period;
  dueKopecks: Kopecks;
  wasKopecks: Kopecks | null;
  totalKopecks: Kopecks;
  underWayKopecks: Kopecks;
  deductedKopecks: Kopecks;
  restKopecks: Kopecks;
  told: string | null;
  toldDues: Readonly<Record<string, Kopecks>>;
};

/** To pay is what `domain/debt.ts` reckons: «К оплате» of the period, less what was paid from the day after it. */
function owedOf({ due, was, paidSince, period: firstDay, ...link }: UntoldCharges, underWay: readonly UnderWay[]): Owed[] {
  const period = parsePeriod(firstDay.slice(0, 7));
  if (!period) return [];
  const totalKopecks = due - paidSince;
  const paid = { underWayKopecks: onTheWayOf(underWay), deductedKopecks: deductedOf(underWay) };
  const restKopecks = Math.max(0, totalKopecks - paid.deductedKopecks);
  return [{ ...link, period, dueKopecks: due, wasKopecks: was, totalKopecks, ...paid, restKopecks }];
}

/** By when it is to be paid, where that day is still to come. */
function payByWords(period: Period, { centre }: Pick<Edges, 'centre'>, today: LocalDay) {
  const payBy = paymentDueDay(period, centre.paymentDue);
  return { inTime: payBy !== null && payBy >= today ? ('yes' as const) : ('no' as const), payBy: payBy ?? '' };
}

const balanceOf = (total: Kopecks) => (total > 0 ? 'debt' : total < 0 ? 'overpaid' : 'even');

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
function newsOfCorrection(owed: Owed, edges: Edges, today: LocalDay, round: string): NewsItem {
  const news = newsOfCharges(owed, edges, today);
  return {
    ...news,
    text: 'notice-charges-corrected',
    subject: `${news.subject}/corrected/${round}`,
    subjectSignedOut: `${news.subjectSignedOut}/corrected/${round}`,
    words: { ...news.words, ...correctionWords(owed) },
  };
}

function correctionWords({ dueKopecks: due, wasKopecks: was }: Owed) {
  const told = was ?? due;
  return { was: Math.abs(told), wasBalance: balanceOf(told), now: Math.abs(due), nowBalance: balanceOf(due) };
}

function newsOfManyCorrections(owed: readonly Owed[], edges: Edges, today: LocalDay, round: string): NewsItem[] {
  const lines = owed.toSorted(byAccount).map((each) => ({
    text: 'notice-charges-corrected-line',
    words: { ...titleWords(each), ...correctionWords(each) },
  }));
  return newsOfManyCharges(owed, edges, today, `many/${round}/corrected`).map((news) => ({
    ...news,
    text: 'notice-charges-corrected-many',
    subjectSignedOut: `${news.subjectSignedOut}/corrected/${round}`,
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
  const rest = add(owed.map(({ restKopecks }) => restKopecks));
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
        onePeriod: periods.length === 1 ? 'yes' : 'no',
        total: add(owed.map(({ totalKopecks }) => Math.max(0, totalKopecks))),
        ...deductedWords(owed),
        rest,
        ...payByWords(newest, edges, today),
        ...chargesToldBefore(owed),
      },
      doors: [DEBT],
      payDoors: payNoticeDoors(rest, edges),
    },
  ];
}

const DEBT: NoticeDoor = { label: 'button-debt', dialog: 'debt' };

/** Payments that are new to a resident, or that were told otherwise before. */
type Posted<P> = Omit<UntoldPayments, 'payments'> & { payments: readonly P[] };
type NewPayment = { day: string; sumKopecks: Kopecks };
type CorrectedPayment = { day: string; wasKopecks: Kopecks; nowKopecks: Kopecks; isMoved: boolean };

/** With those of their payments that `of` gives; who has none of these is left out. */
function withPayments<P>(untold: readonly UntoldPayments[], of: (payment: UntoldPayment) => P[]): Posted<P>[] {
  return untold.map((each) => ({ ...each, payments: each.payments.flatMap(of) })).filter(({ payments }) => payments.length > 0);
}

function newPayments({ day, sumKopecks, wasKopecks }: UntoldPayment): NewPayment[] {
  return wasKopecks === null && sumKopecks !== null ? [{ day, sumKopecks }] : [];
}

function correctedPayments({ day, sumKopecks, wasKopecks }: UntoldPayment): CorrectedPayment[] {
  return wasKopecks === null ? [] : [{ day, wasKopecks, nowKopecks: sumKopecks ?? 0, isMoved: sumKopecks === null }];
}

/** What was told of these payments is no longer right: what each was and is, or that it stands on another account. */
function newsOfCorrectedPayments(posted: Posted<CorrectedPayment>, round: string): NewsItem {
  const { residentId, payments, entry, ...link } = posted;
  const lines = payments.slice(-MOST_LINES).map(({ day, wasKopecks: was, nowKopecks: now, isMoved }) => ({
    text: 'notice-payments-corrected-line',
    words: {
      day,
      was: Math.abs(was),
      now: Math.abs(now),
      reversed: was < 0 ? ('yes' as const) : ('no' as const),
      moved: isMoved ? ('yes' as const) : ('no' as const),
    },
  }));
  return {
    residentId,
    account: link.account,
    text: 'notice-payments-corrected',
    subject: `${link.account}/${entry}/corrected/${round}`,
    subjectSignedOut: `corrected/${round}`,
    words: {
      ...titleWords(link),
      ...correctedWords(payments),
      lines,
      more: payments.length - lines.length,
      ...paymentsToldBefore([posted]),
    },
    doors: CORRECTED_DOORS,
  };
}

function newsOfManyCorrectedPayments(posted: readonly Posted<CorrectedPayment>[], round: string): NewsItem {
  const lines = posted.toSorted(byAccount).map((each) => ({
    text: 'notice-payments-corrected-account',
    words: { ...titleWords(each), ...netWords(each.payments.map(differenceOf)) },
  }));
  return {
    residentId: posted[0]?.residentId ?? '',
    account: null,
    text: 'notice-payments-corrected-many',
    subject: `many/corrected/${round}`,
    subjectSignedOut: `corrected/${round}`,
    words: {
      ...listed(posted, lines),
      ...correctedWords(posted.flatMap(({ payments }) => payments)),
      ...paymentsToldBefore(posted),
    },
    doors: CORRECTED_DOORS,
  };
}

const differenceOf = ({ wasKopecks, nowKopecks }: CorrectedPayment) => ({ sumKopecks: nowKopecks - wasKopecks });

/** How many there are, and whether they stand on other accounts now: all, some or none of them. */
function correctedWords(payments: readonly CorrectedPayment[]) {
  const moved = payments.filter(({ isMoved }) => isMoved).length;
  return { count: payments.length, moved: moved === 0 ? 'none' : moved === payments.length ? 'all' : 'some' } as const;
}

const CORRECTED_DOORS: NoticeDoor[] = [DEBT, { label: 'button-write-us', dialog: 'request' }];

function newsOfPayments(posted: Posted<NewPayment>, today: LocalDay): NewsItem {
  const { residentId, payments, entry, ...link } = posted;
  const lines = payments.slice(-MOST_LINES).map(({ day, sumKopecks }) => ({
    text: 'notice-payments-line',
    words: { day, sum: Math.abs(sumKopecks), reversed: sumKopecks < 0 ? 'yes' : 'no' },
  }));
  return {
    residentId,
    account: link.account,
    subject: `${link.account}/${entry}`,
    subjectSignedOut: today,
    words: {
      ...titleWords(link),
      ...movedWords(payments),
      lines,
      more: payments.length - lines.length,
      ...paymentsToldBefore([posted]),
    },
    doors: [DEBT],
  };
}

/** One message for all accounts of a resident, a line each with what its payments come to. */
function newsOfManyPayments(posted: readonly Posted<NewPayment>[], today: LocalDay, subject: string): NewsItem {
  const lines = posted.toSorted(byAccount).map((each) => ({
    text: 'notice-payments-account',
    words: { ...titleWords(each), ...netWords(each.payments) },
  }));
  return {
    residentId: posted[0]?.residentId ?? '',
    account: null,
    text: 'notice-payments-many',
    subject,
    subjectSignedOut: today,
    words: {
      ...listed(posted, lines),
      ...movedWords(posted.flatMap(({ payments }) => payments)),
      ...paymentsToldBefore(posted),
    },
    doors: [DEBT],
  };
}

const byAccount = (a: { account: string }, b: { account: string }) => (a.account < b.account ? -1 : 1);

type Paid = readonly { sumKopecks: Kopecks }[];

/** Whether it was credited, taken back or both, how many there are, and what it comes to in all. */
function movedWords(payments: Paid) {
  const credited = payments.filter(({ sumKopecks }) => sumKopecks > 0).length;
  const moved = credited === payments.length ? 'credited' : credited === 0 ? 'reversed' : 'mixed';
  return { moved, count: payments.length, ...netWords(payments) } as const;
}

function netWords(payments: Paid) {
  const net = add(payments.map(({ sumKopecks }) => sumKopecks));
  return { way: net > 0 ? 'paid' : net < 0 ? 'returned' : 'nothing', net: Math.abs(net) } as const;
}

const add = (sums: readonly Kopecks[]): Kopecks => sums.reduce((total, sum) => total + sum, 0);
