import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RUN } from '../../../src/build/places.js';
import { startEmbeddedPostgres } from '../../../src/adapters/postgres/embedded.ts';
import { openDb, openPool } from '../../../src/adapters/postgres/pool.ts';
import type { Db } from '../../../src/records/database.ts';
import { migrate } from '../../../src/records/migrate.ts';
import { type Arrival, type LimitedTelegram, startLimitedTelegram } from './limited-telegram.ts';
import { chargeReaders, settleReaders } from './readers.ts';

export type NoticesBench = { readers: number; whole: Run; killed: Run & { kills: number } };

/** `seconds` from the first arrival to the last; `twice`: arrivals beyond the first of the same reader. */
type Run = { arrived: number; seconds: number; perSecond: number; refused: number; lost: number; twice: number };

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const AIM_PER_SECOND = 28;
const KILLS = 3;
const LONGEST_MS = 15 * 60_000;

/**
 * New charges are told to so many readers by the real worker (`npm start -- worker`), a process of its own, through a Bot API that enforces
 * Telegram's limits: once undisturbed, once killed with kill -9 in the middle, at a moment at which a message has just arrived, and started anew.
 */
export async function benchNotices({ readers = 3000 } = {}): Promise<NoticesBench> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-notices-'));
  const server = await startEmbeddedPostgres(join(folder, 'server'));
  const db = openDb(openPool({ connectionString: server.url, max: 2 }));
  let onArrival = (_arrivals: number): void => {};
  const telegram = await startLimitedTelegram((arrivals) => onArrival(arrivals));
  let worker = undefined as ChildProcess | undefined;
  const start = () => {
    worker = startWorker(folder, server.url, telegram.root);
  };
  try {
    await migrate(db);
    await settleReaders(db, readers);

    await chargeReaders(db, '2026-10-01');
    start();
    const whole = await runOf(db, telegram, readers);
    worker?.kill('SIGTERM');
    await ended(worker);

    await chargeReaders(db, '2026-11-01');
    let kills = 0;
    onArrival = (arrivals) => {
      if (kills >= KILLS || arrivals < Math.round(((kills + 1) * readers) / (KILLS + 1))) return;
      kills += 1;
      worker?.kill('SIGKILL');
      void ended(worker).then(start);
    };
    start();
    const killed = await runOf(db, telegram, readers);
    worker?.kill('SIGTERM');
    await ended(worker);
    return { readers, whole, killed: { ...killed, kills } };
  } finally {
    worker?.kill('SIGKILL');
    telegram.close();
    await db.destroy();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The figures as lines to read. */
export function noticesBenchLines({ readers, whole, killed }: NoticesBench): string[] {
  const line = (name: string, run: Run): string =>
    `  ${name}: ${run.arrived} arrived in ${run.seconds.toFixed(1)} s, ${run.perSecond.toFixed(1)}/s; refused with 429: ${run.refused}, lost: ${run.lost}, twice: ${run.twice}`;
  const met = (aim: boolean): string => (aim ? 'met' : 'MISSED');
  const aims = whole.perSecond >= AIM_PER_SECOND && whole.refused + whole.lost + whole.twice === 0;
  return [
    `news to ${readers} readers through a Bot API 60 ms away that takes 30 messages a second:`,
    line('undisturbed', whole),
    line(`kill -9, ${killed.kills} times`, killed),
    `  undisturbed at least ${AIM_PER_SECOND}/s, no 429, none lost, none twice: ${met(aims)}`,
    `  killed: no 429, none lost: ${met(killed.refused + killed.lost === 0)}; twice are those that had arrived when it died, and it had not yet heard so or written it down`,
  ];
}

/** Until every notice has come to its end. */
async function runOf(db: Db, telegram: LimitedTelegram, readers: number): Promise<Run> {
  telegram.take();
  const before = await countSent(db);
  const until = performance.now() + LONGEST_MS;
  while ((await countSent(db)) - before < readers) {
    if (performance.now() > until) throw new Error(`the notices were not sent within ${LONGEST_MS / 60_000} minutes`);
    await pause(500);
  }
  // Whatever would still come twice.
  await pause(2000);
  const { arrivals, refused } = telegram.take();
  return { ...measure(arrivals, readers), refused };
}

function measure(arrivals: readonly Arrival[], readers: number): Omit<Run, 'refused'> {
  const seconds = ((arrivals.at(-1)?.at ?? 0) - (arrivals[0]?.at ?? 0)) / 1000;
  const reached = new Set(arrivals.map(({ chat }) => chat)).size;
  return {
    arrived: arrivals.length,
    seconds,
    perSecond: (arrivals.length - 1) / seconds,
    lost: readers - reached,
    twice: arrivals.length - reached,
  };
}

async function countSent(db: Db): Promise<number> {
  const { sent } = await db
    .selectFrom('outbox')
    .where('kind', '=', 'notice')
    .where('doneAt', 'is not', null)
    .select((e) => e.fn.countAll<number>().as('sent'))
    .executeTakeFirstOrThrow();
  return sent;
}

function startWorker(folder: string, databaseUrl: string, telegram: string): ChildProcess {
  const env = {
    PATH: process.env.PATH,
    BOT_TOKEN: '4711:AAtokenOfTheBench',
    SECRET_KEY: 'ab'.repeat(32),
    DATABASE_URL: databaseUrl,
    TELEGRAM_API_ROOT: telegram,
    PORT: '0',
    TIME_ZONE: zoneOfNoon(new Date()),
    LOG_LEVEL: 'warn',
  };
  const args = [RUN, MAIN, 'worker'];
  return spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function ended(worker: ChildProcess | undefined): Promise<void> {
  if (worker && worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit');
}

/** Where it is about noon, so that the bench runs at any hour: news is not told at night. */
function zoneOfNoon(now: Date): string {
  const ahead = 12 - now.getUTCHours();
  // The signs of these zones are the other way round.
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}
