import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type TelegramAction, type Person, updateOf } from '../kit/chat/people.ts';
import { type BotCall, startBotApi, until } from '../kit/edge/bot-api.ts';
import { freePort } from '../kit/edge/free-port.ts';
import { openBot } from '../kit/edge/open-bot.ts';
import { spawnBot } from '../kit/edge/process.ts';
import { testDatabase } from '../kit/postgres.ts';
import { redisIsMissing, testRedis } from '../kit/redis.ts';

const SECRET = 'webhook-secret';
const IVAN: Person = { name: 'Иван', id: 701, phone: '79123456701' };

async function openStage(redisUrl: string | undefined) {
  const [{ db, url, close }, telegram] = await Promise.all([testDatabase(), startBotApi()]);
  onTestFinished(async () => {
    await telegram.close();
    await close();
  });
  const ports = [await freePort(), await freePort()];
  const settings = {
    DATABASE_URL: url,
    ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
    TELEGRAM_API_ROOT: telegram.apiRoot,
    WEBHOOK_SECRET: SECRET,
  };
  const [paused, other] = ports.map((port) => ({
    ...settings,
    PORT: String(port),
    WEBHOOK_URL: `http://127.0.0.1:${port}/hook`,
  }));
  // The one that is to stand still is a process of its own.
  const web = await spawnBot(paused ?? {}, ['web']);
  await Promise.all([web.ready(), openBot(other ?? {}, 'web')]);
  let ids = 300;
  const deliver = async (web: 0 | 1, action: TelegramAction) => {
    ids += 1;
    const update = updateOf(IVAN, action, { update: ids, message: ids }, 0);
    telegram.heard(update);
    const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET };
    return fetch(`http://127.0.0.1:${ports[web]}/hook`, { method: 'POST', headers, body: JSON.stringify(update) });
  };
  return { db, telegram, paused: web.child, deliver, last: () => telegram.said(IVAN.id).at(-1) ?? '' };
}

const stores = [
  { store: 'Redis', skip: await redisIsMissing({ own: true }) },
  { store: 'Postgres', skip: false },
];

describe.each(stores)(
  'turns on $store',
  ({ store, skip }) => {
    test.skipIf(skip)(
      'a process that stood still while another took its chat over writes nothing and says nothing when it wakes',
      async () => {
        const redis = store === 'Redis' ? await testRedis({ own: true }) : undefined;
        onTestFinished(async () => redis?.stop());
        const { db, telegram, paused, deliver, last } = await openStage(redis?.url);
        await deliver(0, { does: 'say', words: '/register' });
        await until('the consent', () => last().includes('Без согласия'));

        // It stands still between the press of «Даю согласие» and what follows from it.
        const { messageId, data } = telegram.newestButton(IVAN.id, 'Даю согласие');
        const isAnswered = ({ method }: BotCall) => method === 'answerCallbackQuery';
        telegram.interfereWith((call) => (isAnswered(call) ? { delayMs: 1_000 } : undefined));
        const consent = deliver(0, { does: 'press', data, messageId }).catch(() => undefined);
        await until('it is at work', () => telegram.calls.some(isAnswered));
        paused.kill('SIGSTOP');
        const heard = telegram.said(IVAN.id).length;
        await deliver(1, { does: 'say', words: '/cancel' });
        await until('the other one answers', () => telegram.said(IVAN.id).length > heard, 30_000);
        expect(last()).toContain('Отменено');
        await until('it takes the buttons of the question', () =>
          telegram.calls.some(({ method }) => method === 'editMessageReplyMarkup'),
        );
        const calls = telegram.calls.length;
        const kept = () => db.selectFrom('consents').select('messengerId').execute();
        expect(await kept()).toEqual([]);

        paused.kill('SIGCONT');
        expect(await consent).toMatchObject({ status: 503 });
        await sleep(1_000);
        expect(await kept()).toEqual([]);
        expect(telegram.calls.slice(calls).filter(({ payload }) => payload.chat_id === IVAN.id)).toEqual([]);
      },
    );
  },
  300_000,
);

test.skipIf(await redisIsMissing({ own: true }))(
  'a turn that Redis has forgotten writes nothing more, though its process never stood still',
  async () => {
    const redis = await testRedis({ own: true });
    onTestFinished(() => redis.stop());
    const { db, telegram, deliver, last } = await openStage(redis.url);
    await deliver(1, { does: 'say', words: '/register' });
    await until('the consent', () => last().includes('Без согласия'));

    // The last call before the office is asked; a heartbeat comes before its answer.
    const slowMs = 9_000;
    const takesButtons = ({ method }: BotCall) => method === 'editMessageReplyMarkup';
    telegram.interfereWith((call) =>
      takesButtons(call) && telegram.calls.filter(takesButtons).length <= 1 ? { delayMs: slowMs } : undefined,
    );
    const { messageId, data } = telegram.newestButton(IVAN.id, 'Даю согласие');
    const pressed = deliver(1, { does: 'press', data, messageId }).catch(() => undefined);
    await until('it is at work', () => telegram.calls.some(takesButtons));
    await redis.flush();
    const presses = () => telegram.calls.filter(({ method }) => method === 'answerCallbackQuery').length;
    await until('the press has another turn', () => presses() > 1, 30_000);
    await pressed;
    await sleep(slowMs + 1_000);
    expect(await db.selectFrom('consents').select('messengerId').execute()).toEqual([]);
  },
  300_000,
);
