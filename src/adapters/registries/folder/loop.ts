import { hostname } from 'node:os';
import { nameOfError } from '../../../runtime/name-of-error.ts';
import type { Leads } from '../../../runtime/leads.ts';
import { sleep } from '../../../runtime/sleep.ts';
import { type FolderParts, openFolder } from '../folder.ts';

const LOOK_MS = 5000;
const FORGET_MS = 3_600_000;
/** After a breakage. */
const OPEN_AGAIN_MS = 60_000;

/** Looks into the folder every few seconds; of the processes that share it one does. */
export function startFolder(leads: Leads, parts: FolderParts): { stop: () => Promise<void> } {
  const stop = new AbortController();
  const running = leads.lead(
    { name: `registry folder ${hostname()}:${parts.folder}` },
    async (signal) => {
      const folder = await openFolder(parts).catch((error: unknown) => {
        parts.log.warn({ reason: nameOfError(error) }, 'the folder of registries cannot be used: DATA_DIR must be writable');
        return undefined;
      });
      if (!folder) return sleep(OPEN_AGAIN_MS, signal);
      for (let forgetAt = 0; !signal.aborted; await sleep(LOOK_MS, signal)) {
        await folder.look(signal);
        if (performance.now() < forgetAt) continue;
        await folder.forget();
        forgetAt = performance.now() + FORGET_MS;
      }
    },
    stop.signal,
  );
  return {
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}
