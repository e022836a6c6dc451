import { spawnSync } from 'node:child_process';

/** As whom the server runs: Postgres refuses to be root. */
export type Identity = {
  /** A command that the server's command line is put behind. */
  prefix: readonly string[];
  uid?: number;
  gid?: number;
  /** Who owns the data folder on disk. */
  owner: { uid: number; gid: number };
};

const NOBODY = 65_534;

const IN_NAMESPACE = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`] as const;

type Owner = { uid: number; gid: number };

/**
 * As an ordinary user: oneself; a user without a name (a container's `user: 1000`), whom initdb refuses, gets one in a user
 * namespace. As root: the user to whom the data belong, or the folder they are to be in; else root inside a user namespace that calls it
 * `nobody`, so that data and binaries stay where they are, even under /root; else (a container that forbids namespaces) `nobody`.
 * `folder` is who owns `DATA_DIR`, `data` who owns the cluster in it, where there is one.
 */
export function chooseIdentity(folder: Owner, data: Owner | undefined, namespaces = namespacesWork): Identity {
  const own = process.getuid?.() ?? 0;
  const prefixFor = (uid: number): readonly string[] => (hasName(uid) || !namespaces() ? [] : IN_NAMESPACE);
  if (own !== 0) return { prefix: prefixFor(own), owner: { uid: own, gid: process.getgid?.() ?? own } };
  const { uid, gid } = data === undefined || data.uid === 0 ? folder : data;
  // In a folder of root's, what `nobody` owns was made where namespaces are forbidden; it may move to root again.
  const isRoots = uid === 0 || (uid === NOBODY && folder.uid === 0);
  if (!isRoots) return { prefix: prefixFor(uid), uid, gid, owner: { uid, gid } };
  if (namespaces()) return { prefix: IN_NAMESPACE, owner: { uid: 0, gid: 0 } };
  return { prefix: [], uid: NOBODY, gid: NOBODY, owner: { uid: NOBODY, gid: NOBODY } };
}

/** Whether this identity may do what a `test` expression of the shell says, for example `['-x', path]`. */
export function identityMay(identity: Identity, ...test: string[]): boolean {
  const [program = '', ...rest] = [...identity.prefix, 'test', ...test];
  const { uid, gid } = identity;
  const probe = spawnSync(program, rest, {
    cwd: '/',
    stdio: 'ignore',
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  });
  return probe.status === 0;
}

function namespacesWork(): boolean {
  if (process.platform !== 'linux') return false;
  const [unshare, ...rest] = IN_NAMESPACE;
  return spawnSync(unshare, [...rest, 'true'], { stdio: 'ignore' }).status === 0;
}

function hasName(uid: number): boolean {
  return spawnSync('id', ['-nu', String(uid)], { stdio: 'ignore' }).status === 0;
}

/** What a user is called, for a sentence: `anna`, or `uid 1000` where the system has no name for it. */
export function nameOfUser(uid: number): string {
  const { status, stdout } = spawnSync('id', ['-nu', String(uid)], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : `uid ${uid}`;
}
