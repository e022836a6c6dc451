import { sql } from 'kysely';
import { describe, expect, onTestFinished } from 'vitest';
import { openLeads } from '../../../src/adapters/postgres/leads.ts';
import { openPools } from '../../../src/adapters/postgres/open-pools.ts';
import { openDb } from '../../../src/adapters/postgres/pool.ts';
import { sleep } from '../../../src/runtime/sleep.ts';
import { openStorage } from '../../../src/adapters/storage.ts';
import { postgresTurns } from '../../../src/adapters/turns/postgres.ts';
import { until } from '../../kit/edge/bot-api.ts';
import { startPgbouncer } from '../../kit/edge/pgbouncer.ts';
import { testDatabase } from '../../kit/postgres.ts';
import { withTool } from '../../kit/tools.ts';
import { contractKeyring } from '../turns/contract.ts';

const test = withTool('pgbouncer');

async function openStage() {
  const base = await testDatabase();
  const bouncer = await startPgbouncer(base.url);
  const pools = await openPools(bouncer.url, () => {});
  onTestFinished(async () => {
    await Promise.all([pools.pool.end(), pools.patientPool.end()]);
    await bouncer.stop();
    await base.close();
  });
  return { base, bouncer, ...pools };
}

describe('behind PgBouncer in transaction mode', () => {
  test('limits that it does not know are left out, and it is noticed', async () => {
    const { pool, pooled } = await openStage();
    expect(pooled).toBe(true);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('statements have no names there, and have them where the connection is the server’s own', async () => {
    const { base, bouncer } = await openStage();
    const named = async (url: string) => {
      const { db, close } = await openStorage(url, '', { onLost: () => {} });
      for (let id = 1; id <= 4; id += 1) await db.selectFrom('auditLog').select('id').where('id', '=', id).execute();
      const statement = sql<{ name: string }>`select name from pg_prepared_statements where statement like '%audit_log%'`;
      const { rows } = await statement.execute(db);
      await close();
      return rows.length;
    };
    expect(await named(bouncer.url)).toBe(0);
    expect(await named(base.url)).toBe(1);
  });

  test('turns work, though every statement may meet another connection', async () => {
    const { pool, pooled } = await openStage();
    const turns = postgresTurns(pool, contractKeyring(), {}, undefined, { named: !pooled });
    await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        const turn = await turns.take(String(i % 12), String(i));
        if (turn !== 'repeat') await turn.finish({ state: Buffer.from('words') });
      }),
    );
    await turns.close();
  });

  test('a lead passes on from a holder that was killed, though its connection lives on', async () => {
    const { base, bouncer, pool } = await openStage();
    const stop = new AbortController();
    const leading: string[] = [];
    // Who was killed a moment ago: PgBouncer keeps the connection that it had.
    await openDb(pool)
      .insertInto('leads')
      .values({ name: 'one', holder: 'killed', until: new Date(Date.now() + 1_000) })
      .execute();
    const all = ['a', 'b'].map((name) => ({ name, leads: openLeads({ url: bouncer.url, leaseMs: 1_500 }) }));
    const candidates = all.map(({ name, leads }) =>
      leads.lead(
        { name: 'one' },
        async (signal) => {
          leading.push(name);
          await sleep(60_000, signal);
        },
        stop.signal,
      ),
    );
    await until('somebody leads', () => leading.length === 1);
    // Its connections are made anew behind its back.
    bouncer.toPostgres.cut();
    bouncer.toPostgres.mend();
    await sleep(3_000);
    expect(leading.length).toBeLessThanOrEqual(2);
    expect(await base.db.selectFrom('leads').select('name').execute()).toHaveLength(1);
    stop.abort();
    await Promise.all(candidates);
    await Promise.all(all.map(({ leads }) => leads.close()));
    expect(await base.db.selectFrom('leads').select('name').execute()).toEqual([]);
  });
});
