import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { builtFile } from '../../src/build/places.js';
import { closeInTime, openRegularFile, readInTime } from '../../src/adapters/regular-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'end-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function endOf(script: string) {
  const code = `import { endProcess } from ${JSON.stringify(builtFile(new URL('../../src/adapters/end-process.ts', import.meta.url)).href)}; ${script}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code]);
  const [status, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return status ?? signal;
}

test('a thread that waits for ever for a file does not hold the end', async () => {
  const pipe = join(folder, 'pipe');
  spawnSync('mkfifo', [pipe]);
  expect(await endOf(`import { open } from 'node:fs/promises'; void open(${JSON.stringify(pipe)}); await endProcess(0);`)).toBe(
    'SIGKILL',
  );
});

test('files that are done in time do not change its status', async () => {
  const path = JSON.stringify(join(folder, 'a'));
  expect(
    await endOf(`import { writeFile } from 'node:fs/promises'; void writeFile(${path}, 'x'.repeat(1e7)); await endProcess(3);`),
  ).toBe(3);
  expect(await endOf('await endProcess(0);')).toBe(0);
});

test('a disk that does not answer is given up, and the file is not waited for when it is closed', async () => {
  await writeFile(join(folder, 'a'), 'данные');
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  try {
    const file = await openRegularFile(join(folder, 'a'));
    const never = new Promise<never>(() => {});
    vi.spyOn(file, 'read').mockReturnValue(never);
    const read = readInTime(file, Buffer.alloc(10), 0).catch((error: unknown) => error);
    vi.advanceTimersByTime(30_000);
    expect(await read).toMatchObject({ code: 'ETIMEDOUT' });
    const close = file.close.bind(file);
    vi.spyOn(file, 'close').mockReturnValue(never);
    await closeInTime(file);
    await close();
  } finally {
    vi.useRealTimers();
  }
  const file = await open(join(folder, 'a'));
  expect(await readInTime(file, Buffer.alloc(100), 0)).toBe(12);
  await closeInTime(file);
});
