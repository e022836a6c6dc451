import type { Pool } from 'pg';
import { openRegistry, type RegistryFile, RegistryUnreadable } from '../adapters/registries/file.ts';
import { officeHooks } from '../adapters/registries/hooks.ts';
import { importRegistry } from '../adapters/registries/import-registry.ts';
import { LAYOUTS } from '../office/registries/layouts.ts';
import { botClock } from './clock.ts';
import { figure, reportLines } from './import-report.ts';
import { withStorage } from './storage.ts';
import { complain, giveUp, readCommandLine, tell } from './terminal.ts';

const HELP = `npm run import -- ФАЙЛ…

Загружает реестры биллинга: лицевые счета, начисления, платежи, счётчики, ответ на показания (в этом порядке, как бы ни стояли файлы).
Какой это реестр, видно по заголовку. Файл CSV с точкой с запятой, в UTF-8 или windows-1251.
База данных: DATABASE_URL, а без неё встроенная в DATA_DIR; бот при этом может работать.

${LAYOUTS.map((layout) => `  ${layout.title}:\n    ${layout.columns.map((column) => column.title + (column.optional ? '?' : '')).join(';')}`).join('\n')}
  (столбца со знаком ? может не быть)

Отклоненные строки с причинами ложатся в ФАЙЛ.refused.csv.
Код выхода: 0 — всё загружено, 1 — есть отклонённые строки, 2 — файл не прочитан или команда написана неверно.`;

const USAGE = 'Так: npm run import -- ФАЙЛ… (подробнее: npm run import -- --help)';
const PROGRESS_MS = 5_000;

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<0 | 1 | 2> {
  const asked = readCommandLine(args);
  if (asked === undefined) return complain(`Команда написана неверно. ${USAGE}`);
  if (asked.help) return tell(HELP);
  if (asked.words.length === 0) return complain(`Не назван ни один файл. ${USAGE}`);

  const { files, problems } = await openAll(asked.words);
  try {
    if (problems.length > 0) return complain([...problems, 'Ничего не загружено.'].join('\n'));
    return await withStorage((pool) => importAll(pool, files));
  } catch (error) {
    return giveUp(error, {
      what: 'Загрузка прервана',
      next: 'Файл, на котором это случилось, не загружен; повторите команду.',
    });
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}

/** All of them, in the order in which registries are taken; one that cannot be read is a problem of the whole call. */
async function openAll(paths: string[]): Promise<{ files: RegistryFile[]; problems: string[] }> {
  const files: RegistryFile[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    try {
      files.push(await openRegistry(path));
    } catch (error) {
      if (!(error instanceof RegistryUnreadable)) throw error;
      problems.push(error.message);
    }
  }
  const rank = (file: RegistryFile): number => LAYOUTS.indexOf(file.header.layout);
  return { files: files.sort((a, b) => rank(a) - rank(b)), problems };
}

async function importAll(pool: Pool, files: readonly RegistryFile[]): Promise<0 | 1> {
  const clock = botClock();
  let refused = 0;
  for (const file of files) {
    const report = await importRegistry(
      {
        pool,
        clock,
        ...officeHooks(clock),
        onRows: progressOf(file.name),
      },
      file,
    );
    refused += report.refused;
    for (const line of reportLines(report)) console.log(line);
  }
  return refused === 0 ? 0 : 1;
}

/** Tells of a long file every few seconds, apart from the report. */
function progressOf(name: string): (rows: number) => void {
  let told = Date.now();
  return (rows) => {
    if (Date.now() - told < PROGRESS_MS) return;
    told = Date.now();
    console.error(`${name}: прочитано строк: ${figure(rows)}…`);
  };
}
