import type { SmsSettings } from '../adapters/sms/providers.ts';
import type { DataOwner } from '../domain/data-owner.ts';
import type { Payee } from '../domain/payment-qr.ts';
import type { Schedule } from '../domain/schedule.ts';
import { centreFile, dataDir, host, LOOPBACK, ownerOf, READINGS_WINDOW, TELEGRAM, timeZone } from './defaults.ts';
import type { Rule } from './rule.ts';
import { payeeRules, readPayee } from './payee.ts';
import { ConfigError, type Env, freeze, readSettings } from './read.ts';
import { type Fields, readFields, type SettingName } from './settings.ts';
import { readSms, smsRules } from './sms.ts';
import { unknownNames } from './unknown-names.ts';

export { EXAMPLE_CENTRE } from './defaults.ts';
export { ConfigError } from './read.ts';

export type Config = SandboxConfig | BotConfig;

/** No `BOT_TOKEN`: the sandbox, on this machine alone. */
export type SandboxConfig = CommonConfig & { mode: 'sandbox' };

export type BotConfig = CommonConfig & {
  mode: 'bot';
  botToken: string;
  /** Without a slash at its end. */
  telegramApiRoot: string;
  /** Through which all calls to Telegram go; absent: straight. */
  proxyUrl: string | undefined;
  /** Absent: long polling. */
  webhook: { url: string; secret: string } | undefined;
  secretKey: string;
  databaseUrl: string | undefined;
  sms: SmsSettings;
};

type CommonConfig = {
  /** Whose the data are. */
  owner: DataOwner;
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
  /** When what waits for billing is exported by itself. */
  exportSchedules: { readings: Schedule | undefined; payments: Schedule | undefined };
  timeZone: string;
  logLevel: NonNullable<Fields['LOG_LEVEL']>;
  paymentProviderToken: string | undefined;
  /** Absent: payment documents have neither requisites nor a QR code. */
  payee: Payee | undefined;
  /** What does not stop the start and was hardly meant so: a line for each, without values. */
  warnings: readonly string[];
};

/**
 * Reads the settings from the environment and from `.env` in `folder`, the environment first. Frozen.
 * @throws {ConfigError} naming all settings that are missing or wrong at once.
 */
export function readConfig(env?: Env, folder = process.cwd()): Config {
  const { settings, names, problems: unread } = readSettings(env, folder);
  const { fields, texts, problems: wrong } = readFields(settings);
  const problems = [...unread, ...wrong];
  const isSandbox = fields.BOT_TOKEN === undefined && !isGiven(problems, 'BOT_TOKEN');
  // What was given and cannot be read wants as much of the others as if it could.
  const isSet = (name: SettingName) => fields[name] !== undefined || isGiven(problems, name);
  const provider = fields.SMS_PROVIDER ?? (settings['SMS_PROVIDER'] ?? '').split(',').map((item) => item.trim());
  const rules = [
    ...(isSandbox ? sandboxRules(fields) : [...keyRules(isSet), ...smsRules(provider, texts), ...webhookRules(fields, isSet)]),
    ...payeeRules(fields, isSet),
  ];
  const missing = rules.filter(({ name }) => !isGiven(problems, name)).map(({ name, expected }) => `${name}: ${expected}`);
  if (problems.length + missing.length > 0) throw new ConfigError([...problems, ...missing]);

  const common = { ...commonConfig(fields, folder), warnings: unknownNames(names) };
  const { BOT_TOKEN: botToken, SECRET_KEY: secretKey } = fields;
  if (botToken === undefined || secretKey === undefined) return freeze({ ...common, mode: 'sandbox', host: LOOPBACK });
  return freeze({
    mode: 'bot',
    ...common,
    botToken,
    secretKey,
    telegramApiRoot: fields.TELEGRAM_API_ROOT ?? TELEGRAM,
    proxyUrl: fields.PROXY_URL,
    webhook: fields.WEBHOOK_URL && fields.WEBHOOK_SECRET ? { url: fields.WEBHOOK_URL, secret: fields.WEBHOOK_SECRET } : undefined,
    databaseUrl: fields.DATABASE_URL,
    sms: readSms(fields.SMS_PROVIDER ?? [], texts, fields.SMS_API_ROOT),
  });
}

/** What of this machine the settings name; undefined where a setting of it cannot be read. */
export type Places = { centreFile: string | undefined; listens: { host: string; port: number } | undefined };

/** Reads these as far as they can be, whatever is wrong with the others: what is amiss there is told at once with them. */
export function readPlaces(env?: Env, folder = process.cwd()): Places {
  const { settings, problems: unread } = readSettings(env, folder);
  // Of a file that cannot be read nothing is known.
  if (unread.some((problem) => problem.startsWith('.env:'))) return { centreFile: undefined, listens: undefined };
  const { fields, problems } = readFields(settings);
  const isKnown = (...names: string[]) => names.every((name) => !isGiven([...unread, ...problems], name));
  const isSandbox = fields.BOT_TOKEN === undefined && isKnown('BOT_TOKEN');
  return {
    centreFile: isKnown('CENTRE_FILE') ? centreFile(fields, folder) : undefined,
    listens:
      isKnown('HOST') && (fields.HOST !== undefined || isKnown('WEBHOOK_URL'))
        ? { host: isSandbox ? LOOPBACK : host(fields), port: isKnown('PORT') ? (fields.PORT ?? PORT) : ANY_PORT }
        : undefined,
  };
}

const PORT = 8080;
/** Of an address alone it is asked whether it is this machine's. */
const ANY_PORT = 0;
const TELEGRAM_PORTS = ['', '443', '80', '88', '8443'];

function sandboxRules(fields: Fields): Rule[] {
  if (fields.DATABASE_URL === undefined) return [];
  const expected =
    'только вместе с BOT_TOKEN: придуманному городу песочницы нельзя в настоящую базу; задайте BOT_TOKEN или уберите DATABASE_URL';
  return [{ name: 'DATABASE_URL', expected }];
}

type IsSet = (name: SettingName) => boolean;

function keyRules(isSet: IsSet): Rule[] {
  if (isSet('SECRET_KEY')) return [];
  const expected = 'нужен вместе с BOT_TOKEN: сделайте его (openssl rand -hex 32) и храните столько же, сколько базу';
  return [{ name: 'SECRET_KEY', expected }];
}

function webhookRules(fields: Fields, isSet: IsSet): Rule[] {
  if (!isSet('WEBHOOK_URL')) return [];
  const rules: Rule[] = [];
  const expected = 'нужен вместе с WEBHOOK_URL: от 1 до 256 знаков из A-Z, a-z, 0-9, _ и -';
  if (!isSet('WEBHOOK_SECRET')) rules.push({ name: 'WEBHOOK_SECRET', expected });
  if (fields.WEBHOOK_URL === undefined) return rules;
  const { protocol, port } = new URL(fields.WEBHOOK_URL);
  if ((fields.TELEGRAM_API_ROOT ?? TELEGRAM) === TELEGRAM) {
    if (protocol !== 'https:')
      rules.push({
        name: 'WEBHOOK_URL',
        expected: 'нужен https; http бывает только у своего сервера Bot API (TELEGRAM_API_ROOT)',
      });
    else if (!TELEGRAM_PORTS.includes(port))
      rules.push({ name: 'WEBHOOK_URL', expected: 'нужен порт, к которому обращается Telegram: 443, 80, 88 или 8443' });
  }
  return rules;
}

function commonConfig(fields: Fields, folder: string): Omit<CommonConfig, 'warnings'> {
  return {
    owner: ownerOf(fields),
    port: fields.PORT ?? PORT,
    host: host(fields),
    dataDir: dataDir(fields, folder),
    centreFile: centreFile(fields, folder),
    redisUrl: fields.REDIS_URL,
    staffChatId: fields.STAFF_CHAT_ID,
    staffSeniorIds: fields.STAFF_SENIOR_IDS ?? [],
    smsHourlyLimit: fields.SMS_HOURLY_LIMIT ?? 300,
    smsDailyLimit: fields.SMS_DAILY_LIMIT ?? 3000,
    passwordMinLength: fields.PASSWORD_MIN_LENGTH ?? 3,
    readingsWindow: fields.READINGS_WINDOW ?? READINGS_WINDOW,
    exportSchedules: { readings: fields.READINGS_OUT, payments: fields.PAYMENTS_OUT },
    timeZone: timeZone(fields),
    logLevel: fields.LOG_LEVEL ?? 'info',
    paymentProviderToken: fields.PAYMENT_PROVIDER_TOKEN,
    payee: readPayee(fields),
  };
}

/** A setting that was given and cannot be read has its sentence already. */
function isGiven(problems: readonly string[], name: string): boolean {
  return problems.some((problem) => problem.startsWith(`${name}:`));
}
