import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../../src/adapters/postgres/embedded.ts';
import { openDb, openPool } from '../../../src/adapters/postgres/pool.ts';
import { migrate } from '../../../src/records/migrate.ts';
import { countStatements, statementLines } from '../../kit/statements.ts';
import { type Figures, measure, type Subject } from './bench-dialog.ts';

type Runs = readonly Figures[];

const SUBJECTS: readonly Subject[] = ['ours', 'telegraf', 'bare'];
const LENGTHS = [7, 30, 100] as const;
const AIMS = { cpuOfTelegraf: 1, redisBytes: 400, cpuOfSevenSteps: 1.3 };

const COLUMNS: readonly { title: string; key: keyof Figures; digits: number }[] = [
  { title: 'CPU ms', key: 'cpuMs', digits: 3 },
  { title: 'updates/s', key: 'perSecond', digits: 0 },
  { title: 'p50 ms', key: 'p50Ms', digits: 1 },
  { title: 'p99 ms', key: 'p99Ms', digits: 1 },
  { title: 'alone p50 ms', key: 'unloadedP50Ms', digits: 2 },
  { title: 'Redis commands', key: 'redisCommands', digits: 1 },
  { title: 'Redis bytes', key: 'redisBytes', digits: 0 },
  { title: 'RSS MB', key: 'rssMb', digits: 0 },
];

/**
 * Measures the three subjects in turns, then ours with longer dialogs, and says the tables. Rejects when a dialog did not come to its end;
 * an aim that is missed is said.
 */
export async function benchDialog({ quick, say }: { quick: boolean; say: (line: string) => void }): Promise<void> {
  const rounds = quick ? 1 : 5;
  const updates = quick ? 2_000 : 10_000;
  say(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'an unknown processor'}`);
  say(`${rounds} processes each, in turns; ${updates} updates a process, 50 residents at once, then one alone`);
  say('all per update: the median, and the least and the most in brackets\n');

  for (const line of await statementsOfUpdates()) say(line);
  say('');
  const peers = await inTurns(rounds, SUBJECTS, (subject) => measure(subject, LENGTHS[0], updates));
  say(table('7 steps', peers));
  const ours = peers.get('ours') ?? [];
  for (const peer of SUBJECTS.slice(1)) {
    const ratio = median(ours.map(({ cpuMs }, round) => cpuMs / (peers.get(peer)?.[round]?.cpuMs ?? Number.NaN)));
    const aim = peer === 'telegraf' ? verdict(ratio, AIMS.cpuOfTelegraf, ' ×') : '';
    say(`CPU of ours / ${peer}, median of the rounds: ${ratio.toFixed(2)} ×${aim}`);
  }
  const bytes = median(ours.map(({ redisBytes }) => redisBytes));
  say(`bytes to Redis, ours: ${bytes.toFixed(0)}${verdict(bytes, AIMS.redisBytes, '')}\n`);

  const lengths = await inTurns(rounds, LENGTHS, (steps) => measure('ours', steps, updates));
  say(table('ours, steps', lengths));
  const seven = lengths.get(LENGTHS[0]) ?? [];
  for (const steps of LENGTHS.slice(1)) {
    const ratio = median((lengths.get(steps) ?? []).map(({ cpuMs }, round) => cpuMs / (seven[round]?.cpuMs ?? Number.NaN)));
    say(`CPU of ${steps} steps / 7 steps: ${ratio.toFixed(2)} ×${verdict(ratio, AIMS.cpuOfSevenSteps, ' ×')}`);
  }
}

/** On a Postgres of their own. */
async function statementsOfUpdates(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-statements-'));
  const server = await startEmbeddedPostgres(join(folder, 'data'));
  try {
    const db = openDb(openPool({ connectionString: server.url, max: 1 }));
    await migrate(db);
    await db.destroy();
    return statementLines(await countStatements(server.url));
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One of each, then again: what the machine does meanwhile meets all of them. */
async function inTurns<K>(rounds: number, keys: readonly K[], run: (key: K) => Promise<Figures>): Promise<Map<K, Runs>> {
  const runs = new Map<K, Figures[]>(keys.map((key) => [key, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const key of keys) runs.get(key)?.push(await run(key));
  }
  return runs;
}

function table(corner: string, runs: ReadonlyMap<string | number, Runs>): string {
  const rows = [
    [corner, ...COLUMNS.map(({ title }) => title)],
    ...[...runs].map(([name, figures]) => [String(name), ...COLUMNS.map((column) => cell(figures, column))]),
  ];
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((text, at) => text.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cell(runs: Runs, { key, digits }: (typeof COLUMNS)[number]): string {
  const values = runs.map((figures) => figures[key]);
  const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
  return least === most ? `${middle}` : `${middle} (${least}–${most})`;
}

function verdict(value: number, most: number, unit: string): string {
  return ` (aim ≤ ${most}${unit}: ${value <= most ? 'met' : 'MISSED'})`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
