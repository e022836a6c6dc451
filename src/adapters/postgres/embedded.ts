import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sleep } from '../../runtime/sleep.ts';
import { type Binaries, prepareBinaries } from './binaries.ts';
import { findPlace, type ClusterPlace, prepareData, writeNote } from './data-folder.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { addressOf, answers, findRunning, readPidFile, removeStalePidFile } from './running-server.ts';
import { takeStartLock } from './server-start-lock.ts';
import { startTied, type TiedProcess } from './tied-process.ts';

export type EmbeddedOptions = {
  /** False only for tests: a power loss may then cost the data. */
  fsync?: boolean;
  maxConnections?: number;
  /** Hears the server's own warnings. */
  log?: ((line: string) => void) | undefined;
  /** Where root keeps programs and data that the server's user could not reach in place; only root may be able to write there. */
  elsewhere?: string;
  /** Whether user namespaces can be used; found out when absent. */
  namespaces?: () => boolean;
};

export type EmbeddedPostgres = {
  /** A connection string over a Unix socket that only this user can open. */
  url: string;
  /** Whether this process started the server, and ends it. */
  owned: boolean;
  /** Ends the server when it is owned: open transactions are rolled back, what was committed is safe. */
  stop: () => Promise<void>;
  /** Calls when an owned server ends without having been told to, with what it said last. */
  onExit: (call: (said: string) => void) => void;
};

/** How long a starter waits for another one that starts or stops a server on the same folder. */
const PATIENCE_MS = 30_000;
/** Recovery after a power loss may take its time. */
const START_MS = 120_000;
/** The least that a socket's path may have on the systems we know (macOS; Linux has 107). */
const SOCKET_PATH_BYTES = 103;

/**
 * Real Postgres on `dataDir`, owned by this process and gone with it. A command that has the folder (an import) is waited for, so long;
 * then it refuses: who joined the server of another process would lose it when that one ends.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  { waitMs = 0, ...options }: EmbeddedOptions & { waitMs?: number } = {},
): Promise<EmbeddedPostgres> {
  for (const until = Date.now() + waitMs; ; await sleep(250)) {
    const server = await connectEmbedded(dataDir, options);
    if (server.owned) return server;
    await server.stop();
    if (Date.now() < until) continue;
    throw new EmbeddedPostgresError(
      `DATA_DIR: папку ${dataDir} занял другой запущенный бот или команда: остановите их или задайте свои DATA_DIR или DATABASE_URL`,
    );
  }
}

/** Where programs and data go that root's server could not reach in place; for anybody else they are in the folder itself. */
export function elsewhereOf(dataDir: string): string {
  return process.getuid?.() === 0 ? '/var/lib/inkomus-bot' : path.resolve(dataDir);
}

/**
 * The server of `dataDir`: the running one where another process has started it, else a new one that this process owns. Of several
 * that ask at once one starts it and the others use it.
 */
export async function connectEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  const elsewhere = options.elsewhere ?? elsewhereOf(dataDir);
  const place = await findPlace(dataDir, elsewhere, options.namespaces);

  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(50)) {
    const running = await findRunning(place.dataDir);
    if (running !== undefined) {
      return { url: running.url, owned: false, stop: () => Promise.resolve(), onExit: () => undefined };
    }
    const lock = await takeStartLock(place.dataDir);
    if (lock === undefined) continue;
    try {
      // A server that still starts or stops, or whose owner was killed a moment ago.
      if ((await readPidFile(place.data)) !== undefined) continue;
      const binaries = await prepareBinaries(place.identity, elsewhere);
      await prepareData(place, binaries, { fsync: options.fsync !== false });
      return await launch(place, binaries, options);
    } finally {
      lock.release();
    }
  }
  throw new EmbeddedPostgresError(
    `DATA_DIR: папку ${dataDir} занял Postgres, который не отвечает: завершите его или задайте другую DATA_DIR или DATABASE_URL`,
  );
}

async function launch(place: ClusterPlace, binaries: Binaries, options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  await removeStalePidFile(place.data);
  const socket = await makeSocketFolder(place);
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    max_connections: String(options.maxConnections ?? 50),
    timezone: 'UTC',
    // What a statement held, or a row that was refused, is personal data and no matter for a log.
    log_min_messages: 'log',
    log_checkpoints: 'off',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(options.fsync === false && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const command = [binaries.postgres, '-D', place.data, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])];
  const server = startTied(command, { identity: place.identity, litter: socket, log: options.log });
  await untilReady(server, place, addressOf(socket));
  await writeNote(place.dataDir, { data: place.data, server: { socket, owner: process.pid } });

  let stopping = false;
  return {
    url: addressOf(socket),
    owned: true,
    stop: async () => {
      stopping = true;
      await server.end();
      await rm(socket, { recursive: true, force: true });
    },
    onExit: (call) => {
      server.child.once('close', () => {
        if (!stopping) call(server.said());
      });
    },
  };
}

async function untilReady(server: TiedProcess, place: ClusterPlace, url: string): Promise<void> {
  const isGone = (): boolean => server.child.exitCode !== null || server.child.pid === undefined;
  for (const until = Date.now() + START_MS; Date.now() < until && !isGone(); await sleep(10)) {
    if ((await readPidFile(place.data))?.ready && (await answers(url))) return;
  }
  await server.end();
  throw new EmbeddedPostgresError(
    `DATA_DIR: встроенный Postgres не запустился в ${place.dataDir} (${server.said() || 'причины он не назвал'}): проверьте права на папку и место на диске или задайте DATABASE_URL`,
  );
}

/** A folder for the socket, closed to all but the server's user and us, with a path that fits into a socket's address. */
async function makeSocketFolder(place: ClusterPlace): Promise<string> {
  const name = 'inkomus-XXXXXX/.s.PGSQL.5432';
  const usual = tmpdir();
  const temp = Buffer.byteLength(path.join(usual, name)) <= SOCKET_PATH_BYTES ? usual : '/tmp';
  await mkdir(temp, { recursive: true });
  const folder = await mkdtemp(path.join(temp, 'inkomus-'));
  if (process.getuid?.() === 0) await chown(folder, place.identity.owner.uid, place.identity.owner.gid);
  return folder;
}
