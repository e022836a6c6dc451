import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { connectEmbedded } from '../../src/adapters/postgres/embedded.ts';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import { migrate } from '../../src/records/migrate.ts';
import { onDatabase } from './database-address.ts';
import { passableFolder } from './passable-folder.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers with `TestServer` as JSON; the server starts with the first question. */
    testServerAt: string;
  }
}

export type TestServer = { url: string; template: string };

/** One Postgres for the whole run, started by the first test that wants it, with a migrated template that databases are cloned from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<TestServer & { end: () => Promise<void> }> | undefined;
  const desk = createServer((_request, response) => {
    started ??= startServer();
    started.then(
      ({ url, template }) => response.end(JSON.stringify({ url, template })),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.stack : String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(desk, 'listening');
  project.provide('testServerAt', `http://127.0.0.1:${(desk.address() as AddressInfo).port}/`);

  return async () => {
    desk.closeAllConnections();
    desk.close();
    if (started !== undefined) await (await started).end();
  };
}

async function startServer(): Promise<TestServer & { end: () => Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL'] || undefined;
  const folder = given === undefined ? await passableFolder('inkomus-test-') : undefined;
  const embedded =
    folder === undefined ? undefined : await connectEmbedded(folder, { fsync: false, maxConnections: 200, elsewhere: folder });
  const url = given ?? embedded?.url ?? '';
  const template = `inkomus_template_${randomBytes(6).toString('hex')}`;

  const server = openPool({ connectionString: url, max: 1 });
  await server.query(`create database ${template}`);
  const db = openDb(openPool({ connectionString: onDatabase(url, template), max: 2 }));
  await migrate(db);
  // Nobody may be connected to a template while it is copied.
  await db.destroy();

  return {
    url,
    template,
    end: async () => {
      await server.query(`drop database if exists ${template} with (force)`);
      await server.end();
      await embedded?.stop();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
