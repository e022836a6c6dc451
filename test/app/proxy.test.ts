import { describe, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../src/adapters/log.ts';
import { openApi } from '../../src/channels/telegram/api.ts';
import { createTelegramClient } from '../../src/channels/telegram/client.ts';
import { describeUpdateError, sentenceOf } from '../../src/channels/telegram/update-error.ts';
import { type Person, updateOf } from '../kit/chat/people.ts';
import { startBotApi, TOKEN, until } from '../kit/edge/bot-api.ts';
import { freePort } from '../kit/edge/free-port.ts';
import { openBot } from '../kit/edge/open-bot.ts';
import { spawnBot, spawnBots } from '../kit/edge/process.ts';
import { type ProxyKind, selfSigned, spawnProxy } from '../kit/edge/proxy.ts';
import { testDatabase } from '../kit/postgres.ts';

const OLGA: Person = { name: 'Ольга', id: 701, phone: '79123456789' };
/** As it stands between the proxy's eyes, and as an address writes it. */
const SECRET = 'бот:p@ss/w#rd%';
const SECRET_IN_ADDRESS = `${encodeURIComponent('бот')}:${encodeURIComponent('p@ss/w#rd%')}`;
const NOT_IN_A_LOG = /p@ss|p%40ss|w#rd|w%23rd|AAtoken/;

async function openStage(options: { tls?: { key: string; cert: string } } = {}) {
  const [{ url, close }, telegram] = await Promise.all([testDatabase(), startBotApi({ ...options, staff: [OLGA.id] })]);
  onTestFinished(async () => {
    await telegram.close();
    await close();
  });
  return { telegram, settings: { DATABASE_URL: url, TELEGRAM_API_ROOT: telegram.apiRoot, STAFF_CHAT_ID: '-1001' } };
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

test('the whole bot goes through a proxy of each kind, to http and to https', async () => {
  const tls = selfSigned();
  const stages = await Promise.all(
    WAYS.map(async ([kind, scheme, nameAndPassword, seen]) => {
      const stage = await openStage(scheme === 'https' ? { tls } : {});
      const proxy = await spawnProxy(kind, { tls, ...(nameAndPassword !== undefined && { nameAndPassword }) });
      const credentials = nameAndPassword === undefined ? '' : `${SECRET_IN_ADDRESS}@`;
      const settings = { ...stage.settings, PROXY_URL: `${kind}://${credentials}127.0.0.1:${proxy.port}` };
      return { telegram: stage.telegram, proxy, seen, settings, way: `${kind} to ${scheme}` };
    }),
  );
  // Whose certificates are known is the whole process's.
  const bots = await spawnBots(
    { NODE_EXTRA_CA_CERTS: tls.cert },
    stages.map(({ settings }) => settings),
  );
  await until('all are at work', () => bots.output().includes('all are at work'), 60_000);

  for (const { telegram, way } of stages) {
    telegram.push(updateOf(OLGA, { does: 'say', words: '/start' }, { update: 1, message: 1 }, 0));
    await until(`she is answered (${way})`, () => telegram.said(OLGA.id).length === 1);
    const media = { kind: 'document', name: 'accounts.csv' } as const;
    const sent = updateOf(OLGA, { does: 'send', media, caption: '' }, { update: 2, message: 2 }, 0);
    telegram.files.set(sent.message?.document?.file_id.replace('/', '-') ?? '', REGISTRY);
    if (sent.message?.document) sent.message.document.file_id = sent.message.document.file_id.replace('/', '-');
    telegram.push(sent);
  }
  for (const { telegram, way } of stages) {
    const isBack = () => telegram.calls.some(({ method }) => method === 'sendDocument');
    await until(`the refused row comes back (${way})`, isBack, 60_000);
    await until(`all is confirmed (${way})`, () => telegram.confirmed.length === 2);
  }
  expect(await bots.stop('SIGTERM')).toBe(0);
  for (const { telegram, proxy, seen, way } of stages) {
    // Nothing went straight.
    await until(`all that came is seen (${way})`, () => proxy.ways.length === telegram.connections());
    expect(
      proxy.ways.filter((each) => !seen.test(each)),
      way,
    ).toEqual([]);
    // A connection serves many calls.
    if (!seen.source.startsWith('^forward')) expect(proxy.ways.length, way).toBeLessThan(telegram.calls.length);
  }
  expect(bots.output()).not.toMatch(NOT_IN_A_LOG);
}, 300_000);

describe('a proxy by which there is no way', () => {
  const troubles: [string, () => Promise<string>, sentence: RegExp, api?: 'http' | 'https'][] = [
    [
      'nobody listens (http)',
      async () => `http://${SECRET_IN_ADDRESS}@127.0.0.1:${await freePort()}`,
      /PROXY_URL: прокси не отвечает \(ECONNREFUSED\): проверьте, что он работает, [^"]*; бот пробует снова/,
    ],
    [
      'nobody listens (socks5)',
      async () => `socks5://${SECRET_IN_ADDRESS}@127.0.0.1:${await freePort()}`,
      /PROXY_URL: прокси не отвечает \(ECONNREFUSED\): проверьте, что он работает, [^"]*; бот пробует снова/,
    ],
    [
      'an unknown host',
      async () => `http://${SECRET_IN_ADDRESS}@proxy.invalid:3128`,
      /PROXY_URL: узла прокси с таким именем нет \((ENOTFOUND|EAI_AGAIN)\): проверьте имя; бот пробует снова/,
    ],
    [
      'a wrong password (http)',
      async () => `http://${SECRET_IN_ADDRESS}@127.0.0.1:${(await spawnProxy('http', { nameAndPassword: 'a:b' })).port}`,
      /PROXY_URL: прокси не принимает имя и пароль [^"]*\(HTTP 407\): исправьте их; бот пробует снова/,
    ],
    [
      'a wrong password (socks5)',
      async () => `socks5://${SECRET_IN_ADDRESS}@127.0.0.1:${(await spawnProxy('socks5', { nameAndPassword: 'a:b' })).port}`,
      /PROXY_URL: прокси не принимает имя и пароль [^"]*\(SOCKS5 authentication\): исправьте их; бот пробует снова/,
    ],
    [
      'no password where one is wanted (socks5)',
      async () => `socks5://127.0.0.1:${(await spawnProxy('socks5', { nameAndPassword: 'a:b' })).port}`,
      /PROXY_URL: прокси не принимает имя и пароль или требует их/,
    ],
    [
      'another protocol (socks5 at an http proxy)',
      async () => `socks5://127.0.0.1:${(await spawnProxy('http')).port}`,
      /PROXY_URL: там отвечает не такой прокси [^"]*: проверьте http, https или socks5 и порт/,
    ],
    [
      'another protocol (https at an http proxy)',
      async () => `https://127.0.0.1:${(await spawnProxy('http')).port}`,
      /PROXY_URL: там отвечает не такой прокси [^"]*: проверьте http, https или socks5 и порт/,
    ],
    [
      'a certificate that nobody knows',
      async () => `https://127.0.0.1:${(await spawnProxy('https', { tls: selfSigned() })).port}`,
      /PROXY_URL: сертификату прокси нельзя верить [^"]*: исправьте его/,
    ],
    [
      'nobody let through to Telegram',
      async () => `http://127.0.0.1:${(await spawnProxy('http', { settings: { CONNECT_STATUS: '403' } })).port}`,
      /PROXY_URL: прокси не пускает к Telegram [^"]*: разрешите/,
      'https',
    ],
  ];

  const WRONG = 'a wrong password (socks5)';

  test('the start waits and says so, without a word of it', async () => {
    const { settings } = await openStage();
    const [, address, sentence] = troubles.find(([trouble]) => trouble === WRONG) ?? [];
    const bot = await spawnBot({ ...settings, PROXY_URL: (await address?.()) ?? '' });
    await until('it says so', () => sentence?.test(bot.output()) === true, 40_000).catch((error: unknown) => {
      throw new Error(bot.output(), { cause: error });
    });
    expect(bot.output()).not.toMatch(NOT_IN_A_LOG);
    expect(bot.output()).not.toContain('the bot is at work');
    expect(await bot.stop('SIGTERM')).toBe(1);
    expect(bot.output()).toMatch(/"why":"SIGTERM","msg":"stopped before the start was over"/);
  }, 300_000);

  test.each(troubles)(
    '%s is told in its own words',
    async (_, address, sentence, api = 'http') => {
      let output = '';
      const log = createLog('trace', { destination: { write: (line) => void (output += line) }, readable: false });
      // Nobody is there: by each of these ways nothing gets so far.
      const telegram = { token: TOKEN, apiRoot: `${api}://127.0.0.1:${await freePort()}` };
      const client = createTelegramClient({ proxyUrl: await address(), patienceMs: 0, longestFloodWaitMs: 0 });
      onTestFinished(client.close);
      const silence: unknown = await openApi(telegram, client)
        .getMe()
        .catch((error: unknown) => error);
      // As the app does.
      log.warn(describeUpdateError(silence), sentenceOf(silence, telegram));
      expect(output).toMatch(sentence);
      expect(output).not.toContain('    at ');
      expect(output).not.toContain('"where"');
      expect(output).not.toMatch(NOT_IN_A_LOG);
    },
    60_000,
  );

  test('one that dies is told once a minute, the bot keeps trying, and nothing that was asked meanwhile is lost', async () => {
    const { telegram, settings } = await openStage();
    const first = await spawnProxy('socks5', { nameAndPassword: SECRET });
    const bot = await openBot({ ...settings, PROXY_URL: `socks5://${SECRET_IN_ADDRESS}@127.0.0.1:${first.port}` });
    await first.stop();
    await until('it says so', () => bot.output().includes('PROXY_URL: прокси не отвечает'), 30_000);
    telegram.push(updateOf(OLGA, { does: 'say', words: '/start' }, { update: 1, message: 1 }, 0));
    await spawnProxy('socks5', { nameAndPassword: SECRET, settings: { PROXY_PORT: String(first.port) } });
    await until('she is answered', () => telegram.said(OLGA.id).length === 1, 30_000);
    expect(bot.output()).not.toMatch(NOT_IN_A_LOG);
  }, 300_000);
});
