import { addDays, type LocalDay, localDay } from '../../domain/local-day.ts';
import { type Kopecks, sumOf } from '../../domain/money.ts';
import { RECENT_PAYMENT_DAYS } from '../../domain/news.ts';
import type { Db } from '../../records/database.ts';
import { markPaymentsTold, listPaymentsOfEntries, type UntoldPayment, type UntoldPayments } from '../../records/untold.ts';
import type { OfficeEdges } from '../edges.ts';
import type { NoticeDoor } from '../notices.ts';
import type { NewsScan } from './news-scans.ts';
import type { NewsItem } from './news-telling.ts';
import { listed, titleWords } from './news-texts.ts';
import { byAccount, byResident, DEBT_DOOR, lastResident, type WaitingNews } from './registry-news.ts';
import { paymentsToldBefore, readPaymentsBefore } from './told-before.ts';

type Edges = Pick<OfficeEdges, 'clock'> & { settings: Pick<OfficeEdges['settings'], 'timeZone'> };

const MOST_LINES = 20;

/** News of a scan of payments: those that were posted or taken back, and those that had been told otherwise. */
export function paymentsScan(scan: string, { clock, settings }: Edges): NewsScan {
  const today = localDay(clock(), settings.timeZone);
  return {
    name: `payments/${scan}/by-resident`,
    kind: 'payments',
    async find(trx, after, limit) {
      const untold = await markPaymentsTold(trx, after, limit, addDays(today, -RECENT_PAYMENT_DAYS));
      const place = lastResident(untold);
      const news = [
        ...(await byResident(trx, withPayments(untold, newPayments), {
          each: (one) => newsOfPayments(one, today),
          together: (own) => [newsOfManyPayments(own, today, `many/${scan}`)],
        })),
        ...(await byResident(trx, withPayments(untold, correctedPayments), {
          each: (one) => newsOfCorrectedPayments(one, scan),
          together: (own) => [newsOfManyCorrectedPayments(own, scan)],
        })),
      ];
      return place === undefined ? undefined : { news, place };
    },
  };
}

/** The payments that a notice speaks of, as the registries have them now. Undefined: none of them is left. */
export async function paymentsOf(
  db: Db,
  { residentId, text, words, createdAt }: WaitingNews,
  { clock, settings }: Edges,
): Promise<NewsItem | undefined | 'as it was'> {
  const before = readPaymentsBefore(words);
  // What a correction was is true whatever came after it.
  if (before.length === 0 || text.startsWith('notice-payments-corrected')) return 'as it was';
  const since = addDays(localDay(createdAt, settings.timeZone), -RECENT_PAYMENT_DAYS);
  const posted = withPayments(await listPaymentsOfEntries(db, residentId, before, since), newPayments);
  const today = localDay(clock(), settings.timeZone);
  const [first, second] = posted;
  if (!first) return undefined;
  return second ? newsOfManyPayments(posted, today, '') : newsOfPayments(first, today);
}

/** Payments that are new to a resident, or that were told otherwise before. */
type PostedNews<P> = Omit<UntoldPayments, 'payments'> & { payments: readonly P[] };
type NewPayment = { day: string; sumKopecks: Kopecks };
type CorrectedPayment = { day: string; wasKopecks: Kopecks; nowKopecks: Kopecks; isMoved: boolean };

/** With those of their payments that `of` gives; who has none of these is left out. */
function withPayments<P>(untold: readonly UntoldPayments[], of: (payment: UntoldPayment) => P[]): PostedNews<P>[] {
  return untold.map((each) => ({ ...each, payments: each.payments.flatMap(of) })).filter(({ payments }) => payments.length > 0);
}

function newPayments({ day, sumKopecks, wasKopecks }: UntoldPayment): NewPayment[] {
  return wasKopecks === null && sumKopecks !== null ? [{ day, sumKopecks }] : [];
}

function correctedPayments({ day, sumKopecks, wasKopecks }: UntoldPayment): CorrectedPayment[] {
  return wasKopecks === null ? [] : [{ day, wasKopecks, nowKopecks: sumKopecks ?? 0, isMoved: sumKopecks === null }];
}

/** What was told of these payments is no longer right: what each was and is, or that it stands on another account. */
function newsOfCorrectedPayments(posted: PostedNews<CorrectedPayment>, scan: string): NewsItem {
  const { residentId, payments, entry, ...link } = posted;
  const lines = payments.slice(-MOST_LINES).map(({ day, wasKopecks: was, nowKopecks: now, isMoved }) => ({
    text: 'notice-payments-corrected-line',
    words: {
      day,
      was: Math.abs(was),
      now: Math.abs(now),
      reversed: was < 0,
      moved: isMoved,
    },
  }));
  return {
    residentId,
    account: link.account,
    text: 'notice-payments-corrected',
    subject: `${link.account}/${entry}/corrected/${scan}`,
    subjectSignedOut: `corrected/${scan}`,
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

function newsOfManyCorrectedPayments(posted: readonly PostedNews<CorrectedPayment>[], scan: string): NewsItem {
  const lines = posted.toSorted(byAccount).map((each) => ({
    text: 'notice-payments-corrected-account',
    words: { ...titleWords(each), ...netWords(each.payments.map(differenceOf)) },
  }));
  return {
    residentId: posted[0]?.residentId ?? '',
    account: null,
    text: 'notice-payments-corrected-many',
    subject: `many/corrected/${scan}`,
    subjectSignedOut: `corrected/${scan}`,
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

const CORRECTED_DOORS: NoticeDoor[] = [DEBT_DOOR, { label: 'button-write-us', dialog: 'request' }];

function newsOfPayments(posted: PostedNews<NewPayment>, today: LocalDay): NewsItem {
  const { residentId, payments, entry, ...link } = posted;
  const lines = payments.slice(-MOST_LINES).map(({ day, sumKopecks }) => ({
    text: 'notice-payments-line',
    words: { day, sum: Math.abs(sumKopecks), reversed: sumKopecks < 0 },
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
    doors: [DEBT_DOOR],
  };
}

/** One message for all accounts of a resident, a line each with what its payments come to. */
function newsOfManyPayments(posted: readonly PostedNews<NewPayment>[], today: LocalDay, subject: string): NewsItem {
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
    doors: [DEBT_DOOR],
  };
}

type Paid = readonly { sumKopecks: Kopecks }[];

/** Whether it was credited, taken back or both, how many there are, and what it comes to in all. */
function movedWords(payments: Paid) {
  const credited = payments.filter(({ sumKopecks }) => sumKopecks > 0).length;
  const moved = credited === payments.length ? 'credited' : credited === 0 ? 'reversed' : 'mixed';
  return { moved, count: payments.length, ...netWords(payments) } as const;
}

function netWords(payments: Paid) {
  const net = sumOf(payments.map(({ sumKopecks }) => sumKopecks));
  return { way: net > 0 ? 'paid' : net < 0 ? 'returned' : 'nothing', net: Math.abs(net) } as const;
}
