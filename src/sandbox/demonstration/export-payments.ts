import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../commands/export.ts', import.meta.url));

/** `npm run export -- payments` beside the running program, by the same settings; throws with its words when it fails. */
export async function exportPayments(out: string): Promise<void> {
  const child = spawn(process.execPath, ['--import', '@oxc-node/core/register', COMMAND, 'payments', '--out', out], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status !== 0) throw new Error(`the export of payments ended with status ${status}: ${said}`);
}
