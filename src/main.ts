import { createLog } from './adapters/log.ts';
import { type App, openApp, type Role } from './app.ts';
import { describeTrouble } from './bot/trouble.ts';
import { ConfigError, readConfig } from './config.ts';

const HELP = `npm start [-- web | worker]

Запускает бота. Без настроек – песочница: бот, Bot API и страница с чатами на этом компьютере.
С BOT_TOKEN – бот в Telegram. Настройки: переменные окружения и файл .env, все они описаны в .env.example.

  web     только принимает сообщения (нужны DATABASE_URL и BOT_TOKEN)
  worker  только рассылает уведомления и делает то, чему пришел срок
  ничего  все в одном процессе
`;

const asked = process.argv[2] ?? 'all';
if (asked === '--help' || asked === '-h') {
  process.stdout.write(HELP);
} else if (asked === 'all' || asked === 'web' || asked === 'worker') {
  await run(asked);
} else {
  process.stderr.write(`Нет такой роли: бывает web, worker или ничего. Подробнее: npm start -- --help\n`);
  process.exitCode = 2;
}

async function run(role: Role): Promise<void> {
  let app: App | undefined;
  let ending = false;

  /** Twice is enough to say that one does not want to wait. */
  function end(code: number): void {
    if (ending) process.exit(code || 1);
    ending = true;
    void (app?.close() ?? Promise.resolve()).finally(() => process.exit(code));
  }

  try {
    const config = readConfig();
    if (role !== 'all' && (config.mode === 'sandbox' || config.databaseUrl === undefined)) {
      throw new ConfigError([
        `DATABASE_URL: required for a ${role} process; embedded storage is for one process that is all of them`,
      ]);
    }
    const log = createLog(config.logLevel);
    process.on('unhandledRejection', (error) => log.error(describeTrouble(error), 'a promise was left alone'));
    app = await openApp(config, role, log, (what) => {
      log.fatal(what);
      end(1);
    });
    process.on('SIGTERM', () => end(0));
    process.on('SIGINT', () => end(0));
    if (app.page) process.stdout.write(`\n${app.page}\n\nЭто песочница: откройте адрес в браузере. Остановить: Ctrl+C\n\n`);
    else log.info({ role }, 'the bot is at work');
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'The start failed'}\n`);
    process.exit(1);
  }
}
