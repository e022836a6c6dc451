import { type Debt, dayAfter, reckonDebt } from '../domain/debt.ts';
import { type Period, parsePeriod } from '../domain/period.ts';
import { listLatestCharges } from '../records/charges.ts';
import type { Db } from '../records/database.ts';
import { type LinkedAccount, listLinkedAccounts } from '../records/links.ts';
import { sumPaidFrom } from '../records/payments.ts';
import { registryDataDay } from '../records/registry-imports.ts';
import { admit, type NotAdmitted } from './admission.ts';
import type { Caller } from './caller.ts';
import type { OfficeEdges } from './edges.ts';

export type AccountDebt = {
  account: string;
  name: string | null;
  address: string;
  closed: boolean;
} & ({ charged: false } | ({ charged: true; period: Period } & Debt));

/** What is overpaid on one account pays nothing on another. */
export type TotalDebt = { dueKopecks: number; overpaidKopecks: number };

export type Debts = ReturnType<typeof createDebts>;

/** Section 4: what a resident owes, as billing's registries have it. */
export function createDebts({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>) {
  return {
    /** All accounts of the resident, at one moment; `paymentsDay` is the day that the data on payments are of. */
    async show(
      caller: Caller,
    ): Promise<NotAdmitted | { outcome: 'shown'; debts: AccountDebt[]; total: TotalDebt; paymentsDay: string | null }> {
      const admitted = await admit(db, caller, clock());
      if ('outcome' in admitted) return admitted;
      // An import may come in between two questions.
      return db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute(async (trx) => {
          const debts: AccountDebt[] = [];
          for (const linked of await listLinkedAccounts(trx, admitted.resident_id)) debts.push(await debtOf(trx, linked));
          const paymentsDay = (await registryDataDay(trx, 'payments')) ?? null;
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

async function debtOf(db: Db, { account, name, address, closed }: LinkedAccount): Promise<AccountDebt> {
  const rows = await listLatestCharges(db, account);
  const period = parsePeriod(rows[0]?.period.slice(0, 7) ?? '');
  if (!period) return { account, name, address, closed, charged: false };
  const paidSince = await sumPaidFrom(db, account, dayAfter(period));
  const debt = reckonDebt(
    rows.map((row) => ({ service: row.service, dueKopecks: row.due_kopecks, penaltyKopecks: row.penalty_kopecks })),
    paidSince,
  );
  return { account, name, address, closed, charged: true, period, ...debt };
}
