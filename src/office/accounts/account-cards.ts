import { localDay } from '../../domain/local-day.ts';
import { type WindowDays, windowOn } from '../../domain/readings-window.ts';
import { inSnapshot } from '../../records/snapshot.ts';
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

/** Section 4, «Home»: what matters of each account now, at one moment. */
export function createAccountCards(edges: Pick<OfficeEdges, 'db' | 'clock' | 'centre' | 'settings'>) {
  const { db, clock, settings } = edges;
  return {
    /** All accounts of the resident, in the order in which they were linked. */
    async list(caller: Caller): Promise<NotAdmitted | ShownCards> {
      const now = clock();
      const window = windowOn(localDay(now, settings.timeZone), settings.readingsWindow);
      const admitted = await admitWithAccounts(db, caller, now, window.opens);
      if ('outcome' in admitted) return admitted;
      const { accounts } = admitted;
      return inSnapshot(db, async (trx) => {
        const { outcome: _, debts, ...shown } = await showDebts(trx, accounts, edges, caller.messengerId);
        const cards = accounts.map((own, place): AccountCard => {
          const meters = !own.hasMeters ? 'none' : own.isUnread ? 'to-hand-in' : 'handed-in';
          return { ...debts[place]!, meters, way: own.way, mayEndOthers: own.way === 'password', relatives: own.relatives };
        });
        return { outcome: 'listed' as const, cards, window, ...shown };
      });
    },
  };
}
