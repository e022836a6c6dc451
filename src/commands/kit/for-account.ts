import { AccountNumber } from '../../domain/account-number.ts';
import { readCommandLine } from './command-line.ts';
import type { AccountWork } from './on-account.ts';
import type { ShellCommand } from './shell.ts';

/** A command for one account: `npm run <name> -- ЛС`. */
type AccountCommand = {
  name: string;
  /** What the command does, shown by `--help`. */
  about: string;
  load: () => Promise<AccountWork>;
};

const EXIT_CODES = `Код выхода: 0 — сделано, 1 — такого лицевого счёта нет, 2 — команда написана неверно или база данных недоступна.`;

export function forAccount({ name, about, load }: AccountCommand): ShellCommand {
  return async (args, shell) => {
    const usage = `Так: npm run ${name} -- ЛС (подробнее: npm run ${name} -- --help)`;
    const asked = readCommandLine(args);
    if (asked?.help) {
      return shell.answer(
        `npm run ${name} -- ЛС\n\n${about}\nБаза данных: DATABASE_URL, а без неё встроенная: бота (с BOT_TOKEN) в DATA_DIR, песочницы в DATA_DIR/sandbox; бот при этом может работать.\n\n${EXIT_CODES}`,
      );
    }
    if (asked?.words.length !== 1) return shell.complain(`Нужен номер одного лицевого счёта. ${usage}`);
    const account = AccountNumber.safeParse(asked.words[0]);
    if (!account.success) return shell.complain(`Номер лицевого счёта — это 5–20 цифр. ${usage}`);
    const [work, { workOnAccount }] = await Promise.all([load(), import('./on-account.ts')]);
    return workOnAccount(name, work, account.data, shell);
  };
}
