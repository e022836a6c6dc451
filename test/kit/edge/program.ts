import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RUN } from '../../../src/build/places.js';
import { SMS_PROVIDERS } from '../../../src/adapters/sms/providers.ts';
import { fixtureOf } from '../../adapters/sms/fixtures.ts';
import { TOKEN, until } from './bot-api.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

/** `main.ts` as `npm start` runs it, or another program that opens bots. */
type Program = { args?: readonly string[]; file?: string };

/** The one that sends the codes of such a bot: the first that there is. */
export const SMS_PROVIDER = SMS_PROVIDERS[0]?.name ?? '';

/** A bot on Telegram that keeps its data under `folder` and serves on any free port. */
export const botSettings = (folder: string): Record<string, string> => ({
  DATA_DIR: join(folder, 'data'),
  BOT_TOKEN: TOKEN,
  SECRET_KEY: 'ab'.repeat(32),
  PORT: '0',
  SMS_PROVIDER,
  ...fixtureOf(SMS_PROVIDER).settings,
  LOG_LEVEL: 'trace',
});

export type BotProcess = Awaited<ReturnType<typeof startProgram>>;

/** `npm start` as a process of its own in an empty folder, for the bot on Telegram unless `settings` say otherwise; `dispose` ends it and removes the folder. */
export async function startProgram(settings: Record<string, string>, { args = [], file = MAIN }: Program = {}) {
  const cwd = await mkdtemp(join(tmpdir(), 'inkomus-bot-'));
  const child: ChildProcess = spawn(process.execPath, [RUN, file, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...botSettings(cwd), ...settings },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => (output += part.toString()));
  let ended: number | string | undefined;
  const end = once(child, 'close').then(([code, signal]) => (ended = (code as number | null) ?? String(signal)));

  const stop = async (signal: NodeJS.Signals): Promise<number | string> => {
    if (ended === undefined) child.kill(signal);
    return end;
  };

  return {
    child,
    output: () => output,
    /** The exit status, or the signal that ended it. */
    ended: () => end,
    stop,
    /** Until it works; throws with its output when it ended instead. */
    async ready(): Promise<void> {
      await until('the start', () => ended !== undefined || output.includes('the bot is at work'), 30_000);
      if (ended !== undefined) throw new Error(`it ended with ${ended}:\n${output}`);
    },
    async dispose(): Promise<void> {
      await stop('SIGKILL');
      await rm(cwd, { recursive: true, force: true });
    },
  };
}
