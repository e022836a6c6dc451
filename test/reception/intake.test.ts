import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { Update } from 'grammy/types';
import { expect, test } from 'vitest';
import { QueuedElsewhere } from '../../src/adapters/turns/turns.ts';
import { updateId } from '../../src/channels/telegram/ids.ts';
import type { InboxEdge } from '../../src/reception/inbox-writer.ts';
import { createIntake, type Intake, type IntakeParts } from '../../src/reception/intake.ts';
import { MessengerAway } from '../../src/reception/take-update.ts';
import { until } from '../kit/edge/bot-api.ts';

const from = (chat: number, id: number): Update => ({
  update_id: id,
  message: {
    message_id: id,
    date: 0,
    chat: { id: chat, type: 'private', first_name: 'Иван' },
    text: String(id),
  } as Update['message'] & {},
});
const chatOf = (update: Update) => String(update.message?.chat.id);

type Row = { id: string; line: string | null; update: string; place: number; owner: string };

/** One inbox that processes share, as Postgres keeps it; `away`: it refuses everything. */
function sharedInbox() {
  const rows: Row[] = [];
  const alive = new Set<string>();
  /** A statement that was on its way comes to its end, and keeps nobody alive. */
  const dead = new Set<string>();
  const beats = (owner: string) => void (dead.has(owner) || alive.add(owner));
  const broken = { away: false };
  let lastPlace = 0;
  const asked = async () => {
    await sleep(1);
    if (broken.away) throw new Error('the inbox is away');
  };
  const forOwner = (owner: string): InboxEdge => ({
    leaseMs: 60_000,
    async keep(updates) {
      await asked();
      beats(owner);
      return updates.flatMap(({ id, line, update }) => {
        // As it is when it is sealed.
        if (typeof update !== 'string') throw new TypeError('there is no update');
        if (rows.some((row) => row.id === id)) return [];
        const before = rows.find((row) => row.line !== null && row.line === line && row.owner !== owner);
        const row = { id, line, update, place: ++lastPlace, owner: before?.owner ?? owner };
        rows.push(row);
        return [{ id, place: row.place, ours: row.owner === owner }];
      });
    },
    beat: asked,
    async claim(knows) {
      await asked();
      beats(owner);
      for (const row of rows) {
        const taken = rows.some((other) => other.line === row.line && other.owner !== owner && alive.has(other.owner));
        if (!alive.has(row.owner) && !taken) row.owner = owner;
      }
      const claimed = rows.filter((row) => row.owner === owner && !knows.includes(row.id));
      const others = rows.filter((row) => row.owner !== owner).flatMap(({ line }) => line ?? []);
      return { claimed: claimed.map((row) => ({ ...row, ofStaff: false, again: false, at: new Date(0) })), others, waits: false };
    },
    async stillOurs(ids) {
      await asked();
      return rows.filter((row) => row.owner === owner && ids.includes(row.id)).map(({ id }) => id);
    },
    async takeOut(ids, lines) {
      await asked();
      for (const id of ids) rows.splice(rows.findIndex((row) => row.id === id) >>> 0, 1);
      return lines.filter((line) => !rows.some((row) => row.line === line));
    },
    async leave() {
      alive.delete(owner);
    },
  });
  const die = (owner: string) => {
    dead.add(owner);
    alive.delete(owner);
  };
  return { rows, broken, forOwner, die };
}

const quick = { idOf: updateId, lineOf: chatOf, onError: () => {}, slowMs: 20, retryMs: [5, 20] as const };

function open(parts: Partial<IntakeParts<Update>> & Pick<IntakeParts<Update>, 'take'>): Intake<Update> {
  return createIntake({ ...quick, inbox: sharedInbox().forOwner('one'), ...parts });
}

/** Something that waits until it is let go. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

test('what can start at once is written nowhere', async () => {
  const inbox = sharedInbox();
  const intake = open({ take: async () => undefined, inbox: inbox.forOwner('one') });
  await Promise.all([intake.accept(from(1, 1)), intake.accept(from(2, 2))]);
  await intake.accept(from(1, 3));
  inbox.broken.away = true;
  await intake.accept(from(1, 4));
  expect(inbox.rows).toEqual([]);
  expect(intake.size()).toBe(0);
});

test('an update that is worked off while others are told of its queue keeps nothing from being written', async () => {
  const inbox = sharedInbox();
  const [told, worked, rest] = [gate(), gate(), gate()];
  const errors: unknown[] = [];
  const taken: number[] = [];
  const take = async ({ update_id: id }: Update) => {
    await (id === 1 ? worked.opened : rest.opened);
    taken.push(id);
  };
  const intake = open({
    take,
    inbox: inbox.forOwner('one'),
    slowMs: 60_000,
    noteQueue: async (_, waiting) => {
      if (waiting) await told.opened;
    },
    onError: (error) => errors.push(error),
  });
  const first = intake.accept(from(1, 1));
  const second = intake.accept(from(1, 2));
  await sleep(5);
  worked.open();
  await first;
  told.open();
  await second;
  expect(errors).toEqual([]);
  rest.open();
  await until('all is worked off', () => intake.size() === 0 && inbox.rows.length === 0);
  expect(taken).toEqual([1, 2]);
});

test('a chat is served one update after another, beside all others; what waits is safe with all that comes before it', async () => {
  const inbox = sharedInbox();
  const { opened, open: letGo } = gate();
  const taken: number[] = [];
  const intake = open({
    inbox: inbox.forOwner('one'),
    slowMs: 60_000,
    async take({ update_id: id }) {
      if (id === 1) await opened;
      taken.push(id);
    },
  });
  void intake.accept(from(1, 1));
  await sleep(5);
  expect(inbox.rows).toEqual([]);
  await Promise.all([intake.accept(from(1, 2)), intake.accept(from(1, 3)), intake.accept(from(2, 4))]);
  expect(taken).toEqual([4]);
  expect(inbox.rows.map(({ id }) => id)).toEqual(['telegram:1', 'telegram:2', 'telegram:3']);
  letGo();
  await until('all are taken', () => taken.length === 4 && inbox.rows.length === 0);
  expect(taken).toEqual([4, 1, 2, 3]);
});

test('what takes long is kept, and safe', async () => {
  const inbox = sharedInbox();
  const { opened, open: letGo } = gate();
  const intake = open({ inbox: inbox.forOwner('one'), take: () => opened });
  await intake.accept(from(1, 1));
  expect(inbox.rows).toHaveLength(1);
  letGo();
  await until('it is taken out', () => inbox.rows.length === 0);
});

test('an update that is rejected comes again, and what comes after it in its chat waits', async () => {
  const tries: number[] = [];
  const intake = open({
    async take({ update_id: id }) {
      tries.push(id);
      if (id === 1 && tries.filter((tried) => tried === 1).length < 3) throw new Error('the store is away');
    },
  });
  await Promise.all([intake.accept(from(1, 1)), intake.accept(from(1, 2)), intake.accept(from(2, 3))]);
  await until('all had their turn', () => tries.includes(2));
  expect(tries).toEqual([1, 3, 1, 1, 2]);
});

test('a messenger that wants to be left alone is, however soon the next try would be', async () => {
  const tries: number[] = [];
  const intake = open({
    retryMs: [1, 10],
    async take() {
      tries.push(performance.now());
      if (tries.length === 1) throw new MessengerAway({ outcome: 'away', seconds: 0.3 });
    },
  });
  await intake.accept(from(1, 1));
  await until('it was tried again', () => tries.length === 2);
  const [first = 0, second = 0] = tries;
  // A timer may ring a little early.
  expect(second - first).toBeGreaterThan(290);
});

test('while the inbox is away nothing is lost: what cannot be kept is not safe until it is worked off', async () => {
  const inbox = sharedInbox();
  inbox.broken.away = true;
  const { opened, open: letGo } = gate();
  const safe: number[] = [];
  const taken: number[] = [];
  const intake = open({
    inbox: inbox.forOwner('one'),
    async take({ update_id: id }) {
      if (id === 1) await opened;
      taken.push(id);
    },
  });
  for (const id of [1, 2, 3]) void intake.accept(from(1, id)).then(() => safe.push(id));
  await sleep(60);
  expect(safe).toEqual([]);
  inbox.broken.away = false;
  await until('they are safe', () => safe.length === 3);
  expect(inbox.rows).toHaveLength(3);
  letGo();
  await until('all are taken', () => taken.length === 3 && inbox.rows.length === 0);
  expect(taken).toEqual([1, 2, 3]);
});

test('the same update twice has one turn', async () => {
  let taken = 0;
  const { opened, open: letGo } = gate();
  const intake = open({
    async take() {
      taken += 1;
      await opened;
    },
  });
  const both = [intake.accept(from(1, 1)), intake.accept(from(1, 1))];
  letGo();
  await Promise.all(both);
  expect(taken).toBe(1);
});

test('an update of a chat whose earlier ones another process has goes to that process', async () => {
  const inbox = sharedInbox();
  const { opened, open: letGo } = gate();
  const taken: string[] = [];
  const process = (name: string, queued: () => boolean) =>
    open({
      inbox: inbox.forOwner(name),
      async take({ update_id: id }, { fromInbox } = { fromInbox: false }) {
        if (!fromInbox && queued()) throw new QueuedElsewhere();
        taken.push(`${name} ${id}`);
        if (id === 1) await opened;
      },
    });
  const one = process('one', () => false);
  // The turns tell the other one that the chat has a queue.
  const two = process('two', () => true);
  void one.accept(from(1, 1));
  await one.accept(from(1, 2));
  await two.accept(from(1, 3));
  expect(two.size()).toBe(0);
  letGo();
  await until('the first one has done them all', () => inbox.rows.length === 0 && taken.length === 3);
  expect(taken).toEqual(['one 1', 'one 2', 'one 3']);
});

test('only so many chats are served at once, money besides; the others follow in their order', async () => {
  const { opened, open: letGo } = gate();
  const begun: number[] = [];
  const inbox = sharedInbox();
  const intake = open({
    inbox: inbox.forOwner('one'),
    mostAtOnce: 2,
    isUrgent: ({ update_id: id }) => id === 9,
    async take({ update_id: id }) {
      begun.push(id);
      await opened;
    },
  });
  for (const id of [1, 2, 3, 4, 9]) void intake.accept(from(id, id));
  await sleep(10);
  expect(begun).toEqual([1, 2, 9]);
  letGo();
  await until('all are done', () => begun.length === 5 && inbox.rows.length === 0);
  expect(begun).toEqual([1, 2, 9, 3, 4]);
});

test('the end: what was begun is finished, what waits is left in the inbox for others', async () => {
  const inbox = sharedInbox();
  const taken: number[] = [];
  const take = async ({ update_id: id }: Update) => {
    await sleep(30);
    taken.push(id);
  };
  const one = open({ inbox: inbox.forOwner('one'), take });
  for (const id of [1, 2, 3]) void one.accept(from(1, id));
  await sleep(10);
  await one.drain(5_000);
  expect(taken).toEqual([1]);
  expect(inbox.rows.map(({ id }) => id)).toEqual(['telegram:2', 'telegram:3']);
  const two = open({ inbox: inbox.forOwner('two'), take });
  await two.claim();
  await until('the rest is done', () => inbox.rows.length === 0);
  expect(taken).toEqual([1, 2, 3]);
});

/** What happens, at random: an update of a chat comes, time passes, the process is killed and another begins, the inbox is away for a while. */
const event = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('update' as const), chat: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 15 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('kill' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('away' as const) }) },
);

test('through kills at any moment every update of a chat has its turn, in the order in which they came', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 5, maxLength: 40 }),
      fc.integer({ min: 0, max: 12 }),
      fc.boolean(),
      async (events, workMs, byOffset) => {
        const inbox = sharedInbox();
        /** Telegram's: what is not confirmed comes again to the next process, oldest first; by offset, with all that came after it. */
        let unconfirmed: Update[] = [];
        const safe = new Set<Update>();
        const done: number[] = [];
        let lastId = 0;
        let running = { name: 'process 0', dead: false };
        let intake = begin();

        function begin(): Intake<Update> {
          const process = running;
          const edge = inbox.forOwner(process.name);
          const deadIsSilent =
            <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
            async (...args: A): Promise<R> => {
              if (process.dead) return new Promise(() => {});
              const answer = await call(...args);
              return process.dead ? new Promise(() => {}) : answer;
            };
          return open({
            slowMs: 8,
            inbox: {
              ...edge,
              keep: deadIsSilent(edge.keep),
              claim: deadIsSilent(edge.claim),
              takeOut: deadIsSilent(edge.takeOut),
            },
            async take({ update_id: id }) {
              if (done.includes(id)) return;
              await sleep(workMs);
              if (process.dead) return new Promise(() => {});
              done.push(id);
            },
          });
        }

        function accept(update: Update): void {
          const process = running;
          void intake.accept(update).then(() => {
            if (process.dead) return;
            safe.add(update);
            const first = unconfirmed.findIndex((other) => !safe.has(other));
            unconfirmed = byOffset
              ? unconfirmed.slice(first < 0 ? unconfirmed.length : first)
              : unconfirmed.filter((other) => other !== update);
          });
        }

        for (const happens of events) {
          if (happens.does === 'pass') await sleep(happens.ms);
          else if (happens.does === 'away') {
            inbox.broken.away = true;
            void sleep(10).then(() => (inbox.broken.away = false));
          } else if (happens.does === 'update') {
            const update = from(happens.chat, ++lastId);
            unconfirmed.push(update);
            accept(update);
          } else {
            running.dead = true;
            inbox.die(running.name);
            running = { name: `process ${Number(running.name.slice(8)) + 1}`, dead: false };
            inbox.broken.away = false;
            intake = begin();
            await intake.claim();
            for (const update of unconfirmed.slice()) accept(update);
          }
        }
        inbox.broken.away = false;
        const claims = setInterval(() => void intake.claim(), 10);
        await until('all had their turn', () => done.length === lastId && inbox.rows.length === 0, 5_000).finally(() =>
          clearInterval(claims),
        );
        // Ids count up over all chats, so each chat's own must come in rising order; `done` tells them apart by what was pushed.
        const chats = new Map<number, number[]>();
        let id = 0;
        for (const happens of events)
          if (happens.does === 'update') chats.set(happens.chat, [...(chats.get(happens.chat) ?? []), ++id]);
        for (const ids of chats.values()) expect(done.filter((one) => ids.includes(one))).toEqual(ids);
      },
    ),
    { numRuns: 40, endOnFailure: true },
  );
}, 300_000);
