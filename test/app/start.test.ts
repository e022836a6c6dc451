import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, rename, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { type Person, updateOf } from '../kit/chat/people.ts';
import { startBotApi, until } from '../kit/edge/bot-api.ts';
import { beginBot, openBot } from '../kit/edge/open-bot.ts';
import { spawnBot } from '../kit/edge/process.ts';
import { ownFolder } from '../kit/own-folder.ts';
import { testDatabase } from '../kit/postgres.ts';

const hook = { WEBHOOK_URL: 'http://127.0.0.1/hook', WEBHOOK_SECRET: 'secret' };
const NO_WEBHOOK = /^WEBHOOK_URL: Telegram его не принимает \(.*\): исправьте адрес или уберите его/;
const IVAN: Person = { name: 'Иван', id: 701, phone: '79123456789' };

async function openStage() {
  const [{ db, url, close }, telegram] = await Promise.all([testDatabase(), startBotApi()]);
  onTestFinished(async () => {
    await telegram.close();
    await close();
  });
  return { db, telegram, settings: { DATABASE_URL: url, TELEGRAM_API_ROOT: telegram.apiRoot } };
}

test('a start that cannot be says in one sentence which setting it is and what to do, and leaves nothing running', async () => {
  const { settings, telegram } = await openStage();
  const busy = createServer().listen(0);
  await once(busy, 'listening');
  onTestFinished(() => void busy.close());
  telegram.interfereWith(({ method }) =>
    method === 'setWebhook'
      ? { refuse: { error_code: 400, description: 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook' } }
      : undefined,
  );

  const nowhere = new URL(settings.DATABASE_URL);
  nowhere.username = 'inkomus';
  nowhere.password = 'pg-password';
  nowhere.pathname = '/no_such_database';
  const failures: [settings: Record<string, string>, sentence: RegExp][] = [
    [
      { PORT: String((busy.address() as AddressInfo).port) },
      /^PORT: порт \d+ уже занят \(EADDRINUSE\): остановите того, кто его занял, или задайте другой PORT$/,
    ],
    [
      { CENTRE_FILE: '/nowhere/centre.json' },
      /^Файл центра .*:\n {2}CENTRE_FILE: \/nowhere\/centre\.json: такого файла нет \(ENOENT\); .*centre\.example\.json$/,
    ],
    [{ DATABASE_URL: nowhere.href }, /^DATABASE_URL: Postgres недоступен \((28|3D)\w+\): /],
    [{ BOT_TOKEN: '4711:wrong' }, /^BOT_TOKEN: Telegram не знает такого токена: скопируйте его ещё раз из @BotFather$/],
    [
      { PROXY_URL: 'http://bot:p#ss@proxy:3128' },
      /^Настройки .*:\n  PROXY_URL: нужен адрес http:\/\/host:port, https:\/\/host:port или socks5:\/\/host:port.*$/,
    ],
    [hook, NO_WEBHOOK],
  ];
  await Promise.all(
    failures.map(async ([changed, sentence]) => {
      const begun = beginBot({ ...settings, ...changed, LOG_LEVEL: 'warn' });
      const refused = await begun.ready().then(
        () => 'it was opened',
        (error: Error) => error.message,
      );
      expect(refused).toMatch(sentence);
      expect(begun.output() + refused).not.toMatch(/ {4}at |pg-password|AAtoken|1:wrong|p#ss/);
    }),
  );

  // What becomes of a sentence is the same for all: of them this one comes last, when all else is open.
  const bot = await spawnBot({ ...settings, ...hook, LOG_LEVEL: 'silent' });
  expect(await bot.ended(), bot.output()).toBe(1);
  expect(bot.output()).toMatch(/^WEBHOOK_URL: Telegram его не принимает \(.*\): исправьте адрес или уберите его.*\n$/);
}, 300_000);

test('all that is wrong with settings, the centre’s file and the address is named in one list, before anything is opened', async () => {
  const { telegram, settings } = await openStage();
  const folder = await ownFolder('inkomus-start-');
  const centre = join(folder, 'centre.json');
  await writeFile(centre, '{\n  "name": "ВЦ",\n}');
  const wrong = { STAFF_CHAT_ID: '4711', PAYEE_INN: '12', CENTRE_FILE: centre, HOST: '192.0.2.1', LOG_LEVEL: 'silent' };
  const bot = await spawnBot({ ...settings, ...wrong });
  expect(await bot.ended(), bot.output()).toBe(1);
  expect(bot.output().trimEnd().split('\n')).toEqual([
    'Настройки (окружение и .env) не годятся:',
    expect.stringMatching(/^ {2}STAFF_CHAT_ID: нужен номер группы/),
    expect.stringMatching(/^ {2}PAYEE_INN: нужно 10 или 12 цифр$/),
    ...['NAME', 'ACCOUNT', 'BANK', 'BIC', 'CORR_ACCOUNT'].map((name) =>
      expect.stringMatching(`^ {2}PAYEE_${name}: нужно вместе с остальными`),
    ),
    expect.stringMatching(/^ {2}CENTRE_FILE: \S+centre\.json, строка 3: столбец 1: здесь перестаёт быть JSON/),
    expect.stringMatching(/^ {2}HOST: такого адреса у этой машины нет \(EADDRNOTAVAIL\)/),
  ]);
  expect(telegram.calls).toEqual([]);
}, 300_000);

test('SIGTERM finishes what is under way, confirms it, and the program is gone; a second one does not wait', async () => {
  const { telegram, settings } = await openStage();
  telegram.interfereWith(({ method }) => (method === 'sendMessage' ? { delayMs: 1_000 } : undefined));
  const bot = await spawnBot(settings);
  await bot.ready();
  telegram.push(updateOf(IVAN, { does: 'say', words: '/start' }, { update: 41, message: 41 }, 0));
  await until('the answer is on its way', () => telegram.said(IVAN.id).length === 1);
  expect(await bot.stop('SIGTERM')).toBe(0);
  expect(telegram.confirmed).toEqual([41]);
  expect(telegram.said(IVAN.id)).toHaveLength(1);

  const hasty = await spawnBot(settings);
  await hasty.ready();
  telegram.interfereWith(({ method }) => (method === 'sendMessage' ? { delayMs: 20_000 } : undefined));
  telegram.push(updateOf(IVAN, { does: 'say', words: '/menu' }, { update: 42, message: 42 }, 0));
  await until('the answer is on its way', () => telegram.said(IVAN.id).length === 2);
  const unanswered = telegram.calls.findLast(({ method }) => method === 'sendMessage');
  hasty.child.kill('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await hasty.stop('SIGTERM')).toBe(1);
  // It did not sit the call out.
  expect(unanswered?.result).toBeUndefined();
}, 300_000);

test('a registry that is in hand when the program is told to end is not to blame for it, however it ends', async () => {
  const { db, settings } = await openStage();
  const folder = join(await ownFolder('inkomus-start-'), 'data');
  const within = (room: string, name = '') => join(folder, 'registries', room, name);
  const bot = await spawnBot({ ...settings, DATA_DIR: folder });
  await bot.ready();
  await until('the folder is there', () => existsSync(within('begun')));
  await db.transaction().execute(async (trx) => {
    await sql`lock table accounts in access exclusive mode`.execute(trx);
    const path = within('in', 'accounts.csv');
    await writeFile(`${path}.part`, 'ЛС;ФИО;Адрес\n0010001;Иванов;Лесная, 1\n');
    await utimes(`${path}.part`, new Date(0), new Date(0));
    await rename(`${path}.part`, path);
    const waiting = sql`select from pg_locks where not granted and relation = 'accounts'::regclass`;
    await until('the registry waits for its accounts', async () => (await waiting.execute(trx)).rows.length > 0);
    expect(await readdir(within('begun'))).toEqual(['accounts.csv']);
    bot.child.kill('SIGTERM');
    await until('it counts as not begun', async () => (await readdir(within('begun'))).length === 0);
    expect(await bot.stop('SIGKILL')).not.toBe(0);
  });
  expect(await readdir(within('taking'))).toEqual(['accounts.csv']);
}, 300_000);

test('a staff group that is not there does not stop the start; a person’s words in a group are nobody’s', async () => {
  const { db, telegram, settings } = await openStage();
  telegram.interfereWith(({ method }) =>
    method === 'getChatMember' ? { refuse: { error_code: 400, description: 'Bad Request: chat not found' } } : undefined,
  );
  const bot = await openBot({ ...settings, STAFF_CHAT_ID: '-1001' });
  expect(bot.output()).toContain('STAFF_CHAT_ID: бот не видит этой группы: добавьте его туда и проверьте число');

  const said = (words: string, update: number) => updateOf(IVAN, { does: 'say', words }, { update, message: update }, 0);
  const group = { id: -1001, type: 'supergroup' as const, title: 'Сотрудники' };
  const lines = ['/login', '/login@inkomus_bot', 'Вход', '/start', 'Отмена'];
  for (const [i, words] of lines.entries()) {
    const { message } = said(words, i + 1);
    telegram.push({ update_id: i + 1, ...(message && { message: { ...message, chat: group } }) });
  }
  telegram.push(said('/start', 50));
  await until('the private one is answered', () => telegram.said(IVAN.id).length === 1);
  await until('all are confirmed', () => telegram.confirmed.length === 6);
  // By its line, and perhaps by now, the group is told what is amiss; nothing else is said there, and no chapter begun.
  const saidThere = telegram.calls.flatMap(({ payload }) => (payload.chat_id === group.id ? (payload.text ?? []) : []));
  expect(saidThere.filter((words) => !words.includes('Сделайте бота администратором группы'))).toEqual([]);
  const { rows } = await sql`select chat from chat_turns order by chat`.execute(db);
  expect(rows).toEqual([{ chat: 'telegram:-1001' }, { chat: 'telegram:701' }]);
}, 300_000);
