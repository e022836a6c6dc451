import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { passableFolder } from './passable-folder.ts';

/** Runs a command as `npm run` would, in an empty folder (no `.env` there). */
export async function runCommand(command: string, args: string[], settings: Record<string, string>) {
  const cwd = await passableFolder('inkomus-command-');
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const loader = import.meta.resolve('@oxc-node/core/register');
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...settings };
    execFile(
      process.execPath,
      ['--import', loader, join(root, `src/commands/${command}.ts`), ...args],
      { cwd, env },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}
