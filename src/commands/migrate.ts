import { withStorage } from './storage.ts';
import { complain, giveUp, readCommandLine, printAnswer } from './terminal.ts';

const HELP = `npm run migrate

Приводит базу данных к последней версии. База данных: DATABASE_URL, а без неё встроенная: бота (с BOT_TOKEN) в DATA_DIR, песочницы в DATA_DIR/sandbox.
npm start делает это и сам; отдельно команда нужна, когда бот работает несколькими процессами (release в Procfile).
Код выхода: 0 — база готова, 1 — не получилось, 2 — команда написана неверно.`;

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<0 | 1 | 2> {
  const asked = readCommandLine(args);
  if (asked?.help) return printAnswer(HELP);
  if (asked?.words.length !== 0) {
    return complain('Команда написана неверно. Так: npm run migrate (подробнее: npm run migrate -- --help)');
  }
  try {
    return await withStorage(async (_, migrated) => printAnswer(report(migrated)));
  } catch (error) {
    giveUp(error, { what: 'База данных не готова' });
    return 1;
  }
}

function report(migrated: readonly string[]): string {
  return migrated.length > 0 ? `Применены: ${migrated.join(', ')}.` : 'База данных уже последней версии.';
}
