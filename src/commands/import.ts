import type { Pool } from 'pg';
import { importConnection } from '../adapters/postgres/import-connection.ts';
import { loadCentre } from '../adapters/centre-file.ts';
import { openRegistry } from '../adapters/registries/file.ts';
import { readCentreConfig } from '../config/for-commands.ts';
import { CentreFileError } from '../office/centre.ts';
import type { RegistryFile } from '../office/edges.ts';
import { type ImportEdges, importRegistry, tryRegistries } from '../office/registries/import-registry.ts';
import { knownLayouts, type LayoutChoice } from '../office/registries/layouts/choose.ts';
import { type OwnerRule, OwnersHeld } from '../office/registries/owner-changes.ts';
import { RegistryUnreadable } from '../office/registries/reading/unreadable.ts';
import { REGISTRIES } from '../office/registries/registries.ts';
import { botClock } from './clock.ts';
import { dryLines, figure, heldLines, reportLines } from './import-report.ts';
import { withStorage } from './storage.ts';
import { complain, giveUp, readCommandLine, printAnswer } from './terminal.ts';
import { undoByNumber } from './undo-import.ts';

const HELP = `npm run import -- [--dry-run] [--owners-changed] [--layout ОПИСАНИЕ] ФАЙЛ…
npm run import -- --undo НОМЕР

Загружает реестры биллинга: лицевые счета, начисления, платежи, счётчики, ответ на показания (в этом порядке, как бы ни стояли файлы).
Какой это реестр, видно по заголовку. Файл — CSV с точкой с запятой, в UTF-8 или windows-1251, или книга Excel (XLSX): берётся её первый
лист. Как пишут реестры банки и поставщики, описано в CENTRE_FILE под layouts; такой файл узнаётся по имени или называется --layout.
База данных: DATABASE_URL, а без неё встроенная: бота (с BOT_TOKEN) в DATA_DIR, песочницы в DATA_DIR/sandbox; бот при этом может работать.

${REGISTRIES.map(({ title, columns }) => `  ${title}:\n    ${columns.map((column) => column.title + (column.optional ? '?' : '')).join(';')}`).join('\n')}
  (столбца со знаком ? может не быть)

  --dry-run         только проверить: сколько строк чего, какие суммы, что отклонено; ничего не меняется и не пишется
  --layout ОПИСАНИЕ прочитать файлы по этому описанию, как бы они ни назывались
  --owners-changed  загрузить и тот реестр лицевых счетов, в котором владелец сменится больше чем у 20 или 1 % счетов
  --undo НОМЕР      отменить загрузку с этим номером (он печатается при загрузке): всё станет, как было до неё;
                    в течение 60 дней и пока на ней не держится более поздняя загрузка или дело жителя

Даты: 31.10.2026 или 2026-10-31, время после них не мешает; не раньше 2000 года и не позже завтрашнего дня, периоды — не позже
следующего месяца, поверка — в пределах 30 лет. Пустые строки пропускаются.

Отклонённые строки с причинами ложатся в ФАЙЛ.refused.csv; исправленный, он загружается как есть.
Код выхода: 0 — всё загружено, 1 — есть отклонённые строки, или файл либо загрузку пришлось оставить как есть,
2 — файл не прочитан или команда написана неверно. При проверке — тот же, что был бы при загрузке.`;

const USAGE = 'Так: npm run import -- ФАЙЛ… (подробнее: npm run import -- --help)';
const PROGRESS_MS = 5_000;

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<0 | 1 | 2> {
  const asked = readCommandLine(args, ['undo', 'layout'], ['dry-run', 'owners-changed']);
  if (asked === undefined) return complain(`Команда написана неверно. ${USAGE}`);
  if (asked.help) return printAnswer(HELP);
  const { undo } = asked.options;
  if (undo !== undefined) {
    if (asked.words.length > 0 || asked.flags.size > 0 || asked.options.layout !== undefined)
      return complain(`С --undo не называют ничего, кроме номера загрузки. ${USAGE}`);
    const number = /^№?\s*([1-9]\d{0,8})$/.exec(undo.trim())?.[1];
    if (number === undefined) return complain(`Номер загрузки — целое число, например 12. ${USAGE}`);
    return undoByNumber(Number(number)).catch((error: unknown) =>
      giveUp(error, { next: 'Ничего не отменено; повторите команду.' }),
    );
  }
  if (asked.words.length === 0) return complain(`Не назван ни один файл. ${USAGE}`);

  let opened: Opened;
  try {
    const { layouts } = await loadCentre(readCentreConfig().centreFile);
    opened = await openAll(asked.words, { layouts, named: asked.options.layout });
  } catch (error) {
    return error instanceof CentreFileError ? complain(error.message) : giveUp(error, { what: 'Загрузка не начата' });
  }
  const { files, problems } = opened;
  try {
    if (problems.length > 0) return complain([...problems, 'Ничего не загружено.'].join('\n'));
    const owners = asked.flags.has('owners-changed') ? 'any' : 'few';
    const work = asked.flags.has('dry-run') ? tryAll : importAll;
    return await withStorage((pool) => work(pool, files, owners));
  } catch (error) {
    return giveUp(error, {
      what: 'Загрузка прервана',
      next: 'Файл, на котором это случилось, не загружен; повторите команду.',
    });
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}

type Opened = { files: RegistryFile[]; problems: string[] };

/** All of them, in the order in which registries are taken; one that cannot be read is a problem of the whole call. */
async function openAll(paths: string[], choice: LayoutChoice): Promise<Opened> {
  const files: RegistryFile[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    try {
      files.push(await openRegistry(path, choice));
    } catch (error) {
      if (!(error instanceof RegistryUnreadable)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0 && choice.layouts.length > 0 && choice.named === undefined)
    problems.push(`Файл банка или поставщика читается по описанию (--layout ОПИСАНИЕ)${knownLayouts(choice.layouts)}.`);
  const rank = (file: RegistryFile): number => REGISTRIES.indexOf(file.header.registry);
  return { files: files.sort((a, b) => rank(a) - rank(b)), problems };
}

async function importAll(pool: Pool, files: readonly RegistryFile[], owners: OwnerRule): Promise<0 | 1> {
  const edges = edgesOf(pool);
  let left = 0;
  for (const file of files) {
    try {
      const report = await importRegistry({ ...edges, onRows: progressOf(file.name) }, file, { owners });
      left += report.refused;
      for (const line of reportLines(report)) console.log(line);
    } catch (error) {
      if (!(error instanceof OwnersHeld)) throw error;
      left += 1;
      for (const line of heldLines(file.name, error.changes)) console.log(line);
    }
  }
  return left === 0 ? 0 : 1;
}

async function tryAll(pool: Pool, files: readonly RegistryFile[], owners: OwnerRule): Promise<0 | 1> {
  const runs = await tryRegistries(edgesOf(pool), files, { owners });
  for (const run of runs) for (const line of dryLines(run)) console.log(line);
  console.log('Это проверка: ничего не загружено.');
  return runs.every(({ report }) => report.refused === 0 && !report.held) ? 0 : 1;
}

function edgesOf(pool: Pool): ImportEdges {
  return { connection: importConnection(pool), clock: botClock(), timeZone: readCentreConfig().timeZone };
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
