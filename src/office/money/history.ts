import { type HistoryMonth, calculateMonth, turnTo } from '../../domain/history.ts';
import { CHART_MONTHS, type HistoryChart, calculateChart } from '../../domain/history-chart.ts';
import { inZoneOrder } from '../../domain/meter-scale.ts';
import { type Period, periodOf, shiftPeriod } from '../../domain/period.ts';
import { inSnapshot } from '../../records/snapshot.ts';
import { findDataDay } from '../../records/registries/imports.ts';
import { listMonths, readMonths } from './account-months.ts';
import type { NotAdmitted } from '../admission.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { type AccountTitle, type Gone, ownAccount, titleOf } from '../accounts/own-account.ts';
import { readUnderWay, type UnderWayEdges } from './under-way.ts';

/** Nothing was charged or paid yet. */
type Empty = { outcome: 'empty'; account: AccountTitle };

export type ShownMonth = {
  outcome: 'shown';
  account: AccountTitle;
  month: HistoryMonth;
  /** The nearest months that have anything. */
  earlier: Period | null;
  later: Period | null;
  /** The day that the data on payments are of. */
  paymentsDay: string | null;
};

/** Section 4: what was charged and paid, month by month. */
export function createHistory(edges: Pick<OfficeEdges, 'db'> & UnderWayEdges) {
  const { db, clock, centre } = edges;
  const inOrder = <Row extends { service: string | null }>(rows: readonly Row[]) => inZoneOrder(rows, centre.meterZones);
  return {
    /** The month that is asked for, or the newest; where it has nothing (any more), the nearest one before it. */
    async month(caller: Caller, link: string, wanted: Period | null): Promise<NotAdmitted | Gone | Empty | ShownMonth> {
      const own = await ownAccount(db, caller, link, clock());
      if ('outcome' in own) return own;
      return inSnapshot(db, async (trx) => {
        const account = titleOf(own);
        const underWay = await readUnderWay(trx, own.account, edges);
        const months = [...(await listMonths(trx, own.account)), ...underWay.map(({ day }) => periodOf(day))];
        const place = turnTo(months, wanted ?? undefined);
        if (!place) return { outcome: 'empty', account };
        const { charges, payments } = await readMonths(trx, own.account, place.period, place.period);
        const month = calculateMonth(place.period, charges, payments, underWay);
        const charged = month.charged && { ...month.charged, services: inOrder(month.charged.services) };
        return {
          outcome: 'shown',
          account,
          month: { ...month, charged },
          earlier: place.earlier,
          later: place.later,
          paymentsDay: (await findDataDay(trx, 'payments')) ?? null,
        };
      });
    },

    /** What the picture of the last twelve months shows. */
    async chart(
      caller: Caller,
      link: string,
    ): Promise<NotAdmitted | Gone | Empty | { outcome: 'drawn'; account: AccountTitle; chart: HistoryChart }> {
      const own = await ownAccount(db, caller, link, clock());
      if ('outcome' in own) return own;
      return inSnapshot(db, async (trx) => {
        const [newest] = await listMonths(trx, own.account);
        const account = titleOf(own);
        if (!newest) return { outcome: 'empty', account };
        const { charges, payments } = await readMonths(trx, own.account, shiftPeriod(newest, 1 - CHART_MONTHS), newest);
        const chart = calculateChart(own.account, charges, payments);
        return chart
          ? { outcome: 'drawn', account, chart: { ...chart, groups: inOrder(chart.groups) } }
          : { outcome: 'empty', account };
      });
    },
  };
}
