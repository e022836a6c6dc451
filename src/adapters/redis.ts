import { Cluster, Redis } from 'ioredis';
import { whyAway } from '../runtime/name-of-error.ts';
import { wordOfReply } from '../runtime/redis-reply.ts';

type Node = { host: string; port: number; db: number; username?: string; password?: string; tls?: Record<string, never> };

/**
 * A client for `REDIS_URL`: `redis://` or `rediss://`; several nodes separated by commas are a Cluster. It connects again by itself
 * for ever, while each command fails after a few tries. `onError` hears of a broken connection once until it is there again (address and reason
 * only), of which `onBack` hears.
 */
export function openRedis(
  url: string,
  onError: (message: string) => void = () => undefined,
  onBack: () => void = () => undefined,
): Redis | Cluster {
  const nodes = url.split(',').map((node, index) => parseNode(node.trim(), index === 0 ? undefined : url));
  const [first] = nodes;
  if (first === undefined) throw badUrl();
  const client = nodes.length === 1 ? new Redis({ ...first, ...SINGLE }) : openCluster(nodes, first);
  // An outage is one fault, however often the client knocks.
  let told: string | undefined;
  client.on('ready', () => {
    if (told !== undefined) onBack();
    told = undefined;
  });
  client.on('error', (error: Error) => {
    // That of a host with several addresses has no words of its own.
    const said = error.message || whyAway(error);
    if (said === told) return;
    told = said;
    onError(said);
  });
  return client;
}

/** Both kinds of client: a connection on which nothing is heard is given up, and with it what waits on it. */
const CONNECTION = {
  connectTimeout: 3000,
  // Twice what a turn waits for an answer. A server that hangs for as long is asked again on a new connection.
  socketTimeout: 2000,
  // What has become a replica behind our back ends the connection, and the command goes to whoever the address leads to now.
  reconnectOnError: (error: Error) => wordOfReply(error) === 'READONLY' && 2,
};

const SINGLE = {
  ...CONNECTION,
  enableAutoPipelining: true,
  maxRetriesPerRequest: 2,
  retryStrategy: (times: number) => Math.min(times * 100, 2000),
};

function openCluster(nodes: readonly Node[], first: Node): Cluster {
  return new Cluster(
    nodes.map(({ host, port }) => ({ host, port })),
    {
      // Pipelined commands are not led on when a slot has moved (redis/ioredis#2075).
      enableAutoPipelining: false,
      slotsRefreshTimeout: 3000,
      // A node that vanished without a word is not in the slots of those that are left.
      slotsRefreshInterval: 5000,
      clusterRetryStrategy: (times) => Math.min(times * 100, 2000),
      redisOptions: {
        ...CONNECTION,
        ...(first.username !== undefined && { username: first.username }),
        ...(first.password !== undefined && { password: first.password }),
        ...(first.tls !== undefined && { tls: first.tls }),
      },
    },
  );
}

/** The nodes after the first may leave out the scheme: `redis://a:6379,b:6379`. */
function parseNode(node: string, list: string | undefined): Node {
  const scheme = list?.startsWith('rediss:') ? 'rediss' : 'redis';
  const text = list !== undefined && !node.includes('://') ? `${scheme}://${node}` : node;
  if (!URL.canParse(text)) throw badUrl();
  const { protocol, hostname, port, username, password, pathname } = new URL(text);
  if (!/^rediss?:$/.test(protocol) || hostname === '' || !/^(\/\d*)?$/.test(pathname)) throw badUrl();
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? 6379 : Number(port),
    db: Number(pathname.slice(1)),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { tls: {} }),
  };
}

/** The value may hold a password: only the setting is named. */
function badUrl(): Error {
  return new Error('REDIS_URL: нужен адрес redis://host:port или rediss://host:port, или несколько через запятую');
}
