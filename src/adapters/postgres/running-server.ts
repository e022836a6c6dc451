import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { Client } from 'pg';
import { type Note, readNote } from './data-folder.ts';
import { unlessMissing } from './unless-missing.ts';

/** The address of the server whose socket lies in this folder. */
export function addressOf(socket: string): string {
  return `postgresql:///postgres?${new URLSearchParams({ host: socket, user: 'postgres' }).toString()}`;
}

/** The running server that owns the data of `dataDir` and whose owner lives; undefined when there is none that answers. */
export async function findRunning(dataDir: string): Promise<{ url: string; owner: number } | undefined> {
  const server: Note['server'] = (await readNote(dataDir))?.server;
  // A server whose owner is gone is going too: using it would mean to lose the connection in a moment.
  if (server === undefined || !isAlive(server.owner)) return undefined;
  const url = addressOf(server.socket);
  return (await answers(url)) ? { url, owner: server.owner } : undefined;
}

export async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

export type PidFile = { pid: number; ready: boolean };

/** What `postmaster.pid` says; undefined when no server has the folder, or the file is from one that is long gone. */
export async function readPidFile(data: string): Promise<PidFile | undefined> {
  const file = path.join(data, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(unlessMissing(file)))?.split('\n');
  const pid = Number(lines?.[0]);
  if (lines === undefined || !Number.isInteger(pid) || pid <= 0) return undefined;
  if (!isAlive(pid) || (await isAnotherProgram(pid))) return undefined;
  return { pid, ready: lines[7]?.trim() === 'ready' };
}

/**
 * Removes a `postmaster.pid` that a power loss or kill -9 left and whose process number now is another program's: Postgres itself
 * would refuse to start. To be called under the start lock only.
 */
export async function removeStalePidFile(data: string): Promise<void> {
  if (process.platform !== 'linux' || (await readPidFile(data)) !== undefined) return;
  await rm(path.join(data, 'postmaster.pid'), { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Process numbers are used again, in containers at once: only Linux lets us see whose one is. */
async function isAnotherProgram(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return !path.basename(command.split('\0')[0] ?? '').startsWith('postgres');
}
