import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Role } from '../../../src/app.ts';
import { openAppOf } from './open-app.ts';
import { botSettings } from './program.ts';

/**
 * The whole bot in the test's own process: all that `spawnBot` starts, but for what only a process has (signals, the exit status, standard
 * output, a death without a word), at a tenth of the cost. It is closed when the test ends.
 */
export async function openBot(settings: Record<string, string>, role: Role = 'all') {
  const bot = beginBot(settings, role);
  await bot.ready();
  return bot;
}

export type OpenBot = Awaited<ReturnType<typeof openBot>>;

/** The same, not yet opened: `ready` waits for it, and throws the sentence of a start that cannot be. */
export function beginBot(settings: Record<string, string>, role: Role = 'all') {
  let output = '';
  const destination = { write: (line: string) => void (output += line) };
  const folder = mkdtempSync(join(tmpdir(), 'inkomus-bot-'));
  const opened = openAppOf({ ...botSettings(folder), ...settings }, { folder, role, destination });
  // Whoever waits for it hears of it.
  opened.catch(() => undefined);

  async function close(): Promise<void> {
    const app = await opened.catch(() => undefined);
    await app?.close();
  }
  onTestFinished(async () => {
    await close();
    await rm(folder, { recursive: true, force: true });
  });

  return {
    output: () => output,
    ready: async () => void (await opened),
    /** Where it listens. */
    port: async () =>
      Number(
        String((await opened).about.listens)
          .split(':')
          .at(-1),
      ),
    /** Finishes what is under way; may be called again. */
    close,
  };
}
