import { parseArgs } from 'node:util';
import { whyUnread, whyUnwritten } from '../adapters/file-error.ts';
import { isOfBeforeFirstRelease, isOfNewerVersion } from '../adapters/postgres/unusable.ts';
import { ConfigError } from '../config/config.ts';

/** What stands behind a command's name. */
export type CommandLine<Option extends string = never, Flag extends string = never> = {
  help: boolean;
  words: string[];
  /** `--option VALUE` of those that the command has. */
  options: { [Name in Option]?: string };
  /** The `--flag` that were given. */
  flags: ReadonlySet<Flag>;
};

/** Reads it; undefined when there is an option that the command does not have, or one without its value. */
export function readCommandLine<const Option extends string = never, const Flag extends string = never>(
  args: string[],
  names: readonly Option[] = [],
  flagNames: readonly Flag[] = [],
): CommandLine<Option, Flag> | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
        ...Object.fromEntries(flagNames.map((name) => [name, { type: 'boolean' as const }])),
        help: { type: 'boolean', short: 'h' },
      },
    });
    const { help, ...options } = values;
    const given = new Map<string, unknown>(Object.entries(values));
    const flags = new Set(flagNames.filter((name) => given.get(name) === true));
    return { help: help === true, words: positionals, options, flags };
  } catch {
    return undefined;
  }
}

/** Prints the answer; 0, the exit code of a command that did its work. */
export function printAnswer(text: string): 0 {
  console.log(text);
  return 0;
}

/** Prints to the standard error; 2, the exit code of a command that was not understood or could not be done. */
export function complain(text: string): 2 {
  console.error(text);
  return 2;
}

/**
 * Says that it could not be done, why, and what follows from that; settings that cannot be used have a sentence of their own. `out` is the
 * file that the command was to write.
 */
export function giveUp(error: unknown, { what = 'Не получилось', next = '', out, source }: GivingUp = {}): 2 {
  if (error instanceof ConfigError) return complain(error.message);
  const { path } = error as NodeJS.ErrnoException;
  const reason = source !== undefined && path === source ? `${source}: ${whyUnread(error)}` : reasonOf(error, out);
  return complain([`${what}: ${reason}.`, next].join(' ').trim());
}

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
