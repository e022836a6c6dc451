import { userInfo } from 'node:os';
import { openDb } from '../adapters/postgres/pool.ts';
import { AccountNumber } from '../domain/account-number.ts';
import type { Db } from '../records/database.ts';
import { withStorage } from './storage.ts';
import { complain, giveUp, readCommandLine, printAnswer } from './terminal.ts';

/** A command for one account: `npm run <name> -- ЛС`. `work` answers what to print, or undefined when there is no such account. */
export type AccountCommand = {
  name: string;
  /** What the command does, shown by `--help`. */
  about: string;
  work: (db: Db, account: AccountNumber, caller: string) => Promise<string | undefined>;
};

const EXIT_CODES = `Код выхода: 0 — сделано, 1 — такого лицевого счёта нет, 2 — команда написана неверно или база данных недоступна.`;

/** Runs a command and answers the exit code: 0 done, 1 no such account, 2 it was not understood or could not be done. */
export async function runForAccount({ name, about, work }: AccountCommand, args: string[]): Promise<0 | 1 | 2> {
  const usage = `Так: npm run ${name} -- ЛС (подробнее: npm run ${name} -- --help)`;
  const asked = readCommandLine(args);
  if (asked?.help) {
    return printAnswer(
      `npm run ${name} -- ЛС\n\n${about}\nБаза данных: DATABASE_URL, а без неё встроенная: бота (с BOT_TOKEN) в DATA_DIR, песочницы в DATA_DIR/sandbox; бот при этом может работать.\n\n${EXIT_CODES}`,
    );
  }
  if (asked?.words.length !== 1) return complain(`Нужен номер одного лицевого счёта. ${usage}`);
  const account = AccountNumber.safeParse(asked.words[0]);
  if (!account.success) return complain(`Номер лицевого счёта — это 5–20 цифр. ${usage}`);

  try {
    const said = await withStorage((pool) => work(openDb(pool), account.data, `${name}: ${userInfo().username}`));
    if (said === undefined) {
      console.error(
        `Лицевого счёта ${account.data} нет в реестре. Проверьте номер; новые счета появляются после npm run import.`,
      );
      return 1;
    }
    return printAnswer(said);
  } catch (error) {
    return giveUp(error);
  }
}
