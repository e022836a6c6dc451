import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { RUN } from '../../src/build/places.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** `npm ci && npm start` has to answer within this on a clean clone. */
const START_MS = 120_000;

/** What a start is told; everything else is as on a bare machine. */
export type ProgramSettings = { DATA_DIR: string; PORT: string };

export type Program = {
  /** The page's address, as the program printed it. */
  url: string;
  startedInMs: number;
  /** SIGKILL, and waits until it is gone; nothing when it is gone already. */
  kill(): Promise<void>;
  /** SIGTERM, and waits; the exit status. */
  stop(): Promise<number | null>;
};

/**
 * The environment of a bare machine: every setting of `.env.example` is absent (an empty one counts as absent, and a `.env` that lies
 * about cannot fill it).
 */
export function bareEnvironment(settings: ProgramSettings): NodeJS.ProcessEnv {
  const names = [...readFileSync(`${ROOT}.env.example`, 'utf8').matchAll(/^#?\s*([A-Z][A-Z0-9_]+)=/gm)].map(
    (match) => match[1] ?? '',
  );
  return { ...process.env, ...Object.fromEntries(names.map((name) => [name, ''])), ...settings };
}

/** Starts the real program as `npm start` does; throws with its output when no page answers in time. */
export async function startProgram(settings: ProgramSettings, startMs = START_MS): Promise<Program> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [RUN, 'src/main.ts'], {
    cwd: ROOT,
    env: bareEnvironment(settings),
  });
  let output = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (reason: string): void => reject(new Error(`${reason}\n${output}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`No address of a page within ${startMs} ms.`);
    }, startMs);
    const listen = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      const address = /^(http:\/\/127\.0\.0\.1:\d+)\/?$/m.exec(output)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`The program ended with status ${code}.`);
    });
  });
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The page answered ${response.status}.`);
  return {
    url,
    startedInMs: Math.round(performance.now() - startedAt),
    kill: () => end(child, 'SIGKILL', exited).then(() => undefined),
    stop: () => end(child, 'SIGTERM', exited),
  };
}

function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM', exited: Promise<number | null>): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  return exited;
}

/** Runs a command of the operator beside the program, over the same data, and returns what it printed. */
export async function runCommand(file: string, args: string[], settings: ProgramSettings): Promise<string> {
  const child = spawn(process.execPath, [RUN, file, ...args], {
    cwd: ROOT,
    env: bareEnvironment(settings),
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (status !== 0) throw new Error(`${file} ended with status ${status}\n${output}`);
  return output;
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('The system gave no port');
  return address.port;
}
