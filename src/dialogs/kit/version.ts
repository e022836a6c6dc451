import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** What replays every chapter: the verbs, and how answers are kept. How things are said is no part of it. */
const ENGINE: readonly URL[] = ['run-dialog.ts', 'progress.ts'].map((name) => new URL(name, import.meta.url));

type Source = { text: string; imports: URL[]; packages: string[] };

type Dependencies = Readonly<Record<string, string>>;

/** Exact versions, by the names of packages. */
function readDependencies(): Dependencies {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { dependencies: Dependencies }).dependencies;
}

/**
 * Gives each chapter its version: a digest of all that a replay of it runs (its own file, the kit's engine, and what these import: pages,
 * the domain, codecs, and by their exact versions the packages that these import: what a schema of zod takes is part of an answer). While it stays
 * the same, a dialog that was begun before an upgrade goes on after it. Types are no part of it. A file is read once, however many chapters there are.
 */
export function openVersions(
  read: (file: URL) => string = (file) => readFileSync(file, 'utf8'),
  engine: readonly URL[] = ENGINE,
  dependencies: Dependencies = readDependencies(),
): (chapter: URL) => string {
  const sources = new Map<string, Source>();

  function sourceOf(file: URL): Source {
    const known = sources.get(file.href);
    if (known) return known;
    const text = read(file);
    const imports = [...text.matchAll(VALUE_IMPORT)].map(([, path = '']) => new URL(path, file));
    const packages = [...text.matchAll(PACKAGE_IMPORT)].map(([, name = '']) => name);
    const source = { text, imports, packages };
    sources.set(file.href, source);
    return source;
  }

  function exact(name: string): string {
    const version = dependencies[name];
    if (version === undefined)
      throw new Error(`${name} is imported by what a chapter replays, and is no dependency of package.json: add it there`);
    return version;
  }

  return (chapter) => {
    const reached = new Map<string, Source>();
    const packages = new Set<string>();
    const toReach = [chapter, ...engine];
    for (let file = toReach.pop(); file; file = toReach.pop()) {
      // The same on every machine.
      const name = posix.relative(posix.dirname(chapter.pathname), file.pathname);
      if (reached.has(name)) continue;
      const source = sourceOf(file);
      reached.set(name, source);
      toReach.push(...source.imports);
      for (const each of source.packages) packages.add(each);
    }
    const digest = createHash('sha256');
    for (const [name, { text }] of [...reached].toSorted(([a], [b]) => (a < b ? -1 : 1)))
      digest.update(name).update('\0').update(text).update('\0');
    for (const name of [...packages].sort()) digest.update(`${name}@${exact(name)}`).update('\0');
    return digest.digest('base64url').slice(0, 4);
  };
}

/** Of a file of ours, over as many lines as it takes; also for its effects alone. */
const VALUE_IMPORT = /^(?:import(?! type\b)|export(?! type\b)(?= [{*]))(?:[^;'"]*? from)? ?['"](\.{1,2}\/[^'"]+)['"]/gm;

/** Of a package that package.json has; what Node brings is no part of a version. */
const PACKAGE_IMPORT = /^(?:import(?! type\b)|export(?! type\b)(?= [{*]))(?:[^;'"]*? from)? ?['"]((?!node:)[^.'"][^'"]*)['"]/gm;
