import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { openRedis } from '../../../src/adapters/redis.ts';
import { redisTurns } from '../../../src/adapters/turns/redis.ts';
import { HOUR_MS } from '../../../src/domain/durations.ts';
import { StoreUnavailable } from '../../../src/adapters/turns/turns.ts';
import { redisIsMissing, type TestRedis, testRedis, testRedisCluster } from '../../kit/redis.ts';
import { contractKeyring, contractOfTurns, type Store } from './contract.ts';
import { countBytes } from './count-bytes.ts';

const storeOn = (server: TestRedis): Store => ({
  open: (times = {}, keyring = contractKeyring(), revoke) =>
    redisTurns(openRedis(server.url), keyring, { times, ...(revoke && { revoke }) }),
  address: ['redis', server.url],
  dump: async () => {
    const parts = await Promise.all(server.url.split(',').map(dumpOf));
    return Buffer.concat(parts);
  },
  transplant: async (from, to) => {
    const client = openRedis(server.url);
    const state = await client.hgetBuffer(`t:${from}`, 'S');
    expect(await client.hset(`t:${to}`, 'S', state ?? '')).toBe(0);
    client.disconnect();
  },
  flush: () => server.flush(),
  stop: () => server.stop(),
});

async function dumpOf(url: string): Promise<Buffer> {
  const client = new Redis(url);
  const parts: Buffer[] = [];
  for (const key of await client.keysBuffer('*')) parts.push(key, ...Object.values(await client.hgetallBuffer(key)));
  client.disconnect();
  return Buffer.concat(parts);
}

describe.skipIf(await redisIsMissing({ own: true }))('on Redis', () => {
  contractOfTurns('chat turns on Redis', async () => storeOn(await testRedis()));
  contractOfTurns('chat turns on Redis Cluster', async () => storeOn(await testRedisCluster()));

  test('scripts that the server forgot are sent again', async () => {
    const server = await testRedis({ own: true });
    const client = openRedis(server.url);
    const turns = redisTurns(client, contractKeyring());
    for (const updateId of [1, 2, 3]) {
      const turn = await turns.take('7', String(updateId));
      await client.script('FLUSH');
      if (turn !== 'repeat') await turn.finish({ keep: true });
      await client.script('FLUSH');
    }
    expect(await turns.take('7', '3')).toBe('repeat');
    await turns.close();
    await server.stop();
  });

  test('Redis gone: a StoreUnavailable within seconds; back again, empty: all goes on', async () => {
    const server = await testRedis({ own: true });
    const troubles: string[] = [];
    const turns = redisTurns(
      openRedis(server.url, (message) => troubles.push(message)),
      contractKeyring(),
    );
    const turn = await turns.take('7', '1');
    expect(await turns.isThere()).toBe(true);
    await server.kill();
    await expect(turn === 'repeat' || turn.finish({ keep: true })).rejects.toThrow(StoreUnavailable);
    await expect(turns.take('7', '2')).rejects.toThrow(StoreUnavailable);
    expect(await turns.isThere()).toBe(false);
    expect(troubles.filter((trouble) => trouble.includes('ECONNREFUSED'))).toHaveLength(1);
    await server.restart();
    const again = await turns.take('7', '1');
    if (again === 'repeat') throw new Error('nobody can remember the update');
    await again.finish({ keep: true });
    expect(await turns.isThere()).toBe(true);
    await turns.close();
    await server.stop();
  });

  test('a cluster gone: a StoreUnavailable within seconds, and closing does not hang', async () => {
    const cluster = await testRedisCluster();
    const turns = redisTurns(openRedis(cluster.url), contractKeyring(), { answerMs: 1000 });
    const turn = await turns.take('7', '1');
    await cluster.kill();
    await expect(turn === 'repeat' || turn.finish({ keep: true })).rejects.toThrow(StoreUnavailable);
    await expect(turns.take('7', '2')).rejects.toThrow(StoreUnavailable);
    await turns.close();
  });

  test('the memory of updates does not grow for ever', async () => {
    const server = await testRedis({ own: true });
    const client = new Redis(server.url);
    const turnsThatRemember = (memoryMs: number) => redisTurns(openRedis(server.url), contractKeyring(), { times: { memoryMs } });
    // However long the machine takes for them, none of the first is forgotten.
    const longer = turnsThatRemember(HOUR_MS);
    const turns = turnsThatRemember(1000);
    let updateId = 0;
    const finishSome = async (count: number, by = turns): Promise<void> => {
      for (const last = updateId + count; updateId < last; ) {
        const turn = await by.take('7', String(++updateId));
        if (turn !== 'repeat') await turn.finish({ state: Buffer.from('words') });
      }
    };
    await finishSome(200, longer);
    expect(await client.hlen('t:7')).toBeGreaterThan(200);
    for (let i = 0; i < 4; i++) {
      await sleep(700);
      await finishSome(1);
    }
    await finishSome(200);
    expect(await client.hlen('t:7')).toBeLessThan(300);
    await finishSome(1, longer);
    expect(await turns.take('7', String(updateId))).toBe('repeat');
    const turn = await longer.take('7', '1');
    expect(turn !== 'repeat' && Buffer.from(turn.state ?? []).toString()).toBe('words');
    if (turn !== 'repeat') await turn.abandon();
    // Of a chat that falls silent nothing is left.
    await finishSome(1);
    await sleep(1100);
    expect(await client.exists('t:7')).toBe(0);
    client.disconnect();
    await turns.close();
    await longer.close();
    await server.stop();
  });

  test('a turn with a small state sends two commands of well under 300 bytes together', async () => {
    const server = await testRedis({ own: true });
    const counter = await countBytes(Number(new URL(server.url).port));
    const turns = redisTurns(openRedis(`redis://127.0.0.1:${counter.port}`), contractKeyring());
    const sent: number[] = [];
    for (let updateId = 900_000_001; updateId < 900_000_011; updateId++) {
      const before = counter.sent();
      const turn = await turns.take('7123456789', String(updateId));
      if (turn !== 'repeat') await turn.finish({ state: new Uint8Array() });
      sent.push(counter.sent() - before);
    }
    // The first turn carries the scripts themselves.
    expect(Math.max(...sent.slice(1))).toBeLessThan(280);
    console.log(`bytes to Redis in a turn with an empty state: ${sent.at(-1)}; in the first one of a connection: ${sent[0]}`);
    await turns.close();
    await counter.close();
    await server.stop();
  });
});

test('REDIS_URL: user, password, database, TLS; the nodes of a cluster with or without a scheme', () => {
  const single = openRedis('rediss://ivan:p%40ss@127.0.0.1:1/3');
  expect(single.options).toMatchObject({ host: '127.0.0.1', port: 1, username: 'ivan', password: 'p@ss', db: 3, tls: {} });
  single.disconnect();
  const cluster = openRedis('redis://:pass@127.0.0.1:1, 127.0.0.1:2,redis://[::1]');
  expect(cluster.isCluster).toBe(true);
  expect(cluster.options).toMatchObject({ redisOptions: { password: 'pass' } });
  cluster.disconnect();
});

test.each(['', 'http://a', 'redis://', 'redis://a/name', 'redis://a,redis//b', 'redis://:secret@/'])(
  'REDIS_URL %j is refused',
  (url) => {
    expect(() => openRedis(url)).toThrow(/^REDIS_URL: нужен адрес (?!.*secret)/);
  },
);
