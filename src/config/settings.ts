import { z } from 'zod';
import { parseSchedule } from '../domain/schedule.ts';
import { SENDER } from '../adapters/sms/provider.ts';
import { list, oneWord, text, url, wholeNumberSetting } from '../domain/setting-kinds.ts';
import { PAYEE_SETTINGS } from './payee.ts';
import { SMS_PROVIDER, SMS_SETTINGS } from './sms.ts';

/** Postgres by its address. A sign of the password that is not percent-encoded moves the place where the host is looked for. */
const databaseUrl =
  'нужен адрес postgres://user:password@host:port/database; знаки @ : / ? # % в пароле пишутся кодами %40 %3A %2F %3F %23 %25';
const KEY = /^([0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$/;

/** When something is done by itself. */
const schedule = z.string().transform((value, context) => {
  const read = parseSchedule(value);
  if (read) return read;
  context.addIssue({
    code: 'custom',
    message: 'нужно время, например 06:00; перед ним могут стоять дни недели или месяца: mon-fri 06:00, 20-26 06:00',
  });
  return z.NEVER;
});

const BOT_AND_CODES = {
  BOT_TOKEN: text(/^\d+:[\w-]+$/, 'нужен токен от @BotFather: цифры, двоеточие, буквы'),
  TELEGRAM_API_ROOT: url(['http:', 'https:'], 'нужен адрес, например https://api.telegram.org').transform(withoutSlash),
  PROXY_URL: z
    .string()
    .refine(
      isProxy,
      'нужен адрес http://host:port, https://host:port или socks5://host:port; если прокси спрашивает имя и пароль, перед host стоит name:password@ (знаки @ : / # % в них — кодами %40 %3A %2F %23 %25)',
    ),
  STAFF_CHAT_ID: text(/^-\d{1,16}$/, 'нужен номер группы: отрицательное число, у супергрупп оно начинается с -100').transform(
    Number,
  ),
  STAFF_SENIOR_IDS: list(/^\d{1,16}$/, 'нужны номера людей в Telegram: числа через запятую', Number),
  DATABASE_URL: url(['postgres:', 'postgresql:'], databaseUrl).refine(isWhole, databaseUrl),
  REDIS_URL: z
    .string()
    .refine(
      (value) => value.split(',').every((node) => /^rediss?:\/\/[^\s/]+/.test(node.trim())),
      'нужен адрес redis://host:port или rediss://host:port; узлы кластера — через запятую',
    ),
  DATA_DIR: text(/^[^\0]+$/, 'нужна папка'),
  WEBHOOK_URL: url(['http:', 'https:'], 'нужен адрес https, по которому Telegram обращается к этой машине'),
  WEBHOOK_SECRET: text(/^[A-Za-z0-9_-]{1,256}$/, 'нужно от 1 до 256 знаков из A-Z, a-z, 0-9, _ и -'),
  HOST: text(/^[0-9A-Za-z.:_-]+$/, 'нужен адрес этой машины, например 127.0.0.1 или 0.0.0.0'),
  PORT: wholeNumberSetting(0, 65_535),
  SECRET_KEY: z
    .string()
    .refine(
      (value) => value.split(',').every((key) => KEY.test(key.trim())),
      'нужны 32 байта, hex или base64 (их делает openssl rand -hex 32); несколько ключей — через запятую, новейший первым',
    )
    .refine(
      (value) => !isKnownToAll(value.split(',', 1)[0]?.trim() ?? ''),
      'нужен свой ключ (его делает openssl rand -hex 32): этот известен всем',
    ),
  SMS_PROVIDER,
  SMS_API_ROOT: url(['http:', 'https:'], 'нужен адрес: схема, узел и порт').transform(withoutSlash),
  ...SENDER,
  SMS_HOURLY_LIMIT: wholeNumberSetting(1, 1_000_000),
  SMS_DAILY_LIMIT: wholeNumberSetting(1, 10_000_000),
};

const PAYMENT_AND_CENTRE = {
  PAYMENT_PROVIDER_TOKEN: oneWord,
  ...PAYEE_SETTINGS,
  CENTRE_FILE: text(/^[^\0]+$/, 'нужен файл'),
  READINGS_WINDOW: z.string().transform((value, context) => {
    const [from, to] = (/^(\d{1,2})-(\d{1,2})$/.exec(value)?.slice(1) ?? []).map(Number);
    if (from !== undefined && to !== undefined && from >= 1 && from <= to && to <= 31) return { from, to };
    context.addIssue({
      code: 'custom',
      message: 'нужны два дня одного месяца, первый не позже второго: 20-25 или 1-5 (через конец месяца нельзя)',
    });
    return z.NEVER;
  }),
  READINGS_OUT: schedule,
  PAYMENTS_OUT: schedule,
  PASSWORD_MIN_LENGTH: wholeNumberSetting(3, 64),
  TIME_ZONE: z.string().refine(isTimeZone, 'нужен часовой пояс из списка IANA, например Europe/Moscow'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    error: 'нужно одно из: fatal, error, warn, info, debug, trace, silent',
  }),
};

type Own = typeof BOT_AND_CODES & typeof PAYMENT_AND_CENTRE;
export type SettingName = keyof Own;
export type Fields = { [Name in SettingName]?: z.output<Own[Name]> };

/** Every setting by its name, in the order in which problems are told. */
export const SETTING_SCHEMAS: Readonly<Record<string, z.ZodType>> = { ...BOT_AND_CODES, ...SMS_SETTINGS, ...PAYMENT_AND_CENTRE };

/**
 * Each setting that is given, read (`texts`: as it was written); and a sentence for each that cannot be. An empty one counts as absent.
 */
export function readFields(env: Readonly<Record<string, string | undefined>>): {
  fields: Fields;
  texts: Record<string, string>;
  problems: string[];
} {
  const problems: string[] = [];
  const fields: Record<string, unknown> = {};
  const texts: Record<string, string> = {};
  for (const [name, schema] of Object.entries(SETTING_SCHEMAS)) {
    const value = env[name]?.trim();
    if (!value) continue;
    // What the system hands over in another encoding.
    const read = value.includes('\ufffd') ? undefined : schema.safeParse(value);
    if (!read) problems.push(`${name}: нужен текст в UTF-8`);
    else if (!read.success) problems.push(`${name}: ${read.error.issues[0]?.message ?? 'нужно другое значение'}`);
    else {
      fields[name] = read.data;
      texts[name] = value;
    }
  }
  return { fields, texts, problems };
}

/** The example's, and those that people make up to try something out. */
const KNOWN_KEYS: ReadonlySet<string> = new Set([
  '0123456789abcdef'.repeat(4),
  '00'.repeat(32),
  Array.from({ length: 32 }, (_, i) => i.toString(16).padStart(2, '0')).join(''),
]);

/** Older keys of a list may be: whoever began with such a one has to be able to change it. */
function isKnownToAll(key: string): boolean {
  const isHex = /^[0-9a-f]{64}$/i.test(key);
  return KNOWN_KEYS.has(isHex ? key.toLowerCase() : Buffer.from(key, 'base64').toString('hex'));
}

function isWhole(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { pathname, hash, search, username, password } = new URL(address);
  const isCut = pathname.includes('@') || hash !== '' || (search.includes('@') && username === '');
  return !isCut && [username, password].every(isEncoded);
}

function isEncoded(part: string): boolean {
  try {
    return decodeURIComponent(part) !== undefined;
  } catch {
    return false;
  }
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

function isProxy(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, port, pathname, search, hash, username, password } = new URL(value);
  if (!['http:', 'https:', 'socks5:', 'socks5h:'].includes(protocol) || hostname === '' || port === '0') return false;
  if (!['', '/'].includes(pathname) || search !== '' || hash !== '') return false;
  return [username, password].every((part) => !/%(?![0-9a-f]{2})/i.test(part) && isDecodable(part));
}

function isDecodable(part: string): boolean {
  try {
    return decodeURIComponent(part).length >= 0;
  } catch {
    return false;
  }
}

/** By its name: an offset (`+03:00`), which Node takes since 22, is west for Postgres where it is east for Node. */
function isTimeZone(name: string): boolean {
  if (/^[+\-\d]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
