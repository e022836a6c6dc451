import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The key of a sandbox: made once, 32 bytes as hex, and kept in its data folder, so that a later start and the commands have the same one.
 * With `BOT_TOKEN` the operator's `SECRET_KEY` stands instead.
 */
export async function sandboxSecretKey(dataDir: string): Promise<string> {
  const file = join(dataDir, 'secret.key');
  const kept = await readKept(file);
  if (kept !== undefined) return kept;

  await mkdir(dataDir, { recursive: true });
  const draft = join(dataDir, `secret.key.${randomBytes(6).toString('hex')}`);
  await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // Never half a key, never a second one: whoever links first wins.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return sandboxSecretKey(dataDir);
}

async function readKept(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
