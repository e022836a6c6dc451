import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The version of a chapter: a digest of its source and of the pages that it takes from `dialogs/`, the kit apart. While it stays the same,
 * a dialog that was begun before an upgrade goes on after it.
 */
export function chapterVersion(file: URL): string {
  const seen = new Map<string, string>();
  collect(file, seen);
  const digest = createHash('sha256');
  for (const [name, source] of [...seen].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    digest.update(name).update('\0').update(source);
  return digest.digest('base64url').slice(0, 4);
}

function collect(file: URL, seen: Map<string, string>): void {
  const name = file.pathname.slice(file.pathname.lastIndexOf('/dialogs/'));
  if (seen.has(name)) return;
  const source = readFileSync(file, 'utf8');
  seen.set(name, source);
  for (const [, path] of source.matchAll(/^(?!import type)(?:import|export)[^;]*? from '(\.{1,2}\/[^']+)'/gm)) {
    const imported = new URL(path ?? '', file);
    if (imported.pathname.includes('/dialogs/') && !imported.pathname.includes('/dialogs/kit/')) collect(imported, seen);
  }
}
