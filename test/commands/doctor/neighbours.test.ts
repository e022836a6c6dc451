import { expect, onTestFinished, test } from 'vitest';
import { redisIsMissing, testRedis } from '../../kit/redis.ts';
import { MISTAKES_OF_NEIGHBOURS, webhookSays } from './mistakes/neighbours.ts';
import { bad, NOW, testMistakes, textOf, useStage } from './stage.ts';

const stage = useStage();

testMistakes(stage, MISTAKES_OF_NEIGHBOURS);

test.each([
  [
    'an error that deliveries followed is told with its age',
    { last_error_date: NOW.getTime() / 1000 - 61 * 60 },
    'последняя ошибка доставки была 1 час назад: Wrong response from the webhook: 502; теперь ничего не ждёт',
  ],
  ['so is that there was none', { last_error_message: undefined }, 'ошибок доставки Telegram не помнит'],
])('webhook: %s', async (_, info, says) => {
  const findings = await stage().findingsOf(webhookSays(info));
  expect(findings).toContainEqual({ level: 'good', about: 'WEBHOOK_URL', says });
  expect(bad(findings)).toEqual([]);
});

test.skipIf(await redisIsMissing({ own: true }))(
  'Redis: version, policy, a write; a password that is wrong',
  async () => {
    const redis = await testRedis({ own: true });
    onTestFinished(redis.stop);
    const said = textOf(await stage().findingsOf({ env: { REDIS_URL: redis.url } }));
    expect(said).toMatch(/^good REDIS_URL: Redis \d+\.\d+\.\d+, запись проходит/m);
    expect(
      textOf(await stage().findingsOf({ env: { REDIS_URL: redis.url.replace('redis://', 'redis://:red1s-5ecret@') } })),
    ).toMatch(/REDIS_URL/);
  },
  60_000,
);
