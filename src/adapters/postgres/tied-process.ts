import { type ChildProcess, spawn } from 'node:child_process';
import type { Identity } from './identity.ts';

/** How many last lines of what the process said are kept for the sentence of an error. */
const KEPT_LINES = 20;

export type TiedProcess = {
  child: ChildProcess;
  /** The exit status, once the process and its shell are gone. */
  gone: Promise<number>;
  /** Asks it to end (SIGINT: a fast shutdown for Postgres) and waits until it has. */
  end(): Promise<void>;
  /** The last lines that it printed. */
  said(): string;
};

/**
 * A program whose life is tied to ours by a pipe: a shell beside it waits for the pipe's end, which comes with our own, even by
 * kill -9. Its own session keeps a Ctrl-C in our terminal from reaching it before we are done with it. `litter` is removed after it.
 */
const SHELL = `exec 3<&0; litter=$1; shift
"$@" 3<&- & program=$!
( read -r _ <&3; kill -INT $program ) 2>/dev/null & watch=$!
wait $program; status=$?
kill $watch 2>/dev/null
[ -n "$litter" ] && rm -rf "$litter"
exit $status`;

export function startTied(
  command: readonly string[],
  options: { identity: Identity; litter?: string | undefined; log?: ((line: string) => void) | undefined },
): TiedProcess {
  const { prefix, uid, gid } = options.identity;
  const [program = '', ...rest] = [...prefix, '/bin/sh', '-c', SHELL, 'sh', options.litter ?? '', ...command];
  const child = spawn(program, rest, {
    cwd: '/',
    // Settings of libpq in our environment (PGDATA, PGPORT …) are about other servers.
    env: { PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  });

  const lines: string[] = [];
  const hear = (chunk: Buffer): void => {
    for (const line of chunk.toString().split('\n')) {
      if (line.trim() === '') continue;
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      options.log?.(line);
    }
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  // The pipe breaks when the program is gone before us: `gone` tells it.
  child.stdin.on('error', () => undefined);

  const gone = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      hear(Buffer.from(error.message));
      resolve(127);
    });
    child.once('close', (status) => {
      resolve(status ?? 128);
    });
  });

  return {
    child,
    gone,
    end: async () => {
      child.stdin.end();
      await gone;
    },
    said: () => lines.join('\n'),
  };
}
