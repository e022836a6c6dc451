import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { ImportConnection } from '../../office/edges.ts';
import { dbOnClient } from './pool.ts';

/** Connections of a pool, one for each import; one on which anything broke is not lent out again. */
export function importConnection(pool: Pool): ImportConnection {
  return async (work) => {
    const client = await pool.connect();
    let broken = true;
    try {
      // Before the first temporary table of the connection, or Postgres does not take it any more.
      await client.query("select set_config('temp_buffers', '64MB', false)").catch(() => undefined);
      const answer = await work(dbOnClient(client), async (statement, lines) => {
        await pipeline(Readable.from(lines), client.query(copyFrom(statement)));
      });
      broken = false;
      return answer;
    } finally {
      client.release(broken);
    }
  };
}
