import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { startTied, type TiedProcess } from '../../src/adapters/postgres/tied-process.ts';
import { findRedisProgram } from './redis-program.ts';

export type TestRedis = {
  /** What `REDIS_URL` would be; several nodes are separated by commas. */
  url: string;
  flush: () => Promise<void>;
  stop: () => Promise<void>;
  /** kill -9: connections break, all data are gone. Not for the server of `TEST_REDIS_URL`. */
  kill: () => Promise<void>;
  /** Starts a killed one again at the same address, empty. */
  restart: () => Promise<void>;
  /** kill -9 of one server of several. */
  killOne: (index: number) => Promise<void>;
};

let program: Promise<readonly string[] | undefined> | undefined;

/** Whether Redis can be had here; says so loudly when not, and is an error where `CI=true`. For `describe.skipIf`; `own` as in `testRedis`, a cluster is always the test's own. */
export async function redisIsMissing({ own = false }: { own?: boolean } = {}): Promise<boolean> {
  if (process.env['TEST_REDIS_URL'] && !own) return false;
  program ??= findRedisProgram();
  if ((await program) !== undefined) return false;
  const sentence = 'no redis-server or valkey-server on PATH, and none from apt: the tests that need Redis do not run';
  if (process.env['CI'] === 'true') throw new Error(sentence);
  console.error(`\n  !!! ${sentence}\n`);
  return true;
}

/** An empty Redis: a database of the server in `TEST_REDIS_URL`, else (and with `own`) a server of the test's own. */
export async function testRedis({ own = false }: { own?: boolean } = {}): Promise<TestRedis> {
  const given = process.env['TEST_REDIS_URL'];
  if (!given || own) return startServers(1);

  // Each worker of the run has a database of its own there.
  const address = new URL(given);
  address.pathname = `/${process.env['VITEST_POOL_ID'] ?? '0'}`;
  const client = new Redis(address.href);
  await client.flushdb();
  const refuse = (): Promise<void> =>
    Promise.reject(new Error('TEST_REDIS_URL is not ours to kill: ask for testRedis({ own: true })'));
  return {
    url: address.href,
    flush: async () => void (await client.flushdb()),
    stop: async () => {
      await client.flushdb();
      await client.quit();
    },
    kill: refuse,
    killOne: refuse,
    restart: refuse,
  };
}

/** A Redis Cluster of three masters on this machine, and a replica for each where asked for: the fourth node is the first one's. */
export async function testRedisCluster({ replicas = false }: { replicas?: boolean } = {}): Promise<TestRedis> {
  const cluster = await startServers(replicas ? 6 : 3, ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000']);
  const ports = cluster.url.split(',').map((url) => Number(new URL(url).port));
  const nodes = ports.map((port) => new Redis(port, '127.0.0.1'));
  const masters = nodes.slice(0, 3);
  const share = Math.ceil(16_384 / masters.length);
  for (const [index, node] of masters.entries()) {
    const slots = Array.from({ length: Math.min(share, 16_384 - index * share) }, (_, slot) => index * share + slot);
    await node.cluster('ADDSLOTS', slots);
    await node.call('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
  }
  for (const port of ports.slice(1)) await nodes[0]?.call('CLUSTER', 'MEET', '127.0.0.1', String(port));
  for (const node of nodes) {
    const knows = async (): Promise<boolean> => {
      const info = String(await node.call('CLUSTER', 'INFO'));
      return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${nodes.length}`);
    };
    while (!(await knows())) await sleep(50);
  }
  for (const [index, replica] of nodes.slice(3).entries()) {
    await replica.call('CLUSTER', 'REPLICATE', String(await masters[index]?.call('CLUSTER', 'MYID')));
    const follows = async () => /master_link_status:up/.test(await replica.info('replication'));
    while (!(await follows())) await sleep(50);
  }
  // A master that has not heard of its replica does not hand over to it.
  for (const node of replicas ? nodes : []) {
    const knowsAll = async () => String(await node.call('CLUSTER', 'NODES')).match(/ (myself,)?slave /g)?.length === 3;
    while (!(await knowsAll())) await sleep(50);
  }
  for (const node of nodes) node.disconnect();
  return cluster;
}

async function startServers(count: number, options: readonly string[] = []): Promise<TestRedis> {
  program ??= findRedisProgram();
  const command = await program;
  if (command === undefined) throw new Error('there is no Redis on this machine: guard the test with redisIsMissing()');
  let servers: Server[] = [];
  for (let i = 0; i < count; i++) servers.push(await startServer(command, options));
  const ports = servers.map(({ port }) => port);

  const stop = async (): Promise<void> => void (await Promise.all(servers.map((server) => server.stop())));
  return {
    url: ports.map((port) => `redis://127.0.0.1:${port}`).join(','),
    flush: async () => void (await Promise.all(ports.map((port) => onServer(port, (client) => client.flushall())))),
    stop,
    kill: async () => {
      for (const { pid } of servers) process.kill(pid, 'SIGKILL');
      await stop();
    },
    killOne: async (index) => {
      const server = servers[index];
      if (!server) throw new Error(`there is no server ${index}`);
      process.kill(server.pid, 'SIGKILL');
      await server.stop();
    },
    restart: async () => {
      servers = await Promise.all(ports.map((port) => startServer(command, options, port)));
    },
  };
}

type Server = { port: number; pid: number; stop: () => Promise<void> };

async function startServer(command: readonly string[], options: readonly string[], wanted?: number): Promise<Server> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const port = wanted ?? (await freePort());
    const folder = await mkdtemp(path.join(tmpdir(), 'inkomus-redis-'));
    const flags = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'no',
      // A replica need not wait for another one to come.
      '--repl-diskless-sync-delay',
      '0',
      ...options,
    ];
    const identity = { prefix: [], owner: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 } };
    const tied = startTied([...command, ...flags], { identity, litter: folder });
    const pid = await untilItAnswers(tied, port);
    if (pid !== undefined) return { port, pid, stop: () => tied.end() };
    await tied.end();
    await rm(folder, { recursive: true, force: true });
  }
  throw new Error('no Redis could be started in ten attempts');
}

/** The server's process number; undefined when it is gone, as when somebody was quicker with its port. */
async function untilItAnswers(tied: TiedProcess, port: number): Promise<number | undefined> {
  for (let i = 0; i < 500 && tied.child.exitCode === null; i++) {
    if (/Ready to accept connections/.test(tied.said())) {
      const info = await onServer(port, (client) => client.info('server'));
      return Number(/process_id:(\d+)/.exec(info)?.[1]);
    }
    await sleep(10);
  }
  return undefined;
}

async function onServer<T>(port: number, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: 1 });
  client.on('error', () => undefined);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}

/** Below 22 000, since a cluster's nodes talk ten thousand above, and out of the way of ports that connections are given. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(12_000, 22_000);
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
