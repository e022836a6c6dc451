import { expect, test } from 'vitest';
import { openTurns } from '../../../src/adapters/turns/open-turns.ts';
import type { TurnStore } from '../../../src/adapters/turns/store.ts';
import { StoreUnavailable, type Turn } from '../../../src/adapters/turns/turns.ts';
import { contractKeyring } from './contract.ts';

const never = () => new Promise<never>(() => {});

/** A store that answers until it is told to fall silent: in `silent` of its verbs, for good. */
function storeOf(silent: Set<keyof TurnStore>): TurnStore {
  const verb =
    <T>(name: keyof TurnStore, answer: T) =>
    (): Promise<T> =>
      silent.has(name) ? never() : Promise.resolve(answer);
  return {
    take: verb('take', { outcome: 'taken', state: undefined, secretExpected: false, deaths: 0, displaced: [] }),
    queue: verb('queue', undefined),
    finish: verb('finish', true),
    renew: verb('renew', true),
    abandon: verb('abandon', undefined),
    forget: verb('forget', 'forgotten' as const),
    ping: verb('ping', undefined),
    close: async () => {},
  };
}

async function taken(turns: ReturnType<typeof openTurns>, update: number): Promise<Turn> {
  const turn = await turns.take('7', String(update));
  if (turn === 'repeat') throw new Error('a repeat');
  return turn;
}

function open(silent: Set<keyof TurnStore>, lockMs = 8_000) {
  return openTurns(storeOf(silent), contractKeyring(), { answerMs: 200, waitMs: 5_000, lockMs });
}

test.each([
  ['finish', (turn: Turn) => turn.finish({ keep: true })],
  ['abandon', (turn: Turn) => turn.abandon()],
] as const)('a chat’s queue is left though %s is never answered', async (verb, end) => {
  const silent = new Set<keyof TurnStore>(['abandon']);
  const turns = open(silent);
  const turn = await taken(turns, 1);
  const next = taken(turns, 2);
  silent.add(verb);
  const ended = end(turn);
  if (verb === 'finish') await expect(ended).rejects.toThrow(StoreUnavailable);
  else await ended;
  silent.clear();
  await (await next).finish({ keep: true });
  await turns.close();
});

test('nor does one that cannot be taken hold it', async () => {
  const silent = new Set<keyof TurnStore>(['take', 'abandon']);
  const turns = open(silent);
  await expect(turns.take('7', '1')).rejects.toThrow(StoreUnavailable);
  silent.clear();
  await (await taken(turns, 2)).finish({ keep: true });
  await turns.close();
});

test('a lock that nobody renews is known to be lost', async () => {
  const silent = new Set<keyof TurnStore>(['renew']);
  const turns = open(silent, 300);
  const turn = await taken(turns, 1);
  await new Promise<void>((resolve) => turn.lost.addEventListener('abort', () => resolve()));
  await expect(turn.finish({ keep: true })).rejects.toThrow('lost before');
  await turns.close();
});

test('whether the store is there is known in time', async () => {
  const silent = new Set<keyof TurnStore>(['ping']);
  const turns = open(silent);
  expect(await turns.isThere()).toBe(false);
  await expect(turns.ping()).rejects.toThrow(StoreUnavailable);
  silent.clear();
  expect(await turns.isThere()).toBe(true);
  await turns.close();
});
