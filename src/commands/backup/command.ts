import { stat } from 'node:fs/promises';
import { readCommandLine } from '../kit/command-line.ts';
import type { Shell } from '../kit/shell.ts';

const HELP = `npm run backup -- ФАЙЛ

Записывает в файл всю базу данных, как она есть в одно мгновение: жителей, счета, начисления, платежи, показания, обращения, очереди, журнал.
Бот при этом работает. Копию читает npm run restore на любой базе — своей (DATABASE_URL) или встроенной, с Postgres любой версии.
Записанная копия тут же перечитывается целиком. Файл, который уже есть, не заменяется.

В копии персональные данные: храните её так же строго, как базу. Ключа SECRET_KEY в ней нет: храните его отдельно, без него пароли жителей не подойдут.
Копия песочницы несёт и ключ песочницы: он ничьих настоящих тайн не хранит, и в новой папке она откроется. Телефонов и чатов её страницы в копии нет.
Файлы реестров (DATA_DIR/registries) в копию не входят: строки из них уже в базе.

База данных: DATABASE_URL, а без неё встроенная: бота (с BOT_TOKEN) в DATA_DIR, песочницы в DATA_DIR/sandbox.
Кто и когда сделал копию, записывается в журнал.
Код выхода: 0 — записана, 2 — команда написана неверно или записать не получилось.`;

const USAGE = 'Так: npm run backup -- ФАЙЛ (подробнее: npm run backup -- --help)';

export async function backupCommand(args: string[], shell: Shell): Promise<0 | 2> {
  const asked = readCommandLine(args);
  if (asked?.help) return shell.answer(HELP);
  const [path] = asked?.words ?? [];
  if (path === undefined || path.trim() === '' || asked?.words.length !== 1)
    return shell.complain(`Назовите один файл. ${USAGE}`);
  if (await stat(path).catch(() => undefined))
    return shell.complain(`${path}: файл уже есть, и копии не заменяются; назовите другое имя, например с датой. ${USAGE}`);
  const { writeBackup } = await import('./write.ts');
  return writeBackup(path, shell);
}
