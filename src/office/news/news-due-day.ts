import { groupBy } from '../../domain/group-by.ts';
import { addDays, type LocalDay, localDay } from '../../domain/local-day.ts';
import { type Kopecks, sumOf } from '../../domain/money.ts';
import { paymentDueDay } from '../../domain/payment-due.ts';
import { firstDay, type Period, periodOf, shiftPeriod } from '../../domain/period.ts';
import type { Db } from '../../records/database.ts';
import { type DueLink, listDueLinks } from '../../records/due-links.ts';
import { offerOf, readDebts } from '../money/debts.ts';
import type { PayEdges } from '../money/pay-ways.ts';
import { payNoticeDoors } from './pay-notice-doors.ts';
import type { NewsScan } from './news-scans.ts';
import type { NewsItem } from './news-telling.ts';
import { deductedWords, listed, titleWords } from './news-texts.ts';

/** So many days before the day up to which a month is paid its debtors are reminded, once. */
const DAYS_BEFORE = 3;

type Edges = PayEdges;
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
      const links = await listDueLinks(trx, firstDay(period), { after, limit });
      const place = links.at(-1)?.residentId;
      if (place === undefined) return undefined;
      const owing = await owingOf(trx, links, edges);
      const news = [...groupBy(owing, ({ own }) => own.residentId).values()].map((each) => newsOf(each, period, payBy, edges));
      return { place, news };
    },
  };
}

/** What a resident is reminded of at this moment; undefined: that day is over or is another one by now, or nothing is left to pay by it. */
export async function dueDayOf(db: Db, residentId: string, payBy: LocalDay, edges: Edges): Promise<NewsItem | undefined> {
  const today = localDay(edges.clock(), edges.settings.timeZone);
  const thisMonth = periodOf(today);
  const period = [shiftPeriod(thisMonth, -1), thisMonth].find(
    (charged) => paymentDueDay(charged, edges.centre.paymentDue) === payBy,
  );
  if (period === undefined || today > payBy) return undefined;
  const owing = await owingOf(db, await listDueLinks(db, firstDay(period), { residentId }), edges);
  return owing.length === 0 ? undefined : newsOf(owing, period, payBy, edges);
}

/** Those of which something is to be paid now. */
async function owingOf(db: Db, links: readonly DueLink[], edges: Edges): Promise<Owing[]> {
  const { debts } = await readDebts(db, links, edges);
  return debts
    .map(({ own, debt }): Owing => {
      const { underWayKopecks, deductedKopecks } = debt;
      return { own, restKopecks: offerOf(debt), underWayKopecks, deductedKopecks };
    })
    .filter(({ restKopecks }) => restKopecks > 0);
}

/** One message for all accounts of a resident. */
function newsOf(owing: readonly Owing[], period: Period, payBy: LocalDay, edges: Edges): NewsItem {
  const [first, second] = owing;
  const restKopecks = sumOf(owing.map((each) => each.restKopecks));
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
