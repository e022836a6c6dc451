import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { fixtureOf } from '../../adapters/sms/fixtures.ts';
import { playingProvider } from '../../adapters/sms/playing-provider.ts';
import { type BotProcess, SMS_PROVIDER, startProgram } from './program.ts';

export type { BotProcess } from './program.ts';

/** `npm start` as a process of its own in an empty folder, for the bot on Telegram unless `settings` say otherwise; it is killed when the test ends. */
export async function spawnBot(settings: Record<string, string>, args: readonly string[] = []): Promise<BotProcess> {
  const program = await startProgram(settings, { args });
  onTestFinished(program.dispose);
  return program;
}

/** One process that opens a bot for each of `ways`, whose settings come on top of `common`; what they log stands in one output. */
export async function spawnBots(common: Record<string, string>, ways: readonly Record<string, string>[]): Promise<BotProcess> {
  const file = fileURLToPath(new URL('several-bots.ts', import.meta.url));
  const program = await startProgram(common, { args: ways.map((way) => JSON.stringify(way)), file });
  onTestFinished(program.dispose);
  return program;
}

/** The provider that the bot's settings name, on this machine; the codes that were sent, by phone (`79…`). */
export async function startSmsProvider() {
  const codes: { phone: string; code: string }[] = [];
  const server = await playingProvider();
  server.replies((body) => {
    const { phone, code, answer } = fixtureOf(SMS_PROVIDER).take(body);
    codes.push({ phone, code });
    return answer;
  });
  return {
    root: server.root,
    codes,
    codeFor: (phone: string) => codes.findLast((sent) => sent.phone === phone)?.code,
    close: server.close,
  };
}
