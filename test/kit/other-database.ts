import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { onDatabase } from './database-address.ts';

/** The address of an empty database on the same server, made otherwise than the tests' own (`encoding 'SQL_ASCII'`), while the test runs. */
export async function otherDatabase({ url }: { url: string }, how: string): Promise<string> {
  // The test's own database may be given back before the test is over.
  const pool = openPool({ connectionString: onDatabase(url, 'postgres'), max: 1 });
  const name = `inkomus_${randomBytes(6).toString('hex')}`;
  onTestFinished(async () => {
    await pool.query(`drop database if exists ${name} with (force)`);
    await pool.end();
  });
  await pool.query(`create database ${name} ${how} template template0`);
  return onDatabase(url, name);
}

/** What Debian and containers make where nobody names a locale. */
export const SQL_ASCII = `encoding 'SQL_ASCII' locale_provider libc locale 'C'`;
