import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findLeftBehind, sayLeftBehind } from '../../../../src/adapters/registries/left-behind.ts';

const MINUTE_MS = 60_000;

test('a file that nobody takes is told of after an hour, however old it was when it came', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'left-behind-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'payments.csv'), '');
  await writeFile(join(folder, 'payments.csv.part'), '');
  await utimes(join(folder, 'payments.csv'), new Date(0), new Date(0));
  const { ctime } = await stat(join(folder, 'payments.csv'));
  const toldAfter = async (minutes: number) =>
    sayLeftBehind(await findLeftBehind(folder, new Date(ctime.getTime() + minutes * MINUTE_MS)), { named: true });
  expect(await toldAfter(59)).toEqual([]);
  expect(await toldAfter(61)).toEqual([
    'registries/in: больше часа лежат файлы, которые никто не берёт: 1 (payments.csv); проверьте, что бот работает, а в его журнале — что мешает',
  ]);
});
