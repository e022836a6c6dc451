import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { RUN } from '../../../src/build/places.js';

export type Holder = { child: ChildProcess; owned: boolean; url: string };

const SCRIPT = fileURLToPath(new URL('holder.ts', import.meta.url));

export function spawnHolder(folder: string, ids: { uid?: number; gid?: number } = {}): ChildProcess {
  return spawn(process.execPath, [RUN, SCRIPT, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...ids,
    // The home of root is closed to others.
    env: { ...process.env, ...(ids.uid !== undefined && { HOME: '/nonexistent' }) },
  });
}

/** A process of its own that has the storage of `folder` open. */
export async function hold(folder: string, ids: { uid?: number; gid?: number } = {}): Promise<Holder> {
  const child = spawnHolder(folder, ids);
  if (child.stdout === null) throw new Error('no pipe to the holder');
  for await (const line of createInterface(child.stdout)) {
    return { child, ...(JSON.parse(line) as { owned: boolean; url: string }) };
  }
  throw new Error(`the holder ended with ${child.exitCode}`);
}

export async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

export async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** How many processes on this machine have `word` in their command line. */
export async function processesWith(word: string): Promise<number> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(numbers.map((number) => readFile(`/proc/${number}/cmdline`, 'utf8').catch(() => '')));
  return commands.filter((command) => command.includes(word)).length;
}
