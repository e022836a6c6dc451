import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { builtFile, RUN } from '../../src/build/places.js';
import { startEmbeddedPostgres } from '../../src/adapters/postgres/embedded.ts';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import type { Db } from '../../src/records/database.ts';
import { migrate } from '../../src/records/migrate.ts';
import { CHARGES_HEADER, writeAccounts, writeCharges } from './registry-file.ts';

export type ImportBench = {
  rows: number;
  fileBytes: number;
  /** What the plain copy was made with. */
  copier: 'psql \\copy' | 'COPY FROM STDIN through pg-copy-streams (there is no psql here)';
  pairs: { copySeconds: number; importSeconds: number; againSeconds: number; ratio: number; peakMegabytes: number }[];
  /** The middle of the pairs' ratios. */
  ratio: number;
  peakMegabytes: number;
};

const AIM_RATIO = 5;
const AIM_MEGABYTES = 250;
const SERVICES_AN_ACCOUNT = 8;

/**
 * A million charge rows in windows-1251: `npm run import` into the real tables against a plain copy of the same file into a bare table of text,
 * each in a process of its own, in turns; then the same file once more, which must change nothing.
 */
export async function benchImport({ rows = 1_000_000, pairs = 3 } = {}): Promise<ImportBench> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-import-'));
  const server = await startEmbeddedPostgres(join(folder, 'data'));
  const db = openDb(openPool({ connectionString: server.url, max: 2 }));
  try {
    await migrate(db);
    const accounts = join(folder, 'accounts.csv');
    const charges = join(folder, 'charges.csv');
    await writeAccounts(accounts, Math.ceil(rows / SERVICES_AN_ACCOUNT));
    await writeCharges(charges, rows);
    await importFile(server.url, accounts);
    const columns = CHARGES_HEADER.split(';').map((_, index) => sql`${sql.id(`c${index}`)} text`);
    await sql`create table bare (${sql.join(columns)})`.execute(db);

    const copier = spawnSync('psql', ['--version']).status === 0 ? copyWithPsql : copyWithStream;
    const measured: ImportBench['pairs'] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      await settle(db, sql`truncate bare`);
      const copySeconds = await timed(() => copier(server.url, charges));
      await expectRows(db, 'bare', rows);
      await settle(db, sql`truncate charges`);
      let peakMegabytes = 0;
      const importSeconds = await timed(async () => {
        peakMegabytes = await importFile(server.url, charges);
      });
      await expectRows(db, 'charges', rows);
      await settle(db, sql`analyze charges`);
      const againSeconds = await timed(async () => {
        peakMegabytes = Math.max(peakMegabytes, await importFile(server.url, charges));
      });
      measured.push({ copySeconds, importSeconds, againSeconds, ratio: importSeconds / copySeconds, peakMegabytes });
    }
    const again = await db.selectFrom('registryImports').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
    if (again.rowsUnchanged !== rows) throw new Error(`imported twice, ${again.rowsUnchanged} of ${rows} rows are unchanged`);

    return {
      rows,
      fileBytes: (await stat(charges)).size,
      copier: copier === copyWithPsql ? 'psql \\copy' : 'COPY FROM STDIN through pg-copy-streams (there is no psql here)',
      pairs: measured,
      ratio: middle(measured.map((pair) => pair.ratio)),
      peakMegabytes: Math.max(...measured.map((pair) => pair.peakMegabytes)),
    };
  } finally {
    await db.destroy();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The figures as lines to read. */
export function importBenchLines(bench: ImportBench): string[] {
  const seconds = (value: number): string => `${value.toFixed(1)} s`;
  return [
    `import of ${bench.rows} charge rows, ${Math.round(bench.fileBytes / 1e6)} MB of windows-1251, against ${bench.copier} into a bare table:`,
    ...bench.pairs.map(
      (pair, index) =>
        `  pair ${index + 1}: copy ${seconds(pair.copySeconds)}, import ${seconds(pair.importSeconds)} (${pair.ratio.toFixed(2)} ×), imported again ${seconds(pair.againSeconds)}, ${Math.round(pair.peakMegabytes)} MB`,
    ),
    `  middle ratio ${bench.ratio.toFixed(2)} × (aim ≤ ${AIM_RATIO} ×): ${bench.ratio <= AIM_RATIO ? 'met' : 'MISSED'}`,
    `  peak memory ${Math.round(bench.peakMegabytes)} MB (aim < ${AIM_MEGABYTES} MB): ${bench.peakMegabytes < AIM_MEGABYTES ? 'met' : 'MISSED'}`,
  ];
}

/** The real command in a process of its own; answers the most memory it had, in megabytes. */
async function importFile(url: string, path: string): Promise<number> {
  const preload = builtFile(new URL('peak-memory.ts', import.meta.url)).href;
  const child = spawn(process.execPath, ['--import', preload, RUN, 'src/commands/import.ts', path], {
    env: { PATH: process.env.PATH, DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [said, kibibytes, [status]] = await Promise.all([
    text(child.stderr!),
    text(child.stdio[3] as Readable),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  if (status !== 0) throw new Error(`the import ended with ${status}: ${said}`);
  return (Number(kibibytes) * 1024) / 1e6;
}

async function copyWithPsql(url: string, path: string): Promise<void> {
  const copy = `\\copy bare from '${path}' with (format csv, delimiter ';', header, encoding 'WIN1251')`;
  await succeed(
    spawn('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', copy], { stdio: ['ignore', 'ignore', 'pipe'] }),
  );
}

async function copyWithStream(url: string, path: string): Promise<void> {
  const script = new URL('plain-copy.ts', import.meta.url).pathname;
  await succeed(spawn(process.execPath, [RUN, script, url, path], { stdio: ['ignore', 'ignore', 'pipe'] }));
}

async function succeed(child: ReturnType<typeof spawn>): Promise<void> {
  const [said, [status]] = await Promise.all([text(child.stderr!), once(child, 'exit') as Promise<[number | null]>]);
  if (status !== 0) throw new Error(`the plain copy ended with ${status}: ${said}`);
}

/** The same start for everyone: what was written before is on disk. */
async function settle(db: Db, step: ReturnType<typeof sql>): Promise<void> {
  await step.execute(db);
  await sql`checkpoint`.execute(db);
}

async function expectRows(db: Db, table: string, rows: number): Promise<void> {
  const { rows: counted } = await sql<{ count: number }>`select count(*) as count from ${sql.id(table)}`.execute(db);
  if (counted[0]?.count !== rows) throw new Error(`${table} has ${counted[0]?.count} rows instead of ${rows}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

// `node src/run.js test/bench/import.ts [rows] [pairs]` runs it alone.
if (process.argv[1] && import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  const [rows, pairs] = process.argv.slice(2).map(Number);
  console.log(importBenchLines(await benchImport({ ...(rows && { rows }), ...(pairs && { pairs }) })).join('\n'));
}
