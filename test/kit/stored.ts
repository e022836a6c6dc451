import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { openKeyring } from '../../src/adapters/keyring.ts';
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

/** The rooms that seal, or hand the seal on: what they seal is opened by the two functions below. */
export const SEALING = [
  'adapters/keyring.ts',
  'adapters/turns/open-turns.ts',
  'office/dead-letters.ts',
  'office/edges.ts',
  'office/inbox.ts',
];

/** What Postgres holds sealed, opened by `secretKey`: states of dialogs, where there is no Redis, and updates that wait or are dead letters. */
export async function openSealedInPostgres(db: Db, secretKey: string): Promise<string[]> {
  const keyring = openKeyring(secretKey);
  const states = await sql<{ chat: string; state: Buffer }>`select chat, state from chat_turns where state is not null`.execute(
    db,
  );
  const updates = await db.selectFrom('updateInbox').select(['id', 'sealed']).execute();
  return [
    ...states.rows.map(({ chat, state }) => opened(chat, keyring.openBytes(`dialog ${chat}`, state)?.toString())),
    ...updates.map(({ id, sealed }) => opened(id, keyring.open('parked-update', sealed))),
  ];
}

/** The same of Redis: states of dialogs. */
export async function openSealedInRedis(url: string, secretKey: string): Promise<string[]> {
  const keyring = openKeyring(secretKey);
  const client = new Redis(url);
  const states: string[] = [];
  for (const key of await client.keys('t:*')) {
    const state = (await client.type(key)) === 'hash' ? await client.hget(key, 'S') : null;
    if (state !== null) states.push(opened(key, keyring.open(`dialog ${key.slice('t:'.length)}`, state)));
  }
  client.disconnect();
  return states;
}

/** What cannot be opened would be searched for nothing. */
function opened(place: string, text: string | undefined): string {
  if (text === undefined)
    throw new Error(`what is sealed at ${place} cannot be opened: look how it is sealed now, and mend test/kit/stored.ts`);
  return text;
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
