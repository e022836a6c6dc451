import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pool, PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { ImportConnection } from '../../office/edges.ts';
import { unlessLost } from './lost-statements.ts';
import { dbOnClient } from './pool.ts';

/** Connections of a pool, one for each import; one on which anything broke is not lent out again. */
export function importConnection(pool: Pool): ImportConnection {
  return async (work) => {
    const client = await pool.connect();
    let broken = true;
    try {
      // Before the first temporary table of the connection, or Postgres does not take it any more.
      await client.query("select set_config('temp_buffers', '64MB', false)").catch(() => undefined);
      const query = (text: unknown, values?: unknown) =>
        unlessLost(pool, client, () => client.query(text as string, values as unknown[]));
      const answer = await work(dbOnClient({ query: query as PoolClient['query'] }), async (statement, lines) => {
        await unlessLost(pool, client, () => pipeline(Readable.from(lines), client.query(copyFrom(statement))));
      });
      broken = false;
      return answer;
    } finally {
      client.release(broken);
    }
  };
}
