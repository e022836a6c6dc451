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

/**
 * As an ordinary user: oneself. As root: the user to whom the data already belong; else root inside a user namespace that calls it
 * `nobody`, so that data and binaries stay where they are, even under /root; else (a container that forbids namespaces) `nobody`.
 * `owner` is who owns the data folder now, or the folder it will be in.
 */
export function chooseIdentity(owner: { uid: number; gid: number }, namespaces = namespacesWork): Identity {
  const own = process.getuid?.() ?? 0;
  if (own !== 0) return { prefix: [], owner: { uid: own, gid: process.getgid?.() ?? own } };
  const inNamespace: Identity = {
    prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`],
    owner: { uid: 0, gid: 0 },
  };
  // What `nobody` owns was made where namespaces are forbidden; it may move to root again.
  if (owner.uid !== 0 && owner.uid !== NOBODY) return { prefix: [], uid: owner.uid, gid: owner.gid, owner };
  if (namespaces()) return inNamespace;
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
  const probe = spawnSync('unshare', ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, 'true'], { stdio: 'ignore' });
  return probe.status === 0;
}
