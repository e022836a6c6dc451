import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { redisIsMissing, testRedis, testRedisCluster } from './redis.ts';

describe.skipIf(await redisIsMissing({ own: true }))('the Redis of the tests', () => {
  test('answers, can be killed and started again, empty, at the same address', async () => {
    const redis = await testRedis({ own: true });
    const client = new Redis(redis.url);
    client.on('error', () => undefined);
    await client.set('a', '1');
    await redis.kill();
    await redis.restart();
    expect(await client.get('a')).toBeNull();
    await client.set('a', '2');
    await redis.flush();
    expect(await client.get('a')).toBeNull();
    client.disconnect();
    await redis.stop();
  });

  test('a cluster has three masters that know each other', async () => {
    const cluster = await testRedisCluster();
    const [first = ''] = cluster.url.split(',');
    const client = new Redis(first);
    const nodes = String(await client.call('CLUSTER', 'NODES'));
    expect(nodes.match(/master/g)).toHaveLength(3);
    client.disconnect();
    await cluster.stop();
  });
});
