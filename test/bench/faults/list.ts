import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { until } from '../../kit/edge/bot-api.ts';
import { type TestRedis, testRedis } from '../../kit/redis.ts';
import { FIRST_TO_GO_ON } from './residents.ts';
import type { Scenery, Stage } from './stage.ts';

/** Something that happens to a neighbour. */
export type Fault = {
  name: string;
  /** Within so many seconds all is to be well again by itself. */
  promisedSeconds: number;
  scenery: Scenery | (() => Promise<Scenery>);
  /** Undefined: a fault that lasts for a moment, or goes on behind another connection. */
  lastsMs?: number;
  begin: (stage: Stage) => Promise<unknown>;
  lift?: (stage: Stage) => Promise<unknown>;
  tidyUp?: () => Promise<unknown>;
  /** Why it cannot be played on this machine. */
  missing?: () => string | undefined;
};

const POSTGRES_SECONDS = 60;
const REDIS_SECONDS = 20;

const readOnly = (stage: Stage, on: boolean) =>
  sql
    .raw(on ? 'alter system set default_transaction_read_only = on' : 'alter system reset default_transaction_read_only')
    .execute(stage.postgres.db())
    .then(() => sql`select pg_reload_conf()`.execute(stage.postgres.db()));

function theRedis({ redis }: Stage) {
  if (!redis) throw new Error('this stage has no Redis');
  return redis;
}

async function onPort<T>(port: number, work: (client: Redis) => Promise<T>): Promise<T> {
  // A server in trouble is not asked first whether it is ready.
  const client = new Redis(port, '127.0.0.1', { enableReadyCheck: false });
  client.on('error', () => undefined);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}

const onFirst = <T>(stage: Stage, work: (client: Redis) => Promise<T>) => onPort(theRedis(stage).ports[0] ?? 0, work);

/** The master that has the dialog of this chat at first, and its replica. */
async function shardOf(stage: Stage, chat: number): Promise<{ place: number; master: number; replica: number }> {
  const { ports } = theRedis(stage);
  // Any node knows; one of them may be dead.
  const asked = ports.map((port) => onPort(port, (client) => client.cluster('KEYSLOT', `t:${chat}`)));
  const place = Math.floor((await Promise.any(asked)) / Math.ceil(16_384 / 3));
  return { place, master: ports[place] ?? 0, replica: ports[place + 3] ?? 0 };
}

/** A script that ends by itself, should nobody be left to end it. */
const HALF_A_MINUTE = `local till = redis.call('TIME')[1] + 30; while redis.call('TIME')[1] + 0 < till do end`;

const isProgramThere = (program: string) => {
  try {
    execFileSync('/bin/sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const postgres = { promisedSeconds: POSTGRES_SECONDS, scenery: { redis: 'one' } } as const;
const redis = { promisedSeconds: REDIS_SECONDS, scenery: { redis: 'one' } } as const;
const cluster = { promisedSeconds: REDIS_SECONDS, scenery: { redis: 'cluster' } } as const;

/** A disk of its own for Postgres's data, which is filled up and emptied. */
function fullDisk(): Fault {
  let disk = '';
  return {
    ...postgres,
    name: 'Postgres: disk full',
    async scenery() {
      disk = await mkdtemp(join(tmpdir(), 'bench-faults-disk-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=0711', 'tmpfs', disk]);
      return { redis: 'one', folder: disk };
    },
    lastsMs: 8_000,
    async begin(stage) {
      // What is written to the log of changes first of all finds no room: Postgres ends, and cannot start again while there is none.
      await writeFile(join(disk, 'reserve'), Buffer.alloc(100 << 20, 1));
      const text = sql`select pg_logical_emit_message(false, 'filler', repeat('x', 4000000))`;
      const fill = async () => {
        for (;;) await text.execute(stage.postgres.db());
      };
      await fill().catch(() => undefined);
    },
    async lift(stage) {
      await rm(join(disk, 'reserve'));
      await stage.postgres.stop();
      await stage.postgres.start();
    },
    tidyUp: async () => {
      execFileSync('umount', ['-l', disk]);
      await rm(disk, { recursive: true, force: true });
    },
    missing() {
      if (process.getuid?.() !== 0) return 'only root may mount a small disk';
      const probe = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe], { stdio: 'ignore' });
        execFileSync('umount', [probe]);
        return undefined;
      } catch {
        return 'a small disk cannot be mounted here';
      } finally {
        execFileSync('rmdir', [probe], { stdio: 'ignore' });
      }
    },
  };
}

/** A second server stands in, behind the same address; what is open stays at the first one. */
function failoverBehindAnAddress(): Fault {
  let other: TestRedis | undefined;
  return {
    ...redis,
    name: 'Redis: failover behind an address (READONLY)',
    async begin(stage) {
      const { proxy, ports } = theRedis(stage);
      other = await testRedis({ own: true });
      const port = Number(new URL(other.url).port);
      // As it goes: the second one has the data, becomes the first, and the first follows it.
      await onPort(port, async (client) => {
        await client.replicaof('127.0.0.1', ports[0] ?? 0);
        await until('it has the data', async () => /master_link_status:up/.test(await client.info('replication')));
        await client.replicaof('NO', 'ONE');
      });
      proxy.redirect({ port, host: '127.0.0.1' });
      await onPort(ports[0] ?? 0, (client) => client.replicaof('127.0.0.1', port));
    },
    tidyUp: async () => other?.stop(),
  };
}

export const FAULTS: readonly Fault[] = [
  {
    ...postgres,
    name: 'Postgres: read-only',
    lastsMs: 6_000,
    begin: (stage) => readOnly(stage, true),
    lift: (stage) => readOnly(stage, false),
  },
  {
    ...postgres,
    name: 'Postgres: restarted',
    lastsMs: 3_000,
    begin: (stage) => stage.postgres.stop(),
    lift: (stage) => stage.postgres.start(),
  },
  { ...postgres, name: 'Postgres: half-open connections', begin: async (stage) => stage.postgres.proxy.freezeOpen() },
  {
    ...postgres,
    name: 'Postgres: hangs',
    lastsMs: 8_000,
    begin: async (stage) => stage.postgres.proxy.freeze(),
    lift: async (stage) => stage.postgres.proxy.mend(),
  },
  {
    ...postgres,
    name: 'Postgres: half-open, without Redis',
    scenery: {},
    begin: async (stage) => stage.postgres.proxy.freezeOpen(),
  },
  fullDisk(),
  {
    ...postgres,
    name: 'PgBouncer in transaction mode, kill -9 of the bot',
    scenery: { redis: 'one', bouncer: true },
    begin: (stage) => stage.killAndStart(),
    missing: () => (isProgramThere('pgbouncer') ? undefined : 'no pgbouncer on PATH'),
  },
  {
    ...redis,
    name: 'Redis: restarted, empty',
    lastsMs: 3_000,
    begin: (stage) => theRedis(stage).servers.kill(),
    lift: (stage) => theRedis(stage).servers.restart(),
  },
  { ...redis, name: 'Redis: half-open connection', begin: async (stage) => theRedis(stage).proxy.freezeOpen() },
  {
    ...redis,
    name: 'Redis: hangs',
    lastsMs: 6_000,
    begin: async (stage) => theRedis(stage).proxy.freeze(),
    lift: async (stage) => theRedis(stage).proxy.mend(),
  },
  failoverBehindAnAddress(),
  {
    ...redis,
    name: 'Redis: out of memory (OOM)',
    lastsMs: 5_000,
    begin: (stage) => onFirst(stage, (client) => client.config('SET', 'maxmemory', '1')),
    lift: (stage) => onFirst(stage, (client) => client.config('SET', 'maxmemory', '0')),
  },
  // Each of these answers every write with a word of its own, and goes on reading.
  {
    ...redis,
    name: 'Redis: cannot save (MISCONF)',
    lastsMs: 5_000,
    async begin(stage) {
      await onFirst(stage, async (client) => {
        await client.config('SET', 'save', '3600 1');
        await client.set('unsaved', '1');
        // No process can be begun to save in.
        const [, folder = ''] = await client.config('GET', 'dir');
        await rm(folder, { recursive: true });
        await client.bgsave();
        await until('it could not', async () => /rdb_last_bgsave_status:err/.test(await client.info('persistence')));
      });
    },
    lift: (stage) => onFirst(stage, (client) => client.config('SET', 'stop-writes-on-bgsave-error', 'no')),
  },
  {
    ...redis,
    name: 'Redis: too few replicas (NOREPLICAS)',
    lastsMs: 5_000,
    begin: (stage) => onFirst(stage, (client) => client.config('SET', 'min-replicas-to-write', '1')),
    lift: (stage) => onFirst(stage, (client) => client.config('SET', 'min-replicas-to-write', '0')),
  },
  {
    ...redis,
    name: 'Redis: somebody’s script does not end (BUSY)',
    lastsMs: 5_000,
    async begin(stage) {
      const port = theRedis(stage).ports[0] ?? 0;
      await onFirst(stage, (client) => client.config('SET', 'busy-reply-threshold', '200'));
      void onPort(port, (client) => client.eval(HALF_A_MINUTE, 0)).catch(() => undefined);
      await sleep(400);
    },
    lift: (stage) => onFirst(stage, (client) => client.script('KILL')),
  },
  { ...redis, name: 'Redis: flushed', begin: (stage) => theRedis(stage).servers.flush() },
  {
    ...cluster,
    name: 'Redis Cluster: CLUSTER FAILOVER',
    async begin(stage) {
      const { master, replica } = await shardOf(stage, FIRST_TO_GO_ON);
      await onPort(replica, (client) => client.call('CLUSTER', 'FAILOVER'));
      await onPort(master, (client) =>
        until('the roles have changed', async () => /role:slave/.test(await client.info('replication'))),
      );
    },
  },
  {
    ...cluster,
    name: 'Redis Cluster: slots that nobody has (CLUSTERDOWN)',
    lastsMs: 5_000,
    async begin(stage) {
      const { ports } = theRedis(stage);
      // Slot 1 of all; nobody of ours needs to be in it for the whole Cluster to refuse.
      for (const port of ports) await onPort(port, (client) => client.cluster('DELSLOTS', 1)).catch(() => undefined);
      await onPort(ports[0] ?? 0, (client) =>
        until('it is down', async () => /cluster_state:fail/.test(await client.cluster('INFO'))),
      );
    },
    lift: (stage) => onFirst(stage, (client) => client.cluster('ADDSLOTS', 1)),
  },
  {
    ...cluster,
    name: 'Redis Cluster: a killed master',
    lastsMs: 2_000,
    begin: async (stage) => theRedis(stage).servers.killOne((await shardOf(stage, FIRST_TO_GO_ON)).place),
    // The servers' own election is no time of ours.
    async lift(stage) {
      const { replica } = await shardOf(stage, FIRST_TO_GO_ON);
      await onPort(replica, (client) =>
        until('a replica stands in', async () => /role:master/.test(await client.info('replication')), 60_000),
      );
    },
  },
];
