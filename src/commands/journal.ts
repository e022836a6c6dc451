import { openDb } from '../adapters/postgres/pool.ts';
import { readCentreConfig } from '../config/for-commands.ts';
import { listAuditEntries } from '../records/audit-log.ts';
import { figure } from './import-report.ts';
import { JOURNAL_OPTIONS, MOST_SHOWN, readJournalSearch } from './journal-search.ts';
import { journalLine, VERBS_KNOWN } from './journal-words.ts';
import { withStorage } from './storage.ts';
import { complain, giveUp, readCommandLine, printAnswer } from './terminal.ts';

const HELP = `npm run journal -- [--account ЛС] [--who КТО] [--request НОМЕР] [--from ДЕНЬ] [--to ДЕНЬ] [--what ЧТО] [--last СКОЛЬКО]

Журнал сотрудников: кто, когда и что сделал или посмотрел, самые новые записи сверху. Записи не меняются и не удаляются.
  --account ЛС     о лицевом счёте
  --who КТО        чьи: часть имени, номер в Telegram (702) или telegram:702
  --request НОМЕР  об обращении
  --from, --to     дни включительно: 2026-11-05 или 05.11.2026
  --what ЧТО       действие или его начало до точки: desk.answer, desk, accounts
  --last СКОЛЬКО   сколько записей показать; без этого — ${MOST_SHOWN}

Условия складываются: показывается то, что подходит под все.
Действия: ${VERBS_KNOWN.join(', ')}.
База данных: DATABASE_URL, а без неё встроенная: бота (с BOT_TOKEN) в DATA_DIR, песочницы в DATA_DIR/sandbox; бот при этом может работать. Время — по TIME_ZONE.
Код выхода: 0 — записи есть, 1 — таких записей нет, 2 — команда написана неверно или база данных недоступна.`;

const USAGE = 'Так: npm run journal -- --account ЛС (подробнее: npm run journal -- --help)';

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<0 | 1 | 2> {
  const asked = readCommandLine(args, JOURNAL_OPTIONS);
  if (asked === undefined || asked.words.length > 0) return complain(`Команда написана неверно. ${USAGE}`);
  if (asked.help) return printAnswer(HELP);
  try {
    const { timeZone } = readCentreConfig();
    const search = readJournalSearch(asked.options, timeZone);
    if ('problem' in search) return complain(`${search.problem} ${USAGE}`);
    const { limit, ...wanted } = search;
    const { entries, found } = await withStorage((pool) => listAuditEntries(openDb(pool), wanted, limit));
    if (found === 0) {
      console.error('Таких записей нет.');
      return 1;
    }
    if (found > entries.length) console.error(`Показаны последние ${figure(entries.length)} из ${figure(found)}.`);
    return printAnswer(entries.map((entry) => journalLine(entry, timeZone)).join('\n'));
  } catch (error) {
    return giveUp(error);
  }
}
