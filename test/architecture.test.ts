import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { TAGS } from '../src/texts/markup.ts';

/** `src/README.md`, «Who may import whom». The longest name that fits a file holds; a file at the top of `src`, and in `src/app`, may import anything. */
const MAY_IMPORT: Record<string, RegExp> = {
  'src/domain': /^(zod$|jsonc-parser$|src\/domain\/)/,
  'src/runtime': /^src\/runtime\//,
  'src/records': /^(kysely$|node:fs\/promises$|src\/(domain|records)\/|src\/build\/places\.js$)/,
  'src/office': /^(zod$|node:crypto$|src\/(domain|records|office)\/)/,
  'src/config':
    /^(zod$|dotenv$|node:|src\/(domain|config)\/|src\/office\/centre\.ts$|src\/adapters\/(sms\/providers?|centre-file)\.ts$)/,
  'src/channels/telegram':
    /^(?!kysely|pg$|src\/(dialogs(?!\/kit)|records(?!\/group-moves|\/database)|config|sandbox|commands)\/|src\/(app|main|work)(\.ts|\/))/,
  'src/texts': /^(@fluent\/bundle$|node:fs$|src\/(domain|texts)\/)/,
  'src/papers':
    /^(node:|iconv-lite$|pdfkit$|fontkit$|qrcode$|chart\.js$|@napi-rs\/canvas$|write-excel-file\/node$|tinypool$|src\/(domain|texts|papers)\/|src\/build\/places\.js$)/,
  'src/dialogs/kit': /^(zod$|node:|src\/(domain|office|dialogs\/kit)\/|src\/papers\/paper\.ts$)/,
  'src/dialogs': /^(src\/(domain|office|dialogs)\/|src\/papers\/paper\.ts$)/,
  'src/adapters': /^(?!src\/(config|dialogs|reception|channels|sandbox|commands)\/|src\/(app|main)(\.ts|\/))/,
  'src/delivery': /^(?!src\/(adapters|dialogs|reception|channels|sandbox|commands)\/|src\/(app|main)(\.ts|\/))/,
  'src/reception': /^(?!kysely|pg$|src\/(records|channels|config|sandbox|commands)\/|src\/(app|main|work)(\.ts|\/))/,
  'src/sandbox': /^(?!grammy$|src\/(dialogs|reception|channels|records|commands)\/|src\/(app|main)(\.ts|\/))/,
  'src/build': /^(node:|oxc-transform$|src\/build\/)/,
  'src/commands': /^(?!src\/(dialogs|reception|sandbox)\/)/,
};
const rooms = Object.keys(MAY_IMPORT).sort((a, b) => b.length - a.length);

/** `isLater`: where a function asks for it. */
type Import = { path: string; isType: boolean; isLater: boolean };
type Source = { file: string; text: string; imports: Import[] };

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|js)$/.test(name) && !name.startsWith('sandbox/page/'))
  .map((name): Source => {
    const file = `src/${name}`;
    const text = readFileSync(file, 'utf8');
    return { file, text, imports: importsOf(file, text) };
  });
const dialogs = sources.filter(({ file }) => file.startsWith('src/dialogs/') && !file.startsWith('src/dialogs/kit/'));

function importsOf(file: string, text: string): Import[] {
  const written = text.matchAll(/^(?:import|export)( type)?\b(?:[^'"]*? from)? '([^']+)'|\bimport\('([^']+)'\)/gm);
  return [...written].map(([, type, named, called]) => {
    const path = named ?? called ?? '';
    return {
      path: path.startsWith('.') ? join(dirname(file), path) : path,
      isType: type !== undefined,
      isLater: called !== undefined,
    };
  });
}

test.each(sources)('$file imports only what its room may', ({ file, imports }) => {
  const may = MAY_IMPORT[rooms.find((room) => file.startsWith(`${room}/`)) ?? ''];
  expect(imports.filter(({ path }) => may && !may.test(path))).toEqual([]);
});

test.each(dialogs)('$file is a function of its answers alone', ({ text }) => {
  expect(text).not.toMatch(/\bnew Date\b|\bDate[.(]|Math\.random|\bset(Timeout|Interval)\b|process\.|\btry \{/);
});

test.each(dialogs)('$file knows the office by its types', ({ imports }) => {
  expect(imports.filter(({ path, isType }) => path.startsWith('src/office/') && !isType)).toEqual([]);
});

/** The ways of `arrows` that come back to where they began. */
function circlesIn(arrows: ReadonlyMap<string, Iterable<string>>): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const follow = (from: string, way: readonly string[]): void => {
    if (way.includes(from)) circles.push([...way.slice(way.indexOf(from)), from].join(' → '));
    if (way.includes(from) || done.has(from)) return;
    for (const next of arrows.get(from) ?? []) follow(next, [...way, from]);
    done.add(from);
  };
  for (const from of arrows.keys()) follow(from, []);
  return circles;
}

test('no file imports one that imports it, but for types', () => {
  const values = new Map(
    sources.map(({ file, imports }) => [file, imports.filter(({ isType }) => !isType).map(({ path }) => path)]),
  );
  expect(circlesIn(values)).toEqual([]);
});

/** The rows of the map in `src/README.md`, each with the files and folders of `src` that it names. */
const mapped = [...readFileSync('src/README.md', 'utf8').matchAll(/^\| (`[^|]+`) \|/gm)].map(([, names = '']) =>
  [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => `src/${name}`),
);

/** The first name of the row where a file is. */
function roomOf(path: string): string | undefined {
  return mapped.find((names) => names.some((name) => path === name || (name.endsWith('/') && path.startsWith(name))))?.[0];
}

test('every file is in a room of the map', () => {
  expect(sources.map(({ file }) => file).filter((file) => roomOf(file) === undefined)).toEqual([]);
});

test('no room imports one that imports it, not even for types', () => {
  const arrows = new Map<string, Set<string>>();
  for (const { file, imports } of sources) {
    const room = roomOf(file) ?? file;
    const known = arrows.get(room) ?? new Set();
    for (const { path } of imports.filter(({ path }) => path.startsWith('src/'))) known.add(roomOf(path) ?? path);
    known.delete(room);
    arrows.set(room, known);
  }
  expect(circlesIn(arrows)).toEqual([]);
});

test('a command judges its arguments before it loads what does the work', () => {
  const bySource = new Map(sources.map((source) => [source.file, source.imports]));
  const loaded = (file: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(file)) return seen;
    seen.add(file);
    for (const { path, isType, isLater } of bySource.get(file) ?? []) if (!isType && !isLater) loaded(path, seen);
    return seen;
  };
  const entries = sources.filter(({ file }) => /^src\/commands\/[^/]+$/.test(file)).map(({ file }) => file);
  expect(entries.length).toBeGreaterThan(10);
  const light = /^(node:|zod$|src\/(commands|domain)\/|src\/adapters\/private-files\.ts$)/;
  for (const entry of entries)
    expect(
      [...loaded(entry)].filter((path) => !light.test(path)),
      entry,
    ).toEqual([]);
});

const outside = sources.filter(({ file }) => !/^src\/(channels\/telegram|sandbox)\//.test(file));

const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

test('only channels/telegram writes and reads ids of Telegram, what its buttons carry, and its HTML', () => {
  const byHand =
    /['"`^]telegram:(?!\/)|(?<!sql\.ref\()['"`][dtqs]\.(?:\$\{|['"`])|startsWith\('[dtqs]\.|&lt;|&amp;|<\/?(?:b|i|code|blockquote)>|<a href|callbackQuery\??\.data\??\.split/;
  const others = outside.filter(({ file }) => file !== 'src/texts/markup.ts');
  expect(others.filter(({ text }) => byHand.test(code(text))).map(({ file }) => file)).toEqual([]);
});

test('only channels/telegram knows grammY and the Bot API', () => {
  const knows = /'grammy\b|'@grammyjs\/|parse_mode|callback_data|reply_markup|inline_keyboard|\bmessage_thread_id\b/;
  expect(outside.filter(({ text }) => knows.test(code(text))).map(({ file }) => file)).toEqual([]);
});

/** What looks like a messenger's and is none, or is the centre's own data. */
const NO_LIMITS: ReadonlySet<string> = new Set([
  // Numbers among the passwords that are refused.
  'src/domain/common-passwords.ts',
  // The first port that anybody may open.
  'src/adapters/http/listening.ts',
  // Colleagues whom the centre's file mentions, by their names where the staff group is.
  'src/office/centre/request-rules.ts',
]);

test('only channels read command lines, write addresses of bots and know how much a messenger takes; comments, too', () => {
  // A count of bytes is a product or a power of 1024.
  const knows = /\/start\b|\bt\.me\b|\b4096\b|(?<![*/] )\b1024\b(?! [*/])|@\??\(?\\w|\\w\{\d/;
  const others = sources.filter(({ file }) => !/^src\/(channels|sandbox|config|texts)\//.test(file) && !NO_LIMITS.has(file));
  expect(others.filter(({ text }) => knows.test(text)).map(({ file }) => file)).toEqual([]);
  for (const known of ["'/start pay'", '`https://t.me/${name}`', 'text: 4096', 'most = 1024;', '/^@?(\\w{4,32})$/'])
    expect(knows.test(known), known).toBe(true);
});

test('texts have the few tags of markup.ts, and close what they open', () => {
  const tag = /<(\/?)([a-z]+)((?: [^<>]*)?)>/g;
  const slips = readdirSync('src/texts/ru').flatMap((name) => {
    const said = readFileSync(`src/texts/ru/${name}`, 'utf8').replace(/^#.*$/gm, '');
    return said.split(/^(?=-?[a-z][\w-]* ?=)/m).filter((text) => {
      const tags = [...text.matchAll(tag)].map(([, close = '', word = '', more = '']) => ({ close, word, more }));
      const known = tags.every(
        ({ word, more }) => isTag(word) && (more === '' || /^(?:a href="[^"]*"|blockquote expandable)$/.test(word + more)),
      );
      const open: string[] = [];
      const nested = tags.every(({ close, word }) => (close === '' ? open.push(word) > 0 : open.pop() === word));
      const bare = text.replace(tag, '').replace(/->\s*$/gm, '');
      return !known || !nested || open.length > 0 || /[<>]/.test(bare);
    });
  });
  expect(slips).toEqual([]);
});

const isTag = (word: string): boolean => TAGS.some((known) => known === word);

/** Statements that open, lead and probe a base, and those of chat turns: prepared by name on a connection of their own, beside the same in Redis. */
const OTHER_STATEMENTS = /^src\/(records|adapters\/(postgres|turns))\//;

test('all SQL is in records', () => {
  const statement =
    /\bsql(?:<|`|\.raw\()|\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto|withRecursive)\(|\.query\(|['"`]\s*(?:select|insert into|update \w+ set|delete from|with \w+ as|create (?:temp )?(?:table|index)|drop table|truncate|lock table|copy \w+ from|set (?:local )?\w+ =)\s/;
  const elsewhere = sources.filter(({ file }) => !OTHER_STATEMENTS.test(file));
  expect(elsewhere.filter(({ text }) => statement.test(code(text))).map(({ file }) => file)).toEqual([]);
  const openers = elsewhere.filter(({ imports }) =>
    imports.some(({ path, isType }) => /^(kysely|pg|pg-copy-streams)$/.test(path) && !isType),
  );
  expect(openers.map(({ file }) => file)).toEqual([]);
});

test('only config reads the environment', () => {
  const readers = sources.filter(({ text }) => /process\.env(?!\.PATH)/.test(text)).map(({ file }) => file);
  // run.js asks it whether Node watches for changes.
  expect(readers.sort()).toEqual(['src/config/read.ts', 'src/run.js']);
});

test('of config others know the settings read, for the bot and for commands, and the warnings', () => {
  const known = sources
    .filter(({ file }) => !file.startsWith('src/config/'))
    .flatMap(({ imports }) => imports.map(({ path }) => path))
    .filter((path) => path.startsWith('src/config/'));
  expect(new Set(known)).toEqual(new Set(['config', 'for-commands', 'warnings'].map((name) => `src/config/${name}.ts`)));
});

test('only the app knows the sandbox, and loads it where it is one', () => {
  const knowing = sources.filter(({ imports }) => imports.some(({ path }) => path.startsWith('src/sandbox/')));
  expect(knowing.map(({ file }) => file).filter((file) => !file.startsWith('src/sandbox/'))).toEqual(['src/app/open-sandbox.ts']);
  const loading = sources.filter(({ imports }) =>
    imports.some(({ path, isType }) => path === 'src/app/open-sandbox.ts' && !isType),
  );
  expect(loading.map(({ file, text }) => [file, text.includes("await import('./app/open-sandbox.ts')")])).toEqual([
    ['src/app.ts', true],
  ]);
});
