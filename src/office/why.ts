import { type ChargeComparison, type ComparedCharge, compareCharges, monthOf } from '../domain/charge-comparison.ts';
import { localDay } from '../domain/local-day.ts';
import type { Kopecks } from '../domain/money.ts';
import { rowAt } from '../domain/payment-due.ts';
import type { PenaltyEstimate, PenaltyRow } from '../domain/penalty.ts';
import { firstDay, type Period, periodOf } from '../domain/period.ts';
import { listChargedMonths, listChargesBetween } from '../records/charges.ts';
import type { Db } from '../records/database.ts';
import type { LinkedAccount } from '../records/links.ts';
import { inSnapshot } from '../records/snapshot.ts';
import type { NotAdmitted } from './admission.ts';
import type { Caller } from './caller.ts';
import { debtOf } from './debts.ts';
import type { OfficeEdges } from './edges.ts';
import { type AccountTitle, type Gone, ownAccount, titleOf } from './own-account.ts';
import { type PenaltyEdges, penaltyToCome } from './penalties.ts';

/** A month: what it took, what came over from before less what was paid, and both together, «К оплате». */
export type ExplainedMonth = { period: Period; monthKopecks: Kopecks; carriedKopecks: Kopecks; dueKopecks: Kopecks };

export type Explained = {
  outcome: 'explained';
  account: AccountTitle;
  now: ExplainedMonth;
  /** The nearest month before that was charged, and the comparison with it; null for the first of all. */
  before: ExplainedMonth | null;
  comparison: ChargeComparison;
  earlier: Period | null;
  later: Period | null;
  /** With the newest month: what comes on top if nothing is paid, and by which rate. */
  penalty: (PenaltyEstimate & Pick<PenaltyRow, 'percent' | 'steps'>) | null;
};

export type Why = ReturnType<typeof createWhy>;

/** «Почему столько?»: a month compared with the one before, by service. */
export function createWhy(edges: Pick<OfficeEdges, 'db'> & PenaltyEdges) {
  const { db, clock, centre, settings } = edges;

  async function penaltyOf(trx: Db, linked: LinkedAccount) {
    const estimate = await penaltyToCome(trx, await debtOf(trx, linked, edges), edges);
    const { percent, steps } = rowAt(centre.penalty, localDay(clock(), settings.timeZone));
    return estimate && { ...estimate, percent, steps };
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
        const periods = (await listChargedMonths(trx, own.account)).map(periodOf);
        const found = periods.findIndex((period) => wanted === null || period <= wanted);
        const at = found < 0 ? periods.length - 1 : found;
        const period = periods[at];
        if (!period) return { outcome: 'never-charged', account };
        const earlier = periods[at + 1] ?? null;
        const rows = await listChargesBetween(trx, own.account, firstDay(earlier ?? period), firstDay(period));
        const rowsOf = (month: Period) => rows.filter((row) => periodOf(row.period) === month);
        return {
          outcome: 'explained',
          account,
          now: explainedMonth(period, rowsOf(period)),
          before: earlier && explainedMonth(earlier, rowsOf(earlier)),
          comparison: compareCharges(earlier ? rowsOf(earlier).map(compared) : [], rowsOf(period).map(compared)),
          earlier,
          later: periods[at - 1] ?? null,
          penalty: at === 0 ? await penaltyOf(trx, own) : null,
        };
      });
    },
  };
}

type ChargeRow = Awaited<ReturnType<typeof listChargesBetween>>[number];

function explainedMonth(period: Period, rows: readonly ChargeRow[]): ExplainedMonth {
  const monthKopecks = rows.reduce((sum, row) => sum + monthOf(compared(row)), 0);
  const dueKopecks = rows.reduce((sum, row) => sum + row.due_kopecks, 0);
  return { period, monthKopecks, carriedKopecks: dueKopecks - monthKopecks, dueKopecks };
}

function compared(row: ChargeRow): ComparedCharge {
  return {
    service: row.service,
    chargedKopecks: row.charged_kopecks,
    recalculatedKopecks: row.recalculated_kopecks,
    grounds: row.grounds,
    benefitKopecks: row.benefit_kopecks,
    penaltyKopecks: row.penalty_kopecks,
    volume: row.volume,
    unit: row.unit,
    tariff: row.tariff,
  };
}
