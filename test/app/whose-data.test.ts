import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findDataOwner } from '../../src/records/data-owner.ts';
import { runCommand } from '../kit/command.ts';
import { startBotApi } from '../kit/edge/bot-api.ts';
import { beginBot, openBot } from '../kit/edge/open-bot.ts';
import { ownFolder } from '../kit/own-folder.ts';
import { testDatabase } from '../kit/postgres.ts';

const KEY = 'ab'.repeat(32);
/** The id of the tests' bot stands before the colon of its token. */
const OURS = 'bot 4711';

async function openStage() {
  const [{ db, url, close }, telegram] = await Promise.all([testDatabase(), startBotApi()]);
  onTestFinished(async () => {
    await telegram.close();
    await close();
  });
  return { db, telegram, settings: { DATABASE_URL: url, TELEGRAM_API_ROOT: telegram.apiRoot, LOG_LEVEL: 'warn' } };
}

async function refused(settings: Record<string, string>): Promise<string> {
  const bot = beginBot(settings);
  const said = await bot.ready().then(
    () => 'it was opened',
    (error: Error) => error.message,
  );
  // An old Node is warned of before anything can be refused.
  expect(bot.output().replace(/^\{.*"Node: .*\}\n/, '')).toBe('');
  expect(said.replace(/^Настройки .*:\n/, '')).not.toMatch(/\n| {4}at /);
  return said;
}

test('the first start marks the data once Telegram knows the token; another bot, another key and the example’s are refused then', async () => {
  const { db, settings } = await openStage();
  expect(await refused({ ...settings, BOT_TOKEN: '4711:wrong' })).toMatch(/^BOT_TOKEN: Telegram не знает такого токена/);
  expect(await findDataOwner(db)).toBeUndefined();

  await (await openBot(settings)).close();
  expect(await findDataOwner(db)).toMatchObject({ owner: OURS });

  const [another, key, example] = await Promise.all([
    refused({ ...settings, BOT_TOKEN: '111:AAtoken' }),
    refused({ ...settings, SECRET_KEY: 'cd'.repeat(32) }),
    refused({ ...settings, SECRET_KEY: '0123456789abcdef'.repeat(4) }),
  ]);
  expect(another).toMatch(/^DATABASE_URL: это данные бота 4711, а BOT_TOKEN — бота 111: .*change-bot -- --from 4711$/);
  expect(key).toMatch(/^SECRET_KEY: не тот, которым сделаны секреты/);
  expect(example).toMatch(/SECRET_KEY: нужен свой ключ/);
  expect([another, key, example].join()).not.toMatch(/AAtoken|cdcd/);

  await openBot({ ...settings, SECRET_KEY: `${'cd'.repeat(32)},${KEY}` });
}, 300_000);

test('a sandbox keeps all it makes in its own folder, also where a bot’s data lie; neither opens the other’s', async () => {
  const dataDir = await ownFolder('whose-');
  const { telegram } = await openStage();
  const ours = { DATA_DIR: dataDir, TELEGRAM_API_ROOT: telegram.apiRoot, LOG_LEVEL: 'info' };

  await (await openBot(ours)).close();
  const made = await readdir(dataDir);
  expect(made).not.toContain('sandbox');
  const before = await readFile(join(dataDir, 'postgres/global/pg_control'));

  // The token was lost: an EnvironmentFile that was forgotten, say.
  const nothing = { BOT_TOKEN: '', SECRET_KEY: '', SMS_PROVIDER: '' };
  const sandbox = await openBot({ ...ours, ...nothing, TELEGRAM_API_ROOT: '' });
  expect(sandbox.output()).toContain('BOT_TOKEN: не задан, это песочница, а рядом в DATA_DIR лежат данные бота');
  const beside = { DATA_DIR: dataDir, ...nothing };
  const exported = await runCommand('export', ['readings'], beside);
  expect(exported).toMatchObject({ code: 0 });
  expect(exported.err).toContain(join(dataDir, 'sandbox'));
  await sandbox.close();
  expect((await readdir(dataDir)).sort()).toEqual([...made, 'sandbox'].sort());
  expect(await readFile(join(dataDir, 'postgres/global/pg_control'))).toEqual(before);
  expect(await readdir(join(dataDir, 'sandbox'))).toEqual(
    expect.arrayContaining(['journal.jsonl', 'postgres', 'postgres.json', 'registries', 'secret.key']),
  );

  const toy = join(dataDir, 'sandbox');
  expect(await refused({ ...ours, LOG_LEVEL: 'warn', DATA_DIR: toy })).toMatch(
    new RegExp(
      `^DATA_DIR ${toy}: это данные песочницы, и ${OURS.replace('bot', 'боту')} их открывать нельзя: дайте боту свою DATA_DIR`,
    ),
  );
  const file = join(dataDir, 'a.csv');
  await writeFile(file, 'ЛС;ФИО;Адрес\n0010001;Иванов;Лесная, 1\n');
  for (const [command, ...args] of [['import', file], ['export', 'readings'], ['journal'], ['migrate']] as const) {
    const { code, out, err } = await runCommand(command, args, { DATA_DIR: toy, BOT_TOKEN: '4711:x' });
    expect(code, err).toBe(command === 'migrate' ? 1 : 2);
    expect({ out, err }).toEqual({
      out: '',
      err: expect.stringMatching(/это данные песочницы, и боту 4711 их открывать нельзя/) as string,
    });
  }
}, 300_000);

test('a command where only a bot’s data are wants the token, instead of beginning a sandbox', async () => {
  const { db, settings } = await openStage();
  const dataDir = await ownFolder('whose-');
  await writeFile(join(dataDir, 'postgres.json'), '{}');
  const { code, err } = await runCommand('export', ['readings'], { DATA_DIR: dataDir });
  expect(code).toBe(2);
  expect(err).toMatch(/DATA_DIR .*: здесь данные бота .*: задайте BOT_TOKEN или запустите песочницу \(npm start\)/);
  expect(await readdir(dataDir)).toEqual(['postgres.json']);

  // Which bot it is no command decides: its token may be wrong.
  const { DATABASE_URL } = settings;
  expect(await runCommand('export', ['readings'], { DATABASE_URL, BOT_TOKEN: '111:x' })).toMatchObject({ code: 0 });
  expect(await findDataOwner(db)).toMatchObject({ owner: 'bot' });
}, 300_000);

test('a new DATABASE_URL beside the bot’s embedded base is not begun, neither by a start nor by a command', async () => {
  const { db, settings } = await openStage();
  const dataDir = await ownFolder('whose-');
  await writeFile(join(dataDir, 'postgres.json'), '{}');
  const SENTENCE = /DATABASE_URL: эта база пуста, а в DATA_DIR лежит встроенная база: перенесите её данные \(npm run move\)/;
  expect(await refused({ ...settings, DATA_DIR: dataDir })).toMatch(SENTENCE);
  const { DATABASE_URL } = settings;
  const { code, err } = await runCommand('export', ['readings'], { DATABASE_URL, DATA_DIR: dataDir, BOT_TOKEN: '4711:x' });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(SENTENCE) as string });
  expect(await findDataOwner(db)).toBeUndefined();
}, 300_000);

test('data are handed over to another bot by name only', async () => {
  const { db, settings } = await openStage();
  const { DATABASE_URL } = settings;
  await (await openBot(settings)).close();
  const change = (from: string, token: string) =>
    runCommand('change-bot', ['--from', from], { DATABASE_URL, ...(token && { BOT_TOKEN: token }) });
  const [toNobody, fromAnother, unnamed] = await Promise.all([
    change('4711', ''),
    change('12', '111:x'),
    runCommand('change-bot', [], { DATABASE_URL, BOT_TOKEN: '111:x' }),
  ]);
  expect(toNobody).toMatchObject({
    code: 2,
    err: expect.stringMatching(/BOT_TOKEN: не задан: нужен токен того бота, которому передаются данные/) as string,
  });
  expect(fromAnother).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^Это данные бота 4711, а не бота 12\. .*--from 4711/) as string,
  });
  expect(unnamed).toMatchObject({ code: 2, err: expect.stringContaining('--from') as string });
  expect(await findDataOwner(db)).toMatchObject({ owner: OURS });

  expect(await change('4711', '111:x')).toEqual({
    code: 0,
    err: '',
    out: 'Данные переданы: прежде 4711, теперь 111. Запустите бота: npm start\n',
  });
  expect(await change('4711', '111:x')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^Это уже данные бота 111,/) as string,
  });
  expect(await findDataOwner(db)).toMatchObject({ owner: 'bot 111' });
  const entry = await db.selectFrom('auditLog').select(['who', 'what', 'details']).executeTakeFirst();
  expect(entry).toEqual({ who: 'command line', what: 'data.change-bot', details: { from: '4711', to: '111' } });
  expect(await refused(settings)).toMatch(/это данные бота 111, а BOT_TOKEN — бота 4711/);
}, 300_000);
