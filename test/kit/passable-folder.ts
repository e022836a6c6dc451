import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * A fresh folder that others may pass through and not look into: where the system forbids user namespaces (most containers), root's
 * embedded Postgres runs as another user and must get to its data.
 */
export async function passableFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), prefix));
  await chmod(folder, 0o711);
  return folder;
}
