import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Log } from '../../src/adapters/log.ts';
import { importConnection } from '../../src/adapters/postgres/import-connection.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { openRegistry } from '../../src/adapters/registries/file.ts';
import type { Storage } from '../../src/adapters/storage.ts';
import { openSandbox } from '../../src/app/open-sandbox.ts';
import { readConfig } from '../../src/config/config.ts';
import { importRegistry } from '../../src/office/registries/import-registry.ts';
import { LAST_REGISTRY } from '../../src/sandbox/town/files.ts';
import { makeTown, TOWN_REGISTRIES, writeTown } from '../../src/sandbox/town/generate.ts';
import { ownFolder } from '../kit/own-folder.ts';
import { testDatabase } from '../kit/postgres.ts';

const silent = { info() {}, warn() {}, error() {}, debug() {} } as unknown as Log;

test('a town of which a first start has taken in a part is whole at the next start, and nothing of it comes twice', async () => {
  expect(TOWN_REGISTRIES.at(-1)).toBe(LAST_REGISTRY);
  const { db, url, close } = await testDatabase();
  const patientPool = openPool({ connectionString: url, max: 2 });
  onTestFinished(async () => {
    await patientPool.end();
    await close();
  });
  const around = await ownFolder('open-sandbox-');
  const config = { ...readConfig({ DATA_DIR: around }, around), port: 0 };
  const storage = { db, patientPool } as unknown as Storage;
  const start = () => openSandbox(config, { storage, routes: new Map(), log: silent, onStartAnew: undefined });
  const counted = async () => {
    const count = async (table: 'accounts' | 'charges' | 'payments' | 'meters' | 'registryImports') =>
      (
        await db
          .selectFrom(table)
          .select((e) => e.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n;
    const tables = ['accounts', 'charges', 'payments', 'meters', 'registryImports'] as const;
    return (await Promise.all(tables.map(count))).map(Number);
  };

  // As a process leaves it that is told to end while the town is built.
  const path = join(around, 'accounts.csv');
  await writeFile(path, writeTown(makeTown()).accounts);
  const file = await openRegistry(path);
  const edges = { connection: importConnection(patientPool), clock: () => new Date(), timeZone: config.timeZone };
  await importRegistry(edges, file, { upTo: '2026-11-15' });
  await file.close();
  const [accounts = 0, ...rest] = await counted();
  expect(accounts).toBeGreaterThan(100);
  expect(rest).toEqual([0, 0, 0, 1]);

  const first = await start();
  await first.close();
  const whole = await counted();
  expect(whole[0]).toBe(accounts);
  for (const rows of whole.slice(1, 4)) expect(rows).toBeGreaterThan(100);
  const second = await start();
  await second.close();
  expect(await counted()).toEqual(whole);

  // One that an older release has left unfinished keeps its chats: they are of the accounts that are there.
  await db.deleteFrom('registryImports').where('kind', '=', LAST_REGISTRY).execute();
  const third = await start();
  await third.close();
  expect((await counted()).slice(0, 4)).toEqual(whole.slice(0, 4));
  expect(third.token).toBe(first.token);
  expect(await readdir(config.dataDir)).not.toContain('journal.jsonl.old');
}, 300_000);
