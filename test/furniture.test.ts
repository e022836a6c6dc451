import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { SETTING_SCHEMAS } from '../src/config/settings.ts';
import { REGISTRIES } from '../src/office/registries/registries.ts';

/** What stands beside the code: the pages, the Procfile, the compose file. */

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
/** What people read: the README, the pages of `docs`, and those beside the README. */
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'src/README.md',
  ...readdirSync(new URL('../docs', import.meta.url))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

test('every install script of a package has an answer: npm ci has nothing to warn of', () => {
  const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { hasInstallScript?: true }> };
  const scripted = Object.keys(packages).filter((path) => packages[path]?.hasInstallScript);
  expect(Object.keys(allowScripts).sort()).toEqual(scripted.map((path) => path.replace(/^.*node_modules\//, '')).sort());
});

test('the service’s page makes what its unit expects: the user, the folders that it may write to', () => {
  const unit = read('ops/inkomus-bot.service');
  const said = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? '';
  const page = read('docs/operating.md');
  const service = page.slice(page.indexOf('## As a service of systemd'), page.indexOf('## Upgrade'));
  expect(service).toMatch(new RegExp(`useradd .*--home-dir (?!/home/).* ${said('User')}$`, 'm'));
  expect(service).toContain(`cd ${said('WorkingDirectory')} `);
  for (const folder of said('ReadWritePaths')
    .split(' ')
    .filter((path) => path !== '/tmp'))
    expect(service).toMatch(
      new RegExp(`^install -d -o ${said('User')} .* ${folder.slice(said('WorkingDirectory').length + 1)} `, 'm'),
    );
  // node itself, as `npm start` has it, gets the signal; its Postgres is not shot with it.
  expect(said('ExecStart')).toBe(`/usr/bin/${scripts['start']}`);
  expect(said('KillMode')).toBe('mixed');
  // A detached HEAD cannot be pulled.
  const upgrade = page.slice(page.indexOf('## Upgrade'), page.indexOf('**The way back.**'));
  expect(upgrade.indexOf('git checkout main')).toBeGreaterThan(0);
  expect(upgrade.indexOf('git checkout main')).toBeLessThan(upgrade.indexOf('git pull'));
});

test('the page of settings has a row for every setting and for no other', () => {
  const operating = read('docs/operating.md');
  const from = operating.indexOf('| setting |');
  const table = operating.slice(from, operating.indexOf('\n\n', from));
  const named = table
    .split('\n')
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([A-Z\d_]+)`/g)].map((match) => match[1]));
  expect(new Set(named)).toEqual(new Set(Object.keys(SETTING_SCHEMAS)));
  expect(named).toHaveLength(new Set(named).size);
});

test('the page of registries has the columns of every kind', () => {
  const blocks = [...read('docs/registries.md').matchAll(/^```(\w*)\n(.*?)^```$/gms)];
  // A list that goes on in the next line ends with its separator.
  const told = blocks.find(([, language]) => language === '')?.[2]?.replaceAll(/;\n +/g, ';');
  const columns = REGISTRIES.map(({ title, columns: all }) => ({
    title,
    columns: all.map((column) => column.title + (column.optional ? '?' : '')).toSorted(),
  }));
  const lines = told?.trimEnd().split('\n') ?? [];
  const kinds = lines.flatMap((title, at) =>
    at % 2 === 0 ? [{ title, columns: lines[at + 1]?.trim().split(';').toSorted() }] : [],
  );
  expect(kinds).toEqual(columns);
});

/** Where the README says how long the rows of a table are kept: what stands in the first column of its line. */
const KEPT: Readonly<Record<string, string>> = {
  'billing.s accounts, charges, payments, meters': 'accounts charges payments meters',
  'a login with': 'residents sessions confirmed_messengers consents links muted_news told_verifications',
  'a consent that no registration followed': 'consents',
  'payments by card': 'card_payments card_payment_lines',
  'account passwords': 'audit_log account_passwords account_password_guesses sum_reopenings',
  'announcements that were sent': 'announcements registry_imports colleagues',
  'blocked the bot, muted news when signed out, or was silenced': 'unreachable muted_messengers silenced',
  'requests with words and files, credits by hand': 'requests request_messages former_threads escalations hand_credits',
  'readings and their photos': 'readings reading_photos exported_readings reading_answers meter_values exports sum_way_closings',
  'wrong sums': 'sum_failures',
  'one-time links': 'access_offers',
  'what an import replaced':
    'registry_previous_rows registry_orders scheduled_exports payment_orders payment_order_lines sent_papers',
  'how far news were looked for': 'news_scans',
  'notices and messages to staff that went out; what the bot told a person last': 'outbox last_told',
  'dead letters': 'update_inbox',
  'codes, counters of tries, numbers that guests looked up': 'confirmation_codes password_tries rate_limit_hits guest_lookups',
  'idempotency keys': 'idempotency_keys',
  'that an update was dealt with; a dialog.s answers': 'chat_updates chat_turns',
  'what was proved on the way': 'phone_proofs password_drafts password_proofs link_proofs sum_attempts awaited_secrets',
};
/** They hold nothing of anybody: what processes know of each other, and of the group. */
const OF_NOBODY = 'group_moves request_board group_sends revoked_turns inbox_owners leads data_owner write_probe'.split(' ');

test('the README says of every table how long its rows are kept', () => {
  const readme = read('README.md');
  const table = readme.slice(readme.indexOf('## What is kept how long'), readme.indexOf('## Where the rest is'));
  const whats = table.split('\n').flatMap((line) => /^\| (?!what \||---)(.*) \| .* \|$/.exec(line)?.[1] ?? []);
  for (const what of Object.keys(KEPT))
    expect(
      whats.filter((each) => new RegExp(what).test(each)),
      what,
    ).toHaveLength(1);
  const tables = [...read('docs/schema.md').matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name);
  const told = Object.values(KEPT).flatMap((names) => names.split(' '));
  expect([...new Set([...told, ...OF_NOBODY])].sort()).toEqual(tables.sort());
});

test('the README is short enough to be read: what it is, two commands, to Telegram, where the rest is', () => {
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(120);
});

test.each(pages.filter((name) => !name.startsWith('src/')))('%s breaks its lines, but for tables and commands', (name) => {
  const prose = read(name).replace(/^```.*?^```$/gms, '');
  expect(prose.split('\n').filter((line) => !/^[|#]/.test(line) && line.length > 150)).toEqual([]);
});

test.each(['README.md', 'docs/operating.md', 'docs/registries.md', 'docs/staff.md', 'CONTRIBUTING.md', 'Procfile', '.ci/run'])(
  '%s calls only scripts that there are',
  (name) => {
    const called = calledIn(name);
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((script) => !scripts[script])).toEqual([]);
  },
);

test('what an operator may call is on some page', () => {
  const told = new Set(pages.flatMap(calledIn));
  // npm calls that one itself.
  expect(Object.keys(scripts).filter((script) => !told.has(script) && script !== 'prepare')).toEqual([]);
});

/** Scripts by their names; `NAME` stands for any. */
function calledIn(name: string): string[] {
  const called = [...read(name).matchAll(/\bnpm (?:run ([\w:-]+)|(start|test))\b/g)].map(([, run, short]) => run ?? short ?? '');
  return called.filter((script) => script !== 'NAME');
}

test('every script, the Procfile and the Dockerfile start files that there are', () => {
  const files = [...Object.values(scripts), read('Procfile'), read('Dockerfile')].flatMap((text) =>
    [...text.matchAll(/\b(?:src|test)\/[\w/-]+\.ts\b/g)].map(([file]) => file),
  );
  expect(files).toContain('src/main.ts');
  expect(files.filter((file) => !existsSync(new URL(`../${file}`, import.meta.url)))).toEqual([]);
});

test.each(pages)('files that %s names are there', (name) => {
  const named = [...read(name).matchAll(/`((?:src|test|docs|migrations|\.ci)\/[\w./-]+|[\w-]+\.(?:json|yaml)|\.env\.example)`/g)];
  const paths = named.map(([, path = '']) => path).filter((path) => !/\*|NAME/.test(path) && !MADE.has(path.replace(/\/$/, '')));
  expect(paths.filter((path) => !existsSync(new URL(`../${path}`, import.meta.url)))).toEqual([]);
});

test.each(pages)('links of %s lead somewhere', (name) => {
  const links = [...read(name).matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]*))?\)/g)];
  const gone = links.filter(([, path = '', anchor]) => {
    const page = path === '' ? name : join(dirname(name), path);
    if (!existsSync(new URL(`../${page}`, import.meta.url))) return true;
    return anchor !== undefined && !anchorsOf(read(page)).includes(anchor);
  });
  expect(gone.map(([link]) => link)).toEqual([]);
});

/** Made by the tests themselves. */
const MADE: ReadonlySet<string> = new Set(['test/browser/screenshots']);

/** As GitHub makes them of headings. */
function anchorsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test('the compose file sets what its services need of each other', () => {
  const compose = read('compose.yaml');
  const password = /POSTGRES_PASSWORD: (.+)/.exec(compose)?.[1];
  expect(compose).toContain(`postgres://inkomus:${password}@postgres:5432/inkomus`);
  for (const [, name] of compose.matchAll(/^ {6}([A-Z\d_]+): /gm)) {
    expect(Object.keys(SETTING_SCHEMAS).includes(name ?? '') || name?.startsWith('POSTGRES_')).toBe(true);
  }
});

/** What lies about beside the code where the commands of the pages are followed. */
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
  'backups/inkomus-2026-11-29.backup',
  'data.new/postgres/PG_VERSION',
  'person.txt',
  'person.json',
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

test('tests wait for as long as tells a hang from work, and not for vitest’s own second', () => {
  const impatient = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('kit/wait-for.ts') && !file.startsWith('browser/'))
    .filter((file) => /\bvi\.wait(For|Until)\(|\.poll\([^;]*timeout:/.test(read(`test/${file}`)));
  expect(impatient).toEqual([]);
});
