import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from 'grammy/types';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Person, updateOf } from '../kit/chat/people.ts';
import { typedSteps } from '../kit/chat/typed.ts';
import { startBotApi, until } from '../kit/edge/bot-api.ts';
import { freePort } from '../kit/edge/free-port.ts';
import { openBot } from '../kit/edge/open-bot.ts';
import { spawnBot } from '../kit/edge/process.ts';
import { testDatabase } from '../kit/postgres.ts';
import { redisIsMissing, testRedis } from '../kit/redis.ts';

const SECRET = 'webhook-secret';
const [IVAN, ANNA, PYOTR] = [1, 2, 3].map((n) => ({ name: `Житель${n}`, id: 700 + n, phone: `7912345670${n}` })) as [
  Person,
  Person,
  Person,
];

/** A web process, another one and a worker beside it (in the test's own process), on one Redis and one Postgres. */
async function openStage() {
  const [{ db, url, close }, telegram, redis] = await Promise.all([testDatabase(), startBotApi(), testRedis({ own: true })]);
  onTestFinished(async () => {
    await telegram.close();
    await redis.stop();
    await close();
  });
  const ports = [await freePort(), await freePort()];
  const settings = { DATABASE_URL: url, REDIS_URL: redis.url, TELEGRAM_API_ROOT: telegram.apiRoot, WEBHOOK_SECRET: SECRET };
  const at = (port: number | undefined) => ({
    ...settings,
    PORT: String(port),
    WEBHOOK_URL: `http://127.0.0.1:${port}/hook`,
  });
  // The one that is to die is a process of its own.
  const mortal = await spawnBot(at(ports[0]), ['web']);
  await Promise.all([mortal.ready(), openBot(at(ports[1]), 'web'), openBot({ ...at(ports[1]), PORT: '0' }, 'worker')]);

  let ids = 300;
  return {
    db,
    telegram,
    redis,
    mortal,
    typed(person: Person, words: string): Update {
      ids += 1;
      return updateOf(person, { does: 'say', words }, { update: ids, message: ids }, 0);
    },
    /** Telegram does not wait for ever. */
    async deliver(web: 0 | 1, update: Update): Promise<{ status: number }> {
      telegram.heard(update);
      const signal = AbortSignal.timeout(10_000);
      const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET };
      const { status } = await fetch(`http://127.0.0.1:${ports[web]}/hook`, {
        method: 'POST',
        headers,
        body: JSON.stringify(update),
        signal,
      });
      return { status };
    },
  };
}

describe.skipIf(await redisIsMissing({ own: true }))('webhooks of two processes', () => {
  test('serve a chat as one, answer quickly, lose nothing with a process, and get over the loss of Redis', async () => {
    const stage = await openStage();
    const { telegram, typed, deliver } = stage;
    const last = (person: Person) => telegram.said(person.id).at(-1) ?? '';

    // One chat through both, each update to both at once: it is answered once, in its order.
    const steps = typedSteps('# после: identity/registration/happy до «[Зарегистрироваться]»', '89123456701');
    for (const { words, answer } of steps) {
      const update = typed(IVAN, words);
      const told = await Promise.all([deliver(0, update), deliver(1, update)]);
      expect(told.map(({ status }) => status)).toEqual([200, 200]);
      await until(answer, () => last(IVAN).includes(answer));
    }
    for (const { answer } of steps) expect(telegram.said(IVAN.id).filter((text) => text.includes(answer))).toHaveLength(1);

    // A press while the message before it is under way at the other process: one after the other.
    telegram.interfereWith(({ method }) => (method === 'sendMessage' ? { delayMs: 400 } : undefined));
    const first = deliver(0, typed(PYOTR, '/login'));
    await until('it is under way', () => telegram.said(PYOTR.id).length === 1);
    await Promise.all([first, deliver(1, typed(PYOTR, 'pyotr'))]);
    await until('the password is asked for', () => telegram.said(PYOTR.id).length === 2);
    expect(last(PYOTR)).toMatch(/ароль/);

    // The Bot API is slow: Telegram is answered all the same, and then the process dies.
    telegram.interfereWith(({ method }) => (method === 'sendMessage' ? { delayMs: 15_000 } : undefined));
    const slow = await deliver(0, typed(ANNA, '/login'));
    expect(slow.status).toBe(200);
    const underWay = () =>
      telegram.calls.filter(({ method, payload }) => method === 'sendMessage' && payload.chat_id === ANNA.id);
    expect(underWay().map(({ result }) => result)).not.toContainEqual(expect.anything());
    await stage.mortal.stop('SIGKILL');
    telegram.interfereWith(() => undefined);
    // What comes after it waits for it.
    expect((await deliver(1, typed(ANNA, 'anna'))).status).toBe(200);
    await until('the password is asked for', () => /ароль/.test(last(ANNA)), 30_000);
    expect(telegram.said(ANNA.id)).toHaveLength(3);
    await until('nothing is held', async () => (await stage.db.selectFrom('updateInbox').select('id').execute()).length === 0);

    // Redis is gone: the update is kept in the inbox, and is worked off once when Redis is back, however often it comes.
    await stage.redis.kill();
    const early = typed(ANNA, '/menu');
    const gone = await deliver(1, early);
    expect(gone.status).toBe(200);
    expect(telegram.said(ANNA.id)).toHaveLength(3);
    await stage.redis.restart();
    await until('Redis is found again', async () => (await deliver(1, early)).status === 200);
    await until('the menu', () => last(ANNA).includes('войдите или зарегистрируйтесь'));
    await sleep(300);
    expect(telegram.said(ANNA.id)).toHaveLength(4);
  }, 300_000);
});
