import { localDay } from '../../domain/local-day.ts';
import { type WindowDays, windowOn } from '../../domain/readings-window.ts';
import { countGivenLinks } from '../../records/links.ts';
import { inSnapshot } from '../../records/snapshot.ts';
import { listUnreadAccounts } from '../../records/metered-links.ts';
import { listMeteredAccounts } from '../../records/meters.ts';
import { admitWithAccounts, type NotAdmitted } from '../admission.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { type ShownDebts, showDebts, type ShownDebt } from '../money/debts.ts';
import type { CabinetAccount } from './links.ts';

/**
 * An account as its resident finds it on coming in. `meters`: whether anything is to be handed in for the window that is open or comes next.
 */
export type AccountCard = ShownDebt &
  Pick<CabinetAccount, 'way' | 'mayEndOthers' | 'relatives'> & { meters: 'none' | 'to-hand-in' | 'handed-in' };

export type ShownCards = Omit<ShownDebts, 'outcome' | 'debts'> & {
  outcome: 'listed';
  cards: AccountCard[];
  window: WindowDays & { open: boolean };
};

export type AccountCards = ReturnType<typeof createAccountCards>;

/** Section 4, «Home»: what matters of each account now, at one moment. */
export function createAccountCards(edges: Pick<OfficeEdges, 'db' | 'clock' | 'centre' | 'settings'>) {
  const { db, clock, settings } = edges;
  return {
    /** All accounts of the resident, in the order in which they were linked. */
    async list(caller: Caller): Promise<NotAdmitted | ShownCards> {
      const admitted = await admitWithAccounts(db, caller, clock());
      if ('outcome' in admitted) return admitted;
      const { accounts, residentId } = admitted;
      const window = windowOn(localDay(clock(), settings.timeZone), settings.readingsWindow);
      return inSnapshot(db, async (trx) => {
        const { outcome: _, debts, ...shown } = await showDebts(trx, accounts, edges, caller.messengerId);
        const open = accounts.filter(({ closed }) => !closed).map(({ account }) => account);
        const metered = new Set(await listMeteredAccounts(trx, open));
        const unread = new Set(
          metered.size > 0 ? (await listUnreadAccounts(trx, [residentId], window.opens)).map(({ link }) => link) : [],
        );
        const given = await countGivenLinks(trx, residentId);
        const wayOf = new Map(accounts.map(({ id, way }) => [id, way]));
        const cards = debts.map((debt): AccountCard => {
          const way = wayOf.get(debt.link) ?? 'sum';
          const meters = !metered.has(debt.account) ? 'none' : unread.has(debt.link) ? 'to-hand-in' : 'handed-in';
          return { ...debt, meters, way, mayEndOthers: way === 'password', relatives: given.get(debt.link) ?? 0 };
        });
        return { outcome: 'listed' as const, cards, window, ...shown };
      });
    },
  };
}
