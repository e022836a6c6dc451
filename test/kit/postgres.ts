import { inject } from 'vitest';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import type { Db } from '../../src/records/database.ts';

/** A migrated, empty database of one's own on a real Postgres (`TEST_DATABASE_URL`, else an embedded one); `close` gives it back. */
export async function testDatabase(): Promise<{ db: Db; url: string; close: () => Promise<void> }> {
  const databases = inject('testDatabasesAt');
  const answer = await fetch(databases);
  if (!answer.ok) throw new Error(`the tests' Postgres did not give a database: ${await answer.text()}`);
  const url = await answer.text();
  const db = openDb(openPool({ connectionString: url, max: 10 }));
  let isClosed = false;
  return {
    db,
    url,
    close: async () => {
      // By the second time somebody else may have it.
      if (isClosed) return;
      isClosed = true;
      await db.destroy();
      await fetch(new URL(new URL(url).pathname, databases), { method: 'DELETE' });
    },
  };
}
