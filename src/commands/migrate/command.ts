import { readCommandLine } from '../kit/command-line.ts';
import type { Shell } from '../kit/shell.ts';

const HELP = `npm run migrate

Приводит базу данных к последней версии. База данных: DATABASE_URL, а без неё встроенная: бота (с BOT_TOKEN) в DATA_DIR, песочницы в DATA_DIR/sandbox.
npm start делает это и сам; отдельно команда нужна, когда бот работает несколькими процессами (release в Procfile).
Код выхода: 0 — база готова, 1 — не получилось, 2 — команда написана неверно.`;

export async function migrateCommand(args: string[], shell: Shell): Promise<0 | 1 | 2> {
  const asked = readCommandLine(args);
  if (asked?.help) return shell.answer(HELP);
  if (asked?.words.length !== 0)
    return shell.complain('Команда написана неверно. Так: npm run migrate (подробнее: npm run migrate -- --help)');
  const { bringUp } = await import('./bring-up.ts');
  return bringUp(shell);
}
