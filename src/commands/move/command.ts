import { readCommandLine } from '../kit/command-line.ts';
import type { Shell } from '../kit/shell.ts';

const HELP = `npm run move [-- --back]

Переносит все данные бота из встроенной базы (DATA_DIR) в свою, которую называет DATABASE_URL; она должна быть пустой.
  --back   наоборот: из базы в DATABASE_URL во встроенную, в пустой DATA_DIR

Сначала остановите бота: что он записал бы во время переноса, осталось бы в прежней базе. Версии Postgres могут быть разными.
Прежняя база остаётся как была, с пометкой, что её данные переехали: бот на ней больше не запустится. Кто и когда перенёс, записывается в журнал.

Код выхода: 0 — перенесены, 2 — команда написана неверно или перенести не получилось.`;

const USAGE = 'Так: npm run move или npm run move -- --back (подробнее: npm run move -- --help)';

export async function moveCommand(args: string[], shell: Shell): Promise<0 | 2> {
  const asked = readCommandLine(args, [], ['back']);
  if (asked?.help) return shell.answer(HELP);
  if (asked?.words.length !== 0) return shell.complain(`Команда написана неверно: у неё нет ничего, кроме --back. ${USAGE}`);
  const { moveData } = await import('./move.ts');
  return moveData({ isBack: asked.flags.has('back') }, shell);
}
