import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FIELDS } from '../src/config-fields.ts';

/** What stands beside the code: the README, the Procfile, the compose file. */

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const readme = read('README.md');

test('the README has a row for every setting and for no other', () => {
  const table = readme.slice(readme.indexOf('| setting |'), readme.indexOf('## Several processes'));
  const named = table
    .split('\n')
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map((match) => match[1]));
  expect(new Set(named)).toEqual(new Set(Object.keys(FIELDS)));
  expect(named).toHaveLength(new Set(named).size);
});

test.each(['README.md', 'Procfile', '.ci/run'])('%s calls only scripts that there are', (name) => {
  const called = [...read(name).matchAll(/\bnpm (?:run ([\w:-]+)|(start|test))\b/g)].map(([, run, short]) => run ?? short ?? '');
  expect(called.length).toBeGreaterThan(0);
  expect(called.filter((script) => !scripts[script])).toEqual([]);
});

test('every script, the Procfile and the Dockerfile start files that there are', () => {
  const files = [...Object.values(scripts), read('Procfile'), read('Dockerfile')].flatMap((text) =>
    [...text.matchAll(/\b(?:src|test)\/[\w/-]+\.ts\b/g)].map(([file]) => file),
  );
  expect(files).toContain('src/main.ts');
  expect(files.filter((file) => !existsSync(new URL(`../${file}`, import.meta.url)))).toEqual([]);
});

test('links of the README lead somewhere', () => {
  const paths = [...readme.matchAll(/`((?:src|test|\.ci)\/[\w./-]+|[\w-]+\.(?:json|yaml)|\.env\.example)`/g)].map(
    (match) => match[1] ?? '',
  );
  const gone = paths.filter((path) => !path.includes('*') && !existsSync(new URL(`../${path}`, import.meta.url)));
  // Screenshots and dialogs' transcripts are made by other tests.
  expect(gone.filter((path) => !path.endsWith('screenshots'))).toEqual([]);
});

test('the compose file sets what its services need of each other', () => {
  const compose = read('compose.yaml');
  const password = /POSTGRES_PASSWORD: (\S+)/.exec(compose)?.[1];
  expect(compose).toContain(`postgres://inkomus:${password}@postgres:5432/inkomus`);
  for (const [, name] of compose.matchAll(/^ {6}([A-Z_]+): /gm)) {
    expect(Object.keys(FIELDS).includes(name ?? '') || name?.startsWith('POSTGRES_')).toBe(true);
  }
});

test('nothing of a secret is put into the image', () => {
  expect(read('.dockerignore').split('\n')).toEqual(expect.arrayContaining(['.env', '.env.*', 'data', '.git']));
  expect(read('Dockerfile')).toMatch(/^USER node$/m);
});
