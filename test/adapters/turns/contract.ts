import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BytesKeyring, openKeyring } from '../../../src/adapters/keyring.ts';
import type { RevokeTurn } from '../../../src/adapters/turns/open-turns.ts';
import {
  type ChatTurns,
  type Next,
  QueuedElsewhere,
  type Turn,
  TurnBusy,
  TurnLost,
  type TurnTimes,
} from '../../../src/adapters/turns/turns.ts';
import { spawnTurnHolder } from './spawn-holder.ts';

/** A real store with nothing in it. */
export type Store = {
  /** Opens turns as one more process would: with connections and a line of its own. */
  open: (times?: Partial<TurnTimes>, keyring?: BytesKeyring, revoke?: RevokeTurn) => ChatTurns;
  /** How a process of its own reaches the store: `redis` or `postgres`, and the address. */
  address: readonly [kind: string, url: string];
  /** All that is stored, as bytes. */
  dump: () => Promise<Buffer>;
  /** Puts the stored state of one chat into another, as who can write to the store might. */
  transplant: (from: string, to: string) => Promise<void>;
  /** Loses everything. */
  flush: () => Promise<void>;
  stop: () => Promise<void>;
};

const KEY = 'ab'.repeat(32);
const text = (turn: Turn): string | undefined => (turn.state === undefined ? undefined : Buffer.from(turn.state).toString());
const state = (words: string): { state: Uint8Array } => ({ state: Buffer.from(words) });

let chats = 0;
const newChat = (): string => String(7_000_000_000 + ++chats);

async function taken(turns: ChatTurns, chat: string, updateId: number): Promise<Turn> {
  const turn = await turns.take(chat, String(updateId));
  if (turn === 'repeat') throw new Error(`update ${updateId} was a repeat`);
  return turn;
}

async function pass(turns: ChatTurns, chat: string, updateId: number, next: Next): Promise<string | undefined> {
  const turn = await taken(turns, chat, updateId);
  await turn.finish(next);
  return text(turn);
}

/** What every store of turns has to keep. */
export function contractOfTurns(name: string, openStore: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store;
    let one: ChatTurns;
    let other: ChatTurns;

    beforeAll(async () => {
      store = await openStore();
      one = store.open();
      other = store.open();
    });
    afterAll(async () => {
      await Promise.all([one, other].map((turns) => turns.close()));
      await store.stop();
    });

    test('the state goes from turn to turn: set, kept, replaced, dropped', async () => {
      const chat = newChat();
      expect(await pass(one, chat, 1, state('first'))).toBeUndefined();
      expect(await pass(other, chat, 2, { keep: true })).toBe('first');
      expect(await pass(one, chat, 3, state('вторая'))).toBe('first');
      expect(await pass(other, chat, 4, { drop: true })).toBe('вторая');
      expect(await pass(one, chat, 5, { keep: true })).toBeUndefined();
      expect(await pass(one, newChat(), 6, { keep: true })).toBeUndefined();
    });

    test('the last update of a chat may have another turn, once, with the state as it is', async () => {
      const chat = newChat();
      await pass(one, chat, 1, state('asked'));
      expect(await one.take(chat, '1')).toBe('repeat');
      const since = new Date();
      expect(await other.again(chat, '1', { since })).toBe('forgotten');
      // Asked again, since whoever asked has not heard the answer.
      expect(await other.again(chat, '1', { since })).toBe('not-remembered');
      expect(await pass(one, chat, 1, { keep: true })).toBe('asked');
      expect(await one.take(chat, '1')).toBe('repeat');
    });

    test('one that was followed or is under way may not; one that is not remembered may', async () => {
      const followed = newChat();
      await pass(one, followed, 1, state('first'));
      await pass(one, followed, 2, state('second'));
      const since = new Date(Date.now() - 60_000);
      expect(await one.again(followed, '1', { since })).toBe('gone-on');
      expect(await one.take(followed, '1')).toBe('repeat');
      // Nor may one that never had a turn, and that was kept before what had one.
      expect(await one.again(followed, '0', { since })).toBe('gone-on');

      const busy = newChat();
      await pass(one, busy, 35, { keep: true });
      const turn = await taken(other, busy, 36);
      expect(await one.again(busy, '35', { since })).toBe('gone-on');
      await turn.abandon();
      expect(await one.again(busy, '35', { since })).toBe('forgotten');
      expect(await one.again(busy, '99', { since })).toBe('not-remembered');
      expect(await one.again(newChat(), '1', { since })).toBe('not-remembered');
    });

    test('one that waits for nobody may, whatever came since', async () => {
      const chat = newChat();
      await pass(one, chat, 1, { keep: true });
      await pass(one, chat, 2, { keep: true });
      expect(await other.again(chat, '1', { since: new Date(0), anyway: true })).toBe('forgotten');
      const turn = await one.take(chat, '1');
      expect(turn).not.toBe('repeat');
      if (turn !== 'repeat') await turn.abandon();
    });

    test('while updates of a chat wait in the inbox, one that comes past it has its place behind them', async () => {
      const chat = newChat();
      await one.queue(chat, true);
      await expect(other.take(chat, '1')).rejects.toThrow(QueuedElsewhere);
      const turn = await one.take(chat, '1', { fromInbox: true });
      if (turn === 'repeat') throw new Error('it had no turn yet');
      // Who comes past it does not wait for the chat either.
      await expect(other.take(chat, '2')).rejects.toThrow(QueuedElsewhere);
      await turn.finish({ keep: true });
      expect(await other.take(chat, '1')).toBe('repeat');
      await expect(other.take(chat, '2')).rejects.toThrow(QueuedElsewhere);
      await one.queue(chat, false);
      await pass(other, chat, 2, { keep: true });
    });

    test('a holder whose time was up is revoked before the next one works, and knows that it lost the chat', async () => {
      const chat = newChat();
      const revoked: string[] = [];
      const paused = store.open({ lockMs: 150, longestMs: 60_000 });
      const next = store.open({}, undefined, async (token) => void revoked.push(token));
      const turn = await taken(paused, chat, 1);
      expect(await turn.isHeld()).toBe(true);
      // A closed line of turns beats no more, as a process that stands still.
      await paused.close();
      const second = await taken(next, chat, 2);
      expect(revoked).toEqual([turn.token]);
      expect(second.token).not.toBe(turn.token);
      expect(await second.isHeld()).toBe(true);
      await second.finish({ keep: true });
      await pass(next, chat, 3, { keep: true });
      expect(revoked).toHaveLength(1);
      await next.close();
    });

    test('where the one before cannot be revoked, the next one does not work, and may come again', async () => {
      const chat = newChat();
      const paused = store.open({ lockMs: 60, longestMs: 60_000 });
      await taken(paused, chat, 1);
      await paused.close();
      const asked: string[] = [];
      let away = true;
      const next = store.open({}, undefined, async (token) => {
        asked.push(token);
        if (away) throw new Error('Postgres is away');
      });
      await expect(next.take(chat, '2')).rejects.toThrow(/could not be revoked/);
      away = false;
      await pass(next, chat, 2, { keep: true });
      expect(asked).toEqual([asked[0], asked[0]]);
      await pass(next, chat, 3, { keep: true });
      expect(asked).toHaveLength(2);
      await next.close();
    });

    test('bytes come back as they were, many or none', async () => {
      const chat = newChat();
      const bytes = Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * 7) % 256));
      await (await taken(one, chat, 1)).finish({ state: bytes });
      const second = await taken(one, chat, 2);
      expect(Buffer.from(second.state ?? [])).toEqual(bytes);
      await second.finish({ state: new Uint8Array() });
      const third = await taken(one, chat, 3);
      expect(third.state).toHaveLength(0);
      await third.abandon();
    });

    test('a repeated update has no second turn, in whatever order the numbers come', async () => {
      const chat = newChat();
      for (const updateId of [900_000_000, 5, 2 ** 40]) await pass(one, chat, updateId, { keep: true });
      for (const updateId of [5, 2 ** 40, 900_000_000]) expect(await other.take(chat, String(updateId))).toBe('repeat');
      await pass(other, chat, 6, { keep: true });
      // Update numbers belong to the bot, the memory to the chat.
      await pass(one, newChat(), 5, { keep: true });
    });

    test('what a messenger names its updates by may be letters and digits', async () => {
      const chat = newChat();
      for (const key of ['mid0a7f3c9', '0017', 'zz']) {
        const turn = await one.take(chat, key);
        if (turn !== 'repeat') await turn.finish({ keep: true });
        expect(await other.take(chat, key)).toBe('repeat');
      }
      // '17' is another one than '0017'.
      const turn = await other.take(chat, '17');
      expect(turn).not.toBe('repeat');
      if (turn !== 'repeat') await turn.abandon();
    });

    test('a repeat that comes while its first is at work waits and is told so', async () => {
      const chat = newChat();
      const first = await taken(one, chat, 1);
      const repeats = [one.take(chat, '1'), other.take(chat, '1'), other.take(chat, '1')];
      await sleep(50);
      await first.finish({ keep: true });
      expect(await Promise.all(repeats)).toEqual(['repeat', 'repeat', 'repeat']);
    });

    test('an abandoned turn was none: the update may come again, and the state is as before', async () => {
      const chat = newChat();
      await pass(one, chat, 1, { ...state('kept'), secretExpected: true });
      await (await taken(one, chat, 2)).abandon();
      const again = await taken(other, chat, 2);
      expect([text(again), again.secretExpected]).toEqual(['kept', true]);
      await again.finish({ drop: true });
    });

    test('one turn of a chat at a time over two processes; other chats do not wait', async () => {
      const chat = newChat();
      const first = await taken(one, chat, 1);
      let second: Turn | undefined;
      const waiting = taken(other, chat, 2).then((turn) => (second = turn));
      await pass(other, newChat(), 3, { keep: true });
      await sleep(100);
      expect(second).toBeUndefined();
      await first.finish(state('from the first'));
      expect(text(await waiting)).toBe('from the first');
      await (await waiting).finish({ drop: true });
    });

    test('within a process turns come in the order they were asked for', async () => {
      const chat = newChat();
      const order: number[] = [];
      const work = [1, 2, 3, 4, 5, 6, 7, 8].map(async (updateId) => {
        const turn = await taken(one, chat, updateId);
        order.push(updateId);
        await sleep(2);
        await turn.finish({ keep: true });
      });
      await Promise.all(work);
      expect(order).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    test('200 updates of a chat at once, from two processes, each twice, lose and double nothing', async () => {
      const chat = newChat();
      let inside = 0;
      const work = Array.from({ length: 400 }, async (_, i) => {
        const turn = await (i % 2 === 0 ? one : other).take(chat, String(1000 + Math.floor(i / 2)));
        if (turn === 'repeat') return 'repeat';
        expect(++inside).toBe(1);
        const count = Number(text(turn) ?? 0) + 1;
        inside--;
        await turn.finish(state(String(count)));
        return 'done';
      });
      const ends = await Promise.all(work);
      expect(ends.filter((end) => end === 'done')).toHaveLength(200);
      const last = await taken(one, chat, 1);
      expect(text(last)).toBe('200');
      await last.abandon();
    });

    test('who waits too long is told so, and the chat goes on', async () => {
      const hasty = store.open({ waitMs: 80 });
      const chat = newChat();
      const elsewhere = await taken(one, chat, 1);
      // The first waits for the store, the second behind it in its own process.
      const both = await Promise.allSettled([hasty.take(chat, '2'), hasty.take(chat, '3')]);
      expect(both.map((end) => end.status === 'rejected' && end.reason instanceof TurnBusy)).toEqual([true, true]);
      await elsewhere.finish({ keep: true });
      await pass(hasty, chat, 2, { keep: true });
      await hasty.close();
    });

    test('a long turn keeps its chat by the heartbeat', async () => {
      const quick = store.open({ lockMs: 500 });
      const chat = newChat();
      const long = await taken(quick, chat, 1);
      const waiting = taken(other, chat, 2);
      await sleep(1200);
      expect(long.lost.aborted).toBe(false);
      await long.finish(state('long'));
      expect(text(await waiting)).toBe('long');
      await (await waiting).abandon();
      await quick.close();
    });

    test('a finish or an abandon that comes after another has the chat changes nothing', async () => {
      const chat = newChat();
      const slow = await taken(one, chat, 1);
      // As when the time of a stopped process runs out: the chat is free, and it does not know.
      await store.flush();
      const second = await taken(other, chat, 2);
      await expect(slow.finish(state('slow'))).rejects.toThrow(TurnLost);
      await second.finish(state('second'));
      const third = await taken(other, chat, 3);
      await slow.abandon();
      const first = taken(one, chat, 1);
      expect(await Promise.race([first, sleep(150).then(() => 'still taken')])).toBe('still taken');
      expect(text(third)).toBe('second');
      await third.finish(state('third'));
      expect(text(await first)).toBe('third');
      await (await first).abandon();
    });

    test('a turn whose lock was taken away hears of it, and its update can come again', async () => {
      const quick = store.open({ lockMs: 90 });
      const chat = newChat();
      const first = await taken(quick, chat, 1);
      const heard = once(first.lost, 'abort');
      await store.flush();
      const second = await taken(other, chat, 2);
      await heard;
      await expect(first.finish(state('first'))).rejects.toThrow(TurnLost);
      await second.finish(state('second'));
      expect(await pass(quick, chat, 1, { keep: true })).toBe('second');
      await quick.close();
    });

    test('a turn that the store forgot is revoked, and the next one of its process works after that', async () => {
      const chat = newChat();
      const revoked: string[] = [];
      let written = () => {};
      const writing = new Promise<void>((resolve) => (written = resolve));
      const quick = store.open({ lockMs: 150 }, undefined, async (token) => {
        await writing;
        revoked.push(token);
      });
      const first = await taken(quick, chat, 1);
      const heard = once(first.lost, 'abort');
      await store.flush();
      await heard;
      expect(await first.isHeld()).toBe(false);
      const next = taken(quick, chat, 2);
      expect(await Promise.race([next, sleep(100).then(() => 'waits')])).toBe('waits');
      written();
      await (await next).finish({ keep: true });
      expect(revoked).toEqual([first.token]);
      await quick.close();
    });

    test('so is one that learns at its end that the chat was taken away', async () => {
      const chat = newChat();
      const revoked: string[] = [];
      const slow = store.open({}, undefined, async (token) => void revoked.push(token));
      const turn = await taken(slow, chat, 1);
      await store.flush();
      await expect(turn.finish({ keep: true })).rejects.toThrow(TurnLost);
      expect(revoked).toEqual([turn.token]);
      expect(await turn.isHeld()).toBe(false);
      await slow.close();
    });

    test('a turn that never settles loses its chat in the end', async () => {
      const strict = store.open({ lockMs: 90, longestMs: 200 });
      const chat = newChat();
      const stuck = await taken(strict, chat, 1);
      const next = await taken(strict, chat, 2);
      expect(stuck.lost.aborted).toBe(true);
      await expect(stuck.finish({ keep: true })).rejects.toThrow(TurnLost);
      await next.finish({ keep: true });
      await strict.close();
    });

    test('kill -9 of the process that has the chat: another takes it when the time is up', async () => {
      const chat = newChat();
      await pass(one, chat, 1, state('before'));
      const holder = await spawnTurnHolder(store.address, KEY, chat, 2, 1000);
      holder.kill('SIGKILL');
      const again = await taken(other, chat, 2);
      expect(text(again)).toBe('before');
      await again.finish({ drop: true });
    });

    test('it is counted how many holders vanished over the same update, one after another', async () => {
      const chat = newChat();
      const dying = store.open({ lockMs: 60, longestMs: 60_000 });
      const vanish = async (updateId: number) => {
        const turn = await taken(dying, chat, updateId);
        await dying.close();
        return turn.deaths;
      };
      // A closed line of turns beats no more: its lock runs out as a dead process's does.
      expect(await vanish(1)).toBe(0);
      for (const deaths of [1, 2]) {
        const next = store.open({ lockMs: 60, longestMs: 60_000 });
        expect((await taken(next, chat, 1)).deaths).toBe(deaths);
        await next.close();
      }
      const other = await taken(one, chat, 2);
      expect(other.deaths).toBe(0);
      await other.abandon();
      const again = await taken(one, chat, 1);
      expect(again.deaths).toBe(0);
      await again.finish({ keep: true });
    });

    test('a state is forgotten when its time is over, the memory of updates is not', async () => {
      const brief = store.open({ stateMs: 60 });
      const chat = newChat();
      await pass(brief, chat, 1, state('brief'));
      await pass(brief, chat, 2, { ...state('brief, but asked to stay'), ttlMs: 60_000 });
      await sleep(100);
      expect(await pass(brief, chat, 3, state('brief again'))).toBe('brief, but asked to stay');
      await sleep(100);
      expect(await pass(brief, chat, 4, { keep: true })).toBeUndefined();
      expect(await brief.take(chat, '1')).toBe('repeat');
      await brief.close();
    });

    test('that a secret is expected outlives the state, until it is said otherwise or its own time is over', async () => {
      const brief = store.open({ stateMs: 30, secretMs: 800 });
      const chat = newChat();
      const expected = async (updateId: number, next: Next): Promise<boolean> => {
        const turn = await taken(brief, chat, updateId);
        await turn.finish(next);
        return turn.secretExpected;
      };
      expect(await expected(1, { ...state('ask'), secretExpected: true })).toBe(false);
      await sleep(60);
      expect(await expected(2, { drop: true })).toBe(true);
      expect(await expected(3, { keep: true, secretExpected: false })).toBe(true);
      expect(await expected(4, { keep: true, secretExpected: true })).toBe(false);
      await sleep(900);
      expect(await expected(5, { keep: true })).toBe(false);
      await brief.close();
    });

    test('a store that lost everything costs the state, and all goes on', async () => {
      const chat = newChat();
      await pass(one, chat, 1, state('lost'));
      await store.flush();
      expect(await pass(one, chat, 2, state('new'))).toBeUndefined();
      expect(await pass(other, chat, 3, { keep: true })).toBe('new');
    });

    test('nothing of a state can be read in the store, nor opened for another chat or without its key', async () => {
      const chat = newChat();
      const secret = 'Петровская 15, flat 7';
      await pass(one, chat, 1, state(secret));
      const dump = await store.dump();
      expect(dump.includes(chat)).toBe(true);
      expect(dump.includes('flat 7')).toBe(false);
      expect(dump.includes('Петровская')).toBe(false);
      const thief = newChat();
      await pass(one, thief, 1, state('own words'));
      await store.transplant(chat, thief);
      expect(await pass(one, thief, 2, { keep: true })).toBeUndefined();
      const stranger = store.open({}, openKeyring('cd'.repeat(32)));
      expect(await pass(stranger, chat, 2, { keep: true })).toBeUndefined();
      const rotated = store.open({}, openKeyring(`${'cd'.repeat(32)},${KEY}`));
      expect(await pass(rotated, chat, 3, { keep: true })).toBe(secret);
      await Promise.all([stranger.close(), rotated.close()]);
    });
  });
}

export const contractKeyring = (): BytesKeyring => openKeyring(KEY);
