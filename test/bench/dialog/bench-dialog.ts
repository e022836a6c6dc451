import { fileURLToPath } from 'node:url';
import { type ChildProcess, fork } from 'node:child_process';
import { Redis } from 'ioredis';
import { RUN } from '../../../src/build/places.js';
import { testRedis } from '../../kit/redis.ts';
import { startLocalBotApi } from './local-bot-api.ts';
import { createResidents } from './residents.ts';

export type Subject = 'ours' | 'telegraf' | 'bare';

export type Figures = {
  cpuMs: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  unloadedP50Ms: number;
  redisCommands: number;
  redisBytes: number;
  rssMb: number;
};

const AT_ONCE = 50;

/** One process of a subject: warmed up, loaded with fifty residents at once, then asked by a single one. All per update. */
export async function measure(subject: Subject, steps: number, updates: number): Promise<Figures> {
  const redis = await testRedis({ own: true });
  let hear: (chat: number, text: string) => void = () => {};
  const api = await startLocalBotApi((chat, text) => hear(chat, text));
  const child = fork(RUN, [fileURLToPath(new URL(`./subject-${subject}.ts`, import.meta.url))], {
    execArgv: process.env.BENCH_PROFILE ? ['--cpu-prof', '--cpu-prof-dir', process.env.BENCH_PROFILE] : [],
    env: { ...process.env, BENCH_STEPS: String(steps), BENCH_REDIS_URL: redis.url, BENCH_API_ROOT: api.root },
  });
  const watch = new Redis(redis.url);
  try {
    const { port } = await heard<{ port: number }>(child);
    const residents = createResidents(port, steps);
    hear = residents.hear;
    const start = subject === 'ours' ? '/login' : '/go';
    const dialogs = Math.max(AT_ONCE, Math.round(updates / (steps + 1)));
    // Warm: the compiler has seen every path, connections are open.
    await residents.hold(Math.max(AT_ONCE, Math.round(3_000 / (steps + 1))), AT_ONCE, 1_000_000_000, start);

    const before = { spent: await spent(child), redis: await traffic(watch) };
    const held = await residents.hold(dialogs, AT_ONCE, 2_000_000_000, start);
    const after = { spent: await spent(child), redis: await traffic(watch) };
    const alone = await residents.hold(Math.max(1, Math.round(300 / (steps + 1))), 1, 3_000_000_000, start);
    residents.close();

    const cpuUs = after.spent.cpu.user + after.spent.cpu.system - before.spent.cpu.user - before.spent.cpu.system;
    return {
      cpuMs: cpuUs / 1000 / held.updates,
      perSecond: held.updates / held.seconds,
      p50Ms: quantile(held.latenciesMs, 0.5),
      p99Ms: quantile(held.latenciesMs, 0.99),
      unloadedP50Ms: quantile(alone.latenciesMs, 0.5),
      redisCommands: (after.redis.commands - before.redis.commands) / held.updates,
      redisBytes: (after.redis.bytes - before.redis.bytes) / held.updates,
      rssMb: after.spent.rss / 1e6,
    };
  } finally {
    child.send('stop');
    watch.disconnect();
    api.close();
    await redis.stop();
  }
}

async function spent(child: ChildProcess): Promise<{ cpu: NodeJS.CpuUsage; rss: number }> {
  const answer = heard<{ cpu: NodeJS.CpuUsage; rss: number }>(child);
  child.send('spent');
  return answer;
}

function heard<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code) => reject(new Error(`the subject ended with ${code}`)));
  });
}

/** Commands that clients gave and bytes that they sent; a script counts as the one command that it came as. */
async function traffic(redis: Redis): Promise<{ commands: number; bytes: number }> {
  const info = await redis.info('all');
  const number = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
  const calls = (name: string) => Number(new RegExp(`^cmdstat_${name}:calls=(\\d+)`, 'm').exec(info)?.[1] ?? 0);
  const commands =
    ['evalsha', 'eval'].map(calls).reduce((sum, n) => sum + n, 0) ||
    ['get', 'set', 'del'].map(calls).reduce((sum, n) => sum + n, 0);
  return { commands, bytes: number('total_net_input_bytes') };
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}
