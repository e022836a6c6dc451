import { readDotEnv } from './dot-env.ts';
import { type Fields, readFields, SETTING_SCHEMAS, type SettingName } from './settings.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** Settings that stop the start; the message has a line for each, with its name and what is expected, and never a value. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`Настройки (окружение и .env) не годятся:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Reads the named settings only. @throws {ConfigError} */
export function readSome(env: Env | undefined, folder: string, wanted: readonly SettingName[]): Fields {
  const { settings, problems } = readSettings(env, folder);
  const read = readFields(Object.fromEntries(wanted.map((name) => [name, settings[name]])));
  const all = [...problems, ...read.problems];
  if (all.length > 0) throw new ConfigError(all);
  return read.fields;
}

function withoutEmpty(env: Env): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
}

/** The settings as text, `.env` under the environment, and the names that stand in each of both. */
export function readSettings(env: Env = process.env, folder = process.cwd()) {
  const given = withoutEmpty(env);
  const { isThere, values, problems } = readDotEnv(folder, SETTING_NAMES);
  if (given[MAX] !== undefined || withoutEmpty(values)[MAX] !== undefined) problems.push(NO_MAX);
  const isIdle = isThere && problems.length === 0 && !Object.keys(withoutEmpty(values)).some((name) => SETTING_NAMES.has(name));
  // A broken file must not make a sandbox of a bot.
  if (isIdle && given.BOT_TOKEN === undefined && given.DATABASE_URL === undefined) problems.push(IDLE_DOT_ENV);
  return { settings: { ...values, ...given }, names: { env: Object.keys(env), dotEnv: Object.keys(values) }, problems };
}

const SETTING_NAMES: ReadonlySet<string> = new Set(Object.keys(SETTING_SCHEMAS));
const IDLE_DOT_ENV =
  '.env: не задаёт ничего знакомого: уберите # перед тем, что задаёте (все имена есть в .env.example), или удалите файл';

/** Whoever asks for MAX must get neither a sandbox nor Telegram alone without a word. */
const MAX = 'MAX_TOKEN';
const NO_MAX = `${MAX}: этот выпуск ещё не умеет MAX: уберите эту настройку; бот в Telegram запускается с BOT_TOKEN`;

/** Not even its parts can be changed. */
export function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freeze(part as object);
  return Object.freeze(value);
}
