import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Update } from 'grammy/types';
import { RUN } from '../../../src/build/places.js';
import { startEmbeddedPostgres } from '../../../src/adapters/postgres/embedded.ts';
import { updateOf } from '../../kit/chat/people.ts';
import { TOKEN } from '../../kit/edge/bot-api.ts';
import { freePort } from '../../kit/edge/free-port.ts';
import { createDeliverer } from './deliverer.ts';
import { startLimitedBotApi } from './limited-bot-api.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const SECRET = 'webhook-secret-of-the-bench';
const AIMS = { answerMs: 2_000, checkoutMs: 3_000 };
const MOST_MS = 60_000;

type Mode = 'long polling' | 'webhook';
type Flood = { chats: number; messages: number };

export type FloodRun = Flood & { mode: Mode; answersMs: number[]; checkoutsMs: number[]; refused: number };

const FLOODS: readonly Flood[] = [
  { chats: 0, messages: 0 },
  { chats: 1, messages: 300 },
  { chats: 3, messages: 100 },
  { chats: 10, messages: 50 },
];

/** The shipped program in both modes, flooded from some chats at once, while other people say a word, and somebody pays. */
export async function benchFlood({ seconds = 20 } = {}): Promise<FloodRun[]> {
  const runs: FloodRun[] = [];
  for (const mode of ['long polling', 'webhook'] as const) {
    for (const flood of FLOODS) runs.push(await runFlood(mode, flood, seconds));
  }
  return runs;
}

export function floodBenchLines(runs: readonly FloodRun[]): string[] {
  return runs.map(({ mode, chats, messages, answersMs, checkoutsMs, refused }) => {
    const flood = chats === 0 ? 'no flood' : `${chats} × ${messages}`;
    const answer = `another's answer p50 ${quantile(answersMs, 0.5)} ms, p99 ${quantile(answersMs, 0.99)} ms`;
    const checkout = `checkout at most ${quantile(checkoutsMs, 1)} ms`;
    return `${mode.padEnd(12)} ${flood.padEnd(9)} ${answer}, ${checkout} (${answersMs.length} and ${checkoutsMs.length} asked, 429 ${refused} times)`;
  });
}

/** Whether somebody had to wait for another's flood. */
export function floodTroubles(runs: readonly FloodRun[]): number {
  return runs.filter(
    ({ answersMs, checkoutsMs }) => quantile(answersMs, 0.99) > AIMS.answerMs || quantile(checkoutsMs, 1) > AIMS.checkoutMs,
  ).length;
}

async function runFlood(mode: Mode, { chats, messages }: Flood, seconds: number): Promise<FloodRun> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-flood-'));
  // Not where the bot keeps its data: one that has a database of its own there does not begin another one.
  const server = await startEmbeddedPostgres(join(folder, 'server'));
  const telegram = await startLimitedBotApi();
  const port = await freePort();
  const bot = startBot(folder, server.url, telegram.apiRoot, port, mode);
  const deliverer = createDeliverer(port, '/hook', SECRET);
  try {
    await ready(port);
    const { push } = mode === 'webhook' ? deliverer : telegram;
    let last = 0;
    const said = (chat: number, words: string): Update => {
      last += 1;
      return updateOf({ name: 'Житель', id: chat, phone: '' }, { does: 'say', words }, { update: last, message: last }, 0);
    };
    const ask = (chat: number) => {
      const answered = telegram.waitFor(`chat ${chat}`, MOST_MS);
      push(said(chat, '/help'));
      return answered;
    };
    const checkOut = (payer: number) => {
      const answered = telegram.waitFor(`checkout ${payer}`, MOST_MS);
      push(checkoutOf(++last, payer));
      return answered;
    };

    // Warm: the first answers of a process are slow.
    for (let n = 0; n < 10; n += 1) await ask(100 + n);
    const flood = Array.from({ length: messages }, () => Array.from({ length: chats }, (_, chat) => said(1_000 + chat, '/help')));
    push(...flood.flat());

    const answers: Promise<number>[] = [];
    const checkouts: Promise<number>[] = [];
    for (let quarter = 0; quarter < seconds * 4; quarter += 1) {
      answers.push(ask(10_000 + quarter));
      if (quarter % 4 === 0) checkouts.push(checkOut(20_000 + quarter));
      await pause(250);
    }
    const [answersMs, checkoutsMs] = await Promise.all([Promise.all(answers), Promise.all(checkouts)]);
    return { mode, chats, messages, answersMs, checkoutsMs, refused: telegram.refused() };
  } finally {
    deliverer.stop();
    // One that did not start has ended already.
    if (bot.exitCode === null && bot.kill('SIGKILL')) await once(bot, 'exit');
    await telegram.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function startBot(cwd: string, databaseUrl: string, telegram: string, port: number, mode: Mode): ChildProcess {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    BOT_TOKEN: TOKEN,
    SECRET_KEY: 'ab'.repeat(32),
    DATABASE_URL: databaseUrl,
    TELEGRAM_API_ROOT: telegram,
    PORT: String(port),
    LOG_LEVEL: 'error',
    ...(mode === 'webhook' && { WEBHOOK_URL: `http://127.0.0.1:${port}/hook`, WEBHOOK_SECRET: SECRET }),
  };
  const args = [RUN, MAIN];
  return spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function ready(port: number): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(50);
  }
  throw new Error('The bot was not ready within 30 s');
}

function checkoutOf(id: number, payer: number): Update {
  return {
    update_id: id,
    pre_checkout_query: {
      id: String(payer),
      from: { id: payer, is_bot: false, first_name: 'Житель' },
      currency: 'RUB',
      total_amount: 100_000,
      invoice_payload: 'x'.repeat(22),
    },
  };
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN);
}
