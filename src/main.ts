import { endProcess } from './adapters/end-process.ts';
import { deleteSandbox } from './adapters/data-owner.ts';
import { whyUnwritten } from './adapters/file-error.ts';
import { createLog, type Log } from './adapters/log.ts';
import { keepFilesPrivate } from './adapters/private-files.ts';
import { readVersion } from './adapters/version.ts';
import { createMetrics } from './adapters/http/metrics.ts';
import { type App, openApp, type Role } from './app.ts';
import { openOneAfterAnother } from './app/one-after-another.ts';
import { readStart } from './app/read-start.ts';
import { describeError } from './reception/describe-error.ts';

const HELP = `npm start [-- web | worker]

Запускает бота. Без настроек — песочница: бот, Bot API и страница с чатами на этом компьютере.
С BOT_TOKEN — бот в Telegram. Настройки: переменные окружения и файл .env, все они описаны в .env.example.

  web     только принимает сообщения
  worker  только рассылает уведомления и делает то, чему пришёл срок
  ничего  всё в одном процессе

Ролям web и worker нужны BOT_TOKEN и DATABASE_URL.
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

/** Longer than the longest work that is waited for. */
const LONGEST_END_MS = 45_000;

async function run(role: Role): Promise<void> {
  let app: App | undefined;
  let log: Log | undefined;
  let ending = false;
  const toldToEnd = new AbortController();

  /** Whoever asks twice does not want to wait. What is not finished then comes again: nothing is lost. */
  function end(code: number, why: string): void {
    // Before anything is waited for: what is in hand is not to blame for an end that we were asked for.
    if (code === 0 && !ending) toldToEnd.abort();
    if (!app && !ending) log?.info({ why }, 'stopped before the start was over');
    if (ending || !app) return void endProcess(code || 1);
    ending = true;
    log?.info({ why }, 'stopping: what is under way is finished');
    setTimeout(() => {
      log?.error('not all came to its end in time; it comes again');
      void endProcess(1);
    }, LONGEST_END_MS).unref();
    void app.close().finally(() => {
      log?.info('stopped');
      void endProcess(code);
    });
  }
  // From the first moment: as the first process of a container we get no signal that we do not listen to.
  process.on('SIGTERM', () => end(0, 'SIGTERM'));
  process.on('SIGINT', () => end(0, 'SIGINT'));

  keepFilesPrivate();
  try {
    const config = await readStart(role);
    const version = readVersion();
    const metrics = createMetrics({ version, role });
    const lines = createLog(config.logLevel, { onWarning: (level) => metrics.logLines.inc({ level }) });
    log = lines;
    process.on('unhandledRejection', (error) => lines.error(describeError(error), 'a promise was left alone'));
    process.on('uncaughtException', (error) => {
      lines.fatal(describeError(error), 'nobody was there for an error');
      end(1, 'an error');
    });
    const open = (port = config.port) =>
      openApp(
        { ...config, port },
        role,
        { log: lines, metrics },
        {
          onLost: (what) => {
            lines.fatal(what);
            end(1, 'a part was lost');
          },
          onStartAnew: () => void startAnew(),
          toldToEnd: toldToEnd.signal,
        },
      );
    const opening = open();
    const apps = openOneAfterAnother(opening);
    /** The sandbox's whole folder goes; a signal meanwhile ends us as ever: what is left of the folder goes at the next start. */
    const startAnew = async () => {
      if (ending || config.mode !== 'sandbox') return;
      try {
        // It may have been asked for while this town, or the one before, was still being built.
        app = await apps.replace(async (before) => {
          if (ending) return before;
          // Where the page is open it looks for the new town, whatever port was free.
          const { port } = new URL(before.page ?? '');
          await before.close();
          if (ending) return before;
          await deleteSandbox(config.dataDir);
          return open(Number(port));
        });
        if (ending) await app.close();
        else lines.info('the town was built anew');
      } catch (error) {
        lines.fatal(describeError(error), 'the town could not be built anew');
        end(1, 'an error');
      }
    };
    app = await opening;
    if (app.page) process.stdout.write(`\n${app.page}\n\nЭто песочница: откройте адрес в браузере. Остановить: Ctrl+C\n\n`);
    lines.info({ version, role, ...app.about }, app.page ? 'the sandbox is at work' : 'the bot is at work');
  } catch (error) {
    process.stderr.write(`${whyNotStarted(error)}\n`);
    process.exit(1);
  }
}

/** Refusals are sentences already; the system's own errors become one. */
function whyNotStarted(error: unknown): string {
  if (!(error instanceof Error)) return 'Запустить не удалось: npm run doctor назовёт причину';
  const { path, code } = error as NodeJS.ErrnoException;
  return path === undefined || code === undefined ? error.message : `${path}: ${whyUnwritten(error)} (${code})`;
}
