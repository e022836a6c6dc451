import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProviderSettings } from './adapters/sms/providers.ts';
import { readDotEnv } from './config-dot-env.ts';
import { FIELDS, type Fields, readFields, type SettingName } from './config-fields.ts';
import { misspelled } from './config-names.ts';
import type { Payee } from './domain/payment-qr.ts';

export type Config = SandboxConfig | TelegramConfig;

/** No `BOT_TOKEN`: the sandbox, on this machine alone. */
export type SandboxConfig = CommonConfig & { mode: 'sandbox' };

export type TelegramConfig = CommonConfig & {
  mode: 'telegram';
  botToken: string;
  /** Without a slash at its end. */
  telegramApiRoot: string;
  /** Through which all calls to Telegram go; absent: straight. */
  proxyUrl: string | undefined;
  /** Absent: long polling. */
  webhook: { url: string; secret: string } | undefined;
  secretKey: string;
  databaseUrl: string | undefined;
  sms: { providers: readonly ProviderSettings[]; apiRoot: string | undefined; sender: string | undefined };
};

type CommonConfig = {
  port: number;
  /** The address of this machine that is listened on. */
  host: string;
  /** An absolute path: what this bot keeps on disk. The sandbox has a folder of its own in `DATA_DIR`. */
  dataDir: string;
  /** An absolute path; the example that ships when the operator has none. */
  centreFile: string;
  redisUrl: string | undefined;
  staffChatId: number | undefined;
  staffSeniorIds: readonly number[];
  smsHourlyLimit: number;
  smsDailyLimit: number;
  passwordMinLength: number;
  /** Days of the month, both included. */
  readingsWindow: { from: number; to: number };
  timeZone: string;
  logLevel: NonNullable<Fields['LOG_LEVEL']>;
  paymentProviderToken: string | undefined;
  /** Absent: payment documents have neither requisites nor a QR code. */
  payee: Payee | undefined;
  /** What does not stop the start and was hardly meant so: a line for each, without values. */
  warnings: readonly string[];
};

/** Settings that stop the start; the message has a line for each, with its name and what is expected, and never a value. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  constructor(problems: readonly string[]) {
    super(`The settings (environment and .env) cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

export type StorageConfig = {
  databaseUrl: string | undefined;
  /** Of the bot that has this storage, like that of its own settings. */
  dataDir: string;
  botToken: string | undefined;
  /** The bot that has this storage is the sandbox's. */
  sandbox: boolean;
};

const LOOPBACK = '127.0.0.1';
const TELEGRAM = 'https://api.telegram.org';
const TELEGRAM_PORTS = ['', '443', '80', '88', '8443'];
export const EXAMPLE_CENTRE = fileURLToPath(new URL('../centre.example.json', import.meta.url));

/**
 * Reads the settings from the environment and from `.env` in `folder`, the environment first. Frozen.
 * @throws {ConfigError} naming all settings that are missing or wrong at once.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env, folder = process.cwd()): Config {
  const { settings, names, problems: unread } = readSettings(env, folder);
  const { fields, problems: wrong } = readFields(settings);
  const problems = [...unread, ...wrong];
  const isSandbox = fields.BOT_TOKEN === undefined && !isGiven(problems, 'BOT_TOKEN');
  const rules = [...(isSandbox ? sandboxRules(fields) : telegramRules(fields)), ...payeeRules(fields)];
  const missing = rules.filter(({ name }) => !isGiven(problems, name)).map(({ name, expected }) => `${name}: ${expected}`);
  if (problems.length + missing.length > 0) throw new ConfigError([...problems, ...missing]);

  const common = { ...commonConfig(fields, folder), warnings: misspelled(Object.keys(env), names) };
  const { BOT_TOKEN: botToken, SECRET_KEY: secretKey } = fields;
  if (botToken === undefined || secretKey === undefined) return freeze({ ...common, mode: 'sandbox', host: LOOPBACK });
  return freeze({
    mode: 'telegram',
    ...common,
    botToken,
    secretKey,
    telegramApiRoot: fields.TELEGRAM_API_ROOT ?? TELEGRAM,
    proxyUrl: fields.PROXY_URL,
    webhook: fields.WEBHOOK_URL && fields.WEBHOOK_SECRET ? { url: fields.WEBHOOK_URL, secret: fields.WEBHOOK_SECRET } : undefined,
    databaseUrl: fields.DATABASE_URL,
    sms: { providers: providers(fields), apiRoot: fields.SMS_API_ROOT, sender: fields.SMS_SENDER },
  });
}

/**
 * Where the data are, for commands that need no more: the operator may call them where the bot's own settings are not at hand.
 * @throws {ConfigError}
 */
export function readStorageConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
  folder = process.cwd(),
): StorageConfig {
  const fields = readSome(env, folder, ['BOT_TOKEN', 'DATABASE_URL', 'DATA_DIR']);
  return freeze({
    databaseUrl: fields.DATABASE_URL,
    dataDir: dataDir(fields, folder),
    botToken: fields.BOT_TOKEN,
    sandbox: isSandboxOf(fields),
  });
}

/**
 * What a command needs to make or read secrets as the bot does; `secretKey` is undefined where the sandbox's own is meant.
 * @throws {ConfigError}
 */
export function readKeyConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
  folder = process.cwd(),
): { dataDir: string; secretKey: string | undefined; timeZone: string } {
  const fields = readSome(env, folder, ['BOT_TOKEN', 'DATABASE_URL', 'DATA_DIR', 'SECRET_KEY', 'TIME_ZONE']);
  const sandbox = isSandboxOf(fields);
  if (!sandbox && fields.SECRET_KEY === undefined)
    throw new ConfigError(['SECRET_KEY: the one that the bot has is required with BOT_TOKEN or DATABASE_URL']);
  const { dataDir, timeZone } = commonConfig(fields, folder);
  return freeze({ dataDir, secretKey: sandbox ? undefined : fields.SECRET_KEY, timeZone });
}

/**
 * The centre's settings file and whose days are meant, for commands that speak of what staff did.
 * @throws {ConfigError}
 */
export function readCentreConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
  folder = process.cwd(),
): { centreFile: string; timeZone: string } {
  const fields = readSome(env, folder, ['CENTRE_FILE', 'TIME_ZONE']);
  const { centreFile, timeZone } = commonConfig(fields, folder);
  return freeze({ centreFile, timeZone });
}

/**
 * Which bot it is, for commands that only ask Telegram for its name; `botToken` is undefined where there is none.
 * @throws {ConfigError}
 */
export function readBotConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
  folder = process.cwd(),
): Pick<TelegramConfig, 'telegramApiRoot' | 'proxyUrl'> & { botToken: string | undefined } {
  const fields = readSome(env, folder, ['BOT_TOKEN', 'TELEGRAM_API_ROOT', 'PROXY_URL']);
  const { BOT_TOKEN: botToken, TELEGRAM_API_ROOT: telegramApiRoot = TELEGRAM, PROXY_URL: proxyUrl } = fields;
  return freeze({ botToken, telegramApiRoot, proxyUrl });
}

type Rule = { name: SettingName; expected: string };

function sandboxRules(fields: Fields): Rule[] {
  if (fields.DATABASE_URL === undefined) return [];
  const expected = 'only together with BOT_TOKEN: the made-up town of the sandbox must not enter a real database';
  return [{ name: 'DATABASE_URL', expected }];
}

function telegramRules(fields: Fields): Rule[] {
  const rules: Rule[] = [];
  const need = (name: SettingName, expected: string) => {
    if (fields[name] === undefined) rules.push({ name, expected });
  };
  need('SECRET_KEY', 'required with BOT_TOKEN; openssl rand -hex 32 makes one, keep it as long as the database');
  for (const provider of fields.SMS_PROVIDER ?? []) {
    for (const name of PROVIDER_NEEDS[provider]) need(name, `required with SMS_PROVIDER=${provider}`);
  }
  if (fields.WEBHOOK_URL === undefined) return rules;
  need('WEBHOOK_SECRET', 'required with WEBHOOK_URL: 1 to 256 characters out of A-Z, a-z, 0-9, _ and -');
  const { protocol, port } = new URL(fields.WEBHOOK_URL);
  if ((fields.TELEGRAM_API_ROOT ?? TELEGRAM) === TELEGRAM) {
    if (protocol !== 'https:')
      rules.push({ name: 'WEBHOOK_URL', expected: 'https; http is for a local Bot API (TELEGRAM_API_ROOT)' });
    else if (!TELEGRAM_PORTS.includes(port))
      rules.push({ name: 'WEBHOOK_URL', expected: 'a port that Telegram calls: 443, 80, 88 or 8443' });
  }
  return rules;
}

const PROVIDER_NEEDS: Record<ProviderSettings['name'], readonly SettingName[]> = {
  smsru: ['SMSRU_API_ID'],
  smsc: ['SMSC_LOGIN', 'SMSC_PASSWORD'],
  smsaero: ['SMSAERO_EMAIL', 'SMSAERO_API_KEY'],
  exolve: ['EXOLVE_TOKEN', 'SMS_SENDER'],
  gateway: ['GATEWAY_TOKEN'],
};

/** The signature that SMS Aero gives to everybody who has none of his own. */
const SMSAERO_SENDER = 'SMS Aero';

/** The rules have seen to it that nothing is missing here. */
function providers(fields: Fields): ProviderSettings[] {
  const open: Record<ProviderSettings['name'], ProviderSettings> = {
    smsru: { name: 'smsru', apiId: fields.SMSRU_API_ID ?? '' },
    smsc: { name: 'smsc', login: fields.SMSC_LOGIN ?? '', password: fields.SMSC_PASSWORD ?? '' },
    smsaero: {
      name: 'smsaero',
      email: fields.SMSAERO_EMAIL ?? '',
      apiKey: fields.SMSAERO_API_KEY ?? '',
      sender: fields.SMS_SENDER ?? SMSAERO_SENDER,
    },
    exolve: { name: 'exolve', token: fields.EXOLVE_TOKEN ?? '', sender: fields.SMS_SENDER ?? '' },
    gateway: { name: 'gateway', token: fields.GATEWAY_TOKEN ?? '' },
  };
  return [...new Set(fields.SMS_PROVIDER)].map((name) => open[name]);
}

const PAYEE = ['PAYEE_NAME', 'PAYEE_INN', 'PAYEE_ACCOUNT', 'PAYEE_BANK', 'PAYEE_BIC', 'PAYEE_CORR_ACCOUNT'] as const;

/** Half of the requisites is a slip: nobody could pay by them. */
function payeeRules(fields: Fields): Rule[] {
  const missing = PAYEE.filter((name) => fields[name] === undefined);
  if (missing.length === PAYEE.length) return [];
  return missing.map((name) => ({ name, expected: 'required together with the other PAYEE_… settings' }));
}

/** The rules have seen to it that all are here or none is. */
function payee({ PAYEE_NAME: name, ...fields }: Fields): Payee | undefined {
  if (name === undefined) return undefined;
  return {
    name,
    inn: fields.PAYEE_INN ?? '',
    account: fields.PAYEE_ACCOUNT ?? '',
    bank: fields.PAYEE_BANK ?? '',
    bic: fields.PAYEE_BIC ?? '',
    corrAccount: fields.PAYEE_CORR_ACCOUNT ?? '',
  };
}

function commonConfig(fields: Fields, folder: string): Omit<CommonConfig, 'warnings'> {
  return {
    port: fields.PORT ?? 8080,
    // Without a webhook nobody has to reach us from elsewhere.
    host: fields.HOST ?? (fields.WEBHOOK_URL === undefined ? LOOPBACK : '0.0.0.0'),
    dataDir: dataDir(fields, folder),
    centreFile: fields.CENTRE_FILE ? resolve(folder, fields.CENTRE_FILE) : EXAMPLE_CENTRE,
    redisUrl: fields.REDIS_URL,
    staffChatId: fields.STAFF_CHAT_ID,
    staffSeniorIds: fields.STAFF_SENIOR_IDS ?? [],
    smsHourlyLimit: fields.SMS_HOURLY_LIMIT ?? 300,
    smsDailyLimit: fields.SMS_DAILY_LIMIT ?? 3000,
    passwordMinLength: fields.PASSWORD_MIN_LENGTH ?? 3,
    readingsWindow: fields.READINGS_WINDOW ?? { from: 20, to: 25 },
    timeZone: fields.TIME_ZONE ?? 'Europe/Moscow',
    logLevel: fields.LOG_LEVEL ?? 'info',
    paymentProviderToken: fields.PAYMENT_PROVIDER_TOKEN,
    payee: payee(fields),
  };
}

/** A setting that was given and cannot be read has its sentence already. */
function isGiven(problems: readonly string[], name: string): boolean {
  return problems.some((problem) => problem.startsWith(`${name}:`));
}

function withoutEmpty(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
}

/** The settings named, for who needs no others. @throws {ConfigError} */
function readSome(env: Readonly<Record<string, string | undefined>>, folder: string, wanted: readonly SettingName[]): Fields {
  const { settings, problems } = readSettings(env, folder);
  const read = readFields(Object.fromEntries(wanted.map((name) => [name, settings[name]])));
  const all = [...problems, ...read.problems];
  if (all.length > 0) throw new ConfigError(all);
  return read.fields;
}

/** `.env` under the environment. `names` are those that stand in `.env`. */
function readSettings(env: Readonly<Record<string, string | undefined>>, folder: string) {
  const given = withoutEmpty(env);
  const { isThere, values, problems } = readDotEnv(folder, SETTING_NAMES);
  const isIdle = isThere && problems.length === 0 && !Object.keys(withoutEmpty(values)).some((name) => SETTING_NAMES.has(name));
  // A broken file must not make a sandbox of a bot.
  if (isIdle && given.BOT_TOKEN === undefined && given.DATABASE_URL === undefined) problems.push(IDLE_DOT_ENV);
  return { settings: { ...values, ...given }, names: Object.keys(values), problems };
}

const SETTING_NAMES: ReadonlySet<string> = new Set(Object.keys(FIELDS));
const IDLE_DOT_ENV =
  '.env: sets nothing that is known: take the # away before what you set (.env.example has every name), or delete the file';

function isSandboxOf({ BOT_TOKEN, DATABASE_URL }: Fields): boolean {
  return BOT_TOKEN === undefined && DATABASE_URL === undefined;
}

function dataDir(fields: Fields, folder: string): string {
  const given = resolve(folder, fields.DATA_DIR ?? 'data');
  return isSandboxOf(fields) ? join(given, 'sandbox') : given;
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freeze(part as object);
  return Object.freeze(value);
}
