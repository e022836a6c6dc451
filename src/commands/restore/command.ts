import { readCommandLine } from '../kit/command-line.ts';
import type { Shell } from '../kit/shell.ts';

const HELP = `npm run restore -- ФАЙЛ [--check]

Загружает копию, сделанную npm run backup, в пустую базу: свою (DATABASE_URL) или встроенную (DATA_DIR), с Postgres любой версии.
Сначала остановите бота. База, в которой уже есть жители, счета или обращения, не заменяется: дайте новую.
Копия загружается целиком или никак; после неё база доводится до версии этого бота.
  --check   только прочитать копию до конца и сказать, что в ней; база не нужна

Запустите потом бота с тем же SECRET_KEY, что был у него, когда делали копию: с другим он не запустится. Копия песочницы свой ключ несёт сама.
Кто и когда загрузил копию, записывается в журнал.
Код выхода: 0 — загружена (или цела), 2 — команда написана неверно или загрузить не получилось.`;

const USAGE = 'Так: npm run restore -- ФАЙЛ (подробнее: npm run restore -- --help)';

export async function restoreCommand(args: string[], shell: Shell): Promise<0 | 2> {
  const asked = readCommandLine(args, [], ['check']);
  if (asked?.help) return shell.answer(HELP);
  const [path] = asked?.words ?? [];
  if (path === undefined || path.trim() === '' || asked?.words.length !== 1)
    return shell.complain(`Назовите один файл. ${USAGE}`);
  const { loadBackup } = await import('./load.ts');
  return loadBackup(path, { isCheck: asked.flags.has('check') }, shell);
}
