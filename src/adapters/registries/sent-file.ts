import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sentFileName, shownFileName } from '../../domain/registry-file.ts';
import type { SentRegistry, WithSentRegistry } from '../../office/edges.ts';
import type { Layout } from '../../office/registries/layouts/layout.ts';
import { RegistryNotNow, RegistryUnreadable } from '../../office/registries/reading/unreadable.ts';
import type { FetchFile } from '../../delivery/fetch-file.ts';
import { openRegistry } from './file.ts';

/** Fetches registries that staff sent, each into a folder that goes afterwards. */
export function sentRegistries(fetchFile: FetchFile, layouts: readonly Layout[]): WithSentRegistry {
  return async ({ handle, name, layout }, work) => {
    const folder = await mkdtemp(join(tmpdir(), 'registry-'));
    try {
      const sent = await open(join(folder, sentFileName(shownFileName(name))));
      try {
        return await work(sent);
      } finally {
        if (sent.outcome === 'opened') await sent.file.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }

    async function open(path: string): Promise<SentRegistry> {
      const fetched = await fetchFile(handle, path);
      if (fetched.outcome !== 'fetched') return fetched;
      try {
        return {
          outcome: 'opened',
          file: await openRegistry(path, { layouts, named: layout, ...(name !== '' && { name }) }),
          sha256: fetched.sha256,
        };
      } catch (error) {
        if (!(error instanceof RegistryUnreadable) || error instanceof RegistryNotNow) throw error;
        return { outcome: 'unread', why: error.why };
      }
    }
  };
}
