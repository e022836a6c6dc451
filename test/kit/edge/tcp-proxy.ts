import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

export type TcpProxy = Awaited<ReturnType<typeof startTcpProxy>>;

/**
 * A cable to a server that can be cut (with a word: the ends are told), frozen (without one: nothing comes through any more, and nobody is told)
 * and led to another server. `listen`: of each connection, hears what is sent to the server.
 */
export async function startTcpProxy(target: NetConnectOpts, listen: () => (bytes: Buffer) => void = () => () => {}) {
  let to = target;
  /** What happens to whoever connects. */
  let mode: 'through' | 'refused' | 'silent' = 'through';
  /** So much later comes what the server says. */
  let lateMs = 0;
  /** What was sent into nowhere. */
  const swallowed: string[] = [];
  const pairs = new Set<{ near: Socket; far: Socket; frozen: boolean }>();

  const server = createServer((near) => {
    near.on('error', () => near.destroy());
    if (mode === 'refused') {
      near.destroy();
      return;
    }
    if (mode === 'silent') {
      // Accepted, as by a machine that hangs; what it sends is not even read.
      near.pause();
      pairs.add({ near, far: near, frozen: true });
      return;
    }
    const far = connect(to);
    const pair = { near, far, frozen: false };
    pairs.add(pair);
    far.on('error', () => far.destroy());
    const hear = listen();
    near.on('data', (bytes: Buffer) => {
      if (pair.frozen) return void swallowed.push(bytes.toString('latin1'));
      hear(bytes);
      far.write(bytes);
    });
    const bring = (bytes: Buffer) => void (pair.frozen || near.write(bytes));
    far.on('data', (bytes: Buffer) => void (lateMs === 0 ? bring(bytes) : setTimeout(bring, lateMs, bytes)));
    const end = () => {
      if (pair.frozen) return;
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    near.on('close', end);
    far.on('close', end);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const freezeOpen = () => {
    for (const pair of pairs) pair.frozen = true;
  };
  return {
    port: (server.address() as AddressInfo).port,
    swallowed,
    /** How many connections are open and not frozen. */
    alive: () => [...pairs].filter(({ frozen }) => !frozen).length,
    /** Those that are open now become half-open; new ones are well. */
    freezeOpen,
    /** Nothing comes through, neither on those that are open nor on new ones, until `mend`. */
    freeze() {
      freezeOpen();
      mode = 'silent';
    },
    /** What the server says from now on comes so much later. */
    slow(ms: number) {
      lateMs = ms;
    },
    /** Those that are open end, and new ones are refused, until `mend`. */
    cut() {
      mode = 'refused';
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
    },
    /** New connections go through again; frozen ones stay so. */
    mend() {
      mode = 'through';
    },
    /** New connections lead to another server; those that are open stay where they are. */
    redirect(other: NetConnectOpts) {
      to = other;
    },
    async close() {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Where the server of a Postgres address listens. */
export function placeOfPostgres(url: string): NetConnectOpts {
  const { hostname, port, searchParams } = new URL(url.replace(/^(postgres(?:ql)?:)\/\/\//, '$1//unused/'));
  const host = searchParams.get('host');
  if (host?.startsWith('/')) return { path: `${host}/.s.PGSQL.${port || 5432}` };
  return { host: host ?? hostname, port: Number(port || 5432) };
}

/** The same database, by way of a port of this machine. */
export function throughPort(url: string, port: number): string {
  const { username, password, pathname, searchParams } = new URL(url.replace(/^(postgres(?:ql)?:)\/\/\//, '$1//unused/'));
  const user = username || (searchParams.get('user') ?? 'postgres');
  return `postgres://${user}${password && `:${password}`}@127.0.0.1:${port}${pathname}`;
}
