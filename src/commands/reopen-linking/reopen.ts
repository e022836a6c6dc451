import { reopenSumWay } from '../../office/accounts/sum-reopenings.ts';
import { botClock } from '../kit/clock.ts';
import type { AccountWork } from '../kit/on-account.ts';

/** Forgets the failures of linking this account by sums. */
export const reopen: AccountWork = async ({ db, account, caller, shell }) => {
  const outcome = await reopenSumWay({ db, clock: botClock(shell) }, account, caller);
  return outcome === 'reopened' ? `Подключение по сумме для лицевого счёта ${account} снова открыто.` : undefined;
};
