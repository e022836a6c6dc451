import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import {
  chmod,
  chown,
  lchown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { giveToFoldersOwner } from '../private-files.ts';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { chooseIdentity, type Identity, identityMay, nameOfUser } from './identity.ts';
import { unlessMissing, unwritable } from './unless-missing.ts';
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
export type ClusterPlace = { dataDir: string; data: string; identity: Identity };

const noteFile = (dataDir: string): string => path.join(dataDir, 'postgres.json');

/** Undefined where there is none; one that a power loss has left empty counts as none where the data are found without it. */
export async function readNote(dataDir: string): Promise<Note | undefined> {
  const json = await readFile(noteFile(dataDir), 'utf8').catch(unlessMissing(noteFile(dataDir)));
  try {
    return json === undefined ? undefined : (JSON.parse(json) as Note);
  } catch {
    if (await isCluster(path.join(dataDir, 'postgres'))) return undefined;
    throw new EmbeddedPostgresError(
      `DATA_DIR: файл ${noteFile(dataDir)} повреждён, а в нём записано, где данные: верните его из копии или удалите, чтобы начать с пустой базы`,
    );
  }
}

export async function writeNote(dataDir: string, note: Note): Promise<void> {
  const fresh = `${noteFile(dataDir)}.${process.pid}`;
  await writeFile(fresh, `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 }).catch(unwritable(dataDir));
  await giveToFoldersOwner(fresh);
  await rename(fresh, noteFile(dataDir));
}

/**
 * The data are in `<dataDir>/postgres`; where root must run the server as a user who cannot reach that, in a folder of `elsewhere`
 * named by the path, which the note remembers.
 */
export async function findPlace(given: string, elsewhere: string, namespaces?: () => boolean): Promise<ClusterPlace> {
  let firstMade: string | undefined;
  try {
    firstMade = await mkdir(given, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new EmbeddedPostgresError(
      `DATA_DIR: папку нельзя создать (${(error as NodeJS.ErrnoException).code}): укажите такую, куда этому пользователю можно писать`,
    );
  }
  // One folder by two names must be one place.
  const dataDir = await realpath(given);
  const noted = (await readNote(dataDir))?.data;
  const usual = path.join(dataDir, 'postgres');
  if (noted !== undefined && noted !== usual && !(await isCluster(noted)) && !(await isCluster(usual))) {
    throw new EmbeddedPostgresError(
      `DATA_DIR: данные ${dataDir} лежали в ${noted}, и там их больше нет: верните ту папку или удалите ${noteFile(dataDir)}, чтобы начать с пустой базы`,
    );
  }
  const data = noted !== undefined && !(await isCluster(usual)) ? noted : usual;
  const folder = await stat(dataDir);
  const identity = chooseIdentity(folder, await stat(data).catch(unlessMissing(data)), namespaces);
  const most = identity.uid === undefined || identity.uid === folder.uid ? 0o700 : PASSABLE;
  if (firstMade === undefined) await closeFolder(dataDir, folder, most);
  else for (const made of foldersFrom(firstMade, path.resolve(given))) await chmod(made, most);
  if (data !== usual || identity.uid === undefined || identityMay(identity, '-x', dataDir)) return { dataDir, data, identity };
  return { dataDir, data: path.join(elsewhere, nameElsewhere(dataDir)), identity };
}

/** What the data of a folder are called where they lie elsewhere. */
function nameElsewhere(dataDir: string): string {
  return `data-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
}

/** Where the data of a folder lie by its note, if that is elsewhere; undefined also for a place that is not called as theirs would be. */
export async function findDataElsewhere(dataDir: string): Promise<string | undefined> {
  // One that is damaged names no place.
  const note = await readNote(dataDir).catch(() => undefined);
  return note && path.basename(note.data) === nameElsewhere(await realpath(dataDir)) ? note.data : undefined;
}

/**
 * Data that lie elsewhere for this folder, of which nothing in it tells any more (it need not be there at all), are renamed, so that they are not
 * found by the folder's path; where they were, and where they are now.
 */
export async function setOrphanAside(given: string, elsewhere: string): Promise<{ from: string; to: string } | undefined> {
  const dataDir = await realPathOf(path.resolve(given));
  const from = path.join(elsewhere, nameElsewhere(dataDir));
  if (!(await isCluster(from)) || (await isCluster(path.join(dataDir, 'postgres')))) return undefined;
  if ((await readFile(noteFile(dataDir)).catch(unlessMissing(noteFile(dataDir)))) !== undefined) return undefined;
  const to = `${from}.aside-${Date.now()}`;
  await rename(from, to);
  return { from, to };
}

/** The path by which a folder is known once it is made. */
async function realPathOf(given: string): Promise<string> {
  const found = await realpath(given).catch(unlessMissing(given));
  if (found !== undefined || path.dirname(given) === given) return found ?? given;
  return path.join(await realPathOf(path.dirname(given)), path.basename(given));
}

/** Where root's server has to run as another user than the folder's own, that user may pass through, and not look into it. */
const PASSABLE = 0o711;

/** Takes away what others may do beyond `most`; never gives more. */
async function closeFolder(dataDir: string, folder: Stats, most: number): Promise<void> {
  const isOurs = [0, folder.uid].includes(process.getuid?.() ?? folder.uid);
  const mode = folder.mode & most;
  if (isOurs && mode !== (folder.mode & 0o777)) await chmod(dataDir, mode);
}

function foldersFrom(first: string, last: string): string[] {
  return first.length >= last.length ? [last] : [...foldersFrom(first, path.dirname(last)), last];
}

/** Makes the cluster when there is none; owned by who will run it, closed to everybody else. Expects to be the only starter. */
export async function prepareData(place: ClusterPlace, binaries: Binaries, options: { fsync: boolean }): Promise<void> {
  const { dataDir, data, identity } = place;
  const parent = path.dirname(data);
  if (await mkdir(parent, { recursive: true, mode: 0o755 })) await chmod(parent, 0o755);
  if (await isCluster(data)) {
    const made = (await readFile(path.join(data, 'PG_VERSION'), 'utf8')).trim();
    const ours = binaries.version.split('.')[0];
    if (made !== ours) {
      throw new EmbeddedPostgresError(
        `DATA_DIR: данные в ${dataDir} от Postgres ${made}, а это Postgres ${ours}: вернитесь к прежнему выпуску бота, сделайте копию (npm run backup) и восстановите её здесь в пустую DATA_DIR`,
      );
    }
    await hand(data, identity);
    return;
  }
  if (await holdsAnything(data)) {
    throw new EmbeddedPostgresError(
      `DATA_DIR: папка ${data} не пуста, а данных Postgres в ней нет: уберите её или укажите другую DATA_DIR`,
    );
  }

  // A start that was cut short leaves its half-made cluster behind; its initdb may still be writing as it goes.
  const half = `${data}.half-made-`;
  for (const name of await readdir(parent).catch(unwritable(parent))) {
    if (!name.startsWith(path.basename(half))) continue;
    await rm(path.join(parent, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
  await makeCluster(place, binaries, await mkdtemp(half).catch(unwritable(parent)), options);
}

/** Makes a cluster in the folder `half`, and puts it into its place once it is whole. */
async function makeCluster(
  { dataDir, data, identity }: ClusterPlace,
  binaries: Binaries,
  half: string,
  options: { fsync: boolean },
): Promise<void> {
  await chown(half, identity.owner.uid, identity.owner.gid);
  const made = startTied(
    [binaries.initdb, '-D', half, '-U', 'postgres', '-A', 'trust', '--no-instructions', ...LETTERS].concat(
      options.fsync ? [] : '--no-sync',
    ),
    { identity },
  );
  if ((await made.gone) !== 0) {
    await rm(half, { recursive: true, force: true });
    throw new EmbeddedPostgresError(
      `DATA_DIR: встроенный Postgres не удалось создать в ${dataDir} (${made.said() || 'причины он не назвал'}): проверьте место на диске и права на папку или задайте DATABASE_URL`,
    );
  }
  // Never more than an empty folder is in the way.
  await rmdir(data).catch(unlessMissing(data));
  await rename(half, data);
}

/** As root, gives data that another identity made to the one that runs now; as anybody else, says whose they are. */
async function hand(data: string, identity: Identity): Promise<void> {
  const { uid, gid } = identity.owner;
  const now = await stat(data);
  if (now.uid !== uid && process.getuid?.() !== 0) {
    throw new EmbeddedPostgresError(
      `DATA_DIR: папка ${data} принадлежит ${nameOfUser(now.uid)}, а запускает ${nameOfUser(uid)}: запустите от имени ${nameOfUser(now.uid)} или отдайте папку ${nameOfUser(uid)} (chown -R)`,
    );
  }
  if (now.uid !== uid) {
    for (const name of await readdir(data, { recursive: true })) await lchown(path.join(data, name), uid, gid);
    // Last, so that one that was cut short is done again.
    await chown(data, uid, gid);
  }
  if ((now.mode & 0o777) !== 0o700) await chmod(data, 0o700);
}

async function isCluster(data: string): Promise<boolean> {
  const version = path.join(data, 'PG_VERSION');
  return (await stat(version).catch(unlessMissing(version))) !== undefined;
}

async function holdsAnything(data: string): Promise<boolean> {
  const names = await readdir(data).catch(unlessMissing(data));
  return names !== undefined && names.length > 0;
}
