import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** What replays every chapter: the verbs, and how answers are kept. How things are said is no part of it. */
export const ENGINE: readonly URL[] = ['run-dialog.ts', 'progress.ts'].map((name) => new URL(name, import.meta.url));

type Source = { text: string; imports: URL[] };

/**
 * Gives each chapter its version: a digest of all that a replay of it runs (its own file, the kit's engine, and what these import: pages,
 * the domain, codecs). While it stays the same, a dialog that was begun before an upgrade goes on after it. Types are no part of it.
 * A file is read once, however many chapters there are.
 */
export function openVersions(
  read: (file: URL) => string = (file) => readFileSync(file, 'utf8'),
  engine: readonly URL[] = ENGINE,
): (chapter: URL) => string {
  const sources = new Map<string, Source>();

  function sourceOf(file: URL): Source {
    const known = sources.get(file.href);
    if (known) return known;
    const text = read(file);
    const imports = [...text.matchAll(VALUE_IMPORT)].map(([, path = '']) => new URL(path, file));
    const source = { text, imports };
    sources.set(file.href, source);
    return source;
  }

  return (chapter) => {
    const reached = new Map<string, Source>();
    const toReach = [chapter, ...engine];
    for (let file = toReach.pop(); file; file = toReach.pop()) {
      // The same on every machine.
      const name = posix.relative(posix.dirname(chapter.pathname), file.pathname);
      if (reached.has(name)) continue;
      const source = sourceOf(file);
      reached.set(name, source);
      toReach.push(...source.imports);
    }
    const digest = createHash('sha256');
    for (const [name, { text }] of [...reached].toSorted(([a], [b]) => (a < b ? -1 : 1)))
      digest.update(name).update('\0').update(text).update('\0');
    return digest.digest('base64url').slice(0, 4);
  };
}

/** Of a file of ours, over as many lines as it takes; also for its effects alone. */
const VALUE_IMPORT = /^(?:import(?! type\b)|export(?! type\b)(?= [{*]))(?:[^;'"]*? from)? ?['"](\.{1,2}\/[^'"]+)['"]/gm;
