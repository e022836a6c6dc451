import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import type { Db } from '../../src/records/database.ts';
import { onDatabase } from './database-address.ts';
import type { TestServer } from './global-setup.ts';

/** A migrated, empty database of one's own on a real Postgres (`TEST_DATABASE_URL`, else an embedded one); `close` drops it. */
export async function testDatabase(): Promise<{ db: Db; url: string; close: () => Promise<void> }> {
  const answer = await fetch(inject('testServerAt'));
  if (!answer.ok) throw new Error(`the tests' Postgres did not start: ${await answer.text()}`);
  const server = (await answer.json()) as TestServer;
  const name = `inkomus_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name} template ${server.template}`);

  const url = onDatabase(server.url, name);
  const db = openDb(openPool({ connectionString: url, max: 10 }));
  return {
    db,
    url,
    close: async () => {
      await db.destroy();
      await onServer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

async function onServer(server: TestServer, statement: string): Promise<void> {
  const pool = openPool({ connectionString: server.url, max: 1 });
  try {
    await pool.query(statement);
  } finally {
    await pool.end();
  }
}
