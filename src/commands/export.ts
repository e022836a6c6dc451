import { stat } from 'node:fs/promises';
import { openDb } from '../adapters/postgres/pool.ts';
import { writeWholeFile } from '../adapters/whole-file.ts';
import { exportAgain, exportNew, type Outgoing } from '../office/registries/exports.ts';
import { PAYMENTS_OUT } from '../office/money/payment-export.ts';
import { READINGS_OUT } from '../office/readings/reading-export.ts';
import type { Db } from '../records/database.ts';
import { findLastExportNumber } from '../records/exports.ts';
import { botClock } from './clock.ts';
import { exportRequests, REQUESTS_HELP } from './export-requests.ts';
import { figure } from './import-report.ts';
import { withStorage } from './storage.ts';
import { complain, giveUp, readCommandLine, printAnswer } from './terminal.ts';

const KINDS: Readonly<Record<string, { title: string; outgoing: Outgoing }>> = {
  readings: { title: 'показания', outgoing: READINGS_OUT },
  payments: { title: 'платежи', outgoing: PAYMENTS_OUT },
};
const NAMES = Object.keys(KINDS).join('|');

const HELP = `npm run export -- ${NAMES} [--out ФАЙЛ] [--number НОМЕР]

Выгружает для биллинга то, что ещё не выгружалось, и помечает выгруженным. У выгрузки есть номер.
  --out ФАЙЛ      куда писать; без него — в стандартный вывод
  --number НОМЕР  записать прежнюю выгрузку ещё раз, байт в байт; ничего не помечается

Файл CSV с точкой с запятой, UTF-8 с BOM, дробная часть после запятой, даты как 31.10.2026:
${Object.values(KINDS)
  .map(({ title, outgoing }) => `  ${title}:\n    ${outgoing.columns.join(';')}`)
  .join('\n')}

Если выгружать нечего, в файле будет только заголовок, а номера не будет; файл, который уже есть, остаётся как был.

${REQUESTS_HELP}

База данных: DATABASE_URL, а без неё встроенная: бота (с BOT_TOKEN) в DATA_DIR, песочницы в DATA_DIR/sandbox; бот при этом может работать.
Код выхода: 0 — выгружено (или нечего), 1 — выгрузки с таким номером нет, 2 — команда написана неверно или выгрузить не получилось.`;

const USAGE = `Так: npm run export -- ${NAMES}|requests [--out ФАЙЛ] (подробнее: npm run export -- --help)`;

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<0 | 1 | 2> {
  const asked = readCommandLine(args, ['out', 'number', 'from', 'to']);
  if (asked === undefined) return complain(`Команда написана неверно. ${USAGE}`);
  if (asked.help) return printAnswer(HELP);
  const { words, options } = asked;
  if (words.length === 1 && words[0] === 'requests') return exportRequests(options, USAGE);
  const kind = words.length === 1 && Object.hasOwn(KINDS, words[0] ?? '') ? KINDS[words[0] ?? ''] : undefined;
  if (!kind) return complain(`Назовите одно: ${NAMES.replaceAll('|', ', ')} или requests. ${USAGE}`);
  if (options.from !== undefined || options.to !== undefined)
    return complain(`Дни называют только для обращений (requests). ${USAGE}`);
  if (options.out?.trim() === '') return complain(`Не назван файл. ${USAGE}`);
  if (options.number !== undefined && !/^[1-9]\d{0,8}$/.test(options.number))
    return complain(`Номер выгрузки — целое число, например 3. ${USAGE}`);

  const { title, outgoing } = kind;
  const number = options.number === undefined ? undefined : Number(options.number);
  try {
    return await withStorage((pool) => {
      const db = openDb(pool);
      return number === undefined
        ? writeNew(db, title, outgoing, options.out)
        : writeAgain(db, title, outgoing, number, options.out);
    });
  } catch (error) {
    const next = number === undefined ? 'Ничего не помечено выгруженным; повторите команду.' : '';
    return giveUp(error, { next, out: options.out });
  }
}

async function writeNew(db: Db, title: string, outgoing: Outgoing, out: string | undefined): Promise<0> {
  const before = out !== undefined && (await isThere(out));
  const done = await exportNew({ db, clock: botClock() }, outgoing, async (content, { number }) => {
    // A bare header must not overwrite rows that may not be loaded into billing yet.
    if (number !== null || !before) await write(content, out);
  });
  if (done.number === null) {
    if (before) return printAnswer(`${title}: нового нет, прежний файл оставлен как был: ${out}`);
    return report(`${title}: нового нет`, out);
  }
  report(`${title}: выгрузка № ${done.number}, строк ${figure(done.rows)}`, out);
  if (before)
    console.error('Прежний файл заменён. Если он ещё не загружен в биллинг, запишите его снова по номеру выгрузки: --number.');
  return 0;
}

/** Whether there is a file; what is none is for the writing to refuse. */
async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function writeAgain(db: Db, title: string, { kind }: Outgoing, number: number, out: string | undefined): Promise<0 | 1> {
  const found = await exportAgain(db, kind, number);
  if (!found) {
    const last = await findLastExportNumber(db, kind);
    console.error(`${title}: выгрузки № ${number} нет; ${last > 0 ? `последняя — № ${last}` : 'ещё ничего не выгружалось'}.`);
    return 1;
  }
  await write(found.content, out);
  return report(`${title}: выгрузка № ${number} ещё раз, строк ${figure(found.rows)}`, out);
}

async function write(content: string, out: string | undefined): Promise<void> {
  if (out !== undefined) return writeWholeFile(out, content);
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(content, (error) => (error ? reject(error) : resolve()));
  });
}

/** Beside a file that goes to the standard output the report must not get into it. */
function report(what: string, out: string | undefined): 0 {
  if (out !== undefined) return printAnswer(`${what} → ${out}`);
  console.error(what);
  return 0;
}
