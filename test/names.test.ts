import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What a statement does; a piece of text of its function, or of what that calls, gives it away. */
const STATEMENTS = {
  inserts: /\binsertInto\(|\binsert into\b/,
  upserts: /\bdoUpdateSet\(|\bon conflict\b[^;]*?\bdo update set\b/,
  updates: /\bupdateTable\(|(?<!\b(?:do|for|key) )\bupdate (?!set\b)(?=[\w$])/,
  deletes: /\bdeleteFrom\(|\bdelete from\b/,
  waits:
    /\.for(?:NoKey|Key)?(?:Update|Share)\([^)]*\)(?!\s*\.skipLocked)|\bfor (?:no key )?(?:update|share)\b(?!(?: of \w+)? skip locked)|\bpg_advisory_xact_lock|\block table\b/,
  tries: /\bpg_try_advisory_xact_lock|\.skipLocked\(|\bskip locked\b/,
  leases: /\blockedUntil: (?!null)|\blocked_until = \$|\bleaseMs\b/,
  stages: /\bcreate temp table\b/,
  drops: /\bdrop table\b/,
};
type Statement = keyof typeof STATEMENTS;

/**
 * `src/README.md`, «Rules»: what a function of `records` does is said by the first word of its name. `must`: one statement of each; `may`: no
 * others. One that writes may wait for what it writes, and put aside in a temporary table what it needs for that.
 */
const READS = { must: [], may: [] };
const WRITES_MAY: Statement[] = ['waits', 'stages', 'leases'];
const VERBS: Record<string, { must: Statement[][]; may: Statement[] }> = {
  ...Object.fromEntries(['find', 'list', 'count', 'sum', 'has', 'is', 'are'].map((verb) => [verb, READS])),
  lock: { must: [['waits']], may: ['stages'] },
  tryLock: { must: [['tries']], may: [] },
  claim: { must: [['leases'], ['updates', 'upserts']], may: ['inserts', 'waits', 'tries'] },
  insert: { must: [['inserts']], may: WRITES_MAY },
  save: { must: [['inserts'], ['upserts', 'updates']], may: WRITES_MAY },
  update: { must: [['updates']], may: WRITES_MAY },
  mark: { must: [['updates']], may: WRITES_MAY },
  delete: { must: [['deletes']], may: WRITES_MAY },
  replace: { must: [['inserts'], ['updates', 'deletes']], may: WRITES_MAY },
  merge: { must: [['inserts'], ['updates'], ['deletes']], may: WRITES_MAY },
  restore: { must: [['inserts', 'updates']], may: ['deletes', ...WRITES_MAY] },
  wipe: { must: [['updates']], may: ['deletes', ...WRITES_MAY] },
  stage: { must: [['stages']], may: [] },
  drop: { must: [['drops']], may: [] },
};

/** What does more than its verb says, and why its name is right all the same. */
const BESIDES: Record<string, Statement[]> = {
  // The values that went out are kept by the statement that marks them: none can change in between.
  markReadingsExported: ['inserts'],
  // Rows of the temporary table: a repeat that says the same is dropped, and is no refusal.
  markRepeatsRefused: ['deletes'],
  // An edit that waits already takes the newest words: a second one of its message would say the same.
  insertDelivery: ['updates'],
  // The owner's lease is renewed on the way: one round trip for each batch of updates.
  insertIntoInbox: ['upserts'],
  // Pages of a temporary table, which has an index for that.
  listRefusals: ['stages'],
};

/** They are no statements of ours: the schema, a snapshot, a savepoint, a probe. */
const OTHERS = new Set(['migrate', 'migrateAsFarAs', 'probeWriting', 'inSnapshot', 'inSavepoint']);

type Declared = { file: string; name: string; body: string; isExported: boolean; isFunction: boolean };

/** All functions and constants of `records`, with their text but for comments. */
const declared: Declared[] = readdirSync('src/records', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((file) =>
    readFileSync(`src/records/${file}`, 'utf8')
      .replace(/\/\*[\s\S]*?\*\/|^\s*(?:\/\/|--).*$/gm, '')
      .split(/^(?=(?:export )?(?:async )?(?:function|const|type|class)\b)/m)
      .flatMap((body) => {
        const [, exported, kind, name] = /^(export )?(?:async )?(function|const)\*? (\w+)/.exec(body) ?? [];
        return name === undefined
          ? []
          : [{ file, name, body, isExported: exported !== undefined, isFunction: kind === 'function' }];
      }),
  );
const exported = declared.filter(({ isExported, name }) => isExported && !OTHERS.has(name));
const constants = exported.filter(({ isFunction }) => !isFunction);

/** The text of a function and of all of `records` that it names, in whichever file. */
function whole(one: Declared, seen = new Set<Declared>()): string {
  if (seen.has(one)) return '';
  seen.add(one);
  const words = new Set(one.body.match(/(?<![.\w'])\w+\b(?!:)/g));
  const named = declared.filter(
    ({ name, file, isExported }) => words.has(name) && (file === one.file || (isExported && /^[a-z]/.test(name))),
  );
  return [one.body, ...named.map((other) => whole(other, seen))].join('\n');
}

const statementsOf = (text: string): Statement[] =>
  (Object.keys(STATEMENTS) as Statement[]).filter((statement) => STATEMENTS[statement].test(text));

test.each(exported.filter(({ isFunction }) => isFunction))('$file: $name does what its verb says', (one) => {
  const verb = /^(?:tryLock|[a-z]+)(?=[A-Z]|$)/.exec(one.name)?.[0] ?? '';
  const rule = VERBS[verb];
  if (!rule) throw new Error(`«${verb}» is no verb of records`);
  const done = statementsOf(whole(one));
  expect(rule.must.filter((any) => !any.some((statement) => done.includes(statement)))).toEqual([]);
  const may = new Set([...rule.must.flat(), ...rule.may, ...(BESIDES[one.name] ?? [])]);
  expect(done.filter((statement) => !may.has(statement))).toEqual([]);
});

test.each(constants)('$file: $name is a piece of SQL where its name says so, and no statement', (one) => {
  const isList = /^[A-Z\d_]+$/.test(one.name);
  if (!isList) expect(/\bsql\b/.test(one.body)).toBe(one.name.endsWith('Sql'));
  expect(whole(one)).not.toMatch(/\.execute|\b(?:selectFrom|insertInto|updateTable|deleteFrom)\(/);
});

test('what does more than its verb says is there, and does that', () => {
  for (const [name, besides] of Object.entries(BESIDES)) {
    const one = exported.find((other) => other.name === name);
    expect(statementsOf(one ? whole(one) : ''), name).toEqual(expect.arrayContaining(besides));
  }
});

test('advisory locks are taken by one file, and no two kinds share a seed', () => {
  const elsewhere = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'records/locks.ts')
    .filter((name) => /pg_(try_)?advisory/.test(readFileSync(`src/${name}`, 'utf8')));
  expect(elsewhere).toEqual([]);
  const table = /const SEEDS = \{([^}]*)\}/.exec(readFileSync('src/records/locks.ts', 'utf8'))?.[1] ?? '';
  const seeds = [...table.matchAll(/: (\d+)/g)].map(([, seed]) => seed);
  expect(seeds.length).toBeGreaterThan(10);
  expect(new Set(seeds).size).toBe(seeds.length);
});

test('docs/schema.md has a line for each table, in the theme where its migration is', () => {
  const page = readFileSync('docs/schema.md', 'utf8');
  const tables = readdirSync('migrations').flatMap((file) =>
    [...readFileSync(`migrations/${file}`, 'utf8').matchAll(/create table (\w+) \(/g)].map(([, table]) => table),
  );
  expect([...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, table]) => table)).toEqual(tables);
});

/** The files of `src` that declare each name so. */
function placesOf(how: RegExp): Map<string, Set<string>> {
  const places = new Map<string, Set<string>>();
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')))
    for (const [, name = ''] of readFileSync(`src/${file}`, 'utf8').matchAll(how))
      places.set(name, (places.get(name) ?? new Set()).add(file));
  return places;
}

const EXPORTED = /^export (?:(?:async )?function\*?|const|class|type) (\w+)/gm;

test('an exported name stands for one thing', () => {
  expect([...placesOf(EXPORTED)].filter(([, files]) => files.size > 1)).toEqual([]);
});

test('a private type does not carry the name of an exported one: the same word would mean two things to whoever reads both files', () => {
  const exported = placesOf(EXPORTED);
  const types = placesOf(/^type (\w+)/gm);
  expect(types.size).toBeGreaterThan(200);
  expect([...types].filter(([name]) => exported.has(name))).toEqual([]);
});
