import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bell, createBell } from '../../src/runtime/bell.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { openWakes } from '../../src/adapters/postgres/wakes.ts';
import { sleep } from '../../src/runtime/sleep.ts';
import { outboxSource } from '../../src/delivery/source.ts';
import type { OutboxSource } from '../../src/delivery/flight.ts';
import type { OutboxRow } from '../../src/records/outbox.ts';
import { markOutboxDone, updateOutboxPostponed } from '../../src/records/outbox.ts';
import { postNotice } from '../../src/office/notices.ts';
import { startLoneOutbox } from '../kit/lone-outbox.ts';
import { testDatabase } from '../kit/postgres.ts';
import { waitFor } from '../kit/wait-for.ts';

const HOUR_MS = 3_600_000;

type Asked = Parameters<OutboxSource['take']>[0];

let base: Awaited<ReturnType<typeof testDatabase>>;
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  base = await testDatabase();
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  await base.close();
});

const clock = () => new Date();
const post = (text: string, runAt = clock()) =>
  base.db.transaction().execute((trx) => postNotice(trx, { to: 'telegram:1', text, runAt }, clock()));

/** By itself it looks once an hour, or once every `deafMs` where nothing is heard. */
function start(
  bell: Bell,
  deafMs: number,
  postponeFirstMs?: number,
  onTaken: (asked: Asked, taken: number) => Promise<void> = async () => {},
) {
  const { db, url } = base;
  const sent: string[] = [];
  let tries = 0;
  const go = async ({ id, text }: OutboxRow) => {
    tries += 1;
    if (postponeFirstMs !== undefined && tries === 1)
      return { arrived: false, write: () => updateOutboxPostponed(db, id, new Date(Date.now() + postponeFirstMs)) };
    sent.push(text);
    return { arrived: true, write: () => markOutboxDone(db, [id], clock()) };
  };
  const table = outboxSource({ db, clock, timeZone: 'Europe/Moscow' }, async (row) => ({ messages: 1, go: () => go(row) }));
  const source: OutboxSource = {
    ...table,
    async take(asked) {
      const taken = await table.take(asked);
      await onTaken(asked, taken.length);
      return taken;
    },
  };
  let looks = 0;
  const outbox = startLoneOutbox({
    source,
    url,
    bell,
    idleMs: { heard: HOUR_MS, deaf: deafMs },
    onStep: () => void (looks += 1),
  });
  closers.push(outbox.stop);
  return { sent, looks: () => looks };
}

async function heardBell(): Promise<Bell> {
  const pool = openPool({ connectionString: base.url, max: 2 });
  closers.push(() => pool.end());
  const wakes = openWakes({ url: base.url, pool });
  closers.push(wakes.close);
  await waitFor(() => expect(wakes.isHeard()).toBe(true));
  return wakes.bell('outbox');
}

const arrived = (sent: readonly string[], texts: readonly string[]) => waitFor(() => expect(sent).toEqual(texts), 5);

test('what is put in line wakes a worker that would look by itself in an hour, again and again, one behind the other', async () => {
  const { sent, looks } = start(await heardBell(), HOUR_MS);
  await waitFor(() => expect(looks()).toBeGreaterThan(0));
  await post('one');
  await arrived(sent, ['one']);
  await post('two');
  await post('three');
  await arrived(sent, ['one', 'two', 'three']);
});

test('what waits for a chat that has rested while the outbox was being looked through is not left until the next look', async () => {
  let isFirst = true;
  const { sent } = start(await heardBell(), HOUR_MS, undefined, async ({ resting }, taken) => {
    // Longer than a chat rests.
    if (isFirst && resting.length > 0 && taken === 0) await sleep(1_500).then(() => (isFirst = false));
  });
  await post('one');
  await post('two');
  await arrived(sent, ['one', 'two']);
});

test('what is meant for later, and what is tried again, is due at its time without a word', async () => {
  const { sent } = start(await heardBell(), HOUR_MS, 300);
  await post('tried again');
  await arrived(sent, ['tried again']);
  await post('later', new Date(Date.now() + 1_000));
  await arrived(sent, ['tried again', 'later']);
});

test('at rest it does not look', async () => {
  const { sent, looks } = start(await heardBell(), HOUR_MS);
  await post('one');
  await arrived(sent, ['one']);
  await waitFor(async () => {
    const before = looks();
    await sleep(1_500);
    expect(looks()).toBe(before);
  });
});

test('where nothing is heard it looks by itself', async () => {
  const { sent } = start(
    createBell(sleep, () => false),
    20,
  );
  await post('one');
  await arrived(sent, ['one']);
  await post('two');
  await arrived(sent, ['one', 'two']);
});
