import { chmod, type FileHandle, lchown, lstat, mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What this process makes from now on is closed to other users, whatever the umask was. */
export function keepFilesPrivate(): void {
  process.umask(0o077);
}

const isRoot = () => process.getuid?.() === 0;

/** Makes a folder, and those above it, closed to others. Root's is given to whom the folder around it belongs: his service has to open it. */
export async function makePrivateFolder(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true, mode: 0o700 });
  if (made === path) await giveToFoldersOwner(path);
}

/** As root, in a folder of somebody else's, makes one in it that is his, too. */
export async function makeFolderOfSameOwner(path: string): Promise<void> {
  if (!isRoot()) return;
  const around = await stat(dirname(path)).catch(unlessGone);
  if (around && around.uid !== 0) await makePrivateFolder(path);
}

/** As root, gives a file or folder that it made to whom the folder around it belongs; a link is not followed. */
export async function giveToFoldersOwner(path: string): Promise<void> {
  if (!isRoot()) return;
  const { uid, gid } = await lstat(dirname(path));
  if (uid !== 0) await lchown(path, uid, gid);
}

/** A new file that only its owner may open, given to whom the folder belongs. Fails where anything, a link included, has that name. */
export async function createPrivateFile(path: string): Promise<FileHandle> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.chmod(0o600);
    if (isRoot()) {
      const { uid, gid } = await lstat(dirname(path));
      if (uid !== 0) await file.chown(uid, gid);
    }
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Closes what an older release, or somebody by hand, has left open to others in `DATA_DIR`. Embedded Postgres looks after its own folder,
 * and after the one around it: its server may have to pass through.
 */
export async function closeDataDir(dataDir: string, isEmbedded: boolean): Promise<void> {
  if (!(await lstat(dataDir).catch(unlessGone))) return;
  if (!isEmbedded) await closeOne(dataDir);
  await closeToOthers(dataDir, [join(dataDir, 'postgres'), join(dataDir, 'sandbox')]);
}

/**
 * Closes all that is in a folder to others, but the folders that `leave` names by their paths; links are not followed, and what belongs to
 * somebody else stays as it is.
 */
async function closeToOthers(folder: string, leave: readonly string[] = []): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (leave.includes(path)) continue;
    if (await closeOne(path)) await closeToOthers(path, leave);
  }
}

/** Closes one file or folder to others; answers whether it is a folder of ours. */
export async function closeOne(path: string): Promise<boolean> {
  const found = await lstat(path).catch(unlessGone);
  if (!found || found.isSymbolicLink() || !(isRoot() || found.uid === process.getuid?.())) return false;
  const mode = found.mode & (found.isDirectory() ? 0o700 : 0o600);
  if (mode !== (found.mode & 0o777)) await chmod(path, mode).catch(unlessGone);
  return found.isDirectory();
}

/** What another process takes away meanwhile needs no closing. */
function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
