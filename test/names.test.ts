import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** `src/README.md`, «Rules»: what a statement of `records` does is said by the first word of its name. */
const READS = /^(find|list|count|sum|has|is|are)(?=[A-Z])/;
const WRITES = /^(insert|save|update|mark|delete|replace|merge|restore|wipe|stage|drop)(?=[A-Z])/;
const LOCKS = /^(lock|claim|try)(?=[A-Z]|$)/;

/** They are no statements of one table: the schema, a snapshot, a savepoint, a probe, parts of locks and of other statements. */
const OTHERS = new Set(['migrate', 'migrateAsFarAs', 'probeWriting', 'inSnapshot', 'inSavepoint', 'exclusiveLock', 'sharedLock']);

const functions = readdirSync('src/records', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((file) => {
    const text = readFileSync(`src/records/${file}`, 'utf8');
    return text
      .split(/^(?=export (?:async )?function\b)/m)
      .slice(1)
      .flatMap((part) => {
        const name = /^export (?:async )?function\*? (\w+)/.exec(part)?.[1] ?? '';
        const body = part.split(/^\}$/m)[0] ?? '';
        return OTHERS.has(name) ? [] : [{ file, name, body }];
      });
  });

const WAITS = /\.for(Update|Share|KeyShare|NoKeyUpdate)\(|\bfor (update|share)\b|\block(Shared|Each)?\(|\bawait lock[A-Z]\w*\(/;
const CHANGES = /\b(insertInto|updateTable|deleteFrom)\(|\b(insert into|delete from)\b|^\s*update \w+/m;

test.each(functions)('$file: $name begins with its verb', ({ name, body }) => {
  expect([READS, WRITES, LOCKS].some((verb) => verb.test(name))).toBe(true);
  // A name that reads may neither wait nor change; one that changes may lock what it changes.
  if (READS.test(name)) expect(body).not.toMatch(WAITS);
  if (READS.test(name)) expect(body).not.toMatch(CHANGES);
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

test('an exported name stands for one thing', () => {
  const places = new Map<string, Set<string>>();
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
    const declared = readFileSync(`src/${file}`, 'utf8').matchAll(/^export (?:(?:async )?function|const|class|type) (\w+)/gm);
    for (const [, name = ''] of declared) places.set(name, (places.get(name) ?? new Set()).add(file));
  }
  expect([...places].filter(([, files]) => files.size > 1)).toEqual([]);
});
