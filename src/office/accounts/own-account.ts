import type { Db } from '../../records/database.ts';
import type { LinkedAccount } from '../../records/links.ts';
import { admitWithAccounts, type NotAdmitted } from '../admission.ts';
import type { Caller } from '../caller.ts';

/** How a dialog names an account to the resident. */
export type AccountTitle = { account: string; name: string | null; closed: boolean };

/** Not a live link of this caller: it ended meanwhile, or never was the caller's. */
export type Gone = { outcome: 'gone' };

/** The account behind a link, when it is the caller's own and live; a button's reference is whatever its sender likes. */
export async function ownAccount(db: Db, caller: Caller, link: string, now: Date): Promise<NotAdmitted | Gone | LinkedAccount> {
  const admitted = await admitWithAccounts(db, caller, now);
  if ('outcome' in admitted) return admitted;
  return admitted.accounts.find(({ id }) => id === link) ?? { outcome: 'gone' };
}

export function titleOf({ account, name, closed }: LinkedAccount): AccountTitle {
  return { account, name, closed };
}
