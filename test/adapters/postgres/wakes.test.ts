import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bell } from '../../../src/runtime/bell.ts';
import { openPool } from '../../../src/adapters/postgres/pool.ts';
import { openWakes, type WakeOptions, type Wakes, type WakingTable } from '../../../src/adapters/postgres/wakes.ts';
import { sleep } from '../../../src/runtime/sleep.ts';
import { startPgbouncer } from '../../kit/edge/pgbouncer.ts';
import { placeOfPostgres, startTcpProxy, throughPort } from '../../kit/edge/tcp-proxy.ts';
import { testDatabase } from '../../kit/postgres.ts';
import { withTool } from '../../kit/tools.ts';
import { waitFor } from '../../kit/wait-for.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  base = await testDatabase();
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  await base.close();
});

function open(given: Partial<WakeOptions> = {}): Wakes {
  const pool = openPool({ connectionString: base.url, max: 2 });
  closers.push(() => pool.end());
  const wakes = openWakes({ url: base.url, pool, ...given });
  closers.push(wakes.close);
  return wakes;
}

const heard = (wakes: Wakes, is = true) => waitFor(() => expect(wakes.isHeard()).toBe(is), 5);

/** That nothing is heard any more of before; rings are then of what comes. */
async function still(bell: Bell): Promise<void> {
  while (await bell.wait(200, new AbortController().signal));
}
const rings = (bell: Bell, withinMs = 20_000) => bell.wait(withinMs, new AbortController().signal);

const at = new Date('2026-11-23T09:00:00Z');
const notice = {
  kind: 'notice',
  line: 'notices/telegram:1',
  addressee: 'telegram:1',
  text: 'x',
  createdAt: at,
  runAt: at,
} as const;
const draft = {
  messengerId: 'telegram:1',
  byName: 'М',
  target: 'all',
  place: '',
  words: 'x',
  madeAt: at,
  stateAt: at,
} as const;

type Comes = {
  table: WakingTable;
  does: string;
  before?: () => Promise<unknown>;
  comes: (db: typeof base.db) => Promise<unknown>;
};
const COMES: Comes[] = [
  { table: 'outbox', does: 'something is put in line', comes: (db) => db.insertInto('outbox').values(notice).execute() },
  {
    table: 'outbox',
    does: 'what was put off is due',
    before: () => base.db.insertInto('outbox').values(notice).execute(),
    comes: (db) => db.updateTable('outbox').set({ runAt: at }).execute(),
  },
  {
    table: 'registry_orders',
    does: 'somebody gives an order',
    comes: (db) =>
      sql`insert into registry_orders (messenger_id, by_name, senior, what, state, made_at, state_at, told, run_at)
        values ('telegram:1', 'М', false, 'readings', 'to-export', now(), now(), false, now())`.execute(db),
  },
  {
    table: 'announcements',
    does: 'an announcement is to be sent',
    before: () =>
      base.db
        .insertInto('announcements')
        .values({ ...draft, state: 'draft' })
        .execute(),
    comes: (db) => db.updateTable('announcements').set({ state: 'sending', number: 1 }).execute(),
  },
  {
    table: 'update_inbox',
    does: 'an update waits',
    comes: (db) =>
      db
        .insertInto('updateInbox')
        .values({ id: 'telegram:1', state: 'waiting', sealed: 's', at, line: null, owner: null, requestId: null })
        .execute(),
  },
  {
    table: 'leads',
    does: 'somebody lets go of a lead',
    before: () => base.db.insertInto('leads').values({ name: 'one', holder: 'a', until: at }).execute(),
    comes: (db) => db.deleteFrom('leads').execute(),
  },
];

test.each(COMES)('$table: a bell rings when $does, and not before the transaction commits', async ({ table, before, comes }) => {
  const wakes = open();
  await heard(wakes);
  await before?.();
  const bell = wakes.bell(table);
  const other = wakes.bell(table === 'outbox' ? 'leads' : 'outbox');
  await still(bell);
  await still(other);
  let committed = false;
  const ringing = rings(bell).then((rang) => ({ rang, committed }));
  await base.db.transaction().execute(async (trx) => {
    await comes(trx);
    await sleep(100);
    committed = true;
  });
  expect(await ringing).toEqual({ rang: true, committed: true });
  expect(await rings(other, 50)).toBe(false);
});

test('what is rolled back rings nothing', async () => {
  const wakes = open();
  await heard(wakes);
  const bell = wakes.bell('outbox');
  await still(bell);
  const gone = base.db.transaction().execute(async (trx) => {
    await trx.insertInto('outbox').values(notice).execute();
    throw new Error('no');
  });
  await expect(gone).rejects.toThrow('no');
  expect(await rings(bell, 300)).toBe(false);
});

test('before anything is heard nobody counts on it; once it is, all look whether something was missed', async () => {
  const proxy = await startTcpProxy(placeOfPostgres(base.url));
  closers.push(proxy.close);
  proxy.cut();
  const wakes = open({ url: throughPort(base.url, proxy.port), beatMs: 200, hearMs: 500 });
  const bell = wakes.bell('outbox');
  expect(bell.isHeard()).toBe(false);
  proxy.mend();
  expect(await rings(bell)).toBe(true);
  expect(bell.isHeard()).toBe(true);
});

test('a connection that died without a word is found out and another one made; what came meanwhile is looked for', async () => {
  const proxy = await startTcpProxy(placeOfPostgres(base.url));
  closers.push(proxy.close);
  const wakes = open({ url: throughPort(base.url, proxy.port), beatMs: 200, hearMs: 500 });
  await heard(wakes);
  const bell = wakes.bell('outbox');
  await still(bell);
  proxy.freeze();
  await base.db.insertInto('outbox').values(notice).execute();
  await heard(wakes, false);
  await still(bell);
  proxy.mend();
  expect(await rings(bell)).toBe(true);
  await heard(wakes);
});

test('a connection that is cut is made anew at once', async () => {
  const wakes = open({ beatMs: 2_000 });
  await heard(wakes);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'`.execute(
    base.db,
  );
  await heard(wakes, false);
  await heard(wakes);
});

describe('behind PgBouncer in transaction mode', () => {
  withTool('pgbouncer')('nothing is heard, and nobody is told otherwise', async () => {
    const bouncer = await startPgbouncer(base.url);
    closers.push(bouncer.stop);
    const pool = openPool({ connectionString: bouncer.url, max: 2 });
    closers.push(() => pool.end());
    const wakes = open({ url: bouncer.url, pool, beatMs: 300, hearMs: 300 });
    const bell = wakes.bell('outbox');
    for (let tries = 0; tries < 20; tries += 1) {
      await base.db.insertInto('outbox').values(notice).execute();
      await sleep(100);
      expect(bell.isHeard()).toBe(false);
    }
    // The statements of others go on.
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
