import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { build } from '../../src/build/build.js';
import { connectEmbedded } from '../../src/adapters/postgres/embedded.ts';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import { migrate } from '../../src/records/migrate.ts';
import { onDatabase } from './database-address.ts';
import { memoryFolder } from './memory-folder.ts';
import { passableFolder } from './passable-folder.ts';
import { openSpareDatabases, type SpareDatabases } from './spare-databases.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** GET answers the address of an empty database, DELETE takes it back. The server starts with the first question. */
    testDatabasesAt: string;
  }
}

export type TestServer = { url: string; spare: SpareDatabases; end: () => Promise<void> };

/** One Postgres for the whole run, started by the first test that wants it, with a migrated template that databases are cloned from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // For threads and processes that tests start.
  await build(['src', 'migrations', 'test']);
  const removeTemporary = keepTemporaryInMemory();
  let started: Promise<TestServer> | undefined;
  const desk = createServer((request, response) => {
    // A kept connection may be closed at the moment at which a test writes to it.
    response.setHeader('connection', 'close');
    started ??= startServer();
    answer(started, request.method ?? '', request.url ?? '').then(
      (address) => response.end(address),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.stack : String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(desk, 'listening');
  project.provide('testDatabasesAt', `http://127.0.0.1:${(desk.address() as AddressInfo).port}/`);

  return async () => {
    desk.closeAllConnections();
    desk.close();
    if (started !== undefined) await (await started).end();
    removeTemporary();
  };
}

/** What the tests put into the folder for temporary files lies in memory, if whoever runs them has not said where it lies. */
function keepTemporaryInMemory(): () => void {
  const folder = process.env['TMPDIR'] ? undefined : memoryFolder();
  if (folder === undefined) return () => {};
  // As /tmp: servers that root starts run as somebody else.
  chmodSync(folder, 0o1777);
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

async function answer(started: Promise<TestServer>, method: string, path: string): Promise<string> {
  const { url, spare } = await started;
  if (method === 'DELETE') {
    await spare.giveBack(path.slice(1));
    return '';
  }
  return onDatabase(url, await spare.borrow());
}

/** A Postgres (`TEST_DATABASE_URL`, else an embedded one), and databases like a migrated template on it. */
export async function startServer(): Promise<TestServer> {
  const given = process.env['TEST_DATABASE_URL'] || undefined;
  const folder = given === undefined ? await passableFolder('inkomus-test-') : undefined;
  const embedded =
    folder === undefined ? undefined : await connectEmbedded(folder, { fsync: false, maxConnections: 200, elsewhere: folder });
  const url = given ?? embedded?.url ?? '';
  const template = `inkomus_template_${randomBytes(6).toString('hex')}`;

  const server = openPool({ connectionString: url, max: 4 });
  await server.query(`create database ${template}`);
  const db = openDb(openPool({ connectionString: onDatabase(url, template), max: 2 }));
  await migrate(db);
  // Nobody may be connected to a template while it is copied.
  await db.destroy();

  const spare = await openSpareDatabases(server, url, template);

  return {
    url,
    spare,
    end: async () => {
      await spare.close();
      await server.query(`drop database if exists ${template} with (force)`);
      await server.end();
      await embedded?.stop();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
