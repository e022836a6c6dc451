import { z } from 'zod';
import { parseSchedule } from '../domain/schedule.ts';
import { SENDER } from '../adapters/sms/provider.ts';
import { list, oneWord, text, url, wholeNumberSetting } from './kinds.ts';
import { PAYEE_SETTINGS } from './payee.ts';
import { SMS_PROVIDER, SMS_SETTINGS } from './sms.ts';

/** Postgres by its address. A sign of the password that is not percent-encoded moves the place where the host is looked for. */
const databaseUrl = 'postgres://user:password@host:port/database, with @ : / ? # % of the password as %40 %3A %2F %3F %23 %25';
const KEY = /^([0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$/;

/** When something is done by itself. */
const schedule = z.string().transform((value, context) => {
  const read = parseSchedule(value);
  if (read) return read;
  context.addIssue({
    code: 'custom',
    message: 'a time such as 06:00, also with days of the week or the month: mon-fri 06:00, 20-26 06:00',
  });
  return z.NEVER;
});

const BOT_AND_CODES = {
  BOT_TOKEN: text(/^\d+:[\w-]+$/, 'the token that @BotFather gave: digits, a colon, letters'),
  TELEGRAM_API_ROOT: url(['http:', 'https:'], 'an address such as https://api.telegram.org').transform(withoutSlash),
  PROXY_URL: z
    .string()
    .refine(
      isProxy,
      'http://host:port, https://host:port or socks5://host:port, with name:password@ before the host where the proxy wants them (signs such as @ : / # % in them as %40 %3A %2F %23 %25)',
    ),
  STAFF_CHAT_ID: text(/^-\d{1,16}$/, 'the id of a group: a negative number, for supergroups -100…').transform(Number),
  STAFF_SENIOR_IDS: list(/^\d{1,16}$/, 'Telegram ids of people: numbers separated by commas', Number),
  DATABASE_URL: url(['postgres:', 'postgresql:'], databaseUrl).refine(isWhole, databaseUrl),
  REDIS_URL: z
    .string()
    .refine(
      (value) => value.split(',').every((node) => /^rediss?:\/\/[^\s/]+/.test(node.trim())),
      'redis://host:port or rediss://host:port; the nodes of a cluster separated by commas',
    ),
  DATA_DIR: text(/^[^\0]+$/, 'a folder'),
  WEBHOOK_URL: url(['http:', 'https:'], 'an https address at which Telegram reaches this machine'),
  WEBHOOK_SECRET: text(/^[A-Za-z0-9_-]{1,256}$/, '1 to 256 characters out of A-Z, a-z, 0-9, _ and -'),
  HOST: text(/^[0-9A-Za-z.:_-]+$/, 'an address of this machine, such as 127.0.0.1 or 0.0.0.0'),
  PORT: wholeNumberSetting(0, 65_535),
  SECRET_KEY: z
    .string()
    .refine(
      (value) => value.split(',').every((key) => KEY.test(key.trim())),
      '32 bytes, hex or base64 (openssl rand -hex 32); several keys separated by commas, the newest first',
    )
    .refine(
      (value) => !isKnownToAll(value.split(',', 1)[0]?.trim() ?? ''),
      'a key of your own, which openssl rand -hex 32 makes: this one is known to everybody',
    ),
  SMS_PROVIDER,
  SMS_API_ROOT: url(['http:', 'https:'], 'an address: scheme, host and port').transform(withoutSlash),
  ...SENDER,
  SMS_HOURLY_LIMIT: wholeNumberSetting(1, 1_000_000),
  SMS_DAILY_LIMIT: wholeNumberSetting(1, 10_000_000),
};

const PAYMENT_AND_CENTRE = {
  PAYMENT_PROVIDER_TOKEN: oneWord,
  ...PAYEE_SETTINGS,
  CENTRE_FILE: text(/^[^\0]+$/, 'a file'),
  READINGS_WINDOW: z.string().transform((value, context) => {
    const [from, to] = (/^(\d{1,2})-(\d{1,2})$/.exec(value)?.slice(1) ?? []).map(Number);
    if (from !== undefined && to !== undefined && from >= 1 && from <= to && to <= 31) return { from, to };
    context.addIssue({
      code: 'custom',
      message: 'two days of one month, the first not after the last, such as 20-25 (or 1-5; not over the end of a month)',
    });
    return z.NEVER;
  }),
  READINGS_OUT: schedule,
  PAYMENTS_OUT: schedule,
  PASSWORD_MIN_LENGTH: wholeNumberSetting(3, 64),
  TIME_ZONE: z.string().refine(isTimeZone, 'a time zone of the IANA list, such as Europe/Moscow'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    error: 'one of fatal, error, warn, info, debug, trace, silent',
  }),
};

type Own = typeof BOT_AND_CODES & typeof PAYMENT_AND_CENTRE;
export type SettingName = keyof Own;
export type Fields = { [Name in SettingName]?: z.output<Own[Name]> };

/** Every setting by its name, in the order in which problems are told. */
export const SETTINGS: Readonly<Record<string, z.ZodType>> = { ...BOT_AND_CODES, ...SMS_SETTINGS, ...PAYMENT_AND_CENTRE };

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
  for (const [name, schema] of Object.entries(SETTINGS)) {
    const value = env[name]?.trim();
    if (!value) continue;
    // What the system hands over in another encoding.
    const read = value.includes('\ufffd') ? undefined : schema.safeParse(value);
    if (!read) problems.push(`${name}: must be UTF-8 text`);
    else if (!read.success) problems.push(`${name}: must be ${read.error.issues[0]?.message ?? 'another value'}`);
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

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
