import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { RUN } from '../../../src/build/places.js';

/** A process that has taken the chat for an update and stays; it is there when this returns. */
export async function spawnTurnHolder(
  address: readonly [kind: string, url: string],
  key: string,
  chat: string,
  updateId: number,
  lockMs: number,
): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('holder.ts', import.meta.url));
  const child = spawn(process.execPath, [RUN, script, ...address, key, chat, String(updateId), String(lockMs)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => {
      throw new Error('the holder ended before it had the chat');
    }),
  ]);
  return child;
}
