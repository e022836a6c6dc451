import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importConnection } from '../../../src/adapters/postgres/import-connection.ts';
import { type AskElsewhere, endLostStatements } from '../../../src/adapters/postgres/lost-statements.ts';
import { openDb, openPool } from '../../../src/adapters/postgres/pool.ts';
import { lock, tryLock } from '../../../src/records/locks.ts';
import { placeOfPostgres, startTcpProxy, type TcpProxy, throughPort } from '../../kit/edge/tcp-proxy.ts';
import { testDatabase } from '../../kit/postgres.ts';
import { waitFor } from '../../kit/wait-for.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
let proxy: TcpProxy;
let elsewhere: ReturnType<typeof openPool>;
let patient: ReturnType<typeof openPool>;

beforeEach(async () => {
  base = await testDatabase();
  proxy = await startTcpProxy(placeOfPostgres(base.url));
  elsewhere = openPool({ connectionString: base.url, max: 2 });
  patient = openPool({ connectionString: throughPort(base.url, proxy.port), max: 2 });
  const ask: AskElsewhere = async (text, values) => (await elsewhere.query(text, values)).rows as never;
  endLostStatements(patient, ask, 200);
});
afterEach(async () => {
  await proxy.close();
  await patient.end();
  await elsewhere.end();
  await base.close();
});

// The second is what the rollback meets.
const ENDED = /Connection terminated|not queryable/;
const isFree = () => base.db.transaction().execute((trx) => tryLock(trx, 'registries'));

describe('on a connection that died without a word', () => {
  test('a statement that never reached Postgres is given up, and what its transaction held is free', async () => {
    const imported = importConnection(patient)((db) =>
      db.transaction().execute(async (trx) => {
        await lock(trx, 'registries');
        proxy.freezeOpen();
        await sql`select 1`.execute(trx);
      }),
    );
    await expect(imported).rejects.toThrow(ENDED);
    await waitFor(async () => expect(await isFree()).toBe(true));
  });

  test('so is one whose answer never came', async () => {
    const undone = openDb(patient)
      .transaction()
      .execute(async (trx) => {
        await lock(trx, 'registries');
        const working = sql`select pg_sleep(0.5)`.execute(trx);
        await new Promise((go) => setTimeout(go, 100));
        proxy.freezeOpen();
        await working;
      });
    await expect(undone).rejects.toThrow(ENDED);
    await waitFor(async () => expect(await isFree()).toBe(true));
  });

  test('and a file that is being copied in', async () => {
    async function* lines() {
      yield 'before\n';
      proxy.freezeOpen();
      yield 'after\n';
    }
    const imported = importConnection(patient)((db, copyIn) =>
      db.transaction().execute(async (trx) => {
        await lock(trx, 'registries');
        await sql`create temp table copied (line text) on commit drop`.execute(trx);
        await copyIn('copy copied (line) from stdin', lines());
      }),
    );
    await expect(imported).rejects.toThrow(ENDED);
    await waitFor(async () => expect(await isFree()).toBe(true));
  });
});

test('a statement on which Postgres works lasts as long as it lasts', async () => {
  const rows = await importConnection(patient)((db, copyIn) =>
    db.transaction().execute(async (trx) => {
      await sql`create temp table copied (line text) on commit drop`.execute(trx);
      await copyIn(
        'copy copied (line) from stdin',
        (async function* () {
          yield 'a line\n';
        })(),
      );
      await sql`select pg_sleep(1.5)`.execute(trx);
      return (await sql<{ line: string }>`select line from copied`.execute(trx)).rows;
    }),
  );
  expect(rows).toEqual([{ line: 'a line' }]);
});
