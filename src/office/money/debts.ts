import { addSums, type ChargeSums } from '../../domain/charge.ts';
import { calculateDebt, type Debt, offeredOf } from '../../domain/debt.ts';
import { localDay, type LocalDay } from '../../domain/local-day.ts';
import { inZoneOrder } from '../../domain/meter-scale.ts';
import { type Kopecks, sumOf } from '../../domain/money.ts';
import { paymentDueDay } from '../../domain/payment-due.ts';
import type { PenaltyEstimate } from '../../domain/penalty.ts';
import type { Period } from '../../domain/period.ts';
import { deductedOf, onTheWayOf, type UnderWay } from '../../domain/under-way.ts';
import { listNewestCharges, type NewestCharges } from '../../records/charges.ts';
import type { Db } from '../../records/database.ts';
import type { LinkedAccount } from '../../records/links.ts';
import { findDataDay } from '../../records/registries/imports.ts';
import { inSnapshot } from '../../records/snapshot.ts';
import { admitWithAccounts, type NotAdmitted } from '../admission.ts';
import type { Caller, MessengerId } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { type PayEdges, type PayWays, payWaysOf } from './pay-ways.ts';
import { penaltiesToCome, USUAL_MONTHS_BEFORE } from './penalties.ts';
import { type ReadingEdges, readUnderWayOf, type UnderWayEdges } from './under-way.ts';

export type AccountDebt = {
  account: string;
  name: string | null;
  address: string;
  closed: boolean;
  /** «В пути»: paid in the bot and in no registry yet. It does not change what billing knows, and is taken off what is offered to pay. */
  underWayKopecks: Kopecks;
  /** What is taken off what is offered to pay: that, and what a registry has brought and billing's latest charges cannot contain. */
  deductedKopecks: Kopecks;
  /** What was paid in the bot and wants a word of its own: late, in no charges yet, or so late or so wrong that it is taken off nothing. */
  strayed: UnderWay[];
} & ({ charged: false } | ({ charged: true; period: Period; sums: ChargeSums } & Debt));

/**
 * With the link by which the account's doors are opened, what is offered to be paid (what billing knows less what was paid in the bot
 * besides, never below zero), up to which day, and the penalty to come if nothing is paid.
 */
export type ShownDebt = AccountDebt & {
  link: string;
  offerKopecks: Kopecks;
  payBy: LocalDay | null;
  isPayByOver: boolean;
  penalty: PenaltyEstimate | null;
};

/** Debts at one moment; `paymentsDay` is the day that the data on payments are of. */
export type ShownDebts = {
  outcome: 'shown';
  debts: ShownDebt[];
  total: TotalDebt;
  paymentsDay: string | null;
  ways: PayWays;
  /** What the centre says to who owes much; null where it says nothing. */
  largeDebt: { fromKopecks: Kopecks; text: string } | null;
};

/** What is overpaid on one account pays nothing on another. */
export type TotalDebt = { dueKopecks: Kopecks; overpaidKopecks: Kopecks };

type DebtEdges = UnderWayEdges & PayEdges;

export type Debts = ReturnType<typeof createDebts>;

/** Section 4: what a resident owes, as billing's registries have it. */
export function createDebts(edges: Pick<OfficeEdges, 'db'> & DebtEdges) {
  const { db, clock } = edges;
  return {
    /** All accounts of the resident, at one moment. */
    async show(caller: Caller): Promise<NotAdmitted | ShownDebts> {
      const admitted = await admitWithAccounts(db, caller, clock());
      if ('outcome' in admitted) return admitted;
      return inSnapshot(db, (trx) => showDebts(trx, admitted.accounts, edges, caller.messengerId));
    },
  };
}

/** The debts of these accounts, with what is said beside them to a person. */
export async function showDebts(
  db: Db,
  accounts: readonly LinkedAccount[],
  edges: DebtEdges,
  person: MessengerId,
): Promise<ShownDebts> {
  const { debts: read, paymentsDay } = await readDebtsWithPenalties(db, accounts, edges);
  const { paymentDue, largeDebt, meterZones } = edges.centre;
  const today = localDay(edges.clock(), edges.settings.timeZone);
  const debts = read.map(({ own, debt, penalty }): ShownDebt => {
    const payBy = debt.charged ? paymentDueDay(debt.period, paymentDue) : null;
    const shown = debt.charged ? { ...debt, services: inZoneOrder(debt.services, meterZones) } : debt;
    return { link: own.id, penalty, payBy, isPayByOver: payBy !== null && payBy < today, offerKopecks: offerOf(debt), ...shown };
  });
  return {
    outcome: 'shown',
    debts,
    total: totalOf(debts),
    paymentsDay,
    ways: payWaysOf(edges, person),
    largeDebt: largeDebt && { fromKopecks: largeDebt.fromRoubles * 100, text: largeDebt.text },
  };
}

/** What billing knows less what was paid in the bot besides; what is overpaid asks for nothing. */
export function offerOf(debt: AccountDebt): Kopecks {
  return debt.charged ? offeredOf(debt) : 0;
}

function totalOf(debts: readonly AccountDebt[]): TotalDebt {
  const sums = debts.map((debt) => (debt.charged ? debt.totalKopecks : 0));
  return {
    dueKopecks: sumOf(sums.filter((sum) => sum > 0)),
    overpaidKopecks: -sumOf(sums.filter((sum) => sum < 0)) || 0,
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
  const owed = new Map(debts.map(({ debt }) => [debt.account, debt.charged ? debt.totalKopecks - debt.deductedKopecks : 0]));
  const penalties = await penaltiesToCome(db, owed, newest, edges);
  return { debts: debts.map((each) => ({ ...each, penalty: penalties.get(each.own.account) ?? null })), paymentsDay };
}

function debtOf(
  { account, name, address, closed }: Account,
  underWay: readonly UnderWay[],
  newest: NewestCharges | undefined,
): AccountDebt {
  const strayed = underWay.filter(({ state }) => state !== 'fresh');
  const paid = { underWayKopecks: onTheWayOf(underWay), deductedKopecks: deductedOf(underWay), strayed };
  const seen = { account, name, address, closed, ...paid };
  const [latest] = newest?.charges ?? [];
  if (!newest || !latest) return { ...seen, charged: false };
  const { period } = latest;
  const charges = newest.charges.filter((charge) => charge.period === period);
  return { ...seen, charged: true, period, sums: addSums(charges), ...calculateDebt(charges, newest.paidSinceKopecks) };
}
