import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACCOUNTS } from '../desk.ts';
import { openWatchedFolder, type WatchedFolder } from './watched-folder.ts';

let at: WatchedFolder;
beforeEach(async () => {
  at = await openWatchedFolder();
});
afterEach(() => at.desk.close());

/** Whatever asks for a connection fails, until it is mended. */
function breakDatabase(): () => void {
  const { connect } = at.desk.pool;
  at.desk.pool.connect = () => {
    throw new Error('the database is away');
  };
  return () => void (at.desk.pool.connect = connect);
}

test('a breakage loses nothing: the file is taken when it is over', async () => {
  const folder = await at.open();
  await at.put('accounts.csv', ACCOUNTS);
  const mend = breakDatabase();
  await folder.look();
  mend();
  expect(at.warned).toEqual(['a registry from the folder could not be taken in; it is tried again']);
  await folder.look();
  expect(await at.names('in')).toEqual(['accounts.csv']);
  at.passedSeconds = 200;
  await (await at.open()).look();
  expect(await at.accounts()).toHaveLength(2);
});

test('what cannot be taken in, however often it is tried, is turned away, and staff are told once', async () => {
  const folder = await at.open();
  await at.put('accounts.csv', ACCOUNTS);
  const mend = breakDatabase();
  for (let looks = 0; looks < 14; looks += 1) {
    await folder.look();
    at.passedSeconds += 660;
  }
  mend();
  expect(at.warned).toHaveLength(12);
  expect(await at.told()).toMatchObject([
    { text: 'staff-registry-unread', words: { why: expect.stringContaining('много раз подряд') as string } },
  ]);
  expect(await at.names('refused')).toEqual([expect.stringMatching(/-accounts\.csv$/)]);
});

test('how often a file broke is not laid to another of its name', async () => {
  const folder = await at.open();
  const mend = breakDatabase();
  for (const lines of [ACCOUNTS.slice(0, 2), ACCOUNTS]) {
    for (const room of ['in', 'taking'] as const) await rm(at.within(room, 'accounts.csv'), { force: true });
    await at.put('accounts.csv', lines);
    for (let looks = 0; looks < 11; looks += 1) {
      await folder.look();
      at.passedSeconds += 660;
    }
  }
  mend();
  expect(at.warned).toHaveLength(22);
  await folder.look();
  expect(await at.accounts()).toHaveLength(2);
});
