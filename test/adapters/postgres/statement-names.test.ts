import { expect, test } from 'vitest';
import { openStatementNames } from '../../../src/adapters/postgres/statement-names.ts';

const times = <A>(count: number, act: () => A): A[] => Array.from({ length: count }, act);

test('what comes again has a name from the third time on, and keeps it', () => {
  const nameOf = openStatementNames();
  const names = times(5, () => nameOf('select $1::integer'));
  expect(names.slice(0, 2)).toEqual([undefined, undefined]);
  expect(new Set(names.slice(2))).toEqual(new Set([expect.any(String)]));
});

test('two statements have two names', () => {
  const nameOf = openStatementNames();
  const [one, other] = ['select $1::integer', 'select $1::text'].map((text) => times(3, () => nameOf(text)).at(-1));
  expect(one).toEqual(expect.any(String));
  expect(other).toEqual(expect.any(String));
  expect(one).not.toBe(other);
});

test('no more have one than the connections are to remember; those that have one keep it', () => {
  const nameOf = openStatementNames({ most: 1 });
  const [kept] = times(3, () => nameOf('select $1::integer')).slice(-1);
  expect(times(9, () => nameOf('select $1::text'))).toEqual(times(9, () => undefined));
  expect(nameOf('select $1::integer')).toBe(kept);
});

test('what is written once takes no name from others, however much of it comes', () => {
  const nameOf = openStatementNames({ most: 1 });
  for (let places = 1; places <= 10_000; places += 1)
    expect(nameOf(`select 1 where 1 in (${'$1,'.repeat(places % 50)}${places})`)).toBeUndefined();
  expect(times(3, () => nameOf('select $1::integer')).at(-1)).toEqual(expect.any(String));
});

test('a part of an import has none', () => {
  const nameOf = openStatementNames();
  const long = `insert into accounts values ${'($1), '.repeat(2_000)}($2)`;
  expect(times(5, () => nameOf(long))).toEqual(times(5, () => undefined));
});

test.each([
  'select * from accounts where number = $1',
  'select "accounts".* from accounts where number = $1',
  'insert into accounts (number) values ($1) returning *',
  'select number, * from accounts where number = $1',
])('what gets all columns has none: %s', (text) => {
  const nameOf = openStatementNames();
  expect(times(5, () => nameOf(text))).toEqual(times(5, () => undefined));
});

test('what counts or multiplies has one', () => {
  const nameOf = openStatementNames();
  expect(times(3, () => nameOf('select count(*), 2 * $1::integer from accounts')).at(-1)).toEqual(expect.any(String));
});
