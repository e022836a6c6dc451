import { rm } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import { passableFolder } from './passable-folder.ts';

/** A fresh folder for the running test, gone when it ends. */
export async function ownFolder(prefix: string): Promise<string> {
  const folder = await passableFolder(prefix);
  // A server that is ending may still write into it.
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return folder;
}
