import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { TOKEN, until } from './bot-api.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

export type BotProcess = Awaited<ReturnType<typeof spawnBot>>;

/** `npm start` as a process of its own in an empty folder, for the bot on Telegram unless `settings` say otherwise; it is killed when the test ends. */
export async function spawnBot(settings: Record<string, string>, args: readonly string[] = []) {
  const cwd = await mkdtemp(join(tmpdir(), 'inkomus-bot-'));
  const common = {
    BOT_TOKEN: TOKEN,
    SECRET_KEY: 'ab'.repeat(32),
    PORT: '0',
    SMS_PROVIDER: 'smsru',
    SMSRU_API_ID: 'api-id-that-no-log-may-hold',
    LOG_LEVEL: 'trace',
  };
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', import.meta.resolve('@oxc-node/core/register'), MAIN, ...args],
    {
      cwd,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: join(cwd, 'data'), ...common, ...settings },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => (output += part.toString()));
  let ended: number | string | undefined;
  const end = once(child, 'close').then(([code, signal]) => (ended = (code as number | null) ?? String(signal)));

  const stop = async (signal: NodeJS.Signals): Promise<number | string> => {
    if (ended === undefined) child.kill(signal);
    return end;
  };
  onTestFinished(async () => {
    await stop('SIGKILL');
    await rm(cwd, { recursive: true, force: true });
  });

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
  };
}

/** SMS.ru on this machine; the codes that were sent, by phone (`79…`). */
export async function startSmsRu() {
  const codes: { phone: string; code: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const asked = new URLSearchParams(body);
      const phone = asked.get('to') ?? '';
      codes.push({ phone, code: /\d{6}/.exec(asked.get('msg') ?? '')?.[0] ?? '' });
      const sms = { [phone]: { status: 'OK', status_code: 100, sms_id: '1' } };
      response.end(JSON.stringify({ status: 'OK', status_code: 100, sms, balance: 100 }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    codes,
    codeFor: (phone: string) => codes.findLast((sent) => sent.phone === phone)?.code,
    close: () => void server.close(),
  };
}
