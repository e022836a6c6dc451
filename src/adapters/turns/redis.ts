import type { Cluster, Redis } from 'ioredis';
import type { BytesKeyring } from '../keyring.ts';
import { openTurns } from './open-turns.ts';
import { turnScripts } from './redis-scripts.ts';
import type { Change, TurnStore } from './store.ts';
import { type ChatTurns, StoreUnavailable, TURN_TIMES, type TurnTimes } from './turns.ts';

/** ioredis makes these of the scripts: EVALSHA, and the whole script where the server has forgotten it. */
type TurnCommands = {
  turnTakeBuffer: (key: string, token: string, update: string) => Promise<number | [Buffer | null, number]>;
  turnFinish: (key: string, token: string, change: Buffer, stateMs?: number) => Promise<number>;
  turnRenew: (key: string, token: string) => Promise<number>;
  turnAbandon: (key: string, token: string) => Promise<number>;
};

export type RedisTurnsOptions = {
  times?: Partial<TurnTimes>;
  /** What keys begin with: `t:` by default. Every byte of it travels twice a turn. */
  prefix?: string;
  /** How long the server may take for one answer. */
  answerMs?: number;
};

/** Chat turns on Redis or Redis Cluster: two commands a turn. Closing them closes the client. */
export function redisTurns(client: Redis | Cluster, keyring: BytesKeyring, options: RedisTurnsOptions = {}): ChatTurns {
  const times = { ...TURN_TIMES, ...options.times };
  return openTurns(redisStore(client, times, options.prefix ?? 't:', options.answerMs ?? 3000), keyring, times);
}

function redisStore(client: Redis | Cluster, times: TurnTimes, prefix: string, answerMs: number): TurnStore {
  const scripts = turnScripts(times);
  client.defineCommand('turnTake', { numberOfKeys: 1, lua: scripts.take });
  client.defineCommand('turnFinish', { numberOfKeys: 1, lua: scripts.finish });
  client.defineCommand('turnRenew', { numberOfKeys: 1, lua: scripts.renew });
  client.defineCommand('turnAbandon', { numberOfKeys: 1, lua: scripts.abandon });
  const commands = client as unknown as TurnCommands;
  const keyOf = (chat: string): string => prefix + chat;

  return {
    take: async (chat, updateId, token) => {
      const answer = await answered(commands.turnTakeBuffer(keyOf(chat), token, updateId.toString(36)), answerMs);
      if (answer === 0) return { outcome: 'repeat' };
      if (typeof answer === 'number') return { outcome: 'busy', forMs: answer };
      const [state, secret] = answer;
      return { outcome: 'taken', state: state ?? undefined, secretExpected: secret === 1 };
    },
    finish: async (chat, token, change) => {
      // The usual time is in the script.
      const unusual = change.stateMs === times.stateMs ? [] : [change.stateMs];
      return (await answered(commands.turnFinish(keyOf(chat), token, encode(change), ...unusual), answerMs)) === 1;
    },
    renew: async (chat, token) => (await answered(commands.turnRenew(keyOf(chat), token), answerMs)) === 1,
    abandon: async (chat, token) => void (await answered(commands.turnAbandon(keyOf(chat), token), answerMs)),
    ping: async () => void (await answered(client.ping(), answerMs)),
    close: async () => {
      await client.quit().catch(() => client.disconnect());
    },
  };
}

function encode({ state, secretExpected }: Change): Buffer {
  const what = state === 'keep' ? 'k' : state === 'drop' ? 'd' : 's';
  const head = Buffer.from(`${what}${secretExpected === undefined ? '-' : Number(secretExpected)}`);
  return typeof state === 'string' ? head : Buffer.concat([head, state]);
}

/** The answer, or `StoreUnavailable` when there is none in time or the server cannot do it now. */
function answered<T>(answer: Promise<T>, withinMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new StoreUnavailable(`Redis has not answered within ${withinMs} ms`)), withinMs);
    answer.then(
      (value) => {
        clearTimeout(timer);
        return resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        return reject(new StoreUnavailable('Redis did not do what a turn needs', { cause: error }));
      },
    );
  });
}
