import { setTimeout as sleep } from 'node:timers/promises';
import { type BotProcess, startProgram } from '../../kit/edge/program.ts';
import { freePort } from '../../kit/edge/free-port.ts';

/** A program of the run: there is always one, or one that starts. */
export type Seat = {
  name: string;
  role: 'web' | 'worker';
  port: number;
  /** kill -9, or SIGTERM, and another one starts in its place; resolves when it has ended. */
  end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>;
  /** It stands still for so long. */
  pauseFor: (ms: number) => Promise<void>;
  /** Until it works, and says itself that it is ready. */
  ready: () => Promise<void>;
  /** What it has logged as a breakage since the last time. */
  breakages: () => string[];
  close: () => Promise<void>;
};

const PATIENCE_MS = 180_000;

/** `npm start -- ROLE`, with these settings. */
export async function startSeat(name: string, role: Seat['role'], settings: Readonly<Record<string, string>>): Promise<Seat> {
  const port = await freePort();
  const hook = { WEBHOOK_URL: `http://127.0.0.1:${port}/hook`, WEBHOOK_SECRET: SECRET };
  const all = { ...settings, ...(role === 'web' && hook), PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'info' };
  let isClosed = false;
  let starting = start();
  starting.catch(() => undefined);
  let current: BotProcess | undefined;
  /** Of programs that are gone. */
  let before = '';
  let readTo = 0;

  async function start(): Promise<BotProcess> {
    const program = await startProgram(all, { args: [role] });
    if (isClosed) await program.dispose();
    current = program;
    return program;
  }

  async function ready(): Promise<void> {
    const program = await starting;
    await program.ready();
    for (const end = performance.now() + PATIENCE_MS; ; await sleep(50)) {
      const said = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(6_000) }).catch(() => undefined);
      if (said?.status === 200) return;
      if (performance.now() > end)
        throw new Error(`${name} is not ready: ${(await said?.text()) ?? 'no answer'}\n${program.output().slice(-2_000)}`);
    }
  }

  return {
    name,
    role,
    port,
    async end(signal) {
      const program = await starting;
      await program.stop(signal);
      before += program.output();
      current = undefined;
      await program.dispose();
      if (!isClosed) starting = start();
      starting.catch(() => undefined);
    },
    async pauseFor(ms) {
      const { child } = await starting;
      child.kill('SIGSTOP');
      await sleep(ms);
      child.kill('SIGCONT');
    },
    ready,
    breakages() {
      const all = before + (current?.output() ?? '');
      const fresh = all.slice(readTo);
      readTo = all.length;
      return fresh.split('\n').filter((line) => BREAKAGE.test(line));
    },
    async close() {
      isClosed = true;
      const program = await starting.catch(() => undefined);
      if (!program) return;
      program.child.kill('SIGCONT');
      await program.dispose();
    },
  };
}

export const SECRET = 'hold';

const BREAKAGE = /a promise was left alone|nobody was there for an error|could not be credited|"how":"(?:failed|stuck)"/;
