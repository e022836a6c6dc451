import { isUnwritten, whyUnread, whyUnwritten } from '../../adapters/file-error.ts';
import { isOfBeforeFirstRelease, isOfNewerVersion } from '../../adapters/postgres/unusable.ts';
import { ConfigError } from '../../config/config.ts';
import { CentreFileError } from '../../office/centre/read-centre.ts';
import type { Shell } from './shell.ts';

/**
 * Says that it could not be done, why, and what follows from that; settings that cannot be used have a sentence of their own. `out` is the
 * file that the command was to write.
 */
export function giveUp(shell: Shell, error: unknown, { what = 'Не получилось', next = '', out, source }: GivingUp = {}): 2 {
  if (error instanceof ConfigError || error instanceof CentreFileError) return shell.complain(error.message);
  const { path, syscall } = error as NodeJS.ErrnoException;
  // A folder can be opened, and says what it is when it is read, without its name.
  const isOfSource = source !== undefined && (path === source || (path === undefined && syscall === 'read' && isFolder(error)));
  const reason = isOfSource ? `${source}: ${whyUnread(error)}` : reasonOf(error, out);
  return shell.complain([`${what}: ${reason}.`, next].join(' ').trim());
}

const isFolder = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EISDIR';

/** `out`: the file that it writes; `source`: the one that it reads. */
type GivingUp = { what?: string; next?: string; out?: string | undefined; source?: string };

/** Why something that nobody foresaw failed, without addresses, passwords and rows. */
export const whyFailed = (error: unknown): string => reasonOf(error);

/** Of an error of the driver its code only is sure to hold no address, password or row. */
function reasonOf(error: unknown, out?: string): string {
  if (!(error instanceof Error)) return 'неизвестная ошибка';
  const { code, path } = error as NodeJS.ErrnoException;
  if (isOfNewerVersion(error))
    return 'базу уже обновила более новая версия бота: запустите её или восстановите копию, сделанную этой';
  if (isOfBeforeFirstRelease(error)) return 'она от версии до первого выпуска, её данные не переносятся: дайте пустую базу';
  if (code === undefined) return error.message;
  // What was being written has a longer name until it is whole.
  if (path !== undefined) return `${out !== undefined && path.startsWith(out) ? out : path}: ${whyUnwritten(error)}`;
  if (isUnwritten(error)) return `${out === undefined ? '' : `${out}: `}${whyUnwritten(error)}`;
  return `${code}; ${NEXT_MOVES[code] ?? 'проверьте DATABASE_URL и права пользователя базы'}`;
}

const PASSWORD = 'знаки @ : / ? # % в пароле пишутся в DATABASE_URL кодами: @ — %40, / — %2F, # — %23';

/** By SQLSTATE or the code of a system's error. */
const NEXT_MOVES: Readonly<Record<string, string | undefined>> = {
  ECONNREFUSED: 'запустите Postgres или исправьте адрес в DATABASE_URL',
  ENOTFOUND: `такого узла нет: исправьте DATABASE_URL; ${PASSWORD}`,
  '28000': 'Postgres не впускает этого пользователя: исправьте имя в DATABASE_URL или pg_hba.conf',
  '28P01': `имя или пароль в DATABASE_URL не подходят; ${PASSWORD}`,
  '3D000': 'такой базы нет: создайте её или исправьте имя в DATABASE_URL',
  '42501': 'пользователю не хватает прав: сделайте его владельцем базы (alter database … owner to …)',
  '25006': 'база только для чтения: укажите в DATABASE_URL основной сервер и проверьте, не кончилось ли место на диске',
  '53100': 'на диске Postgres кончилось место',
};
