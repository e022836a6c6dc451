/** One process at a time: a second one would write a journal of its own over that of the first. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'address';
const ANSWER_MILLISECONDS = 2000;

/** Throws when the sandbox of this folder already answers where it last did; a process that was killed answers no more. */
export async function requireUnoccupied(folder: string, token: string): Promise<void> {
  const path = join(folder, FILE);
  const url = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  if (url === '') return;
  const answer = await fetch(`${url}/bot${token}/getMe`, { signal: AbortSignal.timeout(ANSWER_MILLISECONDS) }).catch(
    () => undefined,
  );
  if (answer?.ok)
    throw new Error(`DATA_DIR: песочница в ${folder} уже запущена: ${url}; остановите её или задайте другой DATA_DIR`);
}

/** Remembers where this process answers. */
export function occupy(folder: string, url: string): void {
  writeFileSync(join(folder, FILE), `${url}\n`, { mode: 0o600 });
}
