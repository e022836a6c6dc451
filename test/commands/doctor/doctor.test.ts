import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { examine } from '../../../src/commands/doctor/examine.ts';
import type { Finding } from '../../../src/commands/doctor/finding.ts';
import { keyPrints } from '../../../src/adapters/keyring.ts';
import type { Db } from '../../../src/records/database.ts';
import { createReadiness } from '../../../src/adapters/http/readiness.ts';
import { healthRoutes, startWeb } from '../../../src/adapters/http/server.ts';
import { EXAMPLE_CENTRE } from '../../../src/config/config.ts';
import { TOWN_PAYEE } from '../../../src/sandbox/town/payee.ts';
import { playingProvider } from '../../adapters/sms/playing-provider.ts';
import { type BotApi, type Interference, startBotApi, TOKEN } from '../../kit/edge/bot-api.ts';
import { freePort } from '../../kit/edge/free-port.ts';
import { runCommand } from '../../kit/command.ts';
import * as make from '../../kit/make.ts';
import { passableFolder } from '../../kit/passable-folder.ts';
import { testDatabase } from '../../kit/postgres.ts';
import { redisIsMissing, testRedis } from '../../kit/redis.ts';

const NOW = new Date('2026-11-20T09:00:00Z');
const SECRETS = { BOT_TOKEN: TOKEN, SECRET_KEY: 'cd'.repeat(32), SMSRU_API_ID: '5ecret-0-api', WEBHOOK_SECRET: 'hook-5ecret' };
const MINUTE_MS = 60_000;
const [GROUP, SENIOR] = [-1001, 801];

const OWNER = `bot ${TOKEN.split(':')[0]}` as const;

type Stage = Awaited<ReturnType<typeof openStage>>;
let stage: Stage;

/** An installation in which all is well, on one database for all tests: each makes one mistake. */
async function openStage() {
  const [database, telegram, provider, folder] = await Promise.all([
    testDatabase(),
    startBotApi(),
    playingProvider(),
    passableFolder('inkomus-doctor-'),
  ]);
  const dataDir = join(folder, 'data');
  await mkdir(dataDir, { mode: 0o700 });
  const centreFile = join(folder, 'centre.json');
  const example = JSON.parse(await readFile(EXAMPLE_CENTRE, 'utf8'));
  const own = {
    ...example,
    phones: [{ number: '+7 (8634) 31-00-01', about: 'справочная' }],
    paymentPoints: [{ ...example.paymentPoints[0], address: 'г. Таганрог, ул. Петровская, 1', phone: undefined }],
    holidays: ['2026-12-31', '2027-01-01', '2027-05-01'],
    // Whatever the law says today, nothing runs out soon.
    penalty: example.penalty.map((row: object, i: number, all: readonly object[]) =>
      i === all.length - 1 ? { ...row, until: '2027-12-31' } : row,
    ),
  };
  await writeFile(centreFile, JSON.stringify(own));
  const { db } = database;
  const finishedAt = new Date(NOW.getTime() - 60 * MINUTE_MS);
  for (const kind of ['accounts', 'charges', 'payments', 'meters'] as const) await make.registryImport(db, { kind, finishedAt });
  await db
    .insertInto('dataOwner')
    .values({ owner: OWNER, keyPrint: keyPrints(SECRETS.SECRET_KEY)[0] ?? null })
    .execute();
  await bringToWork(db);
  await make.account(db, { number: '0012345' });
  const env: Record<string, string> = {
    ...SECRETS,
    DATABASE_URL: database.url,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    STAFF_CHAT_ID: String(GROUP),
    STAFF_SENIOR_IDS: String(SENIOR),
    SMS_PROVIDER: 'smsru',
    SMS_API_ROOT: provider.root,
    CENTRE_FILE: centreFile,
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    ...payee(),
  };
  return { ...database, telegram, provider, folder, dataDir, centreFile, own, env };
}

/** Some process of the bot leads. */
async function bringToWork(db: Db): Promise<void> {
  await db
    .insertInto('leads')
    .values({ name: 'outbox', holder: 'a worker', until: new Date(Date.now() + 86_400_000) })
    .execute();
}

function payee(change: Partial<typeof TOWN_PAYEE> = {}): Record<string, string> {
  const { name, inn, account, bank, bic, corrAccount } = { ...TOWN_PAYEE, ...change };
  const values = { NAME: name, INN: inn, ACCOUNT: account, BANK: bank, BIC: bic, CORR_ACCOUNT: corrAccount };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`PAYEE_${key}`, value]));
}

const MEMBER = { status: 'administrator', can_manage_topics: true, can_delete_messages: true };

/** Telegram as it should be, but for these methods. */
function telegramSays(telegram: BotApi, change: Readonly<Record<string, Interference>> = {}): void {
  const well: Record<string, Interference> = {
    getWebhookInfo: { result: { url: '', has_custom_certificate: false, pending_update_count: 0 } },
    getChat: { result: { id: GROUP, type: 'supergroup', title: 'Обращения', is_forum: true } },
    getChatMember: { result: MEMBER },
  };
  telegram.interfereWith(({ method }) => change[method] ?? well[method]);
}

beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(async () => {
  await stage.telegram.close();
  stage.provider.close();
  await stage.close();
  await rm(stage.folder, { recursive: true, force: true });
});

type Change = { env?: Record<string, string>; telegram?: Record<string, Interference>; balance?: number; now?: Date };

async function findingsOf({ env = {}, telegram = {}, balance = 5_000, now = NOW }: Change = {}): Promise<Finding[]> {
  telegramSays(stage.telegram, telegram);
  stage.provider.answers(200, { status: 'OK', balance });
  return examine(String, { env: { ...stage.env, ...env }, folder: stage.folder, now });
}

const bad = (findings: readonly Finding[]) => findings.filter(({ level, about }) => level !== 'good' && about !== 'Node');
const textOf = (findings: readonly Finding[]) =>
  findings.map(({ level, about, says }) => `${level} ${about}: ${says}`).join('\n');

test('an installation in which all is well: each neighbour has its line, none is a fault, and no secret stands in any', async () => {
  const findings = await findingsOf();
  const said = textOf(findings);
  expect(bad(findings), said).toEqual([]);
  for (const line of [
    /^good база|^good DATABASE_URL: Postgres \d+\.\d+, роль \w+/m,
    /^good схема базы: новейшая/m,
    /^good SECRET_KEY: подходит к этой базе$/m,
    /^good PORT: 127\.0\.0\.1:\d+ свободен$/m,
    /^good бот: работает$/m,
    /^good REDIS_URL: не задан/m,
    /^good Telegram: это @\w+$/m,
    /^good STAFF_CHAT_ID: «Обращения», с темами/m,
    /^good SMS, smsru: на счёте 5\s000,00\s₽/m,
    /^good реквизиты: контрольные цифры сходятся/m,
    /^good DATA_DIR: свободно /m,
    /^good реестр: платежи: загрузка № \d+, 60 минут назад|^good реестр: платежи: загрузка № \d+, 1 час назад/m,
    /^good очередь: пуста/m,
    /^good обращения: открыто 0/m,
    /^good выгрузка: показания/m,
  ])
    expect(said).toMatch(line);
  for (const secret of [...Object.values(SECRETS), stage.url]) expect(said).not.toContain(secret);
}, 60_000);

/** What an operator does by mistake, and the line that says so. */
const MISTAKES: readonly [mistake: string, change: () => Change | Promise<Change>, line: RegExp][] = [
  // D13
  [
    'no CENTRE_FILE',
    () => ({ env: { CENTRE_FILE: '' }, now: new Date('2026-10-20T09:00:00Z') }),
    /^warning настройки: CENTRE_FILE: жители видят контакты из примера/m,
  ],
  ['no seniors', () => ({ env: { STAFF_SENIOR_IDS: '' } }), /^warning настройки: STAFF_SENIOR_IDS: не задан/m],
  [
    'an unknown name',
    () => ({ env: { SMS_PROVIDR: 'smsru' } }),
    /^warning настройки: SMS_PROVIDR: такой настройки нет.* SMS_PROVIDER\?/m,
  ],
  [
    'holidays that run out',
    async () => ({ env: { CENTRE_FILE: await written('old.json', JSON.stringify({ ...stage.own, holidays: ['2026-12-31'] })) } }),
    /^warning настройки: CENTRE_FILE: holidays: кончится 2026-12-31/m,
  ],
  ['no staff group', () => ({ env: { STAFF_CHAT_ID: '' } }), /^warning настройки: STAFF_CHAT_ID: не задан/m],
  ['no SMS', () => ({ env: { SMS_PROVIDER: '' } }), /^warning SMS_PROVIDER: не задан/m],
  // D14
  [
    'Telegram away',
    async () => ({ env: { TELEGRAM_API_ROOT: `http://127.0.0.1:${await freePort()}` } }),
    /^fault Telegram: TELEGRAM_API_ROOT: Telegram не отвечает \(ECONNREFUSED\): проверьте, что ваш сервер Bot API запущен(?!.*PROXY_URL)/m,
  ],
  [
    'Telegram answers 502',
    () => ({ telegram: { getMe: { refuse: { error_code: 502, description: 'Bad Gateway' } } } }),
    /^fault Telegram: TELEGRAM_API_ROOT: Telegram не отвечает \(502\)/m,
  ],
  [
    'a proxy that is not there',
    async () => ({ env: { PROXY_URL: `http://name:pr0xy-5ecret@127.0.0.1:${await freePort()}` } }),
    /^fault Telegram: PROXY_URL: прокси не отвечает \(ECONNREFUSED\)/m,
  ],
  [
    'a token that is none',
    () => ({ env: { BOT_TOKEN: '4711:AAanother' } }),
    /^fault Telegram: BOT_TOKEN: Telegram не знает такого токена/m,
  ],
  [
    'a failing webhook',
    () => ({
      env: { WEBHOOK_URL: 'http://127.0.0.1/hook' },
      telegram: {
        getWebhookInfo: {
          result: {
            url: 'http://127.0.0.1/hook',
            pending_update_count: 3,
            last_error_date: NOW.getTime() / 1000 - 120,
            last_error_message: 'Connection refused',
          },
        },
      },
    }),
    /^fault WEBHOOK_URL: Telegram не смог доставить \(2 минуты назад\): Connection refused/m,
  ],
  [
    'another webhook',
    () => ({
      env: { WEBHOOK_URL: 'http://127.0.0.1/hook' },
      telegram: { getWebhookInfo: { result: { url: 'https://other.example/x', pending_update_count: 0 } } },
    }),
    /^fault WEBHOOK_URL: у Telegram стоит другой вебхук/m,
  ],
  [
    'a webhook that was forgotten',
    () => ({ telegram: { getWebhookInfo: { result: { url: 'https://other.example/x', pending_update_count: 0 } } } }),
    /^warning WEBHOOK_URL: не задан, а у Telegram вебхук есть/m,
  ],
  [
    'updates that nobody takes',
    () => ({ telegram: { getWebhookInfo: { result: { url: '', pending_update_count: 700 } } } }),
    /^warning Telegram: ждёт 700 обновлений/m,
  ],
  [
    'a group of somebody else',
    () => ({ telegram: { getChat: { refuse: { error_code: 400, description: 'Bad Request: chat not found' } } } }),
    /^fault STAFF_CHAT_ID: бот не видит этой группы/m,
  ],
  [
    'a group that became a supergroup',
    () => ({
      telegram: {
        getChat: {
          refuse: {
            error_code: 400,
            description: 'Bad Request: group chat was upgraded to a supergroup chat',
            parameters: { migrate_to_chat_id: -1005 },
          },
        },
      },
    }),
    /^warning STAFF_CHAT_ID: группа стала супергруппой: замените число на -1005/m,
  ],
  [
    'no administrator',
    () => ({ telegram: { getChatMember: { result: { status: 'member' } } } }),
    /^fault STAFF_CHAT_ID: .*сделайте его администратором/m,
  ],
  [
    'no right to topics',
    () => ({ telegram: { getChatMember: { result: { ...MEMBER, can_manage_topics: false } } } }),
    /^fault STAFF_CHAT_ID: у бота нет права управлять темами/m,
  ],
  [
    'no right to delete',
    () => ({ telegram: { getChatMember: { result: { ...MEMBER, can_delete_messages: false } } } }),
    /^warning STAFF_CHAT_ID: у бота нет права удалять/m,
  ],
  // D15
  [
    'an INN with a slip',
    () => ({ env: payee({ inn: '6154999017' }) }),
    /^fault реквизиты: PAYEE_INN: контрольные цифры не сходятся/m,
  ],
  ['a BIC of no bank', () => ({ env: payee({ bic: '999999999' }) }), /^fault реквизиты: PAYEE_BIC: /m],
  [
    'a corr. account that begins 407',
    () => ({ env: payee({ corrAccount: TOWN_PAYEE.corrAccount.replace(/^301/, '407') }) }),
    /^fault реквизиты: PAYEE_CORR_ACCOUNT: /m,
  ],
  [
    'an account with a slip',
    () => ({ env: payee({ account: TOWN_PAYEE.account.replace(/.$/, (last) => String((Number(last) + 1) % 10)) }) }),
    /^fault реквизиты: PAYEE_ACCOUNT: /m,
  ],
  ['half of the requisites', () => ({ env: { PAYEE_INN: '' } }), /^fault настройки: PAYEE_INN: нужно вместе с остальными/m],
  [
    'no requisites',
    () => ({ env: Object.fromEntries(Object.keys(payee()).map((name) => [name, ''])) }),
    /^warning настройки: PAYEE_…: не задан/m,
  ],
  [
    'a centre in windows-1251',
    async () => ({ env: { CENTRE_FILE: await written('cp1251.json', Buffer.from([0x7b, 0xcf, 0xf0, 0x7d])) } }),
    /^fault CENTRE_FILE: \S+cp1251\.json: нужен UTF-8/m,
  ],
  [
    'a centre with a slip',
    async () => ({ env: { CENTRE_FILE: await written('slip.json', '{') } }),
    /^fault CENTRE_FILE: \S+slip\.json, строка 1: это не JSON/m,
  ],
  // D16
  [
    'Postgres away',
    async () => ({ env: { DATABASE_URL: `postgres://inkomus:pg-5ecret@127.0.0.1:${await freePort()}/inkomus` } }),
    /^fault DATABASE_URL: Postgres недоступен \(ECONNREFUSED\): запустите его/m,
  ],
  [
    'no such database',
    () => ({ env: { DATABASE_URL: changed((url) => (url.pathname = '/nowhere')) } }),
    /^fault DATABASE_URL: .*\(3D000\): такой базы нет/m,
  ],
  [
    'no such user',
    () => ({ env: { DATABASE_URL: changed((url) => url.searchParams.set('user', 'nobody')) } }),
    /^fault DATABASE_URL: .*\(28...\): не впускает этого пользователя/m,
  ],
  [
    'a password with @ in it',
    () => ({ env: { DATABASE_URL: 'postgres://inkomus:p@ss/w@localhost/inkomus' } }),
    /^fault настройки: DATABASE_URL: нужен адрес .* кодами %40/m,
  ],
  ['a key of 31 bytes', () => ({ env: { SECRET_KEY: 'cd'.repeat(31) } }), /^fault настройки: SECRET_KEY: нужны 32 байта/m],
  [
    'the example’s key',
    () => ({ env: { SECRET_KEY: '0123456789abcdef'.repeat(4) } }),
    /^fault настройки: SECRET_KEY: .*известен всем/m,
  ],
  [
    'Redis away',
    async () => ({ env: { REDIS_URL: `redis://:red1s-5ecret@127.0.0.1:${await freePort()}` } }),
    /^fault REDIS_URL: Redis не отвечает или не пишет \(ECONNREFUSED\): запустите/m,
  ],
  ['an account of SMS that is empty', () => ({ balance: 0 }), /^fault SMS, smsru: на счёте 0,00\s₽: коды не уходят/m],
  [
    'an account of SMS that is nearly empty',
    () => ({ balance: 90 }),
    /^warning SMS, smsru: на счёте 90,00\s₽: этого хватит ненадолго/m,
  ],
];

async function written(name: string, content: string | Buffer): Promise<string> {
  await writeFile(join(stage.folder, name), content);
  return join(stage.folder, name);
}

function changed(change: (url: URL) => void): string {
  const url = new URL(stage.url);
  change(url);
  return url.href;
}

test.each(MISTAKES)(
  '%s',
  async (_, change, line) => {
    const findings = await findingsOf(await change());
    const said = textOf(findings);
    expect(said).toMatch(line);
    // One mistake is one line (of requisites, one for each that it makes wrong), with a next move, and no value.
    const others = bad(findings).filter((finding) => finding.about !== 'реквизиты' && !line.test(textOf([finding])));
    expect(others, said).toEqual([]);
    for (const secret of [...Object.values(SECRETS), '5ecret', 'p@ss', stage.url]) expect(said).not.toContain(secret);
  },
  60_000,
);

describe('data', () => {
  /** Puts something into the base, and takes it out when the test ends. */
  async function withRow(into: string, undo: string): Promise<void> {
    await sql.raw(into).execute(stage.db);
    onTestFinished(async () => void (await sql.raw(undo).execute(stage.db)));
  }
  const only = async (line: RegExp, change: Change = {}) => {
    const findings = await findingsOf(change);
    expect(textOf(bad(findings))).toMatch(line);
    expect(bad(findings)).toHaveLength(1);
  };

  test('of another bot, of another key, of a newer version, with steps missing', async () => {
    await withRow(`update data_owner set owner = 'bot 999'`, `update data_owner set owner = '${OWNER}'`);
    await only(/^fault данные: DATABASE_URL: это данные бота 999/);
    await sql.raw(`update data_owner set owner = '${OWNER}'`).execute(stage.db);
    const print = `update data_owner set key_print = '${keyPrints(SECRETS.SECRET_KEY)[0]}'`;
    await withRow(`update data_owner set key_print = 'another'`, print);
    await only(/^fault данные: SECRET_KEY: не тот/);
    await sql.raw(print).execute(stage.db);
    await withRow(
      `insert into kysely_migration (name, timestamp) values ('9999_later', '')`,
      `delete from kysely_migration where name = '9999_later'`,
    );
    await only(/^fault схема базы: её готовила более новая версия/);
  }, 60_000);

  test('that wait for long, dead letters, requests beyond the norm, old registries, payments that nobody exported', async () => {
    const long = `'${new Date(NOW.getTime() - 30 * MINUTE_MS).toISOString()}'`;
    await withRow(
      `insert into outbox (kind, line, addressee, text, created_at, run_at) values ('notice', 'notices/telegram:7', 'telegram:7', 'x', ${long}, ${long})`,
      'delete from outbox',
    );
    await only(/^warning очередь: уведомлений и слов группе: 1, старейшее ждёт 30 минут: не уходит; посмотрите журнал бота/);
    await sql`delete from outbox`.execute(stage.db);

    await withRow(
      `insert into update_inbox (id, state, sealed, at) values ('u1', 'failed', 'x', ${long})`,
      'delete from update_inbox',
    );
    await only(/^warning очередь: сообщений, которые не удалось обработать: 1/);
    await sql`delete from update_inbox`.execute(stage.db);

    await make.request(stage.db, { messengerId: 'telegram:7', waitingSince: new Date('2026-11-10T09:00:00Z') });
    onTestFinished(async () => void (await sql`delete from requests`.execute(stage.db)));
    await only(/^warning обращения: открыто 1, ждут ответа 1, дольше нормы 1.*старейшее ждёт 10 дней/);
    await sql`delete from requests`.execute(stage.db);

    await make.cardPayment(stage.db, [{ account: '0012345', sumKopecks: 100 }], { paidAt: new Date('2026-11-10T09:00:00Z') });
    onTestFinished(async () => void (await sql`delete from card_payments`.execute(stage.db)));
    await only(/^warning выгрузка: платежи картой: ждут 1 строка, старейшая 10 дней: npm run export -- payments/);
    await sql`delete from card_payment_lines`.execute(stage.db);

    await only(/^warning реестр: платежи: загрузка № \d+, 12 дней назад: давно/, { now: new Date('2026-12-02T09:00:00Z') });
  }, 60_000);

  test('an embedded base beside an empty DATABASE_URL; a folder that is open to others', async () => {
    await sql`delete from accounts`.execute(stage.db);
    await writeFile(join(stage.dataDir, 'postgres.json'), '{}');
    onTestFinished(async () => {
      await rm(join(stage.dataDir, 'postgres.json'), { force: true });
      await make.account(stage.db, { number: '0012345' });
      await chmod(stage.dataDir, 0o700);
    });
    await only(/^warning DATABASE_URL: эта база пуста, а в DATA_DIR лежит встроенная база/);
    await rm(join(stage.dataDir, 'postgres.json'));
    await chmod(stage.dataDir, 0o755);
    await only(/^warning DATA_DIR: папка открыта другим пользователям/);
  }, 60_000);
});

describe('where it listens, and whether it is at work', () => {
  const notAtWork = async () => {
    await stage.db.deleteFrom('leads').execute();
    onTestFinished(() => bringToWork(stage.db));
  };
  /** The pages by which a bot says how it is; `ready`: it has opened all. */
  async function serve(owner: string | undefined, { ready = false, troubles = [] as readonly string[] } = {}) {
    const readiness = createReadiness();
    for (const name of troubles) readiness.watch({ name, look: () => 'ECONNREFUSED' });
    if (ready) readiness.open();
    else readiness.waitFor('Telegram');
    const routes = healthRoutes(readiness, { figures: async () => '', contentType: 'text/plain' }, owner);
    const web = await startWeb({ host: '127.0.0.1', port: 0, routes, onError: () => undefined });
    onTestFinished(web.close);
    return { env: { PORT: String(web.port) } };
  }
  const linesOf = async (change: Change = {}) =>
    (await findingsOf(change)).filter(({ about }) => ['бот', 'PORT', 'HOST'].includes(about)).map((each) => textOf([each]));

  test('an address of no machine, a port that another program or another bot has', async () => {
    expect(await linesOf({ env: { HOST: '192.0.2.1' } })).toEqual([
      'good бот: работает',
      expect.stringMatching(/^fault HOST: такого адреса у этой машины нет \(EADDRNOTAVAIL\): 127\.0\.0\.1/),
    ]);
    const program = await serve(undefined, { ready: true });
    expect(await linesOf(program)).toEqual([
      'good бот: работает',
      expect.stringMatching(/^fault PORT: порт \d+ уже занят \(EADDRINUSE\): остановите того, кто его занял/),
    ]);
    const another = await serve('bot 12', { ready: true });
    expect(await linesOf(another)).toEqual([
      'good бот: работает',
      expect.stringMatching(/^fault PORT: порт \d+ занял другой бот \(bot 12\): задайте этому другой PORT/),
    ]);
  }, 60_000);

  test('at work; at work with a trouble', async () => {
    expect(await linesOf(await serve(OWNER, { ready: true }))).toEqual([
      'good бот: работает',
      expect.stringMatching(/^good PORT: 127\.0\.0\.1:\d+ занят этим же ботом$/),
    ]);
    const [bot] = await linesOf(await serve(OWNER, { ready: true, troubles: ['updates'] }));
    expect(textOf(await findingsOf({ env: { ...(await serve(OWNER, { ready: true })).env, STAFF_CHAT_ID: '7' } }))).toMatch(
      /^fault настройки: STAFF_CHAT_ID: [^\n]*$/,
    );
    expect(bot).toMatch(/^warning бот: работает, но \/readyz говорит «updates: ECONNREFUSED»/);
  }, 60_000);

  test('it starts and waits, says for whom, and is not told to be started', async () => {
    await notAtWork();
    const starting = await serve(OWNER, { troubles: ['redis'] });
    expect(await linesOf(starting)).toEqual([
      expect.stringMatching(/^warning бот: запускается и ждёт \(Telegram не отвечает; redis: ECONNREFUSED\): причина/),
      expect.stringMatching(/^good PORT: .* занят этим же ботом$/),
    ]);
    const [webAlone] = await linesOf(await serve(OWNER, { ready: true }));
    expect(webAlone).toMatch(/^warning бот: принимает сообщения, но .*: npm start -- worker$/);
  }, 60_000);

  test('it is not there: with records that is to be looked at, on an empty base it is not', async () => {
    await notAtWork();
    const [bot, port] = await linesOf();
    expect(bot).toBe('warning бот: сейчас не запущен: npm start');
    expect(port).toMatch(/^good PORT: .* свободен$/);
    await sql`delete from accounts`.execute(stage.db);
    onTestFinished(() => make.account(stage.db, { number: '0012345' }));
    expect((await linesOf())[0]).toBe('good бот: сейчас не запущен');
  }, 60_000);

  test('a base that has no key yet is not said to fit', async () => {
    const print = keyPrints(SECRETS.SECRET_KEY)[0] ?? '';
    await sql`update data_owner set key_print = null`.execute(stage.db);
    onTestFinished(async () => void (await sql`update data_owner set key_print = ${print}`.execute(stage.db)));
    expect(textOf(await findingsOf())).toMatch(/^good SECRET_KEY: задан; у этой базы ключа ещё нет/m);
  }, 60_000);
});

test('all that stops a start is named at once: settings, the centre’s file line by line, the address', async () => {
  const file = await written('wrong.json', JSON.stringify({ ...stage.own, site: 'x', email: 'y' }, undefined, 1));
  const findings = await findingsOf({ env: { STAFF_CHAT_ID: '7', PORT: 'x', CENTRE_FILE: file, HOST: '192.0.2.1' } });
  expect(textOf(findings).split('\n')).toEqual([
    expect.stringMatching(/^fault настройки: STAFF_CHAT_ID: нужен номер группы/),
    expect.stringMatching(/^fault настройки: PORT: нужно целое число/),
    expect.stringMatching(/^fault CENTRE_FILE: \S+wrong\.json, строка \d+: email: нужен адрес электронной почты$/),
    expect.stringMatching(/^fault CENTRE_FILE: \S+wrong\.json, строка \d+: site: нужен адрес/),
    expect.stringMatching(/^fault HOST: такого адреса у этой машины нет/),
  ]);
});

test('no line of doctor is in English, whatever is wrong', async () => {
  const all = [];
  for (const [, change] of MISTAKES) all.push(...(await findingsOf(await change())));
  for (const { says } of all.filter(({ level }) => level !== 'good')) expect(says).toMatch(/[а-яё]{4}/);
}, 240_000);

test.skipIf(await redisIsMissing({ own: true }))(
  'Redis: version, policy, a write; a password that is wrong',
  async () => {
    const redis = await testRedis({ own: true });
    onTestFinished(redis.stop);
    const said = textOf(await findingsOf({ env: { REDIS_URL: redis.url } }));
    expect(said).toMatch(/^good REDIS_URL: Redis \d+\.\d+\.\d+, запись проходит/m);
    expect(textOf(await findingsOf({ env: { REDIS_URL: redis.url.replace('redis://', 'redis://:red1s-5ecret@') } }))).toMatch(
      /REDIS_URL/,
    );
  },
  60_000,
);

test('the command: a line each and a summary, 1 where there is a fault, JSON on demand; nothing of a sandbox that is not there is made', async () => {
  const asked = await runCommand('doctor', [], { DATA_DIR: join(stage.folder, 'nothing'), PORT: String(await freePort()) });
  expect(asked).toMatchObject({ code: 0, err: '' });
  expect(asked.out).toMatch(/^✓ хорошо {4}настройки: BOT_TOKEN не задан: это песочница$/m);
  expect(asked.out).toMatch(/^✓ хорошо {4}DATA_DIR: встроенной базы ещё нет/m);
  expect(asked.out).toMatch(/\nИтого: 0 ошибок, \d+ предупреждени\p{L}+\.\n$/u);
  expect(asked.out).not.toContain('\u001b');
  await expect(readFile(join(stage.folder, 'nothing'))).rejects.toThrow('ENOENT');

  const faulty = await runCommand('doctor', ['--json'], { PORT: 'x', SECRET_KEY: 'short' });
  expect(faulty.code).toBe(1);
  expect(JSON.parse(faulty.out)).toEqual([
    { level: 'fault', about: 'настройки', says: expect.stringMatching(/^PORT: /) },
    { level: 'fault', about: 'настройки', says: expect.stringMatching(/^SECRET_KEY: /) },
  ]);
  expect((await runCommand('doctor', ['--help'], {})).out).toContain('Код выхода');
  expect((await runCommand('doctor', ['--fix'], {})).code).toBe(2);
}, 90_000);
