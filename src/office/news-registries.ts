import { later, SECOND_MS } from '../domain/durations.ts';
import { addDays, type LocalDay, localDay } from '../domain/local-day.ts';
import { paymentDueDay } from '../domain/payment-due.ts';
import { parsePeriod } from '../domain/period.ts';
import { lastImport, type RegistryKind } from '../records/registry-imports.ts';
import { takeUntoldCharges, takeUntoldPayments, type UntoldCharges, type UntoldPayments } from '../records/untold.ts';
import type { OfficeEdges } from './edges.ts';
import type { Round } from './news-rounds.ts';
import type { PieceOfNews } from './news-telling.ts';
import { titleWords } from './news-texts.ts';

/** Files of one call of the import come one after another: what they bring is told together. */
const SETTLED_MS = 10 * SECOND_MS;
/** A payment from longer ago is no news: the first registry brings years of them. */
const RECENT_DAYS = 31;
const MOST_LINES = 20;

type Edges = Pick<OfficeEdges, 'db' | 'clock' | 'settings' | 'centre'>;

/** What a registry that came in brings to tell: a new period's charges, and payments that were posted. */
export async function registryRounds({ db, clock, settings, centre }: Edges): Promise<Round[]> {
  const settled = later(clock(), -SETTLED_MS);
  const today = localDay(clock(), settings.timeZone);
  const rounds: Round[] = [];
  const lastOf = async (kind: RegistryKind) => {
    const last = await lastImport(db, kind);
    return last && last.finished_at <= settled ? last.id : undefined;
  };

  const charges = await lastOf('charges');
  if (charges !== undefined)
    rounds.push({
      name: `charges/${charges}`,
      kind: 'charges',
      async find(trx, after, limit) {
        const untold = await takeUntoldCharges(trx, after, limit);
        return found(
          untold,
          untold.flatMap((each) => newsOfCharges(each, centre.paymentDue, today)),
        );
      },
    });
  const payments = await lastOf('payments');
  if (payments !== undefined)
    rounds.push({
      name: `payments/${payments}`,
      kind: 'payments',
      async find(trx, after, limit) {
        const untold = await takeUntoldPayments(trx, after, limit, addDays(today, -RECENT_DAYS));
        return found(
          untold,
          untold.flatMap((each) => newsOfPayments(each, today)),
        );
      },
    });
  return rounds;
}

function found(links: readonly { link: string }[], news: PieceOfNews[]): { news: PieceOfNews[]; place: string } | undefined {
  const last = links.at(-1);
  return last && { news, place: last.link };
}

/** To pay is what `domain/debt.ts` reckons: «К оплате» of the period, less what was paid from the day after it. */
function newsOfCharges(
  { resident_id, due, paid_since, ...link }: UntoldCharges,
  paymentDue: OfficeEdges['centre']['paymentDue'],
  today: LocalDay,
): PieceOfNews[] {
  const period = parsePeriod(link.period.slice(0, 7));
  if (!period) return [];
  const total = due - paid_since;
  const payBy = paymentDueDay(period, paymentDue);
  return [
    {
      residentId: resident_id,
      account: link.account,
      subject: `${link.account}/${period}`,
      subjectSignedOut: period,
      words: {
        ...titleWords(link),
        period,
        balance: total > 0 ? 'debt' : total < 0 ? 'overpaid' : 'even',
        total: Math.abs(total),
        inTime: payBy >= today ? 'yes' : 'no',
        payBy,
      },
      doors: [
        { label: 'button-bill', dialog: 'bill', ref: link.link },
        { label: 'button-why', dialog: 'why', ref: link.link },
        ...(total > 0 ? [{ label: 'button-pay', dialog: 'pay', ref: link.link }] : []),
      ],
    },
  ];
}

function newsOfPayments({ resident_id, payments, entry, ...link }: UntoldPayments, today: LocalDay): PieceOfNews[] {
  if (payments.length === 0) return [];
  const lines = payments.slice(-MOST_LINES).map(({ day, sum_kopecks }) => ({
    text: 'notice-payments-line',
    words: { day, sum: Math.abs(sum_kopecks), reversed: sum_kopecks < 0 ? 'yes' : 'no' },
  }));
  return [
    {
      residentId: resident_id,
      account: link.account,
      subject: `${link.account}/${entry}`,
      subjectSignedOut: today,
      words: {
        ...titleWords(link),
        count: payments.filter(({ sum_kopecks }) => sum_kopecks > 0).length,
        lines,
        more: payments.length - lines.length,
      },
      doors: [{ label: 'button-debt', dialog: 'debt' }],
    },
  ];
}
