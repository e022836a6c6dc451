/**
 * TypeScript becomes JavaScript before it runs, not while it runs: what a loader translates, Node 20 loads through a thread of its own, which
 * costs every start, of the bot, a command or a drawing thread, three seconds of a core. What was translated is kept in `.build`; a file whose
 * text has changed since is translated again, so that nobody has to think of it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILT, ROOT } from './places.js';

const SOURCES = fileURLToPath(ROOT);
const TARGETS = fileURLToPath(BUILT);
/** Scripts of the sandbox's page run in a browser, tests in vitest; types run nowhere. */
const LEFT_OUT = /^src\/sandbox\/page\/|\.test\.ts$|\.d\.ts$/;
const PROGRAM = /\.(ts|js)$/;

/** @typedef {Map<string, string>} Digests Of a file's text and of how it is translated, by its path from the root. */

/**
 * Brings `.build` up to date with these folders of the root. Several processes may do so at once: each file is whole at any time.
 * @param {readonly string[]} folders
 * @returns {Promise<string[]>} what the program is made of, from the root
 * @throws {Error} where a text is not TypeScript, or where `.build` cannot be written; a sentence for the operator
 */
export async function build(folders) {
  const way = howTranslated();
  const files = [];
  for (const folder of folders) files.push(...(await buildFolder(folder, way)));
  return files;
}

/** @param {string} folder @param {string} way */
async function buildFolder(folder, way) {
  const texts = new Map(listFiles(SOURCES, folder).map((file) => [file, readFileSync(path.join(SOURCES, file))]));
  const digests = new Map([...texts].map(([file, text]) => [file, digestOf(way, text)]));
  const built = new Set(listFiles(TARGETS, folder));
  const before = readDigests(folder);
  const stale = [...texts].filter(([file]) => before.get(file) !== digests.get(file) || !built.has(targetOf(file)));
  for (const file of texts.keys()) built.delete(targetOf(file));
  if (stale.length === 0 && built.size === 0) return texts.keys();
  for (const [file, text] of stale) write(targetOf(file), PROGRAM.test(file) ? await translate(file, text.toString('utf8')) : text);
  for (const gone of built) rmSync(path.join(TARGETS, gone), { force: true });
  write(listOf(folder), JSON.stringify([...digests]));
  return texts.keys();
}

/** @param {string} file @param {string} text */
async function translate(file, text) {
  const { transformSync } = await import('oxc-transform');
  const place = path.posix.relative(path.posix.dirname(path.posix.join('.build', file)), file);
  const { code, map, errors } = transformSync(file, text, {
    lang: file.endsWith('.ts') ? 'ts' : 'js',
    sourceType: 'module',
    sourcemap: true,
    typescript: { rewriteImportExtensions: 'rewrite', onlyRemoveTypeImports: true },
    // What a file finds beside itself (words, fonts, migrations) lies beside its TypeScript; said as a way from here, as the root may be moved.
    define: { 'import.meta.url': `new URL(${JSON.stringify(place)}, import.meta.url).href` },
  });
  if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ message }) => message).join('; ')}`);
  const sources = { ...map, sources: [place], sourcesContent: undefined };
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(sources)).toString('base64')}\n`;
}

/** A newer translator, or another way to use it, makes all anew. */
function howTranslated() {
  const { dependencies } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
  return digestOf(String(dependencies['oxc-transform']), readFileSync(fileURLToPath(import.meta.url)));
}

/** @param {string} way @param {Buffer} text */
function digestOf(way, text) {
  return createHash('sha1').update(way).update(text).digest('base64url');
}

/**
 * The files of a folder that a program is made of, with / on every system.
 * @param {string} root @param {string} folder
 */
function listFiles(root, folder) {
  try {
    return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')))
      .filter((file) => /\.(ts|js|json)$/.test(file) && !LEFT_OUT.test(file));
  } catch {
    return [];
  }
}

/** @param {string} file */
function targetOf(file) {
  return file.replace(/\.ts$/, '.js');
}

/** @param {string} folder */
function listOf(folder) {
  return `${folder}.digests`;
}

/** @param {string} folder @returns {Digests} */
function readDigests(folder) {
  try {
    return new Map(JSON.parse(readFileSync(path.join(TARGETS, listOf(folder)), 'utf8')));
  } catch {
    return new Map();
  }
}

/** @param {string} file @param {string | Buffer} text */
function write(file, text) {
  const target = path.join(TARGETS, file);
  const half = `${target}.${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(half, text);
    renameSync(half, target);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    const next = code === 'ENOSPC' ? 'освободите место' : 'выполните npm run build от имени её владельца';
    throw new Error(`${TARGETS} нельзя изменить (${code}): ${next} и запустите ещё раз`, { cause: error });
  }
}
