import { type Detail, type DetailTotals, MOST_DETAIL_MONTHS, calculateDetail } from '../../domain/detail.ts';
import { localDay } from '../../domain/local-day.ts';
import { inZoneOrder } from '../../domain/meter-scale.ts';
import { countMonths, type Period, periodOf } from '../../domain/period.ts';
import { inSnapshot } from '../../records/snapshot.ts';
import { findDataDay } from '../../records/registries/imports.ts';
import { listMonths, readMonths } from './account-months.ts';
import type { NotAdmitted } from '../admission.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { type AccountTitle, type Gone, ownAccount, titleOf } from '../accounts/own-account.ts';

/** No such detail: the months are the wrong way round, too many, or have nothing. */
type NoDetail = { outcome: 'no-detail' };

/** Section 4: everything that was charged and paid from one month to another. */
export function createDetails({
  db,
  clock,
  centre: { meterZones },
  settings,
}: Pick<OfficeEdges, 'db' | 'clock' | 'centre'> & { settings: Pick<OfficeEdges['settings'], 'timeZone'> }) {
  async function read(
    caller: Caller,
    link: string,
    from: Period,
    to: Period,
  ): Promise<NotAdmitted | Gone | NoDetail | { outcome: 'read'; account: AccountTitle; detail: Detail }> {
    const own = await ownAccount(db, caller, link, clock());
    if ('outcome' in own) return own;
    const months = countMonths(from, to);
    if (months < 1 || months > MOST_DETAIL_MONTHS) return { outcome: 'no-detail' };
    return inSnapshot(db, async (trx) => {
      const found = await readMonths(trx, own.account, from, to);
      if (found.charges.length === 0 && found.payments.length === 0) return { outcome: 'no-detail' } as const;
      const paymentsDay = (await findDataDay(trx, 'payments')) ?? null;
      const { payments } = found;
      const charges = inZoneOrder(found.charges, meterZones);
      const about = { accountNumber: own.account, address: own.address, from, to };
      const detail = { ...about, charges, payments, paymentsDay, meterZones };
      return { outcome: 'read', account: titleOf(own), detail } as const;
    });
  }

  return {
    /** The months of the account that have anything, newest first. */
    async months(
      caller: Caller,
      link: string,
    ): Promise<NotAdmitted | Gone | { outcome: 'listed'; account: AccountTitle; months: Period[]; thisMonth: Period }> {
      const own = await ownAccount(db, caller, link, clock());
      if ('outcome' in own) return own;
      const thisMonth = periodOf(localDay(clock(), settings.timeZone));
      return { outcome: 'listed', account: titleOf(own), months: await listMonths(db, own.account), thisMonth };
    },

    /** Totals by service and by month. */
    async totals(
      caller: Caller,
      link: string,
      from: Period,
      to: Period,
    ): Promise<
      | NotAdmitted
      | Gone
      | NoDetail
      | { outcome: 'shown'; account: AccountTitle; totals: DetailTotals; paymentsDay: string | null }
    > {
      const answer = await read(caller, link, from, to);
      if (answer.outcome !== 'read') return answer;
      const { account, detail } = answer;
      return { outcome: 'shown', account, totals: calculateDetail(detail), paymentsDay: detail.paymentsDay };
    },

    /** Every row, for a spreadsheet. */
    sheet: read,
  };
}
