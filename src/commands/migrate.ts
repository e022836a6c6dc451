import { parseArgs } from 'node:util';
import { ConfigError } from '../config.ts';
import { withStorage } from './storage.ts';

const HELP = `npm run migrate

Приводит базу данных к последней версии. База данных: DATABASE_URL, а без неё встроенная в DATA_DIR.
npm start делает это и сам; отдельно команда нужна, когда бот работает несколькими процессами (release в Procfile).
Код выхода: 0 — база готова, 1 — не получилось, 2 — команда написана неверно.`;

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<0 | 1 | 2> {
  try {
    const { values } = parseArgs({ args, options: { help: { type: 'boolean', short: 'h' } } });
    if (values.help) return tell(HELP);
  } catch {
    console.error('Команда написана неверно. Так: npm run migrate (подробнее: npm run migrate -- --help)');
    return 2;
  }
  try {
    return await withStorage(async (_, migrated) => tell(report(migrated)));
  } catch (error) {
    console.error(`База данных не готова: ${reasonOf(error)}`);
    return 1;
  }
}

function report(migrated: readonly string[]): string {
  return migrated.length > 0 ? `Применены: ${migrated.join(', ')}.` : 'База данных уже последней версии.';
}

/** Of an error of the driver its code only is sure to hold no address and no password. */
function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return 'неизвестная ошибка';
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error.message : `${code}; проверьте DATABASE_URL и права пользователя базы`;
}

function tell(text: string): 0 {
  console.log(text);
  return 0;
}
