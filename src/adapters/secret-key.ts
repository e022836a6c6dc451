import { randomBytes } from 'node:crypto';
import { link, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from './postgres/unless-missing.ts';
import { createPrivateFile, makePrivateFolder } from './private-files.ts';
import { writeWholeFile } from './whole-file.ts';

/**
 * The key of a sandbox: made once, 32 bytes as hex, and kept in its data folder, so that a later start and the commands have the same one.
 * With `BOT_TOKEN` the operator's `SECRET_KEY` stands instead.
 */
export async function sandboxSecretKey(dataDir: string): Promise<string> {
  const file = join(dataDir, 'secret.key');
  const kept = await readKept(file);
  if (kept !== undefined) return kept;

  await makePrivateFolder(dataDir);
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const drafted = await createPrivateFile(draft);
  try {
    await drafted.writeFile(`${randomBytes(32).toString('hex')}\n`);
    await drafted.sync();
    // Never half a key, never a second one: whoever links first wins.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await drafted.close();
    await rm(draft, { force: true });
  }
  return sandboxSecretKey(dataDir);
}

/** The same, and where it lies. */
export async function keysOfSandbox(dataDir: string): Promise<{ secretKey: string; file: string }> {
  return { secretKey: await sandboxSecretKey(dataDir), file: join(dataDir, 'secret.key') };
}

/** That key where it was made already; nothing is made. */
export async function findSandboxKey(dataDir: string): Promise<string | undefined> {
  return readKept(join(dataDir, 'secret.key'));
}

/** Puts the key in place that came with a sandbox's data; call the result to have what was there before. */
export async function replaceSandboxKey(dataDir: string, secretKey: string): Promise<() => Promise<void>> {
  const file = join(dataDir, 'secret.key');
  const before = await readKept(file);
  await makePrivateFolder(dataDir);
  await writeWholeFile(file, `${secretKey}\n`);
  return () => (before === undefined ? rm(file, { force: true }) : writeWholeFile(file, `${before}\n`));
}

async function readKept(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(unlessMissing(file));
  return text?.trim();
}
