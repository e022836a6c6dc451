import { stat } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { nameOfUser } from './identity.ts';

/**
 * For `.catch`: only what is missing (ENOENT) is nothing; after any other error nobody knows what lies at `file`, and it must not be taken
 * for empty.
 */
export function unlessMissing(file: string): (error: NodeJS.ErrnoException) => Promise<undefined> {
  return async (error) => {
    if (error.code === 'ENOENT') return undefined;
    throw await errorAt(file, error, 'прочитать');
  };
}

/** For `.catch`: `folder` cannot be written to. */
export function unwritable(folder: string): (error: NodeJS.ErrnoException) => Promise<never> {
  return async (error) => {
    throw await errorAt(folder, error, 'изменить');
  };
}

async function errorAt(
  file: string,
  { code = 'код неизвестен' }: NodeJS.ErrnoException,
  verb: string,
): Promise<EmbeddedPostgresError> {
  const owner = await ownerOf(file);
  const me = nameOfUser(process.getuid?.() ?? 0);
  return new EmbeddedPostgresError(
    code === 'EACCES' && owner !== undefined && owner !== me
      ? `DATA_DIR: ${file} нельзя ${verb} (${code}): это принадлежит ${owner}, а запускает ${me}: запустите от имени ${owner} или отдайте DATA_DIR ${me} (chown -R)`
      : `DATA_DIR: ${file} нельзя ${verb} (${code}): проверьте права на папку и диск`,
  );
}

/** Of a file that may not be seen, whose the folder is that hides it. */
async function ownerOf(file: string): Promise<string | undefined> {
  for (let at = file; at !== path.dirname(at); at = path.dirname(at)) {
    const found = await stat(at).catch(() => undefined);
    if (found) return nameOfUser(found.uid);
  }
  return undefined;
}
