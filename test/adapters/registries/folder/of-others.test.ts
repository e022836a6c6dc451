import files, { mkdir } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ACCOUNTS } from '../desk.ts';
import { openWatchedFolder } from './watched-folder.ts';

/** A file that another user has put there: its rights and its time are that one's to change. */
function forbidChanges(): void {
  const forbidden = () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' }));
  for (const method of ['utimes', 'chmod'] as const) vi.spyOn(files, method).mockImplementation(forbidden);
  // For those who import them by name.
  syncBuiltinESMExports();
  onTestFinished(() => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  });
}

test('a file of another user’s is taken once, put away and forgotten in time', async () => {
  forbidChanges();
  const at = await openWatchedFolder();
  onTestFinished(() => at.desk.close());
  await mkdir(at.within('in'), { recursive: true });
  await at.put('accounts.csv', ACCOUNTS);
  const folder = await at.open();
  await folder.look();
  await folder.look();
  expect(await at.names('done')).toHaveLength(1);
  expect(await at.desk.db.selectFrom('registryImports').select('id').execute()).toHaveLength(1);
  at.passedSeconds = 31 * 86_400;
  await folder.forget();
  expect(await at.names('done')).toEqual([]);
  expect(at.warned).toEqual([]);
});
