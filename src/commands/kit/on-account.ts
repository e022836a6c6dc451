import { userInfo } from 'node:os';
import { openDb } from '../../adapters/postgres/pool.ts';
import type { AccountNumber } from '../../domain/account-number.ts';
import type { Db } from '../../records/database.ts';
import { giveUp } from './give-up.ts';
import type { Shell } from './shell.ts';
import { withStorage } from './storage.ts';

type OnAccount = { db: Db; account: AccountNumber; caller: string; shell: Shell };

/** What a command does to an account: answers what to print, or undefined when there is no such account. */
export type AccountWork = (on: OnAccount) => Promise<string | undefined>;

/** Does it and answers the exit status: 0 done, 1 no such account, 2 it could not be done. */
export async function workOnAccount(name: string, work: AccountWork, account: AccountNumber, shell: Shell): Promise<0 | 1 | 2> {
  try {
    const caller = `${name}: ${userInfo().username}`;
    const said = await withStorage(shell, (pool) => work({ db: openDb(pool), account, caller, shell }));
    if (said !== undefined) return shell.answer(said);
    return shell.refuse(`Лицевого счёта ${account} нет в реестре. Проверьте номер; новые счета появляются после npm run import.`);
  } catch (error) {
    return giveUp(shell, error);
  }
}
