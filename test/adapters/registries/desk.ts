import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import type { Pool } from 'pg';
import { openPool } from '../../../src/adapters/postgres/pool.ts';
import { importConnection } from '../../../src/adapters/postgres/import-connection.ts';
import { openRegistry, type OpenWay } from '../../../src/adapters/registries/file.ts';
import { type ImportEdges, type ImportReport, importRegistry } from '../../../src/office/registries/import-registry.ts';
import type { ClosingRule, OwnerRule } from '../../../src/office/registries/owner-changes.ts';
import type { Db } from '../../../src/records/database.ts';
import { testDatabase } from '../../kit/postgres.ts';

/** A database and a folder for registries, with the moves of an operator. */
export type Desk = {
  db: Db;
  pool: Pool;
  url: string;
  folder: string;
  /** Accounts whose owner has changed. */
  moved(): Promise<string[]>;
  /** Writes lines as a registry and takes it in. */
  take(lines: readonly string[], options?: TakeOptions): Promise<ImportReport>;
  /** `new changed unchanged refused` of `take`. */
  counts(lines: readonly string[]): Promise<string>;
  /** The reasons of the last refused rows, by line of the refused file. */
  refused(name?: string): Promise<string[]>;
  close(): Promise<void>;
};

type TakeOptions = Pick<OpenWay, 'layouts' | 'named'> & {
  encoding?: string;
  name?: string;
  owners?: OwnerRule;
  closings?: ClosingRule;
  readingRules?: ImportEdges['readingRules'];
  now?: Date;
};

export const DESK_NOW = new Date('2026-11-25T09:00:00Z');

export async function openDesk(): Promise<Desk> {
  const { db, url, close } = await testDatabase();
  const pool = openPool({ connectionString: url, max: 4 });
  const folder = await mkdtemp(join(tmpdir(), 'registries-'));

  async function take(
    lines: readonly string[],
    { encoding = 'utf8', name = 'registry.csv', owners, closings, readingRules, now = DESK_NOW, ...way }: TakeOptions = {},
  ): Promise<ImportReport> {
    const path = join(folder, name);
    await writeFile(path, iconv.encode(`${lines.join('\n')}\n`, encoding));
    const file = await openRegistry(path, way);
    try {
      const edges = { connection: importConnection(pool), clock: () => now, timeZone: 'Europe/Moscow', readingRules };
      return await importRegistry(edges, file, { ...(owners && { owners }), ...(closings && { closings }) });
    } finally {
      await file.close();
    }
  }

  return {
    db,
    pool,
    url,
    folder,
    async moved() {
      const changed = db.selectFrom('accounts').select('number').where('ownerChangedAt', 'is not', null).orderBy('number');
      return (await changed.execute()).map(({ number }) => number);
    },
    take,
    async counts(lines) {
      const report = await take(lines);
      return `${report.new} ${report.changed} ${report.unchanged} ${report.refused}`;
    },
    async refused(name = 'registry.csv') {
      const text = await readFile(join(folder, `${name}.refused.csv`), 'utf8');
      return text.replace(/\r\n$/, '').split('\r\n');
    },
    async close() {
      await pool.end();
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const ACCOUNTS = ['ЛС;ФИО;Адрес', '0010001;Иванов Иван;ул. Лесная, д. 1, кв. 1', '0010002;Петрова Анна;ул. Лесная, д. 2'];
