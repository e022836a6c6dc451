import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { DataOwner } from '../../../domain/data-owner.ts';
import { END_OF_TABLE, frame } from './frames.ts';
import { type BackupHeader, type BackupTotals, writeHeader, writeTotals } from './header.ts';

/** What is true of one moment of one server's work, and of nothing else: who leads, what probes whether it can be written. */
const OF_THIS_SERVER = ['leads', 'write_probe', 'kysely_migration', 'kysely_migration_lock'];

/** Text that every Postgres reads alike, whatever this one is set to. */
const SAME_EVERYWHERE = `set local datestyle to 'ISO'; set local intervalstyle to 'postgres'; set local timezone to 'UTC';
  set local bytea_output to 'hex'; set local extra_float_digits to 3; set local client_encoding to 'UTF8';
  set local statement_timeout to 0; set local idle_in_transaction_session_timeout to 0`;

/**
 * All rows of the database as they are at one moment, as frames, while others go on writing. `client` is used for nothing else meanwhile;
 * `beside` stands in their head. What it returns are the totals, which stand in the last frame, too.
 */
export async function* dump(
  client: ClientBase,
  beside: Pick<BackupHeader, 'sandboxKey'> = {},
): AsyncGenerator<Buffer, BackupTotals> {
  await client.query('begin isolation level repeatable read, read only');
  try {
    await client.query(SAME_EVERYWHERE);
    const tables = await listTables(client);
    yield frame(writeHeader({ ...(await describe(client)), ...beside, tables, sequences: await listSequences(client) }));
    const rows: Record<string, number> = {};
    for (const { name, columns } of tables) {
      const copy = client.query(copyTo(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`));
      for await (const chunk of copy) yield frame(chunk as Buffer);
      yield END_OF_TABLE;
      rows[name] = copy.rowCount;
    }
    const totals = { rows };
    yield frame(writeTotals(totals));
    return totals;
  } finally {
    await client.query('rollback');
  }
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Without those whose content follows from others (`generated always as … stored`). */
async function listTables(client: ClientBase): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and c.relname <> all($1)
     group by c.relname order by c.relname`,
    [OF_THIS_SERVER],
  );
  return rows;
}

async function describe(client: ClientBase): Promise<{ madeAt: string; owner: DataOwner | null; migrations: string[] }> {
  const { rows: moments } = await client.query<{ at: Date }>('select now() as at');
  const { rows: owners } = await client.query<{ owner: DataOwner }>('select owner from data_owner');
  const { rows: migrations } = await client.query<{ name: string }>('select name from kysely_migration order by name');
  return {
    madeAt: (moments[0]?.at ?? new Date(0)).toISOString(),
    owner: owners[0]?.owner ?? null,
    migrations: migrations.map(({ name }) => name),
  };
}

/** Those that have given a number. */
async function listSequences(client: ClientBase): Promise<{ name: string; last: number }[]> {
  const { rows } = await client.query<{ name: string; last: string | number }>(
    `select sequencename::text as name, last_value as last from pg_sequences
     where schemaname = current_schema() and last_value is not null order by 1`,
  );
  return rows.map(({ name, last }) => ({ name, last: Number(last) }));
}
