import type { Pool, PoolClient } from 'pg';

/** What a test filled beyond this is cheaper to clone than to empty. */
const MOST_ROWS = 3000;

type Look = { schema: string; filled: { table: string; rows: number }[] };

/**
 * What changes with any change of the schema, and with nothing else: which transactions wrote the catalogue's rows of columns (of tables,
 * indexes, views), constraints, triggers and functions, the migrations that were run, settings of the database. A clone has its template's.
 */
const SCHEMA = `
  select concat_ws('/',
    (select count(*) || ':' || sum(a.xmin::text::bigint) from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relnamespace = 'public'::regnamespace),
    (select count(*) || ':' || sum(xmin::text::bigint) from pg_constraint where connamespace = 'public'::regnamespace),
    (select count(*) || ':' || sum(xmin::text::bigint) from pg_trigger),
    (select count(*) || ':' || sum(xmin::text::bigint) from pg_proc where pronamespace = 'public'::regnamespace),
    (select count(*) || ':' || sum(xmin::text::bigint) from kysely_migration),
    (select string_agg(setconfig::text, ',') from pg_db_role_setting join pg_database on pg_database.oid = setdatabase where datname = current_database()))`;

export async function schemaOf(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ schema: string }>(`${SCHEMA} as schema`);
  return rows[0]?.schema ?? '';
}

type Asked = Pick<PoolClient, 'query'>;

/** Empties all tables and begins all numbers anew, if the schema is still `asNew`; false where the database is better dropped. `sweeper` does it, and forgets all that it has planned. */
export async function emptied(client: Asked, asNew: string, sweeper: Asked = client): Promise<boolean> {
  const { schema, filled } = await look(client);
  if (schema !== asNew) return false;
  if (filled.reduce((sum, { rows }) => sum + rows, 0) > MOST_ROWS) return false;
  if (filled.length > 0) {
    // As a replica: neither foreign keys nor what forbids deleting stands in the way.
    const begin = 'begin; set local session_replication_role = replica';
    await sweeper.query([begin, ...filled.map(({ table }) => `delete from ${table}`), 'commit'].join('; '));
  }
  // Also those of which nothing is left: a transaction that was rolled back has counted.
  await client.query({
    name: 'kit-numbers',
    text: `select setval(seqrelid, seqstart, false) from pg_sequence where pg_sequence_last_value(seqrelid) is not null`,
  });
  return true;
}

/** Takes dead rows away, also those of the catalogue. */
export async function sweep(client: Asked): Promise<void> {
  await client.query('vacuum');
}

async function look(client: Asked): Promise<Look> {
  const { rows: tables } = await client.query<{ table: string }>({
    name: 'kit-tables',
    text: `select quote_ident(relname) as table from pg_class
           where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like 'kysely%' order by relname`,
  });
  const counts = tables.map(({ table }) => `select '${table}' as table, (select count(*)::integer from ${table}) as rows`);
  const { rows } = await client.query<Look>({
    // With another table it is another statement, which must have no known name.
    name: `kit-look-${tables.length}`,
    text: `select (${SCHEMA}) as schema,
      (select coalesce(json_agg(json_build_object('table', t.table, 'rows', t.rows)), '[]')
         from (${counts.join(' union all ')}) as t where t.rows > 0) as filled`,
  });
  return rows[0] as Look;
}
