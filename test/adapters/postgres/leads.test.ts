import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LeadOptions, openLeads } from '../../../src/adapters/postgres/leads.ts';
import type { LedWork } from '../../../src/runtime/leads.ts';
import { sleep } from '../../../src/runtime/sleep.ts';
import { placeOfPostgres, startTcpProxy, throughPort } from '../../kit/edge/tcp-proxy.ts';
import { testDatabase } from '../../kit/postgres.ts';
import { waitFor } from '../../kit/wait-for.ts';

const LEASE_MS = 2_000;

let base: Awaited<ReturnType<typeof testDatabase>>;
let stop: AbortController;
let running: Promise<void>[];

/** Leads of its own, as a process has them. */
async function leadAlone(
  { name, onStandby = () => {}, ...of }: LeadOptions & { name: string; onStandby?: () => void },
  work: LedWork,
) {
  const leads = openLeads(of);
  try {
    await leads.lead({ name, onStandby }, work, stop.signal);
  } finally {
    await leads.close();
  }
}

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

/** Who leads now, who ever did, and whether two did at once. */
function candidates(names: readonly string[], url = base.url) {
  const leading = new Set<string>();
  const ever: string[] = [];
  let most = 0;
  for (const name of names) {
    const lead = leadAlone({ url, name: 'one', leaseMs: LEASE_MS }, async (signal) => {
      leading.add(name);
      ever.push(name);
      most = Math.max(most, leading.size);
      await sleep(60_000, signal);
      leading.delete(name);
    });
    running.push(lead);
  }
  return { leading, ever, mostAtOnce: () => most };
}

const leads = () => base.db.selectFrom('leads').select('name').execute();

test('of many one leads, for longer than it was given at first', async () => {
  const { leading, ever } = candidates(['a', 'b', 'c']);
  await waitFor(() => expect(leading.size).toBe(1));
  await sleep(LEASE_MS * 1.5);
  expect([leading.size, ever.length]).toEqual([1, 1]);
});

test('a holder that died without a word is followed once its time is over', async () => {
  const until = sql`insert into leads values ('one', 'a process that was killed', clock_timestamp() + interval '1500 ms') returning until`;
  const [killed] = (await until.execute(base.db)).rows;
  const { leading } = candidates(['a']);
  await waitFor(() => expect(leading.size).toBe(1));
  const { rows } = await sql<{ over: boolean }>`select clock_timestamp() >= ${(killed as { until: Date }).until} as over`.execute(
    base.db,
  );
  expect(rows).toEqual([{ over: true }]);
});

test('connections that are cut cost nobody the lead: it goes on over another one', async () => {
  const { leading, ever } = candidates(['a', 'b']);
  await waitFor(() => expect(leading.size).toBe(1));
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
    base.db,
  );
  await sleep(LEASE_MS * 1.5);
  expect([leading.size, ever.length]).toEqual([1, 1]);
});

test('a connection that died without a word is given up in time: the lead stays', async () => {
  const proxy = await startTcpProxy(placeOfPostgres(base.url));
  const { leading, ever } = candidates(['a'], throughPort(base.url, proxy.port));
  await waitFor(() => expect(leading.size).toBe(1));
  proxy.freezeOpen();
  await sleep(LEASE_MS * 1.5);
  expect([leading.size, ever.length]).toEqual([1, 1]);
  stop.abort();
  await Promise.all(running);
  await proxy.close();
});

test('who cannot reach the database has stopped before another one begins', async () => {
  const proxy = await startTcpProxy(placeOfPostgres(base.url));
  const first = candidates(['a'], throughPort(base.url, proxy.port));
  await waitFor(() => expect(first.leading.size).toBe(1));
  const second = candidates(['b']);
  const together: boolean[] = [];
  const watching = setInterval(() => together.push(first.leading.size + second.leading.size > 1), 2);
  proxy.freeze();
  await waitFor(() => expect(second.leading.size).toBe(1));
  expect(first.leading.size).toBe(0);
  proxy.mend();
  await sleep(LEASE_MS);
  clearInterval(watching);
  expect(together).not.toContain(true);
  expect(first.ever).toEqual(['a']);
  stop.abort();
  await Promise.all(running);
  await proxy.close();
});

test('a lead counts from when it was asked for: an answer that was long on its way does not outlast what others see', async () => {
  const proxy = await startTcpProxy(placeOfPostgres(base.url));
  let stillLeads = (): boolean => false;
  running.push(
    leadAlone({ url: throughPort(base.url, proxy.port), name: 'one', leaseMs: LEASE_MS }, async (signal, still) => {
      stillLeads = still;
      await sleep(60_000, signal);
    }),
  );
  await waitFor(() => expect(stillLeads()).toBe(true));
  const standing = async () => {
    const asked = sql<{ until: string; lasts: boolean }>`select until::text, until > clock_timestamp() as lasts from leads`;
    return (await asked.execute(base.db)).rows[0];
  };
  // Just within the quarter that an answer may take.
  const lateMs = LEASE_MS / 4 - 60;
  proxy.slow(lateMs);
  const before = (await standing())?.until;
  await waitFor(async () => expect((await standing())?.until).not.toBe(before), 5);
  await sleep(lateMs + 40);
  // The answer has come, and nothing more will.
  proxy.freeze();
  while ((await standing())?.lasts) await sleep(5);
  expect(stillLeads()).toBe(false);
  stop.abort();
  await Promise.all(running);
  await proxy.close();
});

test('a process that stood still knows at once that its lead is over, before any timer tells', async () => {
  let stillLeads = (): boolean => false;
  running.push(
    leadAlone({ url: base.url, name: 'one', leaseMs: LEASE_MS }, async (signal, still) => {
      stillLeads = still;
      await sleep(60_000, signal);
    }),
  );
  await waitFor(() => expect(stillLeads()).toBe(true));
  // The whole process stands, its timers, too.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LEASE_MS);
  expect(stillLeads()).toBe(false);
});

test('a lead that was written over is given up at the next beat', async () => {
  const { leading } = candidates(['a']);
  await waitFor(() => expect(leading.size).toBe(1));
  await sql`update leads set holder = 'of a base that was restored', until = clock_timestamp() + interval '1 hour'`.execute(
    base.db,
  );
  await waitFor(() => expect(leading.size).toBe(0));
});

test('stop ends the work and lets go', async () => {
  const { leading } = candidates(['a']);
  await waitFor(() => expect(leading.size).toBe(1));
  expect(await leads()).toHaveLength(1);
  stop.abort();
  await Promise.all(running);
  expect(leading.size).toBe(0);
  expect(await leads()).toEqual([]);
});

test('who stands by is told so, and by nobody while the database is away', async () => {
  candidates(['a']);
  await waitFor(async () => expect(await leads()).toHaveLength(1));
  const told = { here: 0, away: 0 };
  const standBy = (url: string, where: keyof typeof told) => {
    const onStandby = () => void (told[where] += 1);
    running.push(leadAlone({ url, name: 'one', leaseMs: 400, onStandby }, async () => {}));
  };
  standBy('postgres://nobody@127.0.0.1:1/x', 'away');
  standBy(base.url, 'here');
  await waitFor(() => expect(told.here).toBeGreaterThan(2));
  expect(told.away).toBe(0);
});

test('another name is led by another', async () => {
  const { leading } = candidates(['a']);
  const other = leadAlone({ url: base.url, name: 'two', leaseMs: LEASE_MS }, async (signal) => {
    leading.add('other');
    await sleep(60_000, signal);
  });
  running.push(other);
  await waitFor(() => expect([...leading].sort()).toEqual(['a', 'other']));
});

test('a database that is away is waited for', async () => {
  const led = vi.fn(async () => {});
  const away = leadAlone({ url: 'postgres://nobody@127.0.0.1:1/x', name: 'one', leaseMs: 200 }, led);
  running.push(away);
  await sleep(200);
  expect(led).not.toHaveBeenCalled();
  stop.abort();
  await away;
});

test('what the work throws is thrown on', async () => {
  const broken = leadAlone({ url: base.url, name: 'one', leaseMs: LEASE_MS }, () => Promise.reject(new Error('broken')));
  await expect(broken).rejects.toThrow('broken');
});

test('a lead that was asked for and given when it was wanted no more is let go of at the close', async () => {
  const leads = openLeads({ url: base.url, leaseMs: 60_000 });
  const work = vi.fn<LedWork>(async () => {});
  const names = Array.from({ length: 20 }, (_, n) => `part ${n}`);
  const led = names.map((name) => leads.lead({ name }, work, stop.signal));
  // Asked for by now, and the answer is on its way.
  await sleep(0);
  stop.abort();
  await Promise.all(led);
  await leads.close();
  const { rows } = await sql`select name from leads`.execute(base.db);
  expect(rows).toEqual([]);
});
