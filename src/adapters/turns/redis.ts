import type { Cluster, Redis } from 'ioredis';
import type { BytesKeyring } from '../keyring.ts';
import { openTurns, type RevokeTurn } from './open-turns.ts';
import { turnScripts } from './redis-scripts.ts';
import type { TurnChange, TurnStore } from './store.ts';
import { type ChatTurns, StoreUnavailable, TURN_TIMES, type TurnTimes } from './turns.ts';

/** ioredis makes these of the scripts: EVALSHA, and the whole script where the server has forgotten it. */
type TurnCommands = {
  turnTake: (
    key: string,
    token: string,
    update: string,
    fromInbox?: number,
  ) => Promise<number | [string | null, number, number, string | null]>;
  turnFinish: (key: string, token: string, change: string, stateMs?: number) => Promise<number>;
  turnRenew: (key: string, token: string) => Promise<number>;
  turnAbandon: (key: string, token: string) => Promise<number>;
  turnQueue: (key: string, waiting: number) => Promise<number>;
  turnForget: (key: string, update: string, since: number, anyway?: number) => Promise<number>;
};

export type RedisTurnsOptions = {
  times?: Partial<TurnTimes>;
  /** What keys begin with: `t:` by default. Every byte of it travels twice a turn. */
  prefix?: string;
  /** How long the server may take for one answer. */
  answerMs?: number;
  /** Makes the office refuse what a turn whose time was up still wants to write. */
  revoke?: RevokeTurn;
};

/** Chat turns on Redis or Redis Cluster: two commands a turn. Closing them closes the client. */
export function redisTurns(client: Redis | Cluster, keyring: BytesKeyring, options: RedisTurnsOptions = {}): ChatTurns {
  const times = { ...TURN_TIMES, ...options.times };
  const { prefix = 't:', answerMs = 3000 } = options;
  return openTurns(redisStore(client, times, prefix), keyring, { ...times, answerMs }, options.revoke);
}

const PROBE_MS = 60_000;

function redisStore(client: Redis | Cluster, times: TurnTimes, prefix: string): TurnStore {
  const scripts = turnScripts(times);
  client.defineCommand('turnTake', { numberOfKeys: 1, lua: scripts.take });
  client.defineCommand('turnFinish', { numberOfKeys: 1, lua: scripts.finish });
  client.defineCommand('turnRenew', { numberOfKeys: 1, lua: scripts.renew });
  client.defineCommand('turnAbandon', { numberOfKeys: 1, lua: scripts.abandon });
  client.defineCommand('turnQueue', { numberOfKeys: 1, lua: scripts.queue });
  client.defineCommand('turnForget', { numberOfKeys: 1, lua: scripts.forget });
  // A master of a cluster says nothing of the others: so many keys are at all of them, as good as surely.
  const probes = Array.from({ length: client.isCluster ? 16 : 1 }, (_, place) => `${prefix}probe${place}`);
  const commands = client as unknown as TurnCommands;
  const keyOf = (chat: string): string => prefix + chat;
  const answered = <T>(answer: Promise<T>): Promise<T> => answer.catch(unavailable);

  return {
    take: async (chat, updateKey, token, { fromInbox }) => {
      const asked = commands.turnTake(keyOf(chat), token, fieldOf(updateKey), ...(fromInbox ? [1] : []));
      const answer = await answered(asked);
      if (answer === 0) return { outcome: 'repeat' };
      if (answer === -1) return { outcome: 'queued' };
      if (typeof answer === 'number') return { outcome: 'busy', forMs: answer };
      const [state, secret, deaths, displaced] = answer;
      return {
        outcome: 'taken',
        state: state === null ? undefined : Buffer.from(state, 'base64url'),
        secretExpected: secret === 1,
        deaths,
        displaced: displaced?.split(',') ?? [],
      };
    },
    finish: async (chat, token, change) => {
      // The usual time is in the script.
      const unusual = change.stateMs === times.stateMs ? [] : [change.stateMs];
      return (await answered(commands.turnFinish(keyOf(chat), token, encode(change), ...unusual))) === 1;
    },
    renew: async (chat, token) => (await answered(commands.turnRenew(keyOf(chat), token))) === 1,
    abandon: async (chat, token) => void (await answered(commands.turnAbandon(keyOf(chat), token))),
    queue: async (chat, waiting) => void (await answered(commands.turnQueue(keyOf(chat), waiting ? 1 : 0))),
    forget: async (chat, updateKey, { since, anyway = false }) => {
      const kept = Math.floor(since.getTime() / 1000);
      const asked = commands.turnForget(keyOf(chat), `u${fieldOf(updateKey)}`, kept, ...(anyway ? [1] : []));
      const answer = await answered(asked);
      return answer === 1 ? 'forgotten' : answer === 0 ? 'not-remembered' : 'gone-on';
    },
    ping: async () => void (await Promise.all(probes.map((key) => answered(client.set(key, '1', 'PX', PROBE_MS))))),
    close: async () => {
      await client.quit().catch(() => client.disconnect());
    },
  };
}

/** Every byte travels twice a turn: a number is shorter in base 36. */
function fieldOf(updateKey: string): string {
  return /^[1-9]\d{0,14}$/.test(updateKey) ? Number(updateKey).toString(36) : updateKey;
}

/** In letters: one buffer among a command's arguments makes ioredis copy the whole pipeline together byte by byte. */
function encode({ state, secretExpected }: TurnChange): string {
  const what = state === 'keep' ? 'k' : state === 'drop' ? 'd' : 's';
  const head = `${what}${secretExpected === undefined ? '-' : Number(secretExpected)}`;
  return typeof state === 'string' ? head : head + asBuffer(state).toString('base64url');
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function unavailable(error: unknown): never {
  throw new StoreUnavailable('Redis did not do what a turn needs', { cause: error });
}
