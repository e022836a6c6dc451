import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { RUN } from '../../../src/build/places.js';

const PROGRAM = fileURLToPath(new URL('./proxy-program.ts', import.meta.url));

export type ProxyKind = 'http' | 'https' | 'socks5';

/** A certificate for 127.0.0.1 that nobody knows; a folder of its own until the test ends. */
export function selfSigned(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'inkomus-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...made, ...names], { stdio: 'ignore' });
  return { key, cert };
}

/** A proxy as a process of its own. `ways`: what went through it, and what it refused. */
export async function spawnProxy(
  kind: ProxyKind,
  options: { nameAndPassword?: string; tls?: { key: string; cert: string }; settings?: Record<string, string> } = {},
) {
  const { nameAndPassword, tls, settings } = options;
  const child = spawn(process.execPath, [RUN, PROGRAM, kind], {
    env: {
      PATH: process.env.PATH,
      ...(nameAndPassword !== undefined && { NAME_AND_PASSWORD: nameAndPassword }),
      ...(tls && { PROXY_TLS_KEY: tls.key, PROXY_TLS_CERT: tls.cert }),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ways: string[] = [];
  const lines = createInterface({ input: child.stdout });
  const [first] = (await once(lines, 'line')) as [string];
  lines.on('line', (line) => void ways.push(line));
  const end = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGKILL');
    await end;
  };
  onTestFinished(stop);
  return { port: Number(first.replace('port ', '')), ways, stop };
}
