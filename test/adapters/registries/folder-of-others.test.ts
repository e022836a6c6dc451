import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openFolder } from '../../../src/adapters/registries/folder.ts';
import { ACCOUNTS, openDesk } from './desk.ts';

/** A file that another user has put there: its rights and its time are that one's to change. */
vi.mock('node:fs/promises', async (original) => {
  const forbidden = () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' }));
  return { ...(await original<object>()), utimes: forbidden, chmod: forbidden };
});

test('a file of another user’s is taken once, put away and forgotten in time', async () => {
  const desk = await openDesk();
  onTestFinished(() => desk.close());
  const within = (room: string) => join(desk.folder, 'registries', room);
  await mkdir(within('in'), { recursive: true });
  await writeFile(join(within('in'), 'accounts.csv'), `${ACCOUNTS.join('\n')}\n`);
  let passed = 60;
  const warned: string[] = [];
  const folder = await openFolder({
    folder: join(desk.folder, 'registries'),
    db: desk.db,
    pool: desk.pool,
    timeZone: 'Europe/Moscow',
    layouts: [],
    clock: () => new Date('2026-11-20T09:00:00Z'),
    fileClock: () => new Date(Date.now() + passed * 1000),
    log: { info() {}, warn: (_, message) => void warned.push(message) },
  });
  await folder.look();
  await folder.look();
  expect(await readdir(within('done'))).toHaveLength(1);
  expect(await desk.db.selectFrom('registryImports').select('id').execute()).toHaveLength(1);
  passed = 31 * 86_400;
  await folder.forget();
  expect(await readdir(within('done'))).toEqual([]);
  expect(warned).toEqual([]);
});
