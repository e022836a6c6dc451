import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, readConfig, readStorageConfig } from '../src/config.ts';
import { FIELDS } from '../src/config-fields.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const KEY = 'ab'.repeat(32);
const TELEGRAM = { BOT_TOKEN: '1:token', SECRET_KEY: KEY, SMS_PROVIDER: 'smsru', SMSRU_API_ID: 'id' };
const read = (env: Record<string, string>) => readConfig(env, folder);

function problems(env: Record<string, string>): string {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'none';
}
const namesIn = (message: string) => [...message.matchAll(/^ {2}([A-Z_]+):/gm)].map((match) => match[1]);

describe('modes', () => {
  test('nothing at all is the sandbox', () => {
    expect(read({})).toMatchObject({
      mode: 'sandbox',
      port: 8080,
      dataDir: join(folder, 'data'),
      passwordMinLength: 3,
      readingsWindow: { from: 20, to: 25 },
      timeZone: 'Europe/Moscow',
      smsHourlyLimit: 300,
      redisUrl: undefined,
    });
  });

  test('a token is the bot on Telegram', () => {
    expect(read({ ...TELEGRAM, TELEGRAM_API_ROOT: 'http://localhost:8081/' })).toMatchObject({
      mode: 'telegram',
      botToken: '1:token',
      telegramApiRoot: 'http://localhost:8081',
      webhook: undefined,
      sms: { providers: [{ name: 'smsru', apiId: 'id' }] },
    });
  });

  test('the payee is told as a whole or not at all', () => {
    const payee = { PAYEE_NAME: 'АО ВЦ', PAYEE_INN: '6154000000', PAYEE_BANK: 'Банк' };
    const numbers = { PAYEE_ACCOUNT: '4'.repeat(20), PAYEE_BIC: '0'.repeat(9), PAYEE_CORR_ACCOUNT: '3'.repeat(20) };
    expect(read(TELEGRAM).payee).toBeUndefined();
    expect(namesIn(problems({ ...TELEGRAM, ...payee }))).toEqual(['PAYEE_ACCOUNT', 'PAYEE_BIC', 'PAYEE_CORR_ACCOUNT']);
    expect(namesIn(problems(numbers))).toEqual(['PAYEE_NAME', 'PAYEE_INN', 'PAYEE_BANK']);
    expect(read({ ...payee, ...numbers }).payee).toEqual({
      name: 'АО ВЦ',
      inn: '6154000000',
      account: '4'.repeat(20),
      bank: 'Банк',
      bic: '0'.repeat(9),
      corrAccount: '3'.repeat(20),
    });
  });

  test('the toy town does not enter a real database', () => {
    expect(problems({ DATABASE_URL: 'postgres://localhost/x' })).toMatch(/DATABASE_URL: only together with BOT_TOKEN/);
  });

  test('the result cannot be changed, not even inside', () => {
    const config = read(TELEGRAM);
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config.readingsWindow, { from: 1 })).toThrow(TypeError);
  });
});

describe('.env', () => {
  test('is read, and the environment wins', () => {
    writeFileSync(join(folder, '.env'), 'PORT=1000\nLOG_LEVEL=debug # loud\nTIME_ZONE="Asia/Omsk"\n');
    expect(read({ PORT: '2000' })).toMatchObject({ port: 2000, logLevel: 'debug', timeZone: 'Asia/Omsk' });
  });

  test('an empty setting counts as absent and hides nothing', () => {
    writeFileSync(join(folder, '.env'), 'PORT=1000\nBOT_TOKEN=\n');
    expect(read({ PORT: ' ', DATABASE_URL: '' })).toMatchObject({ mode: 'sandbox', port: 1000 });
  });
});

describe('a bad one stops the start', () => {
  test('all of them at once, by name, with what is expected and never the value', () => {
    const bad = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, name === 'SMSC_PASSWORD' ? 'x' : 'wr ong\u0000,']));
    const said = problems({ ...bad, SMS_SENDER: 'x'.repeat(99), PAYEE_NAME: 'x'.repeat(200), PAYEE_BANK: 'x'.repeat(99) });
    expect(new Set(namesIn(said))).toEqual(new Set(Object.keys(FIELDS).filter((name) => name !== 'SMSC_PASSWORD')));
    expect(said).not.toMatch(/wr ong|xxx/);
  });

  test.each([
    ['BOT_TOKEN', 'token-without-digits'],
    ['SECRET_KEY', 'ab'.repeat(31)],
    ['SECRET_KEY', `${KEY},short`],
    ['STAFF_CHAT_ID', '4711'],
    ['STAFF_SENIOR_IDS', '1,,2'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['REDIS_URL', 'redis://a,http://b'],
    ['PORT', '70000'],
    ['PORT', '80.5'],
    ['SMS_PROVIDER', 'smsru,twilio'],
    ['SMS_HOURLY_LIMIT', '-17'],
    ['READINGS_WINDOW', '25-20'],
    ['READINGS_WINDOW', '20-32'],
    ['PASSWORD_MIN_LENGTH', '2'],
    ['TIME_ZONE', 'Europe/Taganrog'],
    ['LOG_LEVEL', 'loud'],
    ['WEBHOOK_SECRET', 'with space'],
    ['PAYEE_INN', '123'],
  ])('%s=%s', (name, value) => {
    const said = problems({ ...TELEGRAM, [name]: value });
    expect(namesIn(said)).toEqual([name]);
    expect(said).not.toContain(value);
  });
});

describe('what is required', () => {
  test('with BOT_TOKEN: a key', () => {
    expect(namesIn(problems({ BOT_TOKEN: '1:token' }))).toEqual(['SECRET_KEY']);
  });

  test.each([
    ['smsru', ['SMSRU_API_ID']],
    ['smsc', ['SMSC_LOGIN', 'SMSC_PASSWORD']],
    ['smsaero', ['SMSAERO_EMAIL', 'SMSAERO_API_KEY']],
    ['exolve', ['EXOLVE_TOKEN', 'SMS_SENDER']],
    ['gateway', ['GATEWAY_TOKEN']],
    ['gateway, smsc', ['GATEWAY_TOKEN', 'SMSC_LOGIN', 'SMSC_PASSWORD']],
  ])('with SMS_PROVIDER=%s', (provider, names) => {
    expect(namesIn(problems({ BOT_TOKEN: '1:token', SECRET_KEY: KEY, SMS_PROVIDER: provider }))).toEqual(names);
  });

  test('the providers stand in the order given, each once', () => {
    const config = read({ ...TELEGRAM, SMS_PROVIDER: 'gateway,smsru,gateway', GATEWAY_TOKEN: 't' });
    expect(config.mode === 'telegram' && config.sms.providers.map(({ name }) => name)).toEqual(['gateway', 'smsru']);
  });

  test('with WEBHOOK_URL: a secret; https and a port that Telegram calls, unless the Bot API is local', () => {
    const hook = (url: string, more = {}) => namesIn(problems({ ...TELEGRAM, WEBHOOK_URL: url, WEBHOOK_SECRET: 's', ...more }));
    expect(namesIn(problems({ ...TELEGRAM, WEBHOOK_URL: 'https://a.example/x' }))).toEqual(['WEBHOOK_SECRET']);
    expect(hook('https://a.example/x')).toEqual([]);
    expect(hook('https://a.example:8443/x')).toEqual([]);
    expect(hook('https://a.example:9000/x')).toEqual(['WEBHOOK_URL']);
    expect(hook('http://a.example/x')).toEqual(['WEBHOOK_URL']);
    expect(hook('http://127.0.0.1:9000/x', { TELEGRAM_API_ROOT: 'http://127.0.0.1:8081' })).toEqual([]);
  });

  test('keys may be hex or base64, several of them', () => {
    const base64 = Buffer.alloc(32, 7).toString('base64');
    expect(read({ ...TELEGRAM, SECRET_KEY: `${KEY}, ${base64}` })).toMatchObject({ mode: 'telegram' });
  });
});

test('commands that only need the data ask for nothing else', () => {
  writeFileSync(join(folder, '.env'), 'DATABASE_URL=postgres://localhost/x\nPORT=wrong\n');
  expect(readStorageConfig({}, folder)).toEqual({
    databaseUrl: 'postgres://localhost/x',
    dataDir: join(folder, 'data'),
    sandbox: false,
  });
  expect(() => readStorageConfig({ DATABASE_URL: 'mysql://secret' }, folder)).toThrow(
    /DATABASE_URL: must be postgres(?!.*secret)/,
  );
});

describe('.env.example', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const uncommented = parse(example.replace(/^# (?=[A-Z_]+=)/gm, ''));

  test('sets nothing as it ships', () => expect(parse(example)).toEqual({}));
  test('has every setting and no other', () => expect(new Set(Object.keys(uncommented))).toEqual(new Set(Object.keys(FIELDS))));
  test('its values are good ones', () => expect(read(uncommented)).toMatchObject({ mode: 'telegram' }));
  test('its defaults are the ones that hold', () => {
    const names = [
      'PORT',
      'DATA_DIR',
      'SMS_HOURLY_LIMIT',
      'SMS_DAILY_LIMIT',
      'READINGS_WINDOW',
      'PASSWORD_MIN_LENGTH',
      'TIME_ZONE',
      'LOG_LEVEL',
    ];
    const defaults = Object.fromEntries(names.map((name) => [name, uncommented[name] ?? '']));
    expect(read(defaults)).toEqual(read({}));
  });
  test('says what each does', () => {
    const blocks = example.split(/\n\n/).filter((block) => /^# [A-Z_]+=/m.test(block));
    for (const block of blocks) expect(block).toMatch(/^# (?![A-Z_]+=).{10}/);
  });
});
