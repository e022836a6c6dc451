import { createHash } from 'node:crypto';
import { chmod, chown, lchown, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Binaries } from './binaries.ts';
import { EmbeddedTrouble } from './embedded-trouble.ts';
import { chooseIdentity, type Identity, identityMay } from './identity.ts';
import { startTied } from './tied-process.ts';

/** What `<DATA_DIR>/postgres.json` says: where the data are, and how a second process reaches a running server. */
export type Note = {
  data: string;
  /** The folder of the socket of the last server, and the process that owns it. */
  server?: { socket: string; owner: number };
};

/** Built into Postgres: letters are sorted and lowered alike on every system. */
const LETTERS = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

/** Where the cluster lies and who runs it. */
export type Place = { dataDir: string; data: string; identity: Identity };

const noteFile = (dataDir: string): string => path.join(dataDir, 'postgres.json');

export async function readNote(dataDir: string): Promise<Note | undefined> {
  try {
    return JSON.parse(await readFile(noteFile(dataDir), 'utf8')) as Note;
  } catch {
    return undefined;
  }
}

export async function writeNote(dataDir: string, note: Note): Promise<void> {
  const fresh = `${noteFile(dataDir)}.${process.pid}`;
  await writeFile(fresh, `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 });
  await rename(fresh, noteFile(dataDir));
}

/**
 * The data are in `<dataDir>/postgres`; where root must run the server as a user who cannot reach that, in a folder of `elsewhere`
 * named by the path, which the note remembers.
 */
export async function findPlace(given: string, elsewhere: string, namespaces?: () => boolean): Promise<Place> {
  try {
    // Root's server may run as another user, who has to pass through.
    await mkdir(given, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  } catch (error) {
    throw new EmbeddedTrouble(
      `DATA_DIR: cannot be made (${(error as NodeJS.ErrnoException).code}): give a folder that this user may write to`,
    );
  }
  // One folder by two names must be one place.
  const dataDir = await realpath(given);
  const noted = (await readNote(dataDir))?.data;
  const usual = path.join(dataDir, 'postgres');
  if (noted !== undefined && noted !== usual && !(await isCluster(noted)) && !(await isCluster(usual))) {
    throw new EmbeddedTrouble(
      `the data of DATA_DIR ${dataDir} were kept in ${noted} and are no longer there: bring that folder back, or delete ${noteFile(dataDir)} to begin with none`,
    );
  }
  const data = noted !== undefined && !(await isCluster(usual)) ? noted : usual;
  const owner = await stat(data).catch(() => stat(dataDir));
  const identity = chooseIdentity(owner, namespaces);
  if (data !== usual || identity.uid === undefined || identityMay(identity, '-x', dataDir)) return { dataDir, data, identity };

  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return { dataDir, data: path.join(elsewhere, `data-${name}`), identity };
}

/** Makes the cluster when there is none; owned by who will run it, closed to everybody else. Expects to be the only starter. */
export async function prepareData(place: Place, binaries: Binaries, options: { fsync: boolean }): Promise<void> {
  const { dataDir, data, identity } = place;
  const parent = path.dirname(data);
  await mkdir(parent, { recursive: true, mode: 0o755 });
  if (await isCluster(data)) {
    const made = (await readFile(path.join(data, 'PG_VERSION'), 'utf8')).trim();
    const ours = binaries.version.split('.')[0];
    if (made !== ours) {
      throw new EmbeddedTrouble(
        `the data in DATA_DIR ${dataDir} were made by Postgres ${made}, and this is Postgres ${ours}: go back to the release that made them, dump them with pg_dump, and load the dump into an empty DATA_DIR`,
      );
    }
    await hand(data, identity);
    return;
  }
  if (await holdsAnything(data)) {
    throw new EmbeddedTrouble(
      `${data} in DATA_DIR is neither empty nor a Postgres data folder: move it away, or give another DATA_DIR`,
    );
  }

  // A start that was cut short leaves its half-made cluster behind; its initdb may still be writing as it goes.
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${path.basename(data)}.new-`)) continue;
    await rm(path.join(parent, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
  const half = await mkdtemp(`${data}.new-`);
  await chown(half, identity.owner.uid, identity.owner.gid);
  const made = startTied(
    [binaries.initdb, '-D', half, '-U', 'postgres', '-A', 'trust', '--no-instructions', ...LETTERS].concat(
      options.fsync ? [] : '--no-sync',
    ),
    { identity },
  );
  if ((await made.gone) !== 0) {
    await rm(half, { recursive: true, force: true });
    throw new EmbeddedTrouble(
      `embedded Postgres could not be set up in DATA_DIR ${dataDir}: ${made.said()}. Check the free space and the rights of the folder, or give DATABASE_URL`,
    );
  }
  await rm(data, { recursive: true, force: true });
  await rename(half, data);
}

/** As root, gives data that another identity made to the one that runs now; as anybody else, says whose they are. */
async function hand(data: string, identity: Identity): Promise<void> {
  const { uid, gid } = identity.owner;
  const now = await stat(data);
  if (now.uid !== uid && process.getuid?.() !== 0) {
    throw new EmbeddedTrouble(
      `${data} in DATA_DIR belongs to uid ${now.uid}, and the bot runs as uid ${uid}: start it as that user, or give the folder to this one (chown -R)`,
    );
  }
  if (now.uid !== uid) {
    await chown(data, uid, gid);
    for (const name of await readdir(data, { recursive: true })) await lchown(path.join(data, name), uid, gid);
  }
  if ((now.mode & 0o777) !== 0o700) await chmod(data, 0o700);
}

async function isCluster(data: string): Promise<boolean> {
  return stat(path.join(data, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

async function holdsAnything(data: string): Promise<boolean> {
  return readdir(data).then(
    (names) => names.length > 0,
    () => false,
  );
}
