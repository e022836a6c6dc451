import { readdirSync, readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openKeyring } from '../src/adapters/keyring.ts';
import { AccountNumber } from '../src/domain/account-number.ts';
import { issueAccountPassword } from '../src/office/accounts/account-passwords.ts';
import { fixtureOf } from './adapters/sms/fixtures.ts';
import { type Person, updateOf } from './kit/chat/people.ts';
import { typedSteps } from './kit/chat/typed.ts';
import { type BotApi, startBotApi, TOKEN, until } from './kit/edge/bot-api.ts';
import { spawnBot, startSmsProvider } from './kit/edge/process.ts';
import { SMS_PROVIDER } from './kit/edge/program.ts';
import { testDatabase } from './kit/postgres.ts';
import { redisIsMissing, testRedis } from './kit/redis.ts';
import { dumpPostgres, dumpRedis, holds, openSealedInPostgres, openSealedInRedis, SEALING } from './kit/stored.ts';
import * as make from './kit/make.ts';

const IVAN: Person = { name: 'Иваннакий Полубояринов', id: 70_112, phone: '79123456789' };
const KEY = 'ab'.repeat(32);
/** Typed where a password is expected: right, wrong, unfit, and when the dialog is gone. */
const PASSWORDS = ['tramvai-9731', 'nevernyi-parol-1', 'парольПоРусски77', 'gondola-404', '74829105', 'ACDE FGHJ KM'];
const TO_THE_PASSWORD = '# после: identity/registration/happy до «tramvai-9», вместо «ivan» — «ivan_tag»';
const WRONG_ACCOUNT_PASSWORD = 'ZZWRONG777';

test('whatever is sealed anywhere is opened where secrets are looked for', () => {
  const sealing = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && /\bseal(Bytes)?\(/.test(readFileSync(`src/${name}`, 'utf8')))
    .toSorted();
  expect(sealing, 'another file seals: open what it seals in test/kit/stored.ts, too').toEqual(SEALING);
});

describe.skipIf(await redisIsMissing())('what a resident typed in secret', () => {
  test('is nowhere: not in Postgres, not in Redis, not in the log, not in the chat', async () => {
    const stage = await openStage();
    const { telegram, sms, db, say, secret, bot } = stage;

    // Points 2–6, with every slip.
    for (const { words, answer } of typedSteps(TO_THE_PASSWORD, '89123456789')) await say(words, answer);
    await secret(PASSWORDS[2], 'могут быть только латинские');
    await secret(PASSWORDS[0], 'Повторите пароль');
    await secret(PASSWORDS[1], 'Пароли не совпали');
    await secret(PASSWORDS[0], 'Повторите пароль');
    await secret(PASSWORDS[0], 'Проверьте, пожалуйста');
    await say('Зарегистрироваться', 'Введите код');
    await until('a code', () => sms.codes.length === 1);
    const code = sms.codes[0]?.code ?? '';
    const wrongCode = code === '480213' ? '480214' : '480213';
    await secret(wrongCode, 'код');
    await secret(code, 'Вы зарегистрированы');

    // Points 7 and 8: out, in with a wrong password, in with the right one.
    await say('/logout', 'Выйти из кабинета');
    await say('Выйти', 'Вы вышли');
    await say('/login', 'огин');
    await say('ivan_tag', 'ароль');
    await secret(PASSWORDS[1], 'огин');
    await say('ivan_tag', 'ароль');
    await secret(PASSWORDS[0], 'вошли');

    // Point 9.2: a wrong password to an account, and the right one.
    const now = () => new Date();
    await make.account(db, { number: '0012345', ownerName: 'Иванов И. И.', address: 'г. Т., ул. Мира, д. 1, кв. 2' });
    const randomness = { integer: (below: number) => (below * 7919) % below, id: () => 'x'.repeat(22) };
    const issued = await issueAccountPassword(
      { db, clock: now, randomness, keyring: openKeyring(KEY) },
      AccountNumber.parse('0012345'),
      'a test',
    );
    const accountPassword = 'password' in issued ? issued.password : 'none';
    for (const [typed, answer] of [
      [WRONG_ACCOUNT_PASSWORD, 'Не получилось подтвердить'],
      [accountPassword, 'Подключить'],
    ] as const) {
      await say('/link', 'двумя способами');
      await say('По паролю из пункта приёма платежей', 'лицевого сч');
      await say('0012345', 'ароль');
      await secret(typed, answer);
    }

    // A dialog that is lost while a password is expected; one that is left; «Забыли пароль?».
    await say('/logout', 'Выйти из кабинета');
    await say('Выйти', 'Вы вышли');
    await say('/login', 'огин');
    await say('ivan_tag', 'ароль');
    await stage.loseDialogs();
    await secret(PASSWORDS[3], 'сообщение мы на всякий случай удалили');
    // All that Redis holds is lost: numbers alone, and groups of letters.
    for (const typed of PASSWORDS.slice(4)) {
      await say('/login', 'огин');
      await say('ivan_tag', 'ароль');
      await stage.loseRedis();
      await secret(typed, 'сообщение мы на всякий случай удалили');
    }
    await say('/login', 'огин');
    await say('Забыли пароль?', 'елефон');

    expect(await bot.stop('SIGTERM')).toBe(0);
    const secrets = [...PASSWORDS, code, wrongCode, WRONG_ACCOUNT_PASSWORD, accountPassword];
    expect(accountPassword).toMatch(/^\w{10}$/);

    const stored = await dumpPostgres(db);
    expect(stored).toContain('ivan_tag');
    const remembered = await dumpRedis(stage.redisUrl);
    expect(remembered.length).toBeGreaterThan(50);
    // Answers that are no secret are in the states that were opened, so that secrets would be seen there.
    const unsealed = stage.unsealed.join('\n');
    expect(unsealed).toContain('ivan_tag');
    expect(unsealed).toContain('0012345');
    for (const typed of secrets) {
      expect(holds(stored, typed), 'in Postgres').toBe(false);
      expect(holds(remembered, typed), 'in Redis').toBe(false);
      expect(holds(unsealed, typed), 'under a seal').toBe(false);
      expect(holds(bot.output(), typed), 'in the log').toBe(false);
    }

    // Neither persons nor what opens our doors.
    expect(bot.output()).toContain('the bot is at work');
    for (const word of [
      TOKEN,
      TOKEN.slice(5),
      KEY,
      ...Object.values(fixtureOf(SMS_PROVIDER).settings),
      '9123456789',
      'ivan_tag',
      'Полубояринов',
      '0012345',
      'Мира',
      String(IVAN.id),
    ])
      expect(bot.output()).not.toContain(word);

    expect(stage.typedInSecret.length).toBeGreaterThan(9);
    const deleted = telegram.calls.filter(({ method }) => method === 'deleteMessage').map(({ payload }) => payload.message_id);
    for (const message of stage.typedInSecret) expect(deleted).toContain(message);
  }, 300_000);
});

/** The whole bot as a process, on Redis, and Ivan who talks to it. */
async function openStage() {
  const [{ db, url, close }, redis, telegram, sms] = await Promise.all([
    testDatabase(),
    testRedis(),
    startBotApi(),
    startSmsProvider(),
  ]);
  onTestFinished(async () => {
    await telegram.close();
    sms.close();
    await redis.stop();
    await close();
  });
  const bot = await spawnBot({
    DATABASE_URL: url,
    REDIS_URL: redis.url,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    SMS_API_ROOT: sms.root,
  });
  await bot.ready();
  let update = 500;
  const typedInSecret: number[] = [];
  /** All that lay sealed in Redis and Postgres after each secret. */
  const unsealed: string[] = [];

  async function say(words: string, answer: string): Promise<number> {
    const before = telegram.said(IVAN.id).length;
    update += 1;
    telegram.push(updateOf(IVAN, { does: 'say', words }, { update, message: update }, 0));
    await answered(telegram, before, answer);
    await until('its end', () => telegram.confirmed.includes(update));
    return update;
  }
  return {
    telegram,
    sms,
    db,
    bot,
    say,
    redisUrl: redis.url,
    typedInSecret,
    unsealed,
    async secret(words: string | undefined, answer: string): Promise<void> {
      typedInSecret.push(await say(words ?? '', answer));
      unsealed.push(...(await openSealedInRedis(redis.url, KEY)), ...(await openSealedInPostgres(db, KEY)));
    },
    async loseRedis() {
      const client = new Redis(redis.url);
      for (const key of await client.keys('*')) await client.del(key);
      client.disconnect();
    },
    /** As after half an hour of silence; that a secret is expected outlives it. */
    async loseDialogs() {
      const client = new Redis(redis.url);
      for (const key of await client.keys('*')) await client.hdel(key, 'S', 'E');
      client.disconnect();
    },
  };
}

async function answered(telegram: BotApi, before: number, words: string): Promise<void> {
  const since = () => telegram.said(IVAN.id).slice(before).join('\n');
  await until(`«${words}»`, () => new RegExp(words).test(since())).catch((error: unknown) => {
    throw new Error(`${String(error)}; it said: ${since()}`);
  });
}
