import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { openRedis } from '../../src/adapters/redis.ts';
import { redisTurns } from '../../src/adapters/turns/redis.ts';
import type { ChatTurns } from '../../src/adapters/turns/turns.ts';
import { until } from '../kit/edge/bot-api.ts';
import { startTcpProxy } from '../kit/edge/tcp-proxy.ts';
import { redisIsMissing, testRedis, testRedisCluster } from '../kit/redis.ts';
import { contractKeyring } from './turns/contract.ts';

/** What is promised: back to work by itself within. */
const WELL_MS = 20_000;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

function turnsOn(url: string, answerMs = 1_000): ChatTurns {
  const turns = redisTurns(openRedis(url), contractKeyring(), { answerMs });
  closers.push(() => turns.close());
  return turns;
}

async function own() {
  const server = await testRedis({ own: true });
  closers.push(() => server.stop());
  return { ...server, port: Number(new URL(server.url).port) };
}

async function proxyTo(port: number) {
  const proxy = await startTcpProxy({ port, host: '127.0.0.1' });
  closers.push(() => proxy.close());
  return proxy;
}

async function onPort<T>(port: number, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(port, '127.0.0.1');
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}

let updates = 0;
/** One turn of a chat; throws where it cannot be had. */
async function turn(turns: ChatTurns, chat: string): Promise<void> {
  const taken = await turns.take(chat, String((updates += 1)));
  if (taken !== 'repeat') await taken.finish({ state: Buffer.from('words') });
}

/** Chats in all slots of a cluster, one after another until each has had a turn. */
async function allWell(turns: ChatTurns): Promise<void> {
  const chats = Array.from({ length: 24 }, (_, chat) => String(chat));
  const done = new Set<string>();
  await until(
    'every chat has its turn again',
    async () => {
      const left = chats.filter((chat) => !done.has(chat));
      await Promise.all(
        left.map((chat) =>
          turn(turns, chat).then(
            () => done.add(chat),
            () => undefined,
          ),
        ),
      );
      return done.size === chats.length;
    },
    WELL_MS,
  );
}

describe.skipIf(await redisIsMissing({ own: true }))('one Redis', () => {
  test('that became a replica: the connection is made anew, and nobody notices', async () => {
    const [first, second] = [await own(), await own()];
    const proxy = await proxyTo(first.port);
    const turns = turnsOn(`redis://127.0.0.1:${proxy.port}`);
    await allWell(turns);
    // A failover behind one address: what is open stays at the old one.
    proxy.redirect({ port: second.port, host: '127.0.0.1' });
    await onPort(first.port, async (client) => {
      await client.replicaof('127.0.0.1', second.port);
      await until('it is a replica', async () => /role:slave/.test(await client.info('replication')));
    });
    await Promise.all(['1', '2', '3'].map((chat) => turn(turns, chat)));
    await allWell(turns);
    expect(await onPort(second.port, (client) => client.dbsize())).toBeGreaterThanOrEqual(24);
  });

  test('whose connection died without a word is given up and reached by a new one', async () => {
    const server = await own();
    const proxy = await proxyTo(server.port);
    const turns = turnsOn(`redis://127.0.0.1:${proxy.port}`);
    await turn(turns, '1');
    proxy.freezeOpen();
    await expect(turn(turns, '1')).rejects.toThrow('has not answered within 1000 ms');
    await allWell(turns);
  });

  test('that hangs, then comes back: the same', async () => {
    const server = await own();
    const proxy = await proxyTo(server.port);
    const turns = turnsOn(`redis://127.0.0.1:${proxy.port}`);
    await turn(turns, '1');
    proxy.freeze();
    for (let i = 0; i < 4; i += 1) await expect(turn(turns, '1')).rejects.toThrow();
    proxy.mend();
    await allWell(turns);
  });

  test('full, then with room again: told by its word meanwhile', async () => {
    const server = await own();
    const turns = turnsOn(server.url);
    await turn(turns, '1');
    await onPort(server.port, (client) => client.config('SET', 'maxmemory', '1'));
    await expect(turn(turns, '2')).rejects.toMatchObject({ cause: { message: expect.stringMatching(/^OOM/) } });
    await onPort(server.port, (client) => client.config('SET', 'maxmemory', '0'));
    await turn(turns, '2');
  });

  test('commands of one moment still go out together', async () => {
    const server = await own();
    const client = openRedis(server.url);
    closers.push(async () => client.disconnect());
    await client.ping();
    const before = await onPort(server.port, (other) => other.info('stats'));
    await Promise.all(Array.from({ length: 100 }, (_, i) => client.set(`k${i}`, 'v')));
    const after = await onPort(server.port, (other) => other.info('stats'));
    const reads = (info: string) => Number(/total_reads_processed:(\d+)/.exec(info)?.[1]);
    expect(reads(after) - reads(before)).toBeLessThan(20);
  });

  test('an idle connection is not given up', async () => {
    const server = await own();
    const proxy = await proxyTo(server.port);
    const turns = turnsOn(`redis://127.0.0.1:${proxy.port}`);
    await turn(turns, '1');
    await sleep(3_000);
    expect(proxy.alive()).toBe(1);
    await turn(turns, '1');
  });
});

describe.skipIf(await redisIsMissing({ own: true }))('a Redis Cluster', () => {
  async function cluster() {
    const servers = await testRedisCluster({ replicas: true });
    closers.push(() => servers.stop());
    const ports = servers.url.split(',').map((url) => Number(new URL(url).port));
    const turns = turnsOn(servers.url);
    await allWell(turns);
    return { servers, ports, turns };
  }

  test('whose master gave its slots to a replica is followed at once', async () => {
    const { ports, turns } = await cluster();
    const [master = 0, , , replica = 0] = ports;
    await onPort(replica, (client) => client.call('CLUSTER', 'FAILOVER'));
    await onPort(master, (client) =>
      until('the roles have changed', async () => /role:slave/.test(await client.info('replication'))),
    );
    await allWell(turns);
    // Not only once: what was learned is kept.
    await Promise.all(Array.from({ length: 24 }, (_, chat) => turn(turns, String(chat))));
  }, 300_000);

  test('whose master was killed is followed once a replica stands in', async () => {
    const { servers, ports, turns } = await cluster();
    const [, , , replica = 0] = ports;
    await servers.killOne(0);
    // The servers' own affair: an election that fails is held again after some seconds.
    const isMaster = () => onPort(replica, async (client) => /role:master/.test(await client.info('replication')));
    await until('the replica stands in', isMaster, 60_000);
    await allWell(turns);
  }, 300_000);
});
