import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SMS_PROVIDERS } from '../../src/adapters/sms/providers.ts';
import { ConfigError, readConfig } from '../../src/config/config.ts';
import { readKeyConfig, readStorageConfig } from '../../src/config/for-commands.ts';
import { SETTING_SCHEMAS } from '../../src/config/settings.ts';
import { FIXTURES, fixtureOf } from '../adapters/sms/fixtures.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const KEY = 'ab'.repeat(32);
const [PROVIDER = '', SECOND = ''] = SMS_PROVIDERS.map(({ name }) => name);
const TELEGRAM = { BOT_TOKEN: '1:token', SECRET_KEY: KEY, SMS_PROVIDER: PROVIDER, ...fixtureOf(PROVIDER).settings };
const PAYEE = {
  PAYEE_NAME: 'АО ВЦ',
  PAYEE_INN: '6154000000',
  PAYEE_BANK: 'Банк',
  PAYEE_ACCOUNT: '4'.repeat(20),
  PAYEE_BIC: '0'.repeat(9),
  PAYEE_CORR_ACCOUNT: '3'.repeat(20),
};
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
const namesIn = (message: string) => [...message.matchAll(/^ {2}([A-Z\d_]+):/gm)].map((match) => match[1]);

describe('modes', () => {
  test('nothing at all is the sandbox', () => {
    expect(read({})).toMatchObject({
      mode: 'sandbox',
      owner: 'sandbox',
      port: 8080,
      host: '127.0.0.1',
      dataDir: join(folder, 'data', 'sandbox'),
      passwordMinLength: 3,
      readingsWindow: { from: 20, to: 25 },
      timeZone: 'Europe/Moscow',
      smsHourlyLimit: 300,
      redisUrl: undefined,
    });
  });

  test('a token is the bot on Telegram', () => {
    expect(read({ ...TELEGRAM, TELEGRAM_API_ROOT: 'http://localhost:8081/' })).toMatchObject({
      mode: 'bot',
      owner: 'bot 1',
      botToken: '1:token',
      telegramApiRoot: 'http://localhost:8081',
      webhook: undefined,
      sms: { providers: [PROVIDER], given: fixtureOf(PROVIDER).settings },
    });
  });

  test.each([
    'http://proxy:3128',
    'https://proxy',
    'socks5://proxy',
    'socks5://[::1]:1080/',
    'socks5h://name:p%40ss@proxy:1080',
    'http://%D0%B1%D0%BE%D1%82:p%25@10.0.0.1:3128',
  ])('the way to Telegram may lead through %s; the sandbox has none', (address) => {
    expect(read({ ...TELEGRAM, PROXY_URL: address })).toMatchObject({ proxyUrl: address });
    expect(read({ PROXY_URL: address })).not.toHaveProperty('proxyUrl');
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

  test('spaces that a word processor put into its names are plain ones', () => {
    const given = { ...PAYEE, PAYEE_NAME: 'АО\u00a0ВЦ\u2009«Инкомус»', PAYEE_BANK: 'ПАО\u202fБанк' };
    expect(read({ ...TELEGRAM, ...given }).payee).toMatchObject({ name: 'АО ВЦ «Инкомус»', bank: 'ПАО Банк' });
  });

  test('the name of the two is told that has the sign for which no QR code has room', () => {
    const names = { PAYEE_NAME: 'Ъ'.repeat(110), PAYEE_BANK: 'Банк é' };
    expect(problems({ ...TELEGRAM, ...PAYEE, ...names })).toMatch(
      /PAYEE_BANK: вместе с другим названием .* не помещается в QR-код: нужно короче/,
    );
  });

  test('the toy town does not enter a real database', () => {
    expect(problems({ DATABASE_URL: 'postgres://localhost/x' })).toMatch(
      /DATABASE_URL: только вместе с BOT_TOKEN: .* уберите DATABASE_URL/,
    );
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

describe('where the data are', () => {
  test('the sandbox has a folder of its own in DATA_DIR, for the start and for the commands', () => {
    const sandbox = join(folder, 'd', 'sandbox');
    expect(read({ DATA_DIR: 'd' }).dataDir).toBe(sandbox);
    expect(readStorageConfig({ DATA_DIR: 'd' }, folder)).toMatchObject({ dataDir: sandbox, sandbox: true });
    expect(readKeyConfig({ DATA_DIR: 'd' }, folder).dataDir).toBe(sandbox);
    expect(read({ ...TELEGRAM, DATA_DIR: 'd' }).dataDir).toBe(join(folder, 'd'));
    for (const bots of [{ BOT_TOKEN: '1:token' }, { DATABASE_URL: 'postgres://localhost/x' }]) {
      expect(readStorageConfig({ DATA_DIR: 'd', ...bots }, folder)).toMatchObject({ dataDir: join(folder, 'd'), sandbox: false });
    }
  });

  test('a token that is none does not lead a command to the sandbox', () => {
    expect(() => readStorageConfig({ BOT_TOKEN: 'no token' }, folder)).toThrow(
      /BOT_TOKEN: нужен токен от @BotFather(?!.*no token)/,
    );
  });
});

test.each([
  [{}, '127.0.0.1'],
  [{ HOST: '0.0.0.0' }, '127.0.0.1'],
  [TELEGRAM, '127.0.0.1'],
  [{ ...TELEGRAM, HOST: '10.0.0.7' }, '10.0.0.7'],
  [{ ...TELEGRAM, WEBHOOK_URL: 'https://a.example/x', WEBHOOK_SECRET: 's' }, '0.0.0.0'],
  [{ ...TELEGRAM, WEBHOOK_URL: 'https://a.example/x', WEBHOOK_SECRET: 's', HOST: '::1' }, '::1'],
])('%j listens on %s', (env, host) => {
  expect(read(env).host).toBe(host);
});

describe('keys that everybody knows', () => {
  const known = [
    '0123456789abcdef'.repeat(4),
    '0123456789ABCDEF'.repeat(4),
    '0'.repeat(64),
    Buffer.from('0123456789abcdef'.repeat(4), 'hex').toString('base64'),
    Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('hex'),
  ];

  test.each(known)('%s is refused, and the sentence says how to make one', (key) => {
    for (const list of [key, `${key},${KEY}`]) {
      const said = problems({ ...TELEGRAM, SECRET_KEY: list });
      expect(said).toMatch(/^ {2}SECRET_KEY: нужен свой ключ \(его делает openssl rand -hex 32\): этот известен всем/m);
      expect(said).not.toContain(key);
    }
  });

  test.each(known)('%s may be an older one: whoever began with it has to be able to change it', (key) => {
    expect(read({ ...TELEGRAM, SECRET_KEY: `${KEY},${key}` })).toMatchObject({ mode: 'bot' });
  });
});

describe('a password in DATABASE_URL that is not percent-encoded', () => {
  const url = (password: string) => ({ ...TELEGRAM, DATABASE_URL: `postgres://inkomus:${password}@db.example:5432/inkomus` });

  test.each(['p@ss/word', 'pa/ss', 'pa#ss', 'pa?ss', '1?ss', '1/ss', '1#ss', 'p%zz', 'p%'])(
    '%s is told of, not shown',
    (password) => {
      const said = problems(url(password));
      expect(said).toMatch(/^ {2}DATABASE_URL: нужен адрес postgres:.* в пароле пишутся кодами %40/m);
      expect(said).not.toContain(password);
    },
  );

  test.each(['password', 'p%40ss%2Fword', 'p@ss', '', 'пароль'])('%s is understood', (password) => {
    expect(read(url(password))).toMatchObject({ mode: 'bot' });
  });

  test('other addresses of Postgres stay good', () => {
    const socket = 'postgresql:///postgres?host=%2Ftmp%2Fsocket&user=postgres';
    for (const address of [socket, 'postgres://h/d?sslmode=require', 'postgres://u@h/d?application_name=a@b'])
      expect(read({ ...TELEGRAM, DATABASE_URL: address })).toMatchObject({ databaseUrl: address });
  });
});

describe('names that are no settings', () => {
  test.each([
    ['SMS_PROVIDR', 'SMS_PROVIDER'],
    ['BOT_TOKN', 'BOT_TOKEN'],
    ['SECERT_KEY', 'SECRET_KEY'],
    ['DATABSE_URL', 'DATABASE_URL'],
    ['STAFF_SENIORS_ID', 'STAFF_SENIOR_IDS'],
    ['PROT', 'PORT'],
    ['bot_token', 'BOT_TOKEN'],
  ])('%s is told of, with the nearest one', (name, nearest) => {
    writeFileSync(join(folder, '.env'), `LOG_LEVEL=info\n${name}=a-value\n`);
    expect(read({}).warnings).toEqual([`${name}: такой настройки нет, она не читается: может быть, ${nearest}?`]);
    rmSync(join(folder, '.env'));
    expect(read({ [name]: 'a-value' }).warnings).toEqual([
      `${name}: такой настройки нет, она не читается: может быть, ${nearest}?`,
    ]);
  });

  const file = (...names: string[]) =>
    writeFileSync(join(folder, '.env'), ['LOG_LEVEL=info', ...names.map((name) => `${name}=a-value`)].join('\n'));

  test('in .env one of a family of ours is told of however far it is, with the nearest one', () => {
    file('PAYEE_REQUISITES');
    expect(read({}).warnings).toEqual([expect.stringMatching(/^PAYEE_REQUISITES: такой настройки нет.*может быть, PAYEE_/)]);
  });

  test.each(['ADMIN_IDS', 'LANGUAGE', 'UNKNOWN_SETTING', 'PUBLIC_URL', 'X', 'my.setting'])(
    'in .env so is any other, %s, which in the environment may be somebody else’s',
    (name) => {
      file(name);
      expect(read({}).warnings).toEqual([`${name}: такой настройки нет, она не читается: все имена есть в .env.example`]);
      rmSync(join(folder, '.env'));
      expect(read({ [name]: 'a-value' }).warnings).toEqual([]);
    },
  );

  test.each([
    ['COMPOSE_PROJECT_NAME', 'DOCKER_HOST', 'BUILDKIT_PROGRESS', 'POSTGRES_PASSWORD', 'PGPASSWORD'],
    ['TZ', 'LANG', 'LC_ALL', 'NODE_ENV', 'NODE_OPTIONS', 'npm_config_loglevel', 'NPM_TOKEN'],
    ['HTTP_PROXY', 'https_proxy', 'NO_PROXY'],
  ])('what others keep in .env is not: %s, %s, %s', (...names) => {
    file(...names);
    expect(read({}).warnings).toEqual([]);
  });

  test.each(Object.keys(SETTING_SCHEMAS).filter((name) => SMS_PROVIDERS.some(({ settings }) => Object.hasOwn(settings, name))))(
    'so is one of the family of %s',
    (name) => {
      const other = `${name.split('_')[0]}_SOMETHING_ELSE_ALTOGETHER`;
      writeFileSync(join(folder, '.env'), `LOG_LEVEL=info\n${other}=1\n`);
      expect(read({}).warnings).toEqual([expect.stringMatching(`^${other}: такой настройки нет`)]);
    },
  );

  test('the environment of a shell, of systemd and of a container has none', () => {
    const usual = [
      'PATH',
      'HOME',
      'USER',
      'LOGNAME',
      'SHELL',
      'PWD',
      'OLDPWD',
      'TERM',
      'LANG',
      'LC_ALL',
      'HOSTNAME',
      'SHLVL',
      'TZ',
      'NODE_ENV',
    ];
    const services = [
      'INVOCATION_ID',
      'JOURNAL_STREAM',
      'SYSTEMD_EXEC_PID',
      'npm_config_loglevel',
      'npm_lifecycle_event',
      'HTTPS_PROXY',
      'NO_PROXY',
      'http_proxy',
    ];
    expect(read(Object.fromEntries([...usual, ...services].map((name) => [name, 'x']))).warnings).toEqual([]);
  });
});

describe('MAX, which is not there yet', () => {
  const NO_MAX = '  MAX_TOKEN: этот выпуск ещё не умеет MAX: уберите эту настройку; бот в Telegram запускается с BOT_TOKEN';
  const said = `Настройки (окружение и .env) не годятся:\n${NO_MAX}`;

  test.each([
    ['no bot becomes a sandbox', {}],
    ['nor one of Telegram alone', TELEGRAM],
  ])('%s: it stops in one sentence, from the environment or from .env, and so do the commands', (_, others) => {
    const env = { ...others, MAX_TOKEN: 'a-5ecret' };
    expect(problems(env)).toBe(said);
    expect(() => readStorageConfig(env, folder)).toThrow(said);
    writeFileSync(join(folder, '.env'), 'MAX_TOKEN=a-5ecret\n');
    expect(problems(others)).toBe(said);
    expect(() => readStorageConfig(others, folder)).toThrow(said);
  });

  test('an empty one is none', () => {
    expect(read({ MAX_TOKEN: '' })).toMatchObject({ mode: 'sandbox' });
  });
});

describe('a .env that would be read otherwise than it was meant stops the start', () => {
  const text = 'BOT_TOKEN=1:token\nPAYEE_NAME=АО ВЦ\n';
  const cp1251 = Buffer.concat([Buffer.from('BOT_TOKEN=1:token\nPAYEE_NAME='), Buffer.from([0xc0, 0xce]), Buffer.from('\n')]);
  const SILENT = /^ {2}\.env: не задаёт ничего знакомого: уберите #/m;

  test.each<[string, Uint8Array, RegExp]>([
    [
      'UTF-16 with its mark',
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      /\.env: нужен текст в UTF-8, а файл в UTF-16: сохраните его заново/,
    ],
    ['UTF-16 without its mark', Buffer.from('BOT_TOKEN=1:token\n', 'utf16le'), /\.env: нужен текст в UTF-8, а файл в UTF-16/],
    [
      'UTF-16, the other way round',
      Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
      /\.env: нужен текст в UTF-8, а файл в UTF-16/,
    ],
    ['windows-1251', cp1251, /\.env: нужен текст в UTF-8, а файл в другой кодировке/],
    [
      'letters that were lost',
      Buffer.from('BOT_TOKEN=1:token\nPAYEE_NAME=\ufffd\ufffd\n'),
      /\.env: в строке 2 буквы, которые потерялись в другой кодировке/,
    ],
    ['empty', Buffer.from(''), SILENT],
    ['blank', Buffer.from(' \r\n\n'), SILENT],
    ['comments alone', Buffer.from('# BOT_TOKEN=1:token\n'), SILENT],
    ['nothing of ours', Buffer.from('COMPOSE_PROJECT_NAME=bot\n'), SILENT],
    ['names without values', Buffer.from('BOT_TOKEN=\nSECRET_KEY= \n'), SILENT],
    ['half a line', Buffer.from('BOT_TOKEN'), SILENT],
  ])('%s', (_, bytes, sentence) => {
    writeFileSync(join(folder, '.env'), bytes);
    expect(problems({})).toMatch(sentence);
    expect(() => readStorageConfig({}, folder)).toThrow(sentence);
    expect(problems({})).not.toContain('1:token');
  });

  test.each([
    ['SMSC_PASSWORD=tram', 'SMSC_PASSWORD=bus'],
    ['SMSC_PASSWORD=tram', 'SMSC_PASSWORD='],
    ['SMSC_PASSWORD=tram', "export SMSC_PASSWORD = 'bus'"],
    ['SMSC_PASSWORD="tram"', 'SMSC_LOGIN=x', 'SMSC_PASSWORD=tram', 'SMSC_PASSWORD=bus'],
  ])('a setting that stands there twice: %s, %s', (...lines) => {
    writeFileSync(join(folder, '.env'), lines.join('\r\n'));
    const said = problems(TELEGRAM);
    expect(said).toMatch(/^ {2}SMSC_PASSWORD: стоит в \.env несколько раз с разными значениями/m);
    expect(said).not.toMatch(/tram|bus/);
  });

  test.each([
    ['SMSC_PASSWORD=', 'SMSC_PASSWORD=one'],
    ['SMSC_PASSWORD=one', 'SMSC_PASSWORD="one"'],
    ['COMPOSE_FILE=a', 'COMPOSE_FILE=b', 'SMSC_PASSWORD=one'],
  ])('twice without doubt is no slip: %s, %s', (...lines) => {
    writeFileSync(join(folder, '.env'), lines.join('\n'));
    expect(problems({})).not.toContain('несколько раз');
  });

  test('where the environment says whose the data are, an idle one is no slip', () => {
    writeFileSync(join(folder, '.env'), '# later\n');
    expect(read(TELEGRAM)).toMatchObject({ mode: 'bot' });
    expect(readStorageConfig({ DATABASE_URL: 'postgres://localhost/x' }, folder)).toMatchObject({ sandbox: false });
  });

  test('with its mark (BOM) and Windows line ends UTF-8 is read', () => {
    writeFileSync(join(folder, '.env'), '\ufeffPORT=1000\r\nPAYEE_BANK="Банк"\r\n');
    expect(namesIn(problems({}))).not.toContain('.env');
    expect(readStorageConfig({}, folder)).toMatchObject({ sandbox: true });
  });

  test.each([
    ['PAYMENT_PROVIDER_TOKEN=pa#ss$word'],
    ['export PAYMENT_PROVIDER_TOKEN = pa#ss'],
    ['PAYMENT_PROVIDER_TOKEN=#pass'],
    ['PAYMENT_PROVIDER_TOKEN=pa ss#word # a comment'],
    ['PAYMENT_PROVIDER_TOKEN="pa#ss'],
  ])('%s', (line) => {
    writeFileSync(join(folder, '.env'), `${line}\n`);
    const said = problems(TELEGRAM);
    expect(said).toMatch(/^ {2}PAYMENT_PROVIDER_TOKEN: возьмите значение в \.env в одинарные кавычки/m);
    expect(said).not.toMatch(/pa ?#?ss/);
  });

  test.each([
    ["PAYMENT_PROVIDER_TOKEN='pa#ss$word'", 'pa#ss$word'],
    ['PAYMENT_PROVIDER_TOKEN="pa#ss" # a comment', 'pa#ss'],
    ['PAYMENT_PROVIDER_TOKEN=pass # a comment', 'pass'],
    ['PAYMENT_PROVIDER_TOKEN=pass\t#a comment', 'pass'],
  ])('%s is read as %s', (line, password) => {
    writeFileSync(join(folder, '.env'), `${line}\n`);
    expect(read(TELEGRAM)).toMatchObject({ paymentProviderToken: password });
  });
});

describe('a bad one stops the start', () => {
  test('all of them at once, by name, with what is expected and never the value', () => {
    const ofProviders = SMS_PROVIDERS.flatMap(({ settings }) => Object.keys(settings));
    const bad = Object.keys(SETTING_SCHEMAS).map((name) => [name, ofProviders.includes(name) ? '' : 'wr ong\u0000,']);
    const long = { SMS_SENDER: 'x'.repeat(99), PAYEE_NAME: 'x'.repeat(200), PAYEE_BANK: 'x'.repeat(99) };
    const badSettings = Object.assign({}, ...Object.values(FIXTURES).map((fixture) => fixture.badSettings)) as Record<
      string,
      string
    >;
    const all = { ...Object.fromEntries(bad), ...badSettings, ...long } as Record<string, string>;
    const said = problems(all);
    expect(namesIn(said)).toEqual(Object.keys(SETTING_SCHEMAS).filter((name) => all[name] !== ''));
    for (const value of ['wr ong', 'xxx', ...Object.values(badSettings)]) expect(said).not.toContain(value);
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
    ['SMS_PROVIDER', `${PROVIDER},twilio`],
    ['SMS_HOURLY_LIMIT', '-17'],
    ['READINGS_WINDOW', '25-20'],
    ['READINGS_WINDOW', '20-32'],
    ['READINGS_OUT', 'daily'],
    ['PAYMENTS_OUT', '25:00'],
    ['PASSWORD_MIN_LENGTH', '2'],
    ['TIME_ZONE', 'Europe/Taganrog'],
    ['LOG_LEVEL', 'loud'],
    ['WEBHOOK_SECRET', 'with space'],
    ['TIME_ZONE', '+03:00'],
    ['TIME_ZONE', '-05'],
    ['TIME_ZONE', '+0300'],
    ['PAYEE_INN', '123'],
    ['PAYEE_NAME', 'АО\tВЦ'],
    ['PAYEE_BANK', 'ПАО Банк\u2028г. Таганрог'],
    ['PAYEE_BANK', 'Ы'.repeat(46)],
    ['PAYEE_NAME', `${'Ъ'.repeat(110)}−`],
    ['PAYEE_BANK', '|~^#\\_'],
    ['HOST', 'http://127.0.0.1'],
    ['PAYEE_NAME', 'А\ufffd \ufffd\ufffd'],
    ['PROXY_URL', 'proxy.example:3128'],
    ['PROXY_URL', '10.0.0.1:3128'],
    ['PROXY_URL', 'socks4://proxy:1080'],
    ['PROXY_URL', 'ftp://proxy:21'],
    ['PROXY_URL', 'socks5://:1080'],
    ['PROXY_URL', 'http://proxy:0'],
    ['PROXY_URL', 'http://proxy:99999'],
    ['PROXY_URL', 'http://name:pa#ss@proxy:3128'],
    ['PROXY_URL', 'http://name:pa/ss@proxy:3128'],
    ['PROXY_URL', 'http://name:pa%ss@proxy:3128'],
    ['PROXY_URL', 'socks5://name:%ff@proxy:1080'],
  ])('%s=%s', (name, value) => {
    const said = problems({ ...TELEGRAM, ...(name.startsWith('PAYEE_') && PAYEE), [name]: value });
    expect(namesIn(said)).toEqual([name]);
    expect(said).not.toContain(value);
  });
});

describe('what is required', () => {
  test('with BOT_TOKEN: a key', () => {
    expect(namesIn(problems({ BOT_TOKEN: '1:token' }))).toEqual(['SECRET_KEY']);
  });

  test('with several of SMS_PROVIDER: what each wants, in their order', () => {
    const needs = (provider: string) => Object.keys(fixtureOf(provider).settings);
    const said = problems({ BOT_TOKEN: '1:token', SECRET_KEY: KEY, SMS_PROVIDER: `${SECOND}, ${PROVIDER}` });
    expect(namesIn(said)).toEqual([...needs(SECOND), ...needs(PROVIDER)]);
  });

  test('the providers stand in the order given, each once; nothing of others is handed on', () => {
    const { settings } = fixtureOf(SECOND);
    const order = `${SECOND},${PROVIDER},${SECOND}`;
    expect(read({ ...TELEGRAM, ...settings, SMS_PROVIDER: order })).toMatchObject({
      sms: { providers: [SECOND, PROVIDER], given: { ...settings, ...fixtureOf(PROVIDER).settings } },
    });
    const config = read({ ...TELEGRAM, ...settings, SMS_PROVIDER: SECOND });
    expect(config.mode === 'bot' && config.sms.given).toEqual(settings);
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

  test('what is given and cannot be read wants the others with it, in the same list', () => {
    expect(namesIn(problems({ ...TELEGRAM, WEBHOOK_URL: 'ftp://a' }))).toEqual(['WEBHOOK_URL', 'WEBHOOK_SECRET']);
    expect(namesIn(problems({ BOT_TOKEN: 'x', PAYEE_INN: '1' }))).toEqual(
      ['BOT_TOKEN', 'PAYEE_INN', 'SECRET_KEY'].concat(
        ['NAME', 'ACCOUNT', 'BANK', 'BIC', 'CORR_ACCOUNT'].map((name) => `PAYEE_${name}`),
      ),
    );
    const [needed = ''] = Object.keys(fixtureOf(PROVIDER).settings);
    const sms = { BOT_TOKEN: '1:token', SECRET_KEY: KEY, SMS_PROVIDER: `${PROVIDER},twilio` };
    expect(namesIn(problems(sms))).toEqual(expect.arrayContaining(['SMS_PROVIDER', needed]));
  });

  test('keys may be hex or base64, several of them', () => {
    const base64 = Buffer.alloc(32, 7).toString('base64');
    expect(read({ ...TELEGRAM, SECRET_KEY: `${KEY}, ${base64}` })).toMatchObject({ mode: 'bot' });
  });
});

test('commands that only need the data ask for nothing else', () => {
  writeFileSync(join(folder, '.env'), 'DATABASE_URL=postgres://localhost/x\nPORT=wrong\n');
  expect(readStorageConfig({}, folder)).toEqual({
    databaseUrl: 'postgres://localhost/x',
    dataDir: join(folder, 'data'),
    owner: 'bot',
    sandbox: false,
  });
  expect(() => readStorageConfig({ DATABASE_URL: 'mysql://secret' }, folder)).toThrow(
    /DATABASE_URL: нужен адрес postgres(?!.*secret)/,
  );
});

describe('.env.example', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const uncommented = parse(example.replace(/^# (?=[A-Z\d_]+=)/gm, ''));

  test('sets nothing as it ships', () => expect(parse(example)).toEqual({}));
  test('has every setting and no other', () =>
    expect(new Set(Object.keys(uncommented))).toEqual(new Set(Object.keys(SETTING_SCHEMAS))));
  test('its values are good ones, but for the key, which everybody knows', () => {
    expect(read({ ...uncommented, SECRET_KEY: KEY })).toMatchObject({ mode: 'bot' });
    expect(problems(uncommented)).toMatch(/^ {2}SECRET_KEY: нужен свой ключ .*openssl rand -hex 32/m);
  });
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
    const blocks = example.split(/\n\n/).filter((block) => /^# [A-Z\d_]+=/m.test(block));
    for (const block of blocks) expect(block).toMatch(/^# (?![A-Z\d_]+=).{10}/);
  });
});
