import { execFile, execFileSync } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url));

/** The command line that a Redis starts with, without its options; undefined when none is to be had on this machine. */
export async function findRedisProgram(): Promise<readonly string[] | undefined> {
  for (const name of ['redis-server', 'valkey-server']) {
    const found = onPath(name);
    if (found !== undefined) return [found];
  }
  return unpackFromApt(CACHE);
}

function onPath(name: string): string | undefined {
  try {
    return execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Debian's Redis and its libraries, downloaded and unpacked below `cache` without root and without touching the system. */
export async function unpackFromApt(cache: string): Promise<readonly string[] | undefined> {
  const home = path.join(cache, 'redis');
  if (!(await exists(home))) {
    if (onPath('apt-get') === undefined || onPath('dpkg') === undefined) return undefined;
    await mkdir(cache, { recursive: true });
    const half = await mkdtemp(path.join(cache, 'redis-half-'));
    try {
      await unpack(half);
      await rename(half, home);
    } catch (error) {
      await rm(half, { recursive: true, force: true });
      if (!(await exists(home))) {
        console.error(`Redis could not be had from apt: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }
    }
  }
  return ['/usr/bin/env', `LD_LIBRARY_PATH=${path.join(home, 'lib')}`, path.join(home, 'root/usr/bin/redis-server')];
}

async function unpack(folder: string): Promise<void> {
  // Lists and cache of our own: those of the system belong to root, and a bare image has none.
  const lists = path.join(folder, 'apt');
  await mkdir(path.join(lists, 'lists/partial'), { recursive: true });
  await mkdir(path.join(lists, 'cache/archives/partial'), { recursive: true });
  const settings = path.join(lists, 'apt.conf');
  await writeFile(
    settings,
    `Dir::State "${lists}";\nDir::State::status "/var/lib/dpkg/status";\nDir::Cache "${lists}/cache";\nAPT::Sandbox::User "";\n`,
  );
  const env = { ...process.env, APT_CONFIG: settings, LC_ALL: 'C' };
  await run('apt-get', ['update', '-qq'], { env });
  const { stdout } = await run('apt-cache', ['depends', 'redis-server', 'redis-tools'], { env });
  // The C library stays the system's: two of them do not mix.
  const libraries = [...stdout.matchAll(/^ {2}Depends: ((?:lib|lua)\S+)$/gm)].map((match) => match[1] ?? '');
  const wanted = ['redis-server', 'redis-tools', ...libraries.filter((name) => !/^lib(?:c|gcc|stdc)\b/.test(name))];
  await run('apt-get', ['download', '-qq', ...new Set(wanted)], { env, cwd: lists });

  const root = path.join(folder, 'root');
  for (const name of await readdir(lists)) {
    if (name.endsWith('.deb')) await run('dpkg', ['-x', path.join(lists, name), root]);
  }
  await rm(lists, { recursive: true, force: true });
  // One folder with all libraries, whatever the machine's triplet is.
  const lib = path.join(folder, 'lib');
  await mkdir(lib);
  for (const entry of await readdir(root, { recursive: true })) {
    const name = path.basename(entry);
    if (/\.so(\.\d+)*$/.test(name)) await symlink(path.join('../root', entry), path.join(lib, name)).catch(() => undefined);
  }
  await run('/usr/bin/env', [`LD_LIBRARY_PATH=${lib}`, path.join(root, 'usr/bin/redis-server'), '--version']);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
