import { randomFillSync } from 'node:crypto';
import { backoffMs } from '../../domain/backoff.ts';
import type { BytesKeyring } from '../keyring.ts';
import { sleep } from '../../runtime/sleep.ts';
import { openTimeLimit, within } from '../../runtime/time-limit.ts';
import { openChatQueue } from './chat-queue.ts';
import { openHeartbeat } from './heartbeat.ts';
import type { TurnChange, TakenTurn, TurnStore } from './store.ts';
import {
  type ChatTurns,
  type Next,
  QueuedElsewhere,
  StoreUnavailable,
  TURN_TIMES,
  type Turn,
  TurnBusy,
  TurnLost,
  type TurnTimes,
} from './turns.ts';

/** Makes the office refuse what a turn still wants to write; resolves once nothing more of it can be written. */
export type RevokeTurn = (token: string) => Promise<void>;

/** Each waits for some seconds for what the turn is writing: all of them for longer than a transaction of a person's may last. */
const REVOKE_TRIES = 5;
/** Between two looks at whether a chat that another process has is free. */
const BUSY_BACKOFF = { firstMs: 5, mostMs: 100 };

/** Turns on a store: waiting in line, beating for the long ones, sealing the state for its chat. A holder whose time was up is revoked before the next one works. */
export function openTurns(
  silent: TurnStore,
  keyring: BytesKeyring,
  given: Partial<TurnTimes> = {},
  revoke: RevokeTurn = async () => undefined,
): ChatTurns {
  const times = { ...TURN_TIMES, ...given };
  const store = answering(silent, times.answerMs);
  const queue = openChatQueue();
  const heartbeat = openHeartbeat(times.lockMs, times.longestMs);
  const nextToken = tokens();

  const begin = async (
    chat: string,
    updateKey: string,
    from: { fromInbox: boolean },
    until: number,
    leave: () => void,
  ): Promise<'repeat' | Turn> => {
    const token = nextToken();
    for (let attempts = 0; ; attempts += 1) {
      const taken = await ask(chat, updateKey, token, from);
      if (taken.outcome === 'repeat') return 'repeat';
      if (taken.outcome === 'queued') throw new QueuedElsewhere('earlier updates of the chat wait in the inbox');
      if (taken.outcome === 'taken') {
        if (taken.displaced.length > 0) await displace(chat, taken.displaced, token);
        const state = taken.state && keyring.openBytes(placeOf(chat), taken.state);
        return openTurn(chat, token, { state, secretExpected: taken.secretExpected, deaths: taken.deaths }, leave);
      }
      const leftMs = until - performance.now();
      if (leftMs <= 0) throw new TurnBusy(`another process has had the chat for ${times.waitMs} ms`);
      // Jitter, so that those who wait for one chat do not all ask at once.
      await sleep(Math.min(backoffMs(attempts, BUSY_BACKOFF) + Math.random() * 5, taken.forMs + 1, leftMs));
    }
  };

  const displace = async (chat: string, displaced: readonly string[], token: string): Promise<void> => {
    try {
      for (const one of displaced) await revoke(fenceOf(chat, one));
    } catch (error) {
      void store.abandon(chat, token).catch(() => undefined);
      throw new StoreUnavailable('the turn of a holder whose time was up could not be revoked', { cause: error });
    }
  };

  const ask = async (chat: string, updateKey: string, token: string, from: { fromInbox: boolean }): Promise<TakenTurn> => {
    try {
      return await store.take(chat, updateKey, token, from);
    } catch (error) {
      // It may have been taken for us all the same.
      void store.abandon(chat, token).catch(() => undefined);
      throw error;
    }
  };

  const openTurn = (
    chat: string,
    token: string,
    found: Pick<Turn, 'state' | 'secretExpected' | 'deaths'>,
    leave: () => void,
  ): Turn => {
    let lost: AbortController | undefined;
    let hear = () => {};
    let isLost = false;
    let isOver = false;
    const fence = fenceOf(chat, token);
    const { release, isHeld } = heartbeat.hold({
      renew: () => store.renew(chat, token),
      onLost: () => {
        isLost = true;
        lost?.abort();
        hear();
        void giveUp();
      },
    });

    /**
     * The store may have forgotten that we had the chat: then nobody who takes it revokes us. The next one works when nothing more of ours
     * can be written; where that cannot be brought about, a lock that is still there is left to whoever finds it, and revokes us.
     */
    const giveUp = async (): Promise<void> => {
      let revoked = false;
      for (let tries = 0; !revoked && tries < REVOKE_TRIES; tries += 1)
        revoked = await revoke(fence).then(
          () => true,
          () => false,
        );
      if (revoked) void store.abandon(chat, token).catch(() => undefined);
      leave();
    };

    const { state, secretExpected, deaths } = found;
    return {
      state,
      secretExpected,
      deaths,
      token: fence,
      isHeld: () => !isLost && isHeld(),
      revoke: () => revoke(fence),
      finish: async (next) => {
        if (isLost) throw new TurnLost('the turn was lost before it was finished');
        isOver = true;
        release();
        try {
          const kept = await store.finish(chat, token, changeOf(chat, next));
          if (kept) return;
          isLost = true;
          // What of its work is still under way writes nothing more.
          await revoke(fence).catch(() => undefined);
          throw new TurnLost('the turn was taken away before it was finished');
        } catch (error) {
          if (!(error instanceof TurnLost)) void store.abandon(chat, token).catch(() => undefined);
          throw error;
        } finally {
          leave();
        }
      },
      abandon: async () => {
        if (isLost || isOver) return;
        isOver = true;
        release();
        await store.abandon(chat, token).catch(() => undefined);
        leave();
      },
      onLost: (given) => {
        hear = given;
        if (isLost) hear();
      },
      // Few ask for the signal: it is made for those.
      get lost() {
        lost ??= new AbortController();
        if (isLost) lost.abort();
        return lost.signal;
      },
    };
  };

  const changeOf = (chat: string, next: Next): TurnChange => ({
    state: 'state' in next ? keyring.sealBytes(placeOf(chat), next.state) : 'drop' in next ? 'drop' : 'keep',
    stateMs: ('state' in next ? next.ttlMs : undefined) ?? times.stateMs,
    secretExpected: next.secretExpected,
  });

  return {
    take: async (chat, updateKey, from = { fromInbox: false }) => {
      const until = performance.now() + times.waitMs;
      const leave = await queue.enter(chat, times.waitMs);
      try {
        const turn = await begin(chat, updateKey, from, until, leave);
        if (turn === 'repeat') leave();
        return turn;
      } catch (error) {
        leave();
        throw error;
      }
    },
    queue: store.queue,
    again: store.forget,
    ping: store.ping,
    isThere: () =>
      store.ping().then(
        () => true,
        () => false,
      ),
    close: async () => {
      heartbeat.stop();
      await store.close();
    },
  };
}

/** A turn's name among the turns of all chats. */
const fenceOf = (chat: string, token: string): string => `${chat}/${token}`;

/** The store, but for answers that never come: who waits for one waits for so long at most. */
function answering(store: TurnStore, ms: number): TurnStore {
  const limit = openTimeLimit(ms);
  const inTime = <T>(answer: Promise<T>): Promise<T> =>
    within(limit, answer, () => {
      throw new StoreUnavailable(`the store has not answered within ${ms} ms`);
    });
  return {
    take: (...args) => inTime(store.take(...args)),
    finish: (...args) => inTime(store.finish(...args)),
    renew: (...args) => inTime(store.renew(...args)),
    abandon: (...args) => inTime(store.abandon(...args)),
    queue: (...args) => inTime(store.queue(...args)),
    forget: (...args) => inTime(store.forget(...args)),
    ping: () => inTime(store.ping()),
    close: store.close,
  };
}

/** What a state's seal is bound to. */
const placeOf = (chat: string): string => `dialog ${chat}`;

/** Tells turns apart: 32 random bits after a letter, since ioredis takes a number behind a key for a count of keys. */
function tokens(): () => string {
  const bytes = Buffer.alloc(4 * 256);
  let at = bytes.length;
  return () => {
    if (at === bytes.length) {
      randomFillSync(bytes);
      at = 0;
    }
    const token = bytes.toString('base64url', at, at + 4);
    at += 4;
    return `t${token}`;
  };
}
