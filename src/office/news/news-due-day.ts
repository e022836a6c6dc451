import { groupBy } from '../../domain/group-by.ts';
import { addDays, type LocalDay, localDay } from '../../domain/local-day.ts';
import type { Kopecks } from '../../domain/money.ts';
import { paymentDueDay } from '../../domain/payment-due.ts';
import { firstDay, type Period, periodOf, shiftPeriod } from '../../domain/period.ts';
import { type DueLink, listDueLinks } from '../../records/due-links.ts';
import type { OfficeEdges } from '../edges.ts';
import { offerOf, readDebts } from '../money/debts.ts';
import { payNoticeDoors } from './pay-notice-doors.ts';
import type { NewsScan } from './news-scans.ts';
import type { NewsItem } from './news-telling.ts';
import { deductedWords, listed, titleWords } from './news-texts.ts';

/** So many days before the day up to which a month is paid its debtors are reminded, once. */
const DAYS_BEFORE = 3;

type Edges = Pick<OfficeEdges, 'clock' | 'settings' | 'centre'>;
type Owing = { own: DueLink; restKopecks: Kopecks; underWayKopecks: Kopecks; deductedKopecks: Kopecks };

/** The day to pay comes near: for the months whose day that is. Nobody hears of it who owes nothing, or whose payment is under way. */
export function dueDayScans(edges: Edges): NewsScan[] {
  const today = localDay(edges.clock(), edges.settings.timeZone);
  const thisMonth = periodOf(today);
  return [shiftPeriod(thisMonth, -1), thisMonth].flatMap((period) => {
    const payBy = paymentDueDay(period, edges.centre.paymentDue);
    return payBy !== null && today >= addDays(payBy, -DAYS_BEFORE) && today <= payBy ? [dueDay(period, payBy, edges)] : [];
  });
}

function dueDay(period: Period, payBy: LocalDay, edges: Edges): NewsScan {
  return {
    name: `due-day/${payBy}`,
    kind: 'due-day',
    async find(trx, after, limit) {
      const links = await listDueLinks(trx, firstDay(period), after, limit);
      const place = links.at(-1)?.residentId;
      if (place === undefined) return undefined;
      const { debts } = await readDebts(trx, links, edges);
      const owing = debts
        .map(({ own, debt }): Owing => {
          const { underWayKopecks, deductedKopecks } = debt;
          return { own, restKopecks: offerOf(debt), underWayKopecks, deductedKopecks };
        })
        .filter(({ restKopecks }) => restKopecks > 0);
      const news = [...groupBy(owing, ({ own }) => own.residentId).values()].map((each) => newsOf(each, period, payBy, edges));
      return { place, news };
    },
  };
}

/** One message for all accounts of a resident. */
function newsOf(owing: readonly Owing[], period: Period, payBy: LocalDay, edges: Edges): NewsItem {
  const [first, second] = owing;
  const restKopecks = add(owing.map((each) => each.restKopecks));
  const words = { payBy, rest: restKopecks, ...deductedWords(owing) };
  const common = { residentId: first?.own.residentId ?? '', subject: payBy, subjectSignedOut: payBy };
  if (first && !second)
    return {
      ...common,
      account: first.own.account,
      words: { ...titleWords(first.own), period, ...words },
      doors: [],
      payDoors: payNoticeDoors(restKopecks, edges, first.own.id),
    };
  const lines = owing
    .toSorted((a, b) => b.restKopecks - a.restKopecks)
    .map(({ own, restKopecks: rest }) => ({ text: 'notice-due-day-line', words: { ...titleWords(own), rest } }));
  return {
    ...common,
    account: null,
    text: 'notice-due-day-many',
    words: {
      ...listed(
        owing.map(({ own }) => own),
        lines,
      ),
      ...words,
    },
    doors: [{ label: 'button-debt', dialog: 'debt' }],
    payDoors: payNoticeDoors(restKopecks, edges),
  };
}

const add = (sums: readonly Kopecks[]): Kopecks => sums.reduce((total, sum) => total + sum, 0);
