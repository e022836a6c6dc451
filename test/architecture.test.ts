import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** `src/README.md`, «Who may import whom». The longest name that fits a file holds; a file at the top of `src` may import anything. */
const MAY_IMPORT: Record<string, RegExp> = {
  'src/domain': /^(zod|src\/domain\/)/,
  'src/records': /^(zod|kysely|node:(fs|url)|src\/(domain|records)\/)/,
  'src/office': /^(zod|kysely|node:crypto|src\/(domain|records|office)\/)/,
  'src/texts': /^(@fluent\/bundle|node:fs|src\/(domain|texts)\/)/,
  'src/dialogs/kit': /^(zod|grammy|@grammyjs\/|node:|src\/(domain|office|texts|dialogs\/kit)\/)/,
  'src/dialogs': /^(zod|src\/(domain|office|dialogs)\/)/,
  'src/adapters': /^(?!src\/(dialogs|bot|sandbox|commands)\/|src\/(app|main)\.ts)/,
  'src/bot': /^(?!kysely|pg$|src\/(records|sandbox|commands)\/|src\/(app|main|config)\.ts)/,
  'src/sandbox': /^(?!grammy$|src\/(dialogs|bot|records|commands)\/|src\/(app|main)\.ts)/,
  'src/commands': /^(?!src\/(dialogs|bot|sandbox)\/)/,
};
const rooms = Object.keys(MAY_IMPORT).sort((a, b) => b.length - a.length);
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

test.each(sources.map((name) => `src/${name}`))('%s imports only what its room may', (file) => {
  const may = MAY_IMPORT[rooms.find((room) => file.startsWith(`${room}/`)) ?? ''];
  const imports = [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b(?:[^'"]*? from)? '([^']+)'/gm)].map(
    ([, path = '']) => (path.startsWith('.') ? join(dirname(file), path) : path),
  );
  expect(imports.filter((path) => may && !may.test(path))).toEqual([]);
});

test.each(sources.filter((name) => name.startsWith('dialogs/') && !name.startsWith('dialogs/kit/')))(
  '%s is a function of its answers alone',
  (name) => {
    expect(readFileSync(`src/${name}`, 'utf8')).not.toMatch(/\bnew Date\b|\bDate\.|Math\.random|process\.|\btry \{/);
  },
);

test('only config.ts reads the environment', () => {
  const readers = sources.filter((name) => /process\.env(?!\.PATH)/.test(readFileSync(`src/${name}`, 'utf8')));
  expect(readers).toEqual(['config.ts']);
});

test('only app.ts knows the sandbox', () => {
  const knowing = sources.filter((name) => /from '[./]+\/sandbox\//.test(readFileSync(`src/${name}`, 'utf8')));
  expect(knowing.filter((name) => !name.startsWith('sandbox/') && name !== 'app.ts')).toEqual([]);
});
