import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { leadAlone } from '../../../src/adapters/postgres/leader.ts';
import { sleep } from '../../../src/adapters/sleep.ts';
import { testDatabase } from '../../kit/postgres.ts';

/** The server has other databases, in which other tests hold locks. */
const LOCKS_HERE = sql`pg_locks where locktype = 'advisory' and granted
  and database = (select oid from pg_database where datname = current_database())`;

let base: Awaited<ReturnType<typeof testDatabase>>;
let stop: AbortController;
let running: Promise<void>[];

beforeEach(async () => {
  base = await testDatabase();
  stop = new AbortController();
  running = [];
});
afterEach(async () => {
  stop.abort();
  await Promise.allSettled(running);
  await base.close();
});

/** Who leads now, and who ever did. */
function candidates(...names: string[]) {
  const leading = new Set<string>();
  const ever: string[] = [];
  for (const name of names) {
    const lead = leadAlone(
      { url: base.url, name: 'one', retryMs: 50 },
      async (signal) => {
        leading.add(name);
        ever.push(name);
        await sleep(60_000, signal);
        leading.delete(name);
      },
      stop.signal,
    );
    running.push(lead);
  }
  return { leading, ever };
}

test('of many one leads', async () => {
  const { leading, ever } = candidates('a', 'b', 'c');
  await vi.waitFor(() => expect(leading.size).toBe(1));
  await sleep(300);
  expect([leading.size, ever.length]).toEqual([1, 1]);
});

test('a lead whose connection was cut is lost at once, and somebody leads again', async () => {
  const { leading, ever } = candidates('a', 'b');
  await vi.waitFor(() => expect(leading.size).toBe(1));
  await sql`select pg_terminate_backend(pid) from ${LOCKS_HERE}`.execute(base.db);
  await vi.waitFor(() => expect(ever).toHaveLength(2));
  expect(leading.size).toBe(1);
});

test('stop ends the work and lets go', async () => {
  const { leading } = candidates('a');
  await vi.waitFor(() => expect(leading.size).toBe(1));
  stop.abort();
  await Promise.all(running);
  expect(leading.size).toBe(0);
  const { rows } = await sql<{ held: number }>`select count(*)::int as held from ${LOCKS_HERE}`.execute(base.db);
  expect(rows[0]?.held).toBe(0);
});

test('another name is led by another', async () => {
  const { leading } = candidates('a');
  const other = leadAlone(
    { url: base.url, name: 'two', retryMs: 50 },
    async (signal) => {
      leading.add('other');
      await sleep(60_000, signal);
    },
    stop.signal,
  );
  running.push(other);
  await vi.waitFor(() => expect([...leading].sort()).toEqual(['a', 'other']));
});

test('a database that is away is waited for', async () => {
  const led = vi.fn(async () => {});
  const away = leadAlone({ url: 'postgres://nobody@127.0.0.1:1/x', name: 'one', retryMs: 20 }, led, stop.signal);
  running.push(away);
  await sleep(200);
  expect(led).not.toHaveBeenCalled();
  stop.abort();
  await away;
});

test('what the work throws is thrown on', async () => {
  const broken = leadAlone({ url: base.url, name: 'one', retryMs: 20 }, () => Promise.reject(new Error('broken')), stop.signal);
  await expect(broken).rejects.toThrow('broken');
});

test('no transaction waits for a lead: their locks have other names', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(`src/${file}`, 'utf8'));
  const leads = sources.flatMap((source) =>
    [...source.matchAll(/leadAlone\(\s*\{ url, name: '([^']+)'/g)].map(([, name]) => name),
  );
  const locks = sources.flatMap((source) => [...source.matchAll(/hashtextextended\('([^']+)', 5\)/g)].map(([, name]) => name));
  expect(leads).toContain('announcements');
  expect(locks).toContain('sms');
  expect(locks.filter((name) => leads.includes(name))).toEqual([]);
});
