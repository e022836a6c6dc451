import { expect, onTestFinished, test } from 'vitest';
import { redisIsMissing, testRedis } from '../../kit/redis.ts';
import { MISTAKES_OF_NEIGHBOURS } from './mistakes/neighbours.ts';
import { testMistakes, textOf, useStage } from './stage.ts';

const stage = useStage();

testMistakes(stage, MISTAKES_OF_NEIGHBOURS);

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
