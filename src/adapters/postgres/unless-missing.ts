import { stat } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedTrouble } from './embedded-trouble.ts';
import { nameOfUser } from './identity.ts';

/**
 * For `.catch`: only what is missing (ENOENT) is nothing; after any other error nobody knows what lies at `file`, and it must not be taken
 * for empty.
 */
export function unlessMissing(file: string): (error: NodeJS.ErrnoException) => Promise<undefined> {
  return async ({ code = 'unknown error' }) => {
    if (code === 'ENOENT') return undefined;
    const owner = await ownerOf(file);
    const me = nameOfUser(process.getuid?.() ?? 0);
    throw new EmbeddedTrouble(
      code === 'EACCES' && owner !== undefined && owner !== me
        ? `${file} in DATA_DIR cannot be looked into (${code}): it belongs to ${owner}, and this is run by ${me}: run it as ${owner}, or give DATA_DIR to ${me} (chown -R)`
        : `${file} in DATA_DIR cannot be looked into (${code}): check the rights of the folder and the disk`,
    );
  };
}

/** Of a file that may not be seen, whose the folder is that hides it. */
async function ownerOf(file: string): Promise<string | undefined> {
  for (let at = file; at !== path.dirname(at); at = path.dirname(at)) {
    const found = await stat(at).catch(() => undefined);
    if (found) return nameOfUser(found.uid);
  }
  return undefined;
}
