import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SETTINGS } from '../src/config/settings.ts';

/** What stands beside the code: the README, the Procfile, the compose file. */

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const readme = read('README.md');

test('the README has a row for every setting and for no other', () => {
  const table = readme.slice(readme.indexOf('| setting |'), readme.indexOf('## Several processes'));
  const named = table
    .split('\n')
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([A-Z\d_]+)`/g)].map((match) => match[1]));
  expect(new Set(named)).toEqual(new Set(Object.keys(SETTINGS)));
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
  for (const [, name] of compose.matchAll(/^ {6}([A-Z\d_]+): /gm)) {
    expect(Object.keys(SETTINGS).includes(name ?? '') || name?.startsWith('POSTGRES_')).toBe(true);
  }
});

/** What lies about beside the code where the README's commands are followed. */
const THEIRS = [
  '.env',
  '.env.production',
  'data/postgres/PG_VERSION',
  'data/sandbox/journal.jsonl',
  'data/sandbox/town/accounts.csv',
  'src/sandbox/town/accounts.csv',
  'registries/accounts.csv',
  'accounts.csv',
  'accounts.csv.refused.csv',
  'out/readings.csv',
  'requests.xlsx',
  'sheets.pdf',
  'inkomus.dump',
  'backups/inkomus.dump',
];
const CODE = [
  '.env.example',
  'package.json',
  'centre.example.json',
  'src/office/registries/reading/csv.ts',
  'src/adapters/registries/folder.ts',
];

test('residents’ data and secrets are not committed by the way', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ignored-'));
  try {
    writeFileSync(join(folder, '.gitignore'), read('.gitignore'));
    const git = (args: readonly string[], input?: string) =>
      spawnSync('git', ['-c', 'core.excludesFile=/dev/null', ...args], { cwd: folder, encoding: 'utf8', input });
    git(['init', '--quiet']);
    const tests = ['test/dialogs/staff-registry/files/accounts.csv', 'test/dialogs/staff-registry/files/book.xlsx'];
    const { stdout } = git(['check-ignore', '--no-index', '--stdin'], [...THEIRS, ...CODE, ...tests].join('\n'));
    expect(stdout.trim().split('\n')).toEqual(THEIRS);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('nor put into the image', () => {
  const isLeftOut = ignoredBy(read('.dockerignore'));
  expect([...THEIRS, ...CODE].filter(isLeftOut)).toEqual(THEIRS);
});

/** As Docker reads it: patterns from the root, the last that fits holds, and what fits a folder fits all in it. */
function ignoredBy(dockerignore: string): (path: string) => boolean {
  const rules = dockerignore
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const pattern = line
        .replace(/^!/, '')
        .replace(/[.+()]/g, '\\$&')
        .replaceAll('**/', '\u0001')
        .replaceAll('*', '[^/]*')
        .replaceAll('\u0001', '(.*/)?');
      return { leavesOut: !line.startsWith('!'), fits: new RegExp(`^${pattern}(/|$)`) };
    });
  return (path) => rules.findLast(({ fits }) => fits.test(path))?.leavesOut ?? false;
}

test('nothing of a secret is put into the image', () => {
  expect(read('.dockerignore').split('\n')).toEqual(expect.arrayContaining(['.env', '.env.*', 'data', '.git']));
  expect(read('Dockerfile')).toMatch(/^USER node$/m);
});
