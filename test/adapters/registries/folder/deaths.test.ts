import { mkdir, rm, utimes } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ACCOUNTS } from '../desk.ts';
import { openWatchedFolder, PAYMENTS, type WatchedFolder } from './watched-folder.ts';
import { waitFor } from '../../../kit/wait-for.ts';

let at: WatchedFolder;
beforeEach(async () => {
  at = await openWatchedFolder();
});
afterEach(() => at.desk.close());

test('what a process that died had in hand is taken again', async () => {
  await mkdir(at.within('taking'), { recursive: true });
  await at.put('accounts.csv', ACCOUNTS, 'taking');
  await at.put('accounts.csv.refused.csv', ['половина'], 'taking');
  await at.put('accounts.csv.refused.csv.part', ['половина'], 'taking');
  await (await at.open()).look();
  expect(await at.names('taking')).toEqual([]);
  expect(await at.names('refused')).toEqual([]);
  expect(await at.accounts()).toHaveLength(2);
});

test('what a process that died had copied from another disk, and not taken away there, is taken in once', async () => {
  const LONG_AGO = new Date('2026-11-01T10:20:30.456Z');
  const putTwice = async (here: readonly string[], there: readonly string[]) => {
    await at.put('accounts.csv', here, 'taking');
    await at.put('accounts.csv', there);
    for (const room of ['taking', 'in'] as const) await utimes(at.within(room, 'accounts.csv'), LONG_AGO, LONG_AGO);
  };
  const lookTwice = async () => {
    const folder = await at.open();
    await folder.look();
    await folder.look();
    expect([await at.names('in'), await at.names('taking')]).toEqual([[], []]);
    return (await at.told()).length;
  };
  for (const room of ['taking', 'in'] as const) await mkdir(at.within(room), { recursive: true });
  await putTwice(ACCOUNTS, ACCOUNTS);
  expect(await lookTwice()).toBe(1);
  // As large and as old, and another one all the same.
  await putTwice(
    ACCOUNTS,
    ACCOUNTS.map((line) => line.replace('0010002', '0010003')),
  );
  expect(await lookTwice()).toBe(3);
  expect(await at.accounts()).toHaveLength(3);
});

test('told to end while a file is read, it reads no further, and whoever starts next takes it', async () => {
  const folder = await at.open();
  const rows = Array.from({ length: 20_000 }, (_, i) => `${String(1_000_000 + i)};Иванов;Лесная, ${i}`);
  await at.put('accounts.csv', ['ЛС;ФИО;Адрес', ...rows]);
  const stop = new AbortController();
  // The import has its connection: it is under way.
  at.desk.pool.once('acquire', () => stop.abort());
  await folder.look(stop.signal);
  expect(stop.signal.aborted).toBe(true);
  expect(await at.accounts()).toEqual([]);
  expect(at.warned).toEqual([]);
  await (await at.open()).look();
  expect(await at.accounts()).toHaveLength(20_000);
});

describe('a file over which processes died', () => {
  /** A process dies over the first file that it takes in: it has asked for its connection, and nothing comes of it any more. */
  async function dieOver(toldToEnd?: AbortController): Promise<void> {
    let hasBegun = () => {};
    const begun = new Promise<void>((resolve) => (hasBegun = resolve));
    let wake = () => {};
    const dead = new Promise<never>((_, reject) => (wake = () => reject(new Error('dead'))));
    onTestFinished(wake);
    const { connect } = at.desk.pool;
    Object.assign(at.desk.pool, {
      connect() {
        hasBegun();
        return dead;
      },
    });
    void (await at.open({ toldToEnd: toldToEnd?.signal })).look();
    await begun;
    at.desk.pool.connect = connect;
    if (!toldToEnd) return;
    toldToEnd.abort();
    await waitFor(async () => expect(await at.names('begun')).toEqual([]));
  }

  test('three times is turned away, and staff are told; the others are not to blame', async () => {
    await at.open();
    await at.put('1-accounts.csv', ACCOUNTS);
    await at.put('2-payments.csv', PAYMENTS);
    for (let deaths = 0; deaths < 3; deaths += 1) await dieOver();
    expect(await at.told()).toEqual([]);

    await (await at.open()).look();
    expect(await at.told()).toMatchObject([
      {
        text: 'staff-registry-unread',
        words: { name: '1-accounts.csv', why: expect.stringContaining('трижды остановилась программа') as string },
      },
      { text: 'staff-registry-taken', words: { name: '2-payments.csv' } },
    ]);
    expect(await at.names('refused')).toContainEqual(expect.stringMatching(/-1-accounts\.csv$/));
    expect([await at.names('in'), await at.names('taking'), await at.names('begun')]).toEqual([[], [], []]);

    // Another file of its name begins anew.
    await at.put('1-accounts.csv', ACCOUNTS);
    await (await at.open()).look();
    expect(await at.accounts()).toHaveLength(2);
  });

  test('is not to blame for an end that was asked for, also where the work outlasts it', async () => {
    await at.open();
    await at.put('accounts.csv', ACCOUNTS);
    for (let upgrades = 0; upgrades < 4; upgrades += 1) await dieOver(new AbortController());
    await (await at.open()).look();
    expect(await at.accounts()).toHaveLength(2);
  });

  test('a file that is begun after the process was told to end is not counted either', async () => {
    await at.open();
    await at.put('accounts.csv', ACCOUNTS);
    const toldToEnd = new AbortController();
    toldToEnd.abort();
    await dieOver(toldToEnd);
  });

  test('is counted as itself: another of its name, put there by hand, begins anew', async () => {
    await at.open();
    await at.put('accounts.csv', ACCOUNTS.slice(0, 2));
    for (let deaths = 0; deaths < 3; deaths += 1) await dieOver();
    for (const room of ['in', 'taking'] as const) await rm(at.within(room, 'accounts.csv'), { force: true });
    await at.put('accounts.csv', ACCOUNTS);
    await (await at.open()).look();
    expect(await at.accounts()).toHaveLength(2);
  });

  test('is forgotten once it is there no more', async () => {
    const folder = await at.open();
    await at.put('accounts.csv', ACCOUNTS);
    await dieOver();
    await folder.forget();
    expect(await at.names('begun')).toEqual(['accounts.csv']);
    await rm(at.within('taking', 'accounts.csv'));
    await folder.forget();
    expect(await at.names('begun')).toEqual([]);
  });

  test('twice is taken', async () => {
    await at.open();
    await at.put('accounts.csv', ACCOUNTS);
    for (let deaths = 0; deaths < 2; deaths += 1) await dieOver();
    await (await at.open()).look();
    expect(await at.accounts()).toHaveLength(2);
    expect(await at.names('begun')).toEqual([]);
  });
});
