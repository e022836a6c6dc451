import { type KyselyPlugin, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createLinking } from '../../../src/office/accounts/linking.ts';
import { reopenSumWay } from '../../../src/office/accounts/sum-reopenings.ts';
import { createRetention } from '../../../src/office/retention.ts';
import { isOutage } from '../../../src/reception/describe-error.ts';
import { lockLinking } from '../../../src/records/sum-failures.ts';
import { DAY, MINUTE, number, openTown } from '../town.ts';
import * as make from '../../kit/make.ts';

const NO = { outcome: 'not-proved' };

test('who waits for a registry that changes owners, or is undone, is asked to repeat it in time', async () => {
  const town = await openTown();
  await town.resident(1);
  await town.resident(2);
  const account = await town.account('0012345', [['2026-10-10', 500_01]]);
  const sum = () => town.linking.proveBySum(town.by(1), account, 500_01);
  const password = () => town.linking.proveByPassword(town.by(2), account, 'ACDEFGHJKM');
  await town.db.transaction().execute(async (trx) => {
    await lockLinking(trx);
    for (const { status, reason } of (await Promise.allSettled([sum(), password()])) as PromiseRejectedResult[]) {
      expect(status).toBe('rejected');
      // Postgres answers: no connection is taken for a dead one.
      expect(reason).toMatchObject({ code: '55P03' });
      expect(isOutage(reason)).toBe(true);
    }
  });
  expect((await sum()).outcome).toBe('proved');
});

describe('guessing', () => {
  test('1 000 messenger accounts guessing one account get 5 evaluated guesses, and staff hear of it once', async () => {
    const town = await openTown();
    const people = Array.from({ length: 1000 }, (_, i) => i + 1);
    await make.crowd(town.db, people.length, town.now());
    const account = await town.account('0012345', [['2026-10-10', 500_01]]);

    const answers = await Promise.all(people.map((person) => town.linking.proveBySum(town.by(person), account, 500_02 + person)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify(NO)]));
    expect(await town.evaluated()).toBe(5);
    // The right sum is refused in the same words now.
    expect(await town.linking.proveBySum(town.by(1000), account, 500_01)).toEqual(NO);
    expect(await town.escalations()).toEqual([
      { kind: 'limit-by-account', account: '0012345', words: { account: '0012345', failures: 5, days: 30 } },
    ]);
    expect(JSON.stringify(await town.cards())).not.toMatch(/500[.,]?\d\d/);
  }, 300_000);

  test('the fifth guess in line may be the right one, the sixth may not', async () => {
    const town = await openTown();
    for (const person of [1, 2]) await town.resident(person);
    const account = await town.account('0012345', [['2026-10-10', 500_01]]);
    for (let i = 0; i < 4; i++) await town.linking.proveBySum(town.by(1), account, 1_01 + i);
    expect((await town.linking.proveBySum(town.by(1), account, 500_01)).outcome).toBe('proved');
    await town.linking.proveBySum(town.by(1), account, 1_99);
    expect(await town.linking.proveBySum(town.by(2), account, 500_01)).toEqual(NO);
  });

  test('an account is closed for 30 days, and for a year after ten; staff open it again', async () => {
    const town = await openTown();
    for (const person of [1, 2, 3, 4]) await town.resident(person);
    const account = await town.account('0012345', [['2026-10-10', 500_01]]);
    const proves = async (person: number) =>
      (await town.linking.proveBySum(town.by(person), account, 500_01)).outcome === 'proved';
    const fail = async (person: number) => {
      for (let i = 0; i < 5; i++) await town.linking.proveBySum(town.by(person), account, 1_01);
    };
    await fail(1);
    town.later(29 * DAY);
    expect(await proves(2)).toBe(false);
    town.later(1.1 * DAY);
    expect(await proves(2)).toBe(true);
    await fail(3);
    town.later(31 * DAY);
    await town.signInAnew();
    expect(await proves(2)).toBe(false);
    const told = (await town.escalations()).filter((each) => each.kind === 'limit-by-account');
    // As long as staff have it open, the year's is the same escalation.
    expect(told.map((each) => each.words)).toEqual([{ account: '0012345', failures: 10, days: 365 }]);
    expect(await reopenSumWay(town.edges, account, 'a test')).toBe('reopened');
    town.later(1);
    expect(await proves(2)).toBe(true);
    expect(await reopenSumWay(town.edges, number('99999'), 'a test')).toBe('unknown-account');
    await fail(4);
    expect(await proves(2)).toBe(false);
  });

  test('a year after, nothing counts', async () => {
    const town = await openTown();
    for (const person of [1, 2]) await town.resident(person);
    const account = await town.account('0012345', [['2026-10-10', 500_01]]);
    for (let half = 0; half < 2; half++) {
      for (let i = 0; i < 5; i++) await town.linking.proveBySum(town.by(1), account, 1_01);
      town.later(40 * DAY);
    }
    town.later(280 * DAY);
    await town.signInAnew();
    expect((await town.linking.proveBySum(town.by(2), account, 500_01)).outcome).toBe('not-proved');
    town.later(46 * DAY);
    expect((await town.linking.proveBySum(town.by(2), account, 500_01)).outcome).toBe('proved');
  });

  test('a person has five a day over all accounts, whether they exist or not, in all of his messenger accounts', async () => {
    const town = await openTown();
    await town.resident(1, 2);
    await town.resident(3);
    const account = await town.account('0012345', [['2026-10-10', 500_01]]);
    for (let i = 0; i < 5; i++) await town.linking.proveBySum(town.by(1 + (i % 2)), number(`9900${i}`), 1_01);
    expect(await town.linking.proveBySum(town.by(2), account, 500_01)).toEqual(NO);
    expect((await town.linking.proveBySum(town.by(3), account, 500_01)).outcome).toBe('proved');
    expect(await town.escalations()).toEqual([
      { kind: 'limit-by-person', account: '99004', words: { account: '99004', failures: 5 } },
    ]);
    town.later(1.01 * DAY);
    expect((await town.linking.proveBySum(town.by(2), account, 500_01)).outcome).toBe('proved');
  });

  test('an account that does not exist reaches its limit like another', async () => {
    const town = await openTown();
    for (const person of [1, 2]) await town.resident(person);
    for (let i = 0; i < 7; i++) await town.linking.proveBySum(town.by(i < 3 ? 1 : 2), number('99999'), 1_01);
    expect(await town.evaluated()).toBe(5);
    expect(await town.escalations()).toMatchObject([{ kind: 'limit-by-account', account: '99999' }]);
  });

  test('five hundred a day over everything close the way by sum for all, and leave the second way', async () => {
    const town = await openTown();
    await town.resident(1);
    const account = await town.account('0012345', [['2026-10-10', 500_01]]);
    await sql`
      insert into sum_failures (account, person, evaluated, at)
      select (100000 + i)::text, 'p' || i, true, ${town.now()} from generate_series(1, 499) i`.execute(town.db);
    expect(await town.linking.proveBySum(town.by(1), account, 1_01)).toEqual(NO);
    expect(await town.linking.proveBySum(town.by(1), account, 500_01)).toEqual(NO);
    expect(await town.escalations()).toEqual([{ kind: 'limit-overall', account: null, words: { failures: 500 } }]);
    const password = await town.password('0012345');
    expect((await town.linking.proveByPassword(town.by(1), account, password)).outcome).toBe('proved');
  });

  test('what is right does not count, and the same update twice is one failure', async () => {
    const town = await openTown();
    await town.resident(1);
    const account = await town.account('0012345', [['2026-10-10', 500_01]]);
    for (let i = 0; i < 6; i++) expect((await town.linking.proveBySum(town.by(1), account, 500_01)).outcome).toBe('proved');
    await Promise.all(Array.from({ length: 8 }, () => town.linking.proveBySum(town.by(1, 'same'), account, 1_01)));
    expect(await town.evaluated()).toBe(1);
  });
});

test('each way to be refused asks the database the same number of questions', async () => {
  const town = await openTown();
  for (const person of [1, 2, 3, 4]) await town.resident(person);
  await town.account('0012345', [['2026-10-10', 500_01]]);
  await town.account('0012346');
  await town.account('0012347', [['2026-10-10', 500_01]]);
  await town.password('0012345');
  for (let i = 0; i < 5; i++) await town.linking.proveBySum(town.by(1), number('0012347'), 1_01);

  let queries = 0;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      queries += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const linking = createLinking({ ...town.edges, db: town.db.withPlugin(counting) });
  const asked = async (work: () => Promise<{ outcome: string }>) => {
    queries = 0;
    return { ...(await work()), queries };
  };

  const bySum = [
    await asked(() => linking.proveBySum(town.by(2), number('0012345'), 1_01)),
    await asked(() => linking.proveBySum(town.by(2), number('0012346'), 1_01)),
    await asked(() => linking.proveBySum(town.by(2), number('99999'), 1_01)),
    // Closed to everybody: with a wrong sum and with the right one.
    await asked(() => linking.proveBySum(town.by(3), number('0012347'), 1_01)),
    await asked(() => linking.proveBySum(town.by(3), number('0012347'), 500_01)),
  ];
  expect(new Set(bySum.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(bySum[0]).toMatchObject({ outcome: 'not-proved' });
  expect(bySum[0]?.queries).toBeGreaterThan(8);

  const byPassword = [
    await asked(() => linking.proveByPassword(town.by(4), number('0012345'), 'WRONG')),
    await asked(() => linking.proveByPassword(town.by(4), number('0012346'), 'WRONG')),
    await asked(() => linking.proveByPassword(town.by(4), number('99999'), 'WRONG')),
  ];
  expect(new Set(byPassword.map((each) => JSON.stringify(each))).size).toBe(1);
});

test('what has served its time is forgotten, and no limit with it', async () => {
  const town = await openTown();
  await town.resident(1);
  const account = await town.account('0012345', [
    ['2026-09-10', 500_01],
    ['2026-10-10', 700_00],
  ]);
  for (let i = 0; i < 7; i++) await town.linking.proveBySum(town.by(1), number('99999'), 1_01);
  town.later(1.1 * DAY);
  const attempt = await town.linking.proveBySum(town.by(1), account, 700_00);
  if (attempt.outcome !== 'earlier-month') throw new Error(attempt.outcome);
  await town.linking.proveBySum(town.by(1), account, 500_01, attempt.attempt);
  await town.linking.proveBySum(town.by(1), account, 700_00);
  const count = async (table: 'sumFailures' | 'sumAttempts' | 'linkProofs') =>
    (
      await town.db
        .selectFrom(table)
        .select((e) => e.fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow()
    ).rows;

  const retention = createRetention({ db: town.db, clock: town.now });
  await retention.deleteExpired();
  expect([await count('sumFailures'), await count('sumAttempts'), await count('linkProofs')]).toEqual([5, 1, 1]);
  town.later(11 * MINUTE);
  await retention.deleteExpired();
  expect([await count('sumFailures'), await count('sumAttempts'), await count('linkProofs')]).toEqual([5, 0, 0]);
  town.later(365 * DAY);
  await retention.deleteExpired();
  expect(await count('sumFailures')).toBe(0);
});
