import { describe, expect, onTestFinished, test } from 'vitest';
import { type Person, updateOf } from '../kit/chat/people.ts';
import { startBotApi, TOKEN, until } from '../kit/edge/bot-api.ts';
import { freePort } from '../kit/edge/free-port.ts';
import { spawnBot } from '../kit/edge/process.ts';
import { type ProxyKind, selfSigned, spawnProxy } from '../kit/edge/proxy.ts';
import { testDatabase } from '../kit/postgres.ts';

const OLGA: Person = { name: 'Ольга', id: 701, phone: '79123456789' };
/** As it stands between the proxy's eyes, and as an address writes it. */
const SECRET = 'бот:p@ss/w#rd%';
const SECRET_IN_ADDRESS = `${encodeURIComponent('бот')}:${encodeURIComponent('p@ss/w#rd%')}`;
const NOT_IN_A_LOG = /p@ss|p%40ss|w#rd|w%23rd|AAtoken/;

async function openStage(options: { tls?: { key: string; cert: string } } = {}) {
  const [{ url, close }, telegram] = await Promise.all([testDatabase(), startBotApi(options)]);
  onTestFinished(async () => {
    await telegram.close();
    await close();
  });
  const settings = {
    DATABASE_URL: url,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    STAFF_CHAT_ID: '-1001',
    ...(options.tls && { NODE_EXTRA_CA_CERTS: options.tls.cert }),
  };
  return { telegram, settings };
}

/** A file of which one row is refused comes back to whom it came from, as a file of that row. */
const REGISTRY = 'ЛС;ФИО;Адрес\nне номер;Иванов Иван Иванович;г. Таганрог, ул. Чехова, д. 1\n';

const WAYS: readonly [proxy: ProxyKind, api: 'http' | 'https', nameAndPassword: string | undefined, seen: RegExp][] = [
  ['http', 'http', SECRET, /^forward (GET|POST) /],
  ['http', 'https', SECRET, /^tunnel 127\.0\.0\.1:/],
  ['https', 'http', SECRET, /^forward (GET|POST) /],
  ['https', 'https', undefined, /^tunnel 127\.0\.0\.1:/],
  ['socks5', 'http', SECRET, /^socks (name|number) 127\.0\.0\.1:/],
  ['socks5', 'https', undefined, /^socks (name|number) 127\.0\.0\.1:/],
];

test.each(WAYS)(
  'the whole bot goes through a proxy: %s, to %s',
  async (kind, scheme, nameAndPassword, seen) => {
    const tls = selfSigned();
    const { telegram, settings } = await openStage(scheme === 'https' ? { tls } : {});
    const proxy = await spawnProxy(kind, { tls, ...(nameAndPassword !== undefined && { nameAndPassword }) });
    const credentials = nameAndPassword === undefined ? '' : `${SECRET_IN_ADDRESS}@`;
    const bot = await spawnBot({
      ...settings,
      NODE_EXTRA_CA_CERTS: tls.cert,
      PROXY_URL: `${kind}://${credentials}127.0.0.1:${proxy.port}`,
    });
    await bot.ready();

    telegram.push(updateOf(OLGA, { does: 'say', words: '/start' }, { update: 1, message: 1 }, 0));
    await until('she is answered', () => telegram.said(OLGA.id).length === 1);
    const sent = updateOf(
      OLGA,
      { does: 'send', media: { kind: 'document', name: 'accounts.csv' }, caption: '' },
      { update: 2, message: 2 },
      0,
    );
    telegram.files.set(sent.message?.document?.file_id.replace('/', '-') ?? '', REGISTRY);
    if (sent.message?.document) sent.message.document.file_id = sent.message.document.file_id.replace('/', '-');
    telegram.push(sent);
    await until('the refused row comes back', () => telegram.calls.some(({ method }) => method === 'sendDocument'), 60_000);
    await until('all is confirmed', () => telegram.confirmed.length === 2);
    expect(await bot.stop('SIGTERM')).toBe(0);
    // Nothing went straight.
    await until('all that came is seen', () => proxy.ways.length === telegram.connections());
    expect(proxy.ways.filter((way) => !seen.test(way))).toEqual([]);
    expect(bot.output()).not.toMatch(NOT_IN_A_LOG);
    // A connection serves many calls.
    if (!seen.source.startsWith('^forward')) expect(proxy.ways.length).toBeLessThan(telegram.calls.length);
  },
  300_000,
);

describe('a proxy by which there is no way', () => {
  const troubles: [string, () => Promise<string>, sentence: RegExp][] = [
    [
      'nobody listens (http)',
      async () => `http://${SECRET_IN_ADDRESS}@127.0.0.1:${await freePort()}`,
      /PROXY_URL: the proxy does not answer; [^"]*\(ECONNREFUSED\); trying again/,
    ],
    [
      'nobody listens (socks5)',
      async () => `socks5://${SECRET_IN_ADDRESS}@127.0.0.1:${await freePort()}`,
      /PROXY_URL: the proxy does not answer; [^"]*\(ECONNREFUSED\); trying again/,
    ],
    [
      'an unknown host',
      async () => `http://${SECRET_IN_ADDRESS}@proxy.invalid:3128`,
      /PROXY_URL: the proxy’s host is not known; [^"]*\((ENOTFOUND|EAI_AGAIN)\); trying again/,
    ],
    [
      'a wrong password (http)',
      async () => `http://${SECRET_IN_ADDRESS}@127.0.0.1:${(await spawnProxy('http', { nameAndPassword: 'a:b' })).port}`,
      /PROXY_URL: the proxy refuses the name and password, [^"]*\(HTTP 407\); trying again/,
    ],
    [
      'a wrong password (socks5)',
      async () => `socks5://${SECRET_IN_ADDRESS}@127.0.0.1:${(await spawnProxy('socks5', { nameAndPassword: 'a:b' })).port}`,
      /PROXY_URL: the proxy refuses the name and password, [^"]*\(SOCKS5 authentication\); trying again/,
    ],
    [
      'no password where one is wanted (socks5)',
      async () => `socks5://127.0.0.1:${(await spawnProxy('socks5', { nameAndPassword: 'a:b' })).port}`,
      /PROXY_URL: the proxy refuses the name and password, or wants them/,
    ],
    [
      'another protocol (socks5 at an http proxy)',
      async () => `socks5://127.0.0.1:${(await spawnProxy('http')).port}`,
      /PROXY_URL: what answers there is no such proxy; check http, https or socks5, and the port/,
    ],
    [
      'another protocol (https at an http proxy)',
      async () => `https://127.0.0.1:${(await spawnProxy('http')).port}`,
      /PROXY_URL: what answers there is no such proxy; check http, https or socks5, and the port/,
    ],
    [
      'a certificate that nobody knows',
      async () => `https://127.0.0.1:${(await spawnProxy('https', { tls: selfSigned() })).port}`,
      /PROXY_URL: the proxy’s certificate is not to be trusted/,
    ],
  ];

  test.each(troubles)(
    '%s: the start waits and says so, without a word of it',
    async (_, address, sentence) => {
      const { settings } = await openStage();
      const bot = await spawnBot({ ...settings, PROXY_URL: await address() });
      await until('it says so', () => sentence.test(bot.output()), 40_000).catch((error: unknown) => {
        throw new Error(bot.output(), { cause: error });
      });
      expect(bot.output()).not.toMatch(NOT_IN_A_LOG);
      expect(bot.output()).not.toContain('the bot is at work');
      expect(await bot.stop('SIGKILL')).toBe('SIGKILL');
    },
    300_000,
  );

  test('a proxy that lets nobody through to Telegram is told from one that is not there', async () => {
    const tls = selfSigned();
    const { settings } = await openStage({ tls });
    const proxy = await spawnProxy('http', { settings: { CONNECT_STATUS: '403' } });
    const bot = await spawnBot({ ...settings, PROXY_URL: `http://127.0.0.1:${proxy.port}` });
    await until('it says so', () => /PROXY_URL: the proxy does not let the bot through to Telegram/.test(bot.output()), 40_000);
  }, 300_000);

  test('one that dies is told once a minute, the bot keeps trying, and nothing that was asked meanwhile is lost', async () => {
    const { telegram, settings } = await openStage();
    const first = await spawnProxy('socks5', { nameAndPassword: SECRET });
    const bot = await spawnBot({ ...settings, PROXY_URL: `socks5://${SECRET_IN_ADDRESS}@127.0.0.1:${first.port}` });
    await bot.ready();
    await first.stop();
    await until('it says so', () => bot.output().includes('PROXY_URL: the proxy does not answer'), 30_000);
    telegram.push(updateOf(OLGA, { does: 'say', words: '/start' }, { update: 1, message: 1 }, 0));
    await spawnProxy('socks5', { nameAndPassword: SECRET, settings: { PROXY_PORT: String(first.port) } });
    await until('she is answered', () => telegram.said(OLGA.id).length === 1, 30_000);
    expect(bot.output()).not.toMatch(NOT_IN_A_LOG);
  }, 300_000);
});

test('a setting that is no proxy’s address stops the start, by its name and without its value', async () => {
  const bot = await spawnBot({ PROXY_URL: 'http://bot:p#ss@proxy:3128', DATABASE_URL: 'postgres://x@127.0.0.1:1/x' });
  expect(await bot.ended()).toBe(1);
  expect(bot.output()).toMatch(/PROXY_URL: must be http:\/\/host:port, https:\/\/host:port or socks5:\/\/host:port/);
  expect(bot.output()).not.toMatch(/p#ss|AAtoken/);
  expect(bot.output()).not.toContain(TOKEN);
}, 300_000);
