import type { Pool } from 'pg';
import { whyNotUtf8 } from './unusable.ts';

/** What a Postgres says of itself. */
export type PostgresFacts = {
  /** `17.2` */
  version: string;
  /** 17 */
  major: number;
  role: string;
  /** Whether the role may make tables. */
  mayCreate: boolean;
  /** A standby, or a provider has closed it. */
  readOnly: boolean;
  bytes: number;
  /** `UTF8` */
  encoding: string;
};

/** Asks in one statement, which changes nothing. */
export async function lookAtPostgres(pool: Pool): Promise<PostgresFacts> {
  const { rows } = await pool.query<PostgresFacts>(`
    select split_part(current_setting('server_version'), ' ', 1) as version,
      current_setting('server_version_num')::int / 10000 as major, current_user::text as role,
      has_schema_privilege(current_user, 'public', 'create') as "mayCreate",
      pg_is_in_recovery() or current_setting('default_transaction_read_only')::boolean as "readOnly",
      pg_database_size(current_database())::float8 as bytes, current_setting('server_encoding') as encoding`);
  const [facts] = rows;
  if (!facts) throw new Error('Postgres said nothing');
  return facts;
}

/** @throws {Error} a sentence for the operator, where letters would be no letters. */
export async function requireUtf8(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ encoding: string }>(`select current_setting('server_encoding') as encoding`);
  const why = whyNotUtf8(rows[0]?.encoding);
  if (why !== undefined) throw new Error(why);
}
