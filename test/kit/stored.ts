import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Db } from '../../src/records/database.ts';

/** All that Postgres holds, a row a line. */
export async function dumpPostgres(db: Db): Promise<string> {
  const tables = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(db);
  const rows: string[] = [];
  for (const { name } of tables.rows) {
    const all = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(db);
    rows.push(...all.rows.map(({ row }) => row));
  }
  expect(tables.rows.length).toBeGreaterThan(15);
  return rows.join('\n');
}

/** Every key of every type, as text; bytes one to one. */
export async function dumpRedis(url: string): Promise<string> {
  const client = new Redis(url);
  const parts: string[] = [];
  for (const key of await client.keys('*')) {
    const type = await client.type(key);
    const read = {
      string: ['GET', key],
      hash: ['HGETALL', key],
      list: ['LRANGE', key, 0, -1],
      set: ['SMEMBERS', key],
      zset: ['ZRANGE', key, 0, -1, 'WITHSCORES'],
      stream: ['XRANGE', key, '-', '+'],
    }[type];
    if (!read) throw new Error(`Redis holds a ${type}, of which this test knows nothing`);
    const [command, ...args] = read as [string, ...(string | number)[]];
    const value: unknown = await client.callBuffer(command, ...args);
    parts.push(key, ...[value].flat(3).map((part) => (Buffer.isBuffer(part) ? part.toString('latin1') : String(part))));
  }
  client.disconnect();
  return parts.join('\n');
}

/** Also in other clothes: base64, hex, percent signs, other case. A code is looked for as a number of its own. */
export function holds(text: string, secret: string): boolean {
  if (/^\d+$/.test(secret)) return new RegExp(`(?<![\\d.])${secret}(?!\\d)`).test(text);
  const bytes = Buffer.from(secret);
  const clothes = [
    secret,
    bytes.toString('latin1'),
    bytes.toString('hex'),
    bytes.toString('base64').slice(0, -2),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ];
  const low = text.toLowerCase();
  return clothes.some((dress) => low.includes(dress.toLowerCase()));
}
