import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Api } from 'grammy';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { RUN } from '../../../src/build/places.js';
import { createSendNotice } from '../../../src/channels/telegram/send-notice.ts';
import { openStaffGroup } from '../../../src/channels/telegram/staff-group.ts';
import type { Outbox } from '../../../src/delivery/outbox.ts';
import { createNotices } from '../../../src/office/notices.ts';
import { startBotApi, TOKEN } from '../../kit/edge/bot-api.ts';
import { testDatabase } from '../../kit/postgres.ts';
import { countWaiting, ends, line, START } from './line.ts';
import { waitFor } from '../../kit/wait-for.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
const workers: Outbox[] = [];

beforeEach(async () => {
  base = await testDatabase();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await base.close();
});

function run(worker: Outbox): void {
  workers.push(worker);
}
const settled = () => waitFor(async () => expect(await countWaiting(base.db)).toBe(0), 20);
const person = (n: number) => `telegram:${n}` as const;

// The clock of these tests runs while a query does, so times are good to a second or two; pace.test.ts is exact.

test('everybody is told once, in order, at the pace, and the words are wiped', async () => {
  const { post, start, arrived } = line(base);
  await post(
    ...Array.from({ length: 40 }, (_, n) => ({ to: 'staff' as const, text: 'staff', words: { n } })),
    ...Array.from({ length: 200 }, (_, n) => ({ to: person(n % 100), text: 'hello', words: { n } })),
  );
  run(start());
  await settled();

  expect(arrived).toHaveLength(240);
  const staff = arrived.filter(({ to }) => to === 'staff');
  expect(staff.map(({ marked }) => marked)).toEqual(Array.from({ length: 40 }, (_, n) => `staff${n}`));
  for (const { at } of staff)
    expect(staff.filter((other) => other.at >= at && other.at < at + 55_000).length).toBeLessThanOrEqual(18);
  for (let n = 0; n < 100; n++) {
    const own = arrived.filter(({ to }) => to === person(n));
    expect(own.map(({ marked }) => marked)).toEqual([`hello${n}`, `hello${n + 100}`]);
  }
  // People do not wait for the group, which needs more than two minutes: the last of them hears before the group's third minute begins.
  const lastPerson = arrived.findLastIndex(({ to }) => to !== 'staff');
  expect(arrived.slice(0, lastPerson).filter(({ to }) => to === 'staff').length).toBeLessThanOrEqual(36);
  expect((await ends(base.db)).words.every((words) => Object.keys(words).length === 0)).toBe(true);
});

test('a button says by its look that it pays or destroys', async () => {
  const looks: unknown[] = [];
  const { post, start } = line(base, (_, { doors }) => {
    looks.push(...doors.map(({ label, look }) => [label, look]));
    return { outcome: 'sent' };
  });
  const doors = [
    { label: 'button-pay-by-card', dialog: 'pay-card' },
    { label: 'button-bill', dialog: 'bill' },
  ] as const;
  await post({ to: person(1), text: 'hello', doors });
  run(start());
  await settled();
  expect(looks).toEqual([
    ['button-pay-by-card', 'pays'],
    ['button-bill', undefined],
  ]);
});

test('a 429 to everybody stops everybody for as long as it says, and nothing is lost', async () => {
  let refusedAt: number | undefined;
  const { post, start, arrived } = line(base, (_, __, at) => {
    refusedAt ??= at;
    return at < refusedAt + 100_000 ? { outcome: 'wait', seconds: 100 } : { outcome: 'sent' };
  });
  await post(...Array.from({ length: 300 }, (_, n) => ({ to: person(n), text: 'hello' })));
  run(start());
  await settled();

  expect(new Set(arrived.map(({ to }) => to)).size).toBe(300);
  expect(arrived).toHaveLength(300);
});

test('a 429 to one person lets that person rest, and nobody else', async () => {
  let refusedAt: number | undefined;
  const { post, start, arrived } = line(base, (to, _, at) => {
    if (to !== person(1)) return { outcome: 'sent' };
    refusedAt ??= at;
    return at < refusedAt + 900_000 ? { outcome: 'wait', seconds: 900 } : { outcome: 'sent' };
  });
  await post(
    { to: person(1), text: 'hello' },
    { to: 'staff', text: 'hello' },
    ...Array.from({ length: 40 }, (_, n) => ({ to: person(n + 2), text: 'hello' })),
  );
  run(start());
  await waitFor(() => expect(arrived).toHaveLength(41), 20);
  expect(Math.max(...arrived.map(({ at }) => at)) - (refusedAt ?? 0)).toBeLessThan(60_000);
  await settled();
  expect(arrived.at(-1)).toMatchObject({ to: person(1) });
});

test('a 429 of the group lets the group rest, and nobody else', async () => {
  let refusedAt: number | undefined;
  const { post, start, arrived } = line(base, (to, _, at) => {
    if (to !== 'staff' || refusedAt !== undefined) return { outcome: 'sent' };
    refusedAt = at;
    return { outcome: 'wait', seconds: 100 };
  });
  await post({ to: 'staff', text: 'hello' }, ...Array.from({ length: 4 }, (_, n) => ({ to: person(n), text: 'hello' })));
  run(start());
  await settled();

  const refused = refusedAt ?? 0;
  expect(arrived.filter(({ to, at }) => to !== 'staff' && at < refused + 50_000)).toHaveLength(4);
  expect(arrived.filter(({ to }) => to === 'staff').map(({ at }) => at >= refused + 100_000)).toEqual([true]);
});

test('a broken network delays that person alone, in order', async () => {
  let broken = 3;
  const { post, start, arrived } = line(base, (to) => {
    if (to === person(1) && broken-- > 0) throw new TypeError('fetch failed');
    return { outcome: 'sent' };
  });
  await post({ to: person(1), text: 'first' }, { to: person(1), text: 'second' }, { to: person(2), text: 'other' });
  run(start());
  await settled();

  const times = Object.fromEntries(arrived.map(({ marked, at }) => [marked, at - START]));
  expect(arrived.map(({ marked }) => marked)).toEqual(['other', 'first', 'second']);
  expect(times.first).toBeGreaterThanOrEqual(1000 + 2000 + 4000);
});

test('who blocked the bot is left alone for a day, or until they write', async () => {
  const asked: string[] = [];
  const { post, start, arrived, at } = line(base, (_, { marked }) => {
    asked.push(marked);
    return marked === 'one' ? { outcome: 'blocked', reason: 'Forbidden: bot was blocked by the user' } : { outcome: 'sent' };
  });
  await post({ to: person(1), text: 'one' }, { to: person(1), text: 'two' }, { to: person(2), text: 'other' });
  run(start());
  await settled();
  expect(asked.sort()).toEqual(['one', 'other']);

  at(START + 3_600_000);
  await post({ to: person(1), text: 'three' });
  await settled();
  expect((await ends(base.db)).failed).toEqual(['blocked', 'blocked', 'blocked']);

  await createNotices({ ...base, clock: () => new Date() }).welcomeBack([person(1)]);
  await post({ to: person(1), text: 'four' });
  await settled();
  expect(arrived.map(({ marked }) => marked)).toEqual(['other', 'four']);
});

test('staff who cannot be reached are tried until they can', async () => {
  let closed = 4;
  const { post, start, arrived } = line(base, () =>
    closed-- > 0 ? { outcome: 'blocked', reason: 'chat not found' } : { outcome: 'sent' },
  );
  await post({ to: 'staff', text: 'one' }, { to: 'staff', text: 'two' });
  run(start());
  await settled();
  expect(arrived.map(({ marked }) => marked)).toEqual(['one', 'two']);
});

test('what is for staff is never given up, however long their group has been closed', async () => {
  let closed = 1;
  const { post, start, arrived } = line(base, () =>
    closed-- > 0 ? { outcome: 'blocked', reason: 'chat not found' } : { outcome: 'sent' },
  );
  await post({ to: 'staff', text: 'one' });
  await base.db.updateTable('outbox').set({ attempts: 5000 }).execute();
  run(start());
  await settled();
  expect(arrived.map(({ marked }) => marked)).toEqual(['one']);
});

test('a text that is not there, after as long as an upgrade takes, and a message that is refused do not hold up the rest; the log knows no words', async () => {
  const { post, start, arrived, logged } = line(base, (_, { marked }) =>
    marked === 'refusedПетров' ? { outcome: 'refused', reason: 'Bad Request: message is too long' } : { outcome: 'sent' },
  );
  await post(
    { to: person(1), text: 'no-such-text', words: { n: 'Иванов' } },
    { to: person(1), text: 'refused', words: { n: 'Петров' } },
    { to: person(1), text: 'hello' },
  );
  run(start());
  await settled();
  expect(arrived.map(({ marked }) => marked)).toEqual(['hello']);
  expect((await ends(base.db)).failed).toEqual([
    'there is no such text, or its words are wanting',
    'Bad Request: message is too long',
  ]);
  expect(logged.filter((line) => line.includes('given up'))).toHaveLength(2);
  expect(logged.join()).not.toMatch(/Иванов|Петров|telegram:/);
});

test('what this release has no words for waits for the newer one beside it, and what comes after it to the same person waits behind it', async () => {
  const { post, start, arrived } = line(base);
  await post({ to: person(1), text: 'known-later' }, { to: person(1), text: 'hello' }, { to: person(2), text: 'hello' });
  run(start());
  await settled();
  expect(arrived.map(({ to, marked }) => `${to} ${marked}`)).toEqual([
    `${person(2)} hello`,
    `${person(1)} known-later`,
    `${person(1)} hello`,
  ]);
});

test('what is meant for later waits, and what was posted behind it does not', async () => {
  const { post, start, arrived } = line(base);
  await post(
    { to: person(1), text: 'later', runAt: new Date(START + 60_000) },
    { to: person(1), text: 'now' },
    { to: person(1), text: 'now', key: 'k' },
    { to: person(1), text: 'again', key: 'k' },
  );
  run(start());
  await settled();
  expect(arrived.map(({ marked }) => marked)).toEqual(['now', 'now', 'later']);
  expect((arrived[2]?.at ?? 0) - START).toBeGreaterThanOrEqual(60_000);
});

test('of several workers one sends; when it stops another takes over', async () => {
  const senders = { first: 0, second: 0 };
  const { post, start, arrived } = line(base);
  const first = start(() => {
    senders.first++;
    return { outcome: 'sent' };
  });
  await post({ to: person(0), text: 'hello' });
  await settled();
  run(
    start(() => {
      senders.second++;
      return { outcome: 'sent' };
    }),
  );
  await post(...Array.from({ length: 60 }, (_, n) => ({ to: person(n), text: 'hello' })));
  await settled();
  expect(senders).toEqual({ first: 61, second: 0 });

  await first.stop();
  await post(...Array.from({ length: 60 }, (_, n) => ({ to: person(n), text: 'again' })));
  await settled();
  expect(senders).toEqual({ first: 61, second: 60 });
  expect(arrived).toHaveLength(121);
});

test('kill -9: only what had arrived and was not yet marked comes twice, and nothing is lost', async () => {
  const telegram = await startBotApi();
  onTestFinished(telegram.close);
  telegram.interfereWith(() => ({ delayMs: 40 }));
  const arrivals = () => telegram.calls.map(({ payload }) => `telegram:${payload.chat_id}`);
  const api = new Api(TOKEN, { apiRoot: telegram.apiRoot });
  const send = createSendNotice(api, openStaffGroup(undefined), () => Promise.reject(new Error('nothing is drawn')));

  const { post, start, at } = line(base, send);
  await post(...Array.from({ length: 60 }, (_, n) => ({ to: person(n + 1), text: 'hello' })));
  const child = spawn(process.execPath, [RUN, new URL('./sending-process.ts', import.meta.url).pathname], {
    env: { ...process.env, URL_OF_DATABASE: base.url, URL_OF_TELEGRAM: telegram.apiRoot, TOKEN, STARTED: String(START) },
    stdio: 'inherit',
  });
  await waitFor(() => expect(arrivals().length).toBeGreaterThan(20), 5);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const before = new Set(arrivals());
  const unmarked = await base.db
    .selectFrom('outbox')
    .where('kind', '=', 'notice')
    .select('addressee')
    .where('doneAt', 'is', null)
    .execute();
  const mayDouble = unmarked.filter(({ addressee }) => before.has(addressee));

  at(START + 3_600_000);
  run(start());
  await settled();
  expect(new Set(arrivals()).size).toBe(60);
  expect(arrivals()).toHaveLength(60 + mayDouble.length);
  // Most are marked as soon as they arrive; how many are under way at once is the machine's business.
  expect(mayDouble.length).toBeLessThan(before.size);
});

test('news for the day is not sent at night, however late it has become, and holds nobody up', async () => {
  const { post, start, arrived, at } = line(base);
  const moscow = (time: string) => Date.parse(`${time}+03:00`);
  const arrivedBy = async (time: string) => {
    at(moscow(time));
    await post({ to: 'staff', text: time });
    await waitFor(() => expect(arrived.at(-1)?.marked).toBe(time));
    return arrived.map(({ marked }) => marked);
  };
  // Nobody sent it by day; ten seconds before nine in the evening it could arrive after.
  await post({ to: person(1), text: 'news', daytime: true }, { to: person(1), text: 'alarm' });
  at(moscow('2026-11-22T20:59:50'));
  run(start());
  await waitFor(() => expect(arrived.map(({ marked }) => marked)).toEqual(['alarm']));
  for (const time of ['2026-11-22T21:00:01', '2026-11-22T23:59:00', '2026-11-23T00:00:00', '2026-11-23T08:00:00'])
    expect(await arrivedBy(time)).not.toContain('news');

  at(moscow('2026-11-23T09:00:00'));
  await settled();
  expect(arrived.at(-1)?.marked).toBe('news');
  expect(arrived.at(-1)?.at).toBeGreaterThanOrEqual(moscow('2026-11-23T09:00:00'));
});

test('the operator hears how far a long line has come, and nothing of who is in it', async () => {
  const { post, start, told } = line(base);
  await post(...Array.from({ length: 1300 }, (_, n) => ({ to: person(n), text: 'hello', words: { n: 'Иванов' } })));
  run(start());
  await settled();
  await waitFor(() => expect(told.at(-1)).toBe('messages: 1300 of 1300 sent'));
  expect(told.length).toBeGreaterThan(1);
  // Those that are being marked may be counted on either side.
  expect(told[0]).toMatch(/^messages: \d+ of 1(29|30|31)\d sent$/);
  expect(told.join()).not.toMatch(/Иванов|telegram/);
});
