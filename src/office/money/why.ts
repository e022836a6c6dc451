import { accruedOf, addSums, type Charge } from '../../domain/charge.ts';
import { type ChargeComparison, compareCharges } from '../../domain/charge-comparison.ts';
import { rowAt } from '../../domain/dated.ts';
import { localDay } from '../../domain/local-day.ts';
import { inZoneOrder } from '../../domain/meter-scale.ts';
import type { Kopecks } from '../../domain/money.ts';
import type { PenaltyEstimate, PenaltyRow } from '../../domain/penalty.ts';
import type { Period } from '../../domain/period.ts';
import { listChargedMonths, listChargesBetween } from '../../records/charges.ts';
import type { Db } from '../../records/database.ts';
import type { LinkedAccount } from '../../records/links.ts';
import { inSnapshot } from '../../records/snapshot.ts';
import type { NotAdmitted } from '../admission.ts';
import type { Caller } from '../caller.ts';
import { readDebtsWithPenalties } from './debts.ts';
import type { OfficeEdges } from '../edges.ts';
import { type AccountTitle, type Gone, ownAccount, titleOf } from '../accounts/own-account.ts';
import type { UnderWayEdges } from './under-way.ts';

/** A month: what it took, what came over from before less what was paid, and both together, «К оплате». */
export type ExplainedMonth = { period: Period; monthKopecks: Kopecks; carriedKopecks: Kopecks; dueKopecks: Kopecks };

export type Explained = {
  outcome: 'explained';
  account: AccountTitle;
  now: ExplainedMonth;
  /** The nearest month before that was charged; null for the first of all. */
  before: ExplainedMonth | null;
  /** With that month; zones of one service stand together, in the order of the meter. */
  comparison: ChargeComparison;
  earlier: Period | null;
  later: Period | null;
  /** With the newest month: what comes on top if nothing is paid, and by which rate; null where the rate of today is not known. */
  penalty: (PenaltyEstimate & { rate: Pick<PenaltyRow, 'percent' | 'steps'> | null }) | null;
};

export type Why = ReturnType<typeof createWhy>;

/** «Почему столько?»: a month compared with the one before, by service. */
export function createWhy(edges: Pick<OfficeEdges, 'db'> & UnderWayEdges) {
  const { db, clock, centre, settings } = edges;

  async function penaltyOf(trx: Db, linked: LinkedAccount) {
    const [read] = (await readDebtsWithPenalties(trx, [linked], edges)).debts;
    const row = rowAt(centre.penalty, localDay(clock(), settings.timeZone));
    return read?.penalty ? { ...read.penalty, rate: row ? { percent: row.percent, steps: row.steps } : null } : null;
  }

  return {
    /** The month that is asked for, or the newest; where it was not charged (any more), the nearest before it, else the first. */
    async show(
      caller: Caller,
      link: string,
      wanted: Period | null,
    ): Promise<NotAdmitted | Gone | { outcome: 'never-charged'; account: AccountTitle } | Explained> {
      const own = await ownAccount(db, caller, link, clock());
      if ('outcome' in own) return own;
      return inSnapshot(db, async (trx) => {
        const account = titleOf(own);
        const periods = await listChargedMonths(trx, own.account);
        const found = periods.findIndex((period) => wanted === null || period <= wanted);
        const at = found < 0 ? periods.length - 1 : found;
        const period = periods[at];
        if (!period) return { outcome: 'never-charged', account };
        const earlier = periods[at + 1] ?? null;
        const charges = await listChargesBetween(trx, own.account, earlier ?? period, period);
        const chargesOf = (month: Period) => charges.filter((charge) => charge.period === month);
        const comparison = compareCharges(earlier ? chargesOf(earlier) : [], chargesOf(period));
        return {
          outcome: 'explained',
          account,
          now: explainedMonth(period, chargesOf(period)),
          before: earlier && explainedMonth(earlier, chargesOf(earlier)),
          comparison: { ...comparison, services: inZoneOrder(comparison.services, centre.meterZones) },
          earlier,
          later: periods[at - 1] ?? null,
          penalty: at === 0 ? await penaltyOf(trx, own) : null,
        };
      });
    },
  };
}

function explainedMonth(period: Period, charges: readonly Charge[]): ExplainedMonth {
  const sums = addSums(charges);
  const monthKopecks = accruedOf(sums);
  return { period, monthKopecks, carriedKopecks: sums.dueKopecks - monthKopecks, dueKopecks: sums.dueKopecks };
}
