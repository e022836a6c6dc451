import { sleep } from '../runtime/sleep.ts';

/** Work on files that is under way is over by then, where the disk answers. */
const FILES_MS = 1_000;

/**
 * Ends the process with this status. `process.exit` waits for the threads that read and write files, and one whose disk does not answer would
 * hold it for ever: then it is killed.
 */
export async function endProcess(code: number): Promise<never> {
  for (const until = performance.now() + FILES_MS; isAtFiles() && performance.now() < until; ) await sleep(20);
  if (isAtFiles()) process.kill(process.pid, 'SIGKILL');
  process.exit(code);
}

function isAtFiles(): boolean {
  return process.getActiveResourcesInfo().some((resource) => resource.startsWith('FSReq'));
}
