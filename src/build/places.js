/** Where the program lies, and where its TypeScript lies once it is JavaScript: the same tree, one folder down. */
import { fileURLToPath } from 'node:url';

export const ROOT = new URL('../../', import.meta.url);

export const BUILT = new URL('.build/', ROOT);

/**
 * What runs in the place of a file of ours; for threads and processes, which have to be told one.
 * @param {URL} source
 * @returns {URL}
 */
export function builtFile(source) {
  const [, path = ''] = source.href.split(ROOT.href);
  return new URL(path.replace(/\.ts$/, '.js'), BUILT);
}

/** What starts a program of ours: `node RUN FILE.ts ARGS`. */
export const RUN = fileURLToPath(new URL('src/run.js', ROOT));
