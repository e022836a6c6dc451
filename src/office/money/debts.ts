import { calculateDebt, type Debt } from '../../domain/debt.ts';
import type { PenaltyEstimate } from '../../domain/penalty.ts';
import type { Period } from '../../domain/period.ts';
import { countedOf, type UnderWay } from '../../domain/under-way.ts';
import { listNewestCharges, type NewestCharges } from '../../records/charges.ts';
import type { Db } from '../../records/database.ts';
import type { LinkedAccount } from '../../records/links.ts';
import { findDataDay } from '../../records/registries/imports.ts';
import { inSnapshot } from '../../records/snapshot.ts';
import { admitWithAccounts, type NotAdmitted } from '../admission.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { penaltiesToCome, USUAL_MONTHS_BEFORE } from './penalties.ts';
import { type ReadingEdges, readUnderWayOf, type UnderWayEdges } from './under-way.ts';

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
export function createDebts(edges: Pick<OfficeEdges, 'db'> & UnderWayEdges) {
  const { db, clock } = edges;
  return {
    /** All accounts of the resident, at one moment; `paymentsDay` is the day that the data on payments are of. */
    async show(
      caller: Caller,
    ): Promise<NotAdmitted | { outcome: 'shown'; debts: ShownDebt[]; total: TotalDebt; paymentsDay: string | null }> {
      const admitted = await admitWithAccounts(db, caller, clock());
      if ('outcome' in admitted) return admitted;
      return inSnapshot(db, async (trx) => {
        const { debts: read, paymentsDay } = await readDebtsWithPenalties(trx, admitted.accounts, edges);
        const debts = read.map(({ own, debt, penalty }): ShownDebt => ({ link: own.id, penalty, ...debt }));
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

type Account = Pick<LinkedAccount, 'account' | 'name' | 'address' | 'closed'>;

/** What accounts owe, each with its debt, in their order; and the day that the data on payments are of. */
export async function readDebts<A extends Account>(db: Db, accounts: readonly A[], edges: ReadingEdges, monthsBefore = 0) {
  const numbers = accounts.map(({ account }) => account);
  const underWay = await readUnderWayOf(db, numbers, edges);
  const newest = await listNewestCharges(db, numbers, monthsBefore);
  const [first] = newest.values();
  return {
    debts: accounts.map((own) => ({
      own,
      debt: debtOf(own, underWay.get(own.account) ?? [], newest.get(own.account)),
    })),
    // It comes along with charges; where there are none it is asked for.
    paymentsDay: first ? first.paymentsDay : ((await findDataDay(db, 'payments')) ?? null),
    newest,
  };
}

/** The same, each with the penalty to come, too. */
export async function readDebtsWithPenalties<A extends Account>(db: Db, accounts: readonly A[], edges: UnderWayEdges) {
  const { debts, paymentsDay, newest } = await readDebts(db, accounts, edges, USUAL_MONTHS_BEFORE);
  const owed = new Map(debts.map(({ debt }) => [debt.account, debt.charged ? debt.totalKopecks - debt.underWayKopecks : 0]));
  const penalties = await penaltiesToCome(db, owed, newest, edges);
  return { debts: debts.map((each) => ({ ...each, penalty: penalties.get(each.own.account) ?? null })), paymentsDay };
}

function debtOf(
  { account, name, address, closed }: Account,
  underWay: readonly UnderWay[],
  newest: NewestCharges | undefined,
): AccountDebt {
  const strayed = underWay.filter(({ state }) => state !== 'fresh');
  const seen = { account, name, address, closed, underWayKopecks: countedOf(underWay), strayed };
  const [latest] = newest?.charges ?? [];
  if (!newest || !latest) return { ...seen, charged: false };
  const { period } = latest;
  const charges = newest.charges.filter((charge) => charge.period === period);
  return { ...seen, charged: true, period, ...calculateDebt(charges, newest.paidSinceKopecks) };
}
