import { DraftSchema } from '../../records/migrate.ts';

/** What is wrong with DATABASE_URL, in sentences for the operator. A driver's message may hold an address or a name: its code says enough. */

/** Migrations were numbered anew for the first release, and went this far: what is missing below it was run before. */
const AFTER_FIRST_RELEASE = '0010';
/** Drafts of its last one, which were run under names of their own. */
const DRAFTS: ReadonlySet<string> = new Set([
  '0010_quiet_closings',
  '0010_names',
  '0011_told_sums',
  '0012_registry_orders_begun',
]);

/** Postgres that starts, or a network that does. */
const NOT_THERE_YET =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|ENOENT|08...|53300|57P0[123])$/;

export function isNotThereYet(error: unknown): boolean {
  return codesIn(error).every((code) => code === undefined || NOT_THERE_YET.test(code));
}

/** The codes of an error, of several where a host has several addresses. */
export function codesOf(error: unknown): string {
  return [...new Set(codesIn(error).map((code) => code ?? 'нет ответа'))].join(', ');
}

export function whyUnusable(error: unknown): Error {
  return new Error(`DATABASE_URL: Postgres недоступен (${codesOf(error)}): ${nextMove(codesIn(error))}`, { cause: error });
}

/** Why a database of another encoding is not used, in a sentence: it would cut, find and measure words by bytes. It stays as it was made. */
export function whyNotUtf8(encoding: string | undefined): string | undefined {
  if (encoding === undefined || encoding === 'UTF8') return undefined;
  return `DATABASE_URL: база в кодировке ${encoding}, а нужна UTF8: создайте другую (create database ИМЯ encoding 'UTF8' locale 'C' template template0) и укажите её`;
}

/** The schema could not be brought up. */
export function whyNotMigrated(error: unknown): Error {
  const [code] = codesIn(error);
  const is = 'DATABASE_URL: схему базы нельзя обновить';
  if (isOfBeforeFirstRelease(error)) {
    return new Error(
      'DATABASE_URL: базу создала версия до первого выпуска, её данные не переносятся: дайте пустую базу, а без DATABASE_URL — другую папку в DATA_DIR (папку песочницы можно удалить)',
      { cause: error },
    );
  }
  if (isOfNewerVersion(error)) {
    return new Error(
      'DATABASE_URL: базу уже обновила более новая версия бота: запустите её или восстановите копию, сделанную этой',
      { cause: error },
    );
  }
  if (code === '42501') {
    return new Error(
      `${is} (42501): роли нельзя создавать таблицы: сделайте её владельцем базы (alter database ИМЯ owner to РОЛЬ)`,
      { cause: error },
    );
  }
  if (code === '25006') {
    return new Error(`${is} (25006): база только для чтения: укажите основной сервер и проверьте, не кончилось ли на нём место`, {
      cause: error,
    });
  }
  if (code === '53100') return new Error(`${is} (53100): на диске Postgres кончилось место: освободите его`, { cause: error });
  return new Error(`${is} (${codesOf(error)}): проверьте базу и права роли`, { cause: error });
}

const ENCODED = 'знаки @ : / ? # % в пароле пишутся кодами: @ — %40, / — %2F, # — %23';

function nextMove(codes: readonly (string | undefined)[]): string {
  const has = (...some: string[]) => codes.some((code) => code !== undefined && some.includes(code));
  if (has('28P01', '28000')) {
    return `не впускает этого пользователя: исправьте имя и пароль (${ENCODED}) или pg_hba.conf`;
  }
  if (has('3D000')) return 'такой базы нет: создайте её или исправьте имя';
  if (has('42501')) return 'роли нельзя подключаться к базе: дайте права или сделайте её владельцем';
  if (has('ENOTFOUND', 'EAI_AGAIN')) {
    return `такого узла нет: исправьте его имя (${ENCODED})`;
  }
  if (has('53300')) return 'соединений больше не даёт: поднимите max_connections или завершите тех, кто их держит';
  return 'запустите его или исправьте адрес';
}

/** Kysely finds among those that were run one that it does not have: a later one. */
export function isOfNewerVersion(error: unknown): boolean {
  const missing = missingMigration(error);
  return missing !== undefined && !isNameOfBeforeFirstRelease(missing);
}

/** Of a migration that this version does not have. */
export const isNameOfBeforeFirstRelease = (name: string): boolean => name < AFTER_FIRST_RELEASE || DRAFTS.has(name);

/** One that it does not have, among the numbers that the first release has filled anew, or a draft of one that it has. */
export function isOfBeforeFirstRelease(error: unknown): boolean {
  if (error instanceof DraftSchema) return true;
  const missing = missingMigration(error);
  return missing !== undefined && isNameOfBeforeFirstRelease(missing);
}

function missingMigration(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return /^corrupted migrations: previously executed migration (\S+) is missing/.exec(error.message)?.[1];
}

function codesIn(error: unknown): (string | undefined)[] {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.flatMap(codesIn);
  if (!(error instanceof Error)) return [undefined];
  // The server asks for one, and the address has none: pg says so in words only.
  if (/password must be a (non-empty )?string/.test(error.message)) return ['28P01'];
  return ['code' in error ? String(error.code) : undefined];
}
