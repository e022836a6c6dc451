import { type Debt, dayAfter, reckonDebt } from '../domain/debt.ts';
import { type Period, parsePeriod } from '../domain/period.ts';
import { listLatestCharges } from '../records/charges.ts';
import type { Db } from '../records/database.ts';
import { type LinkedAccount, listLinkedAccounts } from '../records/links.ts';
import { sumPaidFrom } from '../records/payments.ts';
import { registryDataDay } from '../records/registry-imports.ts';
import { findSignedIn } from '../records/sessions.ts';
import type { Caller } from './caller.ts';
import type { OfficeEdges } from './edges.ts';

export type AccountDebt = {
  account: string;
  name: string | null;
  address: string;
  closed: boolean;
} & ({ charged: false } | ({ charged: true; period: Period } & Debt));

export type Debts = ReturnType<typeof createDebts>;

/** Section 4: what a resident owes, as billing's registries have it. */
export function createDebts({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>) {
  return {
    /** All accounts of the resident, at one moment; `paymentsDay` is the day that the data on payments are of. */
    async show(
      caller: Caller,
    ): Promise<
      { outcome: 'guest' } | { outcome: 'shown'; debts: AccountDebt[]; totalKopecks: number; paymentsDay: string | null }
    > {
      const resident = (await findSignedIn(db, caller.messengerId, clock()))?.resident.id;
      if (resident === undefined) return { outcome: 'guest' };
      // An import may come in between two questions.
      return db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute(async (trx) => {
          const debts: AccountDebt[] = [];
          for (const linked of await listLinkedAccounts(trx, resident)) debts.push(await debtOf(trx, linked));
          const totalKopecks = debts.reduce((total, debt) => total + (debt.charged ? debt.totalKopecks : 0), 0);
          const paymentsDay = (await registryDataDay(trx, 'payments')) ?? null;
          return { outcome: 'shown' as const, debts, totalKopecks, paymentsDay };
        });
    },
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
