import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import { startServer } from '../kit/global-setup.ts';
import { onDatabase } from '../kit/database-address.ts';
import type { TestDatabase } from '../kit/postgres.ts';

/** The same server as the tests have, for a command: each run borrows an empty database of it, which goes back when its world is closed. */
export async function openDatabases() {
  const { url, spare, end } = await startServer();
  return {
    async borrow(): Promise<TestDatabase> {
      const name = await spare.borrow();
      const pool = openPool({ connectionString: onDatabase(url, name), max: 10, allowExitOnIdle: true });
      const db = openDb(pool);
      return {
        db,
        pool,
        url: onDatabase(url, name),
        async close() {
          await db.destroy();
          await spare.giveBack(name);
        },
      };
    },
    end,
  };
}
