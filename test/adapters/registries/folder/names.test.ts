import { mkdir, writeFile } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACCOUNTS } from '../desk.ts';
import { openWatchedFolder, PAYMENTS, type WatchedFolder } from './watched-folder.ts';

let at: WatchedFolder;
beforeEach(async () => {
  at = await openWatchedFolder();
});
afterEach(() => at.desk.close());

test('two files of one name are both kept', async () => {
  await at.put('accounts.csv', ACCOUNTS).catch(() => mkdir(at.within('in'), { recursive: true }));
  for (const passed of [60, 120]) {
    at.passedSeconds = passed;
    const folder = await at.open();
    await at.put('accounts.csv', ACCOUNTS);
    await folder.look();
  }
  expect(await at.names('done')).toHaveLength(2);
});

test('a name that is not UTF-8, or leaves no room for what is added to it, is taken like any other', async () => {
  const folder = await at.open();
  const named = (name: Buffer) => Buffer.concat([Buffer.from(`${at.within('in')}/`), name]);
  await writeFile(named(iconv.encode('счета.csv', 'win1251')), `${ACCOUNTS.join('\n')}\n`);
  const long = `${'я'.repeat(125)}.csv`;
  await writeFile(at.within('in', long), `${PAYMENTS.join('\n')}\n`);
  await writeFile(at.within('in', `${'ю'.repeat(125)}.csv`), 'не реестр');
  await folder.look();
  expect(at.warned).toEqual([]);
  expect(await at.names('in')).toEqual([]);
  expect(await at.formerNames('done')).toEqual(['счета.csv', expect.stringMatching(/^я{100,}…\.csv$/)]);
  expect(await at.names('refused')).toHaveLength(2);
  expect((await at.told()).map(({ text }) => text)).toEqual([
    'staff-registry-unread',
    'staff-registry-taken',
    'staff-registry-taken',
  ]);
  await folder.look();
  expect(await at.told()).toHaveLength(3);
});

test('a file that came while another of its name was in hand waits for it, and neither is lost', async () => {
  await mkdir(at.within('taking'), { recursive: true });
  await mkdir(at.within('in'), { recursive: true });
  await at.put('accounts.csv', ACCOUNTS.slice(0, 2), 'taking');
  await at.put('accounts.csv', ACCOUNTS);
  const folder = await at.open();
  await folder.look();
  expect(await at.accounts()).toHaveLength(1);
  expect(await at.names('in')).toEqual(['accounts.csv']);
  await folder.look();
  expect(await at.accounts()).toHaveLength(2);
  expect(await at.names('done')).toHaveLength(2);
});
