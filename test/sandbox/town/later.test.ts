import { expect, test } from 'vitest';
import { makeTown } from '../../../src/sandbox/town/generate.ts';
import { chargesOfNextMonth, type Later, nextMonth, owedBy } from '../../../src/sandbox/town/later.ts';

const TOWN = makeTown();
const [flat] = TOWN.filter(({ household }) => household.habit === 'to-the-kopeck' && !household.closed);
const ACCOUNT = flat!.household.account;
const dueOf = (later: readonly Later[]) =>
  chargesOfNextMonth(TOWN, later)
    .filter(({ account }) => account === ACCOUNT)
    .reduce((sum, { due }) => sum + due, 0);

test('months follow from each other to the kopeck, whatever was paid between them', () => {
  const first: Later[] = [{ account: ACCOUNT, sum: 123_456 }, { month: '2026-11' }];
  expect([nextMonth([]), nextMonth(first)]).toEqual(['2026-11', '2026-12']);
  const november = chargesOfNextMonth(TOWN, [first[0]!]);
  const december = chargesOfNextMonth(TOWN, first);
  const left = new Map(november.map((row) => [`${row.account}/${row.service.name}`, row.due]));
  expect(december.length).toBe(november.length);
  for (const row of december) {
    expect(row.opening).toBe(left.get(`${row.account}/${row.service.name}`));
    expect(row.due).toBe(row.opening + row.charged + row.recalculated - row.benefit + row.penalty - row.paid);
  }
});

test('a payment lessens what is owed at once, and the next month by as much', () => {
  const owed = owedBy(TOWN, [], ACCOUNT)!;
  expect(owedBy(TOWN, [{ account: ACCOUNT, sum: 100_000 }], ACCOUNT)).toBe(owed - 100_000);
  expect(dueOf([{ account: ACCOUNT, sum: 100_000 }])).toBe(dueOf([]) - 100_000);
  expect(owedBy(TOWN, [{ month: '2026-11' }], ACCOUNT)).toBe(dueOf([]));
});

test('it is the same on every run, all of the town is charged, and who moved out is not', () => {
  const charges = chargesOfNextMonth(TOWN, []);
  expect(charges).toEqual(chargesOfNextMonth(TOWN, []));
  const open = TOWN.filter(({ household }) => !household.closed).map(({ household }) => household.account);
  expect(new Set(charges.map(({ account }) => account))).toEqual(new Set(open));
  expect(owedBy(TOWN, [], '999999999')).toBeUndefined();
});
