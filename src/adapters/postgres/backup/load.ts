import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { quoted } from './dump.ts';
import { CutShort } from './frames.ts';
import { type BackupHeader, type BackupTotals, isBackup, readHeader, readTotals } from './header.ts';

/** It cannot be loaded: a sentence for the operator, with the next move. */
export class BackupRefused extends Error {
  override name = 'BackupRefused';
}

export const NO_BACKUP = 'это не копия базы: нужен файл, который записала команда npm run backup';

/** The head of a backup, and the frames that follow it. @throws {BackupRefused} where it is none. */
export async function openBackup(
  frames: AsyncGenerator<Buffer, void>,
): Promise<{ header: BackupHeader; rest: AsyncGenerator<Buffer, void> }> {
  const first = await frames.next().catch((error: unknown) => {
    throw error instanceof CutShort ? new BackupRefused(NO_BACKUP) : error;
  });
  const header = first.done ? undefined : readHeader(first.value);
  if (header) return { header, rest: frames };
  throw new BackupRefused(
    !first.done && isBackup(first.value)
      ? 'её сделала другая версия бота, и эта её не читает: загрузите копию той версией, которая её сделала, или более новой'
      : NO_BACKUP,
  );
}

/** Goes through the rows of a backup without a database: whether all of it is there. Answers what it holds. */
export async function check(header: BackupHeader, frames: AsyncGenerator<Buffer, void>): Promise<BackupTotals> {
  for (const _ of header.tables) for await (const rows of tableOf(frames)) void rows;
  return end(frames);
}

/**
 * Puts the rows of a backup in place of all that is in the database, in one transaction: until it is over everybody sees what was there
 * before, and an error leaves that. The schema has to be the backup's. Answers how many rows each table has now.
 * @throws {CutShort} where the backup is not whole.
 */
export async function load(
  client: ClientBase,
  { tables, sequences }: BackupHeader,
  frames: AsyncGenerator<Buffer, void>,
): Promise<BackupTotals> {
  await client.query('begin');
  try {
    await client.query('set local statement_timeout to 0; set local idle_in_transaction_session_timeout to 0');
    await client.query(`set local client_encoding to 'UTF8'; set local datestyle to 'ISO, DMY'`);
    // Rows come table by table and refer to each other both ways; what triggers would derive is in the backup, too.
    const references = await takeReferencesAway(client);
    const names = tables.map(({ name }) => quoted(name));
    for (const name of names) await client.query(`alter table ${name} disable trigger user`);
    if (names.length > 0) await client.query(`truncate ${names.join(', ')}`);
    const rows: Record<string, number> = {};
    for (const { name, columns } of tables) {
      const copy = client.query(copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`));
      await pipeline(tableOf(frames), copy);
      rows[name] = copy.rowCount;
    }
    for (const { name, last } of sequences) await client.query('select setval($1::regclass, $2)', [quoted(name), last]);
    for (const name of names) await client.query(`alter table ${name} enable trigger user`);
    for (const { table, name, definition } of references)
      await client.query(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
    const totals = await end(frames);
    if (tables.some(({ name }) => totals.rows[name] !== rows[name])) throw new CutShort();
    await client.query('commit');
    await client.query('analyze');
    return totals;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** The rows of the next table, as COPY writes them. */
async function* tableOf(frames: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  for (;;) {
    const next = await frames.next();
    if (next.done) throw new CutShort();
    if (next.value.length === 0) return;
    yield next.value;
  }
}

/** What stands at the end; nothing comes after it. */
async function end(frames: AsyncGenerator<Buffer, void>): Promise<BackupTotals> {
  const last = await frames.next();
  const totals = last.done ? undefined : readTotals(last.value);
  if (!totals || !(await frames.next()).done) throw new CutShort();
  return totals;
}

type Reference = { table: string; name: string; definition: string };

async function takeReferencesAway(client: ClientBase): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`,
  );
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${quoted(name)}`);
  return rows;
}
