import { readCommandLine } from '../kit/command-line.ts';
import type { Shell } from '../kit/shell.ts';
import { JOURNAL_OPTIONS, MOST_SHOWN } from './search.ts';
import { VERBS_KNOWN } from './verbs.ts';

const HELP = `npm run journal -- [--account ЛС] [--who КТО] [--request НОМЕР] [--from ДЕНЬ] [--to ДЕНЬ] [--what ЧТО] [--last СКОЛЬКО]

Журнал сотрудников и оператора: кто, когда и что сделал или посмотрел, самые новые записи сверху. Записи не меняются и не удаляются.
  --account ЛС     о лицевом счёте
  --who КТО        чьи: часть имени, номер в Telegram (702) или telegram:702; оператор — что сделано командами на сервере
  --request НОМЕР  об обращении
  --from, --to     дни включительно: 2026-11-05 или 05.11.2026
  --what ЧТО       действие или его начало до точки: desk.answer, desk, accounts
  --last СКОЛЬКО   сколько записей показать; без этого — ${MOST_SHOWN}

Условия складываются: показывается то, что подходит под все.
Действия: ${VERBS_KNOWN.join(', ')}.
База данных: DATABASE_URL, а без неё встроенная: бота (с BOT_TOKEN) в DATA_DIR, песочницы в DATA_DIR/sandbox; бот при этом может работать. Время — по TIME_ZONE.
Код выхода: 0 — записи есть, 1 — таких записей нет, 2 — команда написана неверно или база данных недоступна.`;

const USAGE = 'Так: npm run journal -- --account ЛС (подробнее: npm run journal -- --help)';

export async function journalCommand(args: string[], shell: Shell): Promise<0 | 1 | 2> {
  const asked = readCommandLine(args, JOURNAL_OPTIONS);
  if (asked === undefined || asked.words.length > 0) return shell.complain(`Команда написана неверно. ${USAGE}`);
  if (asked.help) return shell.answer(HELP);
  const { showJournal } = await import('./show.ts');
  return showJournal(asked.options, USAGE, shell);
}
