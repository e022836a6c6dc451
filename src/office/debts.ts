import { type Debt, dayAfter, calculateDebt } from '../domain/debt.ts';
import type { PenaltyEstimate } from '../domain/penalty.ts';
import { type Period, parsePeriod } from '../domain/period.ts';
import { countedOf, type UnderWay } from '../domain/under-way.ts';
import { listLatestCharges } from '../records/charges.ts';
import type { Db } from '../records/database.ts';
import { type LinkedAccount, listLinkedAccounts } from '../records/links.ts';
import { inSnapshot } from '../records/snapshot.ts';
import { sumPaidFrom } from '../records/payments.ts';
import { findDataDay } from '../records/registry-imports.ts';
import { admit, type NotAdmitted } from './admission.ts';
import type { Caller } from './caller.ts';
import type { OfficeEdges } from './edges.ts';
import { type PenaltyEdges, penaltyToCome } from './penalties.ts';
import { readUnderWay, type UnderWayEdges } from './under-way.ts';

export type AccountDebt = {
  account: string;
  name: string | null;
  address: string;
  closed: boolean;
  /** «В пути»: paid in the bot and in no registry yet. It does not change what billing knows, and is taken off what is offered to pay. */
  underWayKopecks: number;
  /** What was paid in the bot and is not as it should be: late, or so late or so wrong that it is taken off nothing. */
  strayed: UnderWay[];
} & ({ charged: false } | ({ charged: true; period: Period } & Debt));

/** With the link by which the account's doors are opened, and the penalty to come if nothing is paid. */
export type ShownDebt = AccountDebt & { link: string; penalty: PenaltyEstimate | null };

/** What is overpaid on one account pays nothing on another. */
export type TotalDebt = { dueKopecks: number; overpaidKopecks: number };

export type Debts = ReturnType<typeof createDebts>;

/** Section 4: what a resident owes, as billing's registries have it. */
export function createDebts(edges: Pick<OfficeEdges, 'db'> & PenaltyEdges) {
  const { db, clock } = edges;
  return {
    /** All accounts of the resident, at one moment; `paymentsDay` is the day that the data on payments are of. */
    async show(
      caller: Caller,
    ): Promise<NotAdmitted | { outcome: 'shown'; debts: ShownDebt[]; total: TotalDebt; paymentsDay: string | null }> {
      const admitted = await admit(db, caller, clock());
      if ('outcome' in admitted) return admitted;
      return inSnapshot(db, async (trx) => {
        const debts: ShownDebt[] = [];
        for (const linked of await listLinkedAccounts(trx, admitted.resident_id)) {
          const debt = await debtOf(trx, linked, edges);
          debts.push({ link: linked.id, penalty: await penaltyToCome(trx, debt, edges), ...debt });
        }
        const paymentsDay = (await findDataDay(trx, 'payments')) ?? null;
        return { outcome: 'shown' as const, debts, total: totalOf(debts), paymentsDay };
      });
    },
  };
}

function totalOf(debts: readonly AccountDebt[]): TotalDebt {
  const sums = debts.map((debt) => (debt.charged ? debt.totalKopecks : 0));
  const add = (total: number, sum: number) => total + sum;
  return {
    dueKopecks: sums.filter((sum) => sum > 0).reduce(add, 0),
    overpaidKopecks: -sums.filter((sum) => sum < 0).reduce(add, 0) || 0,
  };
}

/** What one account owes. */
export async function debtOf(
  db: Db,
  { account, name, address, closed }: Pick<LinkedAccount, 'account' | 'name' | 'address' | 'closed'>,
  edges: UnderWayEdges,
): Promise<AccountDebt> {
  const underWay = await readUnderWay(db, account, edges);
  const strayed = underWay.filter(({ state }) => state !== 'fresh');
  const whose = { account, name, address, closed, underWayKopecks: countedOf(underWay), strayed };
  const rows = await listLatestCharges(db, account);
  const period = parsePeriod(rows[0]?.period.slice(0, 7) ?? '');
  if (!period) return { ...whose, charged: false };
  const paidSince = await sumPaidFrom(db, account, dayAfter(period));
  const debt = calculateDebt(
    rows.map((row) => ({ service: row.service, dueKopecks: row.due_kopecks, penaltyKopecks: row.penalty_kopecks })),
    paidSince,
  );
  return { ...whose, charged: true, period, ...debt };
}
