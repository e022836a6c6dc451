import { type KyselyPlugin, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { forgetOld } from '../../src/office/forgetting.ts';
import { createLinking } from '../../src/office/linking.ts';
import { reopenSumWay } from '../../src/office/sum-reopenings.ts';
import { DAY, MINUTE, number, openTown } from './town.ts';

const ADDRESS = 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. •••';
const NO = { outcome: 'not-proved' };

describe('by the sum of the last payments', () => {
  test('all payments of the last month that has any, reversals taken off, prove the account', async () => {
    const town = await openTown();
    await town.resident(1);
    const account = await town.account('0012345', [
      ['2026-07-01', 9_999_99],
      ['2026-08-03', 1_000_00],
      ['2026-08-20', 300_56],
      ['2026-08-21', -66_00],
    ]);
    await town.paymentsAreOf('2026-11-18');
    expect(await town.linking.look(town.by(1), account)).toEqual({ outcome: 'not-linked', paymentsDay: '2026-11-18' });

    for (const wrong of [9_999_99, 300_56, 1_300_56, 1_234_57]) {
      expect(await town.linking.proveBySum(town.by(1), account, wrong)).toEqual(NO);
    }
    const proved = await town.linking.proveBySum(town.by(1), account, 1_234_56);
    expect(proved).toEqual({ outcome: 'proved', proof: expect.any(String), address: ADDRESS });
  });

  test('a month whose payments were all reversed is none', async () => {
    const town = await openTown();
    await town.resident(1);
    const account = await town.account('0012345', [
      ['2026-09-10', 777_77],
      ['2026-10-10', 500_01],
      ['2026-10-11', -500_01],
      ['2026-11-02', -77_77],
    ]);
    expect((await town.linking.proveBySum(town.by(1), account, 777_77)).outcome).toBe('proved');
  });

  test('a guest proves nothing, and who lost the phone confirms one first', async () => {
    const town = await openTown();
    const account = await town.account('0012345', [['2026-10-10', 500_01]]);
    expect(await town.linking.look(town.by(9), account)).toEqual({ outcome: 'guest' });
    expect(await town.linking.proveBySum(town.by(9), account, 500_01)).toEqual({ outcome: 'guest' });
    expect(await town.linking.proveByPassword(town.by(9), account, 'X')).toEqual({ outcome: 'guest' });
    const id = await town.resident(1);
    await town.db.updateTable('residents').set({ phone: null }).where('id', '=', id).execute();
    expect(await town.linking.proveBySum(town.by(1), account, 500_01)).toEqual({ outcome: 'phone-to-confirm' });
  });

  test('a closed account may be linked', async () => {
    const town = await openTown();
    await town.resident(1);
    const account = await town.account('0012345', [['2026-10-10', 500_01]], { closed: true });
    const proved = await town.linking.proveBySum(town.by(1), account, 500_01);
    expect(await town.linking.confirm(town.by(1), proved.outcome === 'proved' ? proved.proof : '')).toEqual({
      outcome: 'linked',
      closed: true,
    });
  });
});

describe('a round sum', () => {
  const PAID = [
    ['2026-08-10', 812_34],
    ['2026-09-10', 700_00],
    ['2026-10-10', 1_000_00],
  ] as const;

  /** Names sums one after another, with the attempt that each answer gives. */
  async function name(town: Awaited<ReturnType<typeof openTown>>, person: number, account: string, ...sums: number[]) {
    let attempt: string | undefined;
    const outcomes: string[] = [];
    for (const sum of sums) {
      const answer = await town.linking.proveBySum(town.by(person), number(account), sum, attempt);
      attempt = answer.outcome === 'earlier-month' ? answer.attempt : undefined;
      outcomes.push(answer.outcome);
    }
    return outcomes;
  }

  test('is followed by the month before it, right or not, until a sum is not round', async () => {
    const town = await openTown();
    for (const person of [1, 2, 3, 4]) await town.resident(person);
    const account = await town.account('0012345', PAID);
    expect(await name(town, 1, account, 1_000_00, 700_00, 812_34)).toEqual(['earlier-month', 'earlier-month', 'proved']);
    expect(await name(town, 2, account, 1_050_00, 700_00, 812_34)).toEqual(['earlier-month', 'earlier-month', 'not-proved']);
    expect(await name(town, 3, account, 1_000_00, 750_00, 812_34)).toEqual(['earlier-month', 'earlier-month', 'not-proved']);
    expect(await name(town, 4, account, 1_000_00, 812_34)).toEqual(['earlier-month', 'not-proved']);
  });

  test('leaves the second way where there is no month before it, and after three months', async () => {
    const town = await openTown();
    await town.resident(1);
    await town.account('0000001', [['2026-10-10', 1_000_00]]);
    expect(await name(town, 1, '0000001', 1_000_00)).toEqual(['second-way']);
    expect(await name(town, 1, '0000001', 500_00)).toEqual(['second-way']);
    await town.account('0000002', [...PAID, ['2026-11-10', 50_00]]);
    expect(await name(town, 1, '0000002', 50_00, 1_000_00, 700_00)).toEqual(['earlier-month', 'earlier-month', 'second-way']);
  });

  test('is answered alike for an account that does not exist, has no payments, or is closed to guessing', async () => {
    const town = await openTown();
    for (const person of [1, 2, 3, 4, 5, 6]) await town.resident(person);
    await town.account('0000001', PAID);
    await town.account('0000002');
    for (const person of [1, 2, 3, 4, 5]) await name(town, person, '0000001', 1_01);
    for (const account of ['0000001', '0000002', '0000003']) {
      expect(await name(town, 6, account, 1_000_00, 700_00, 812_34)).toEqual(['earlier-month', 'earlier-month', 'not-proved']);
    }
    expect((await town.linking.proveBySum(town.by(6), number('0000001'), 1_01)).outcome).toBe('not-proved');
  });

  test('the attempt is of one person, one account, ten minutes and one use', async () => {
    const town = await openTown();
    for (const person of [1, 2]) await town.resident(person);
    const account = await town.account('0000001', [PAID[0], PAID[2]]);
    await town.account('0000002', PAID);
    const begin = async () => {
      const answer = await town.linking.proveBySum(town.by(1), account, 1_000_00);
      return answer.outcome === 'earlier-month' ? answer.attempt : 'none';
    };
    const attempt = await begin();
    const late = { outcome: 'too-late' };
    expect(await town.linking.proveBySum(town.by(2), account, 812_34, attempt)).toEqual(late);
    expect(await town.linking.proveBySum(town.by(1), number('0000002'), 812_34, attempt)).toEqual(late);
    const both = await Promise.all([1, 2].map(() => town.linking.proveBySum(town.by(1), account, 812_34, attempt)));
    expect(both.map((each) => each.outcome).sort()).toEqual(['proved', 'too-late']);
    const old = await begin();
    town.later(11 * MINUTE);
    expect(await town.linking.proveBySum(town.by(1), account, 812_34, old)).toEqual(late);
  });
});

describe('guessing', () => {
  test('1 000 messenger accounts guessing one account get 5 evaluated guesses, and staff hear of it once', async () => {
    const town = await openTown();
    const people = Array.from({ length: 1000 }, (_, i) => i + 1);
    // One row each, written at once: a thousand residents with a thousand messenger accounts.
    await sql`
      with r as (
        insert into residents (login, phone, password_hash, registered_at)
        select 'res' || i, '+79' || lpad(i::text, 9, '0'), 'none', ${town.now()} from generate_series(1, 1000) i returning id, login
      )
      insert into sessions (resident_id, messenger_id, opened_at, seen_at)
      select id, 'telegram:' || substr(login, 4), ${town.now()}, ${town.now()} from r`.execute(town.db);
    const account = await town.account('0012345', [['2026-10-10', 500_01]]);

    const answers = await Promise.all(people.map((person) => town.linking.proveBySum(town.by(person), account, 500_02 + person)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify(NO)]));
    expect(await town.evaluated()).toBe(5);
    // The right sum is refused in the same words now.
    expect(await town.linking.proveBySum(town.by(1000), account, 500_01)).toEqual(NO);
    expect(await town.escalations()).toEqual([
      { kind: 'limit-by-account', account: '0012345', words: { account: '0012345', failures: 5, days: 30 } },
    ]);
    expect(JSON.stringify(await town.notices('staff'))).not.toMatch(/500[.,]?\d\d/);
  }, 120_000);

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
    expect(told.map((each) => each.words)).toEqual([
      { account: '0012345', failures: 5, days: 30 },
      { account: '0012345', failures: 10, days: 365 },
    ]);
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
  const count = async (table: 'sum_failures' | 'sum_attempts' | 'link_proofs') =>
    (
      await town.db
        .selectFrom(table)
        .select((e) => e.fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow()
    ).rows;

  await forgetOld(town.db, town.now());
  expect([await count('sum_failures'), await count('sum_attempts'), await count('link_proofs')]).toEqual([5, 1, 1]);
  town.later(11 * MINUTE);
  await forgetOld(town.db, town.now());
  expect([await count('sum_failures'), await count('sum_attempts'), await count('link_proofs')]).toEqual([5, 0, 0]);
  town.later(365 * DAY);
  await forgetOld(town.db, town.now());
  expect(await count('sum_failures')).toBe(0);
});

describe('by an issued password', () => {
  test('it is read as people type it, is used by the link and not before', async () => {
    const town = await openTown();
    for (const person of [1, 2]) await town.resident(person);
    const account = await town.account('0012345');
    const password = await town.password('0012345');
    const typed = ` ${password.toLowerCase().slice(0, 5)}-${password.slice(5)}`;
    // Proved and not gone on with: the password is still good.
    expect(await town.linking.proveByPassword(town.by(1), account, typed)).toMatchObject({ outcome: 'proved', address: ADDRESS });
    await town.link(1, '0012345', { password });
    expect(await town.linking.proveByPassword(town.by(2), account, password)).toEqual(NO);
  });

  test('two with the same slip: one link', async () => {
    const town = await openTown();
    for (const person of [1, 2]) await town.resident(person);
    const account = await town.account('0012345');
    const password = await town.password('0012345');
    const proofs = await Promise.all([1, 2].map((person) => town.linking.proveByPassword(town.by(person), account, password)));
    const confirmed = await Promise.all(
      proofs.map((proved, i) => town.linking.confirm(town.by(i + 1), proved.outcome === 'proved' ? proved.proof : '')),
    );
    expect(confirmed.map((each) => each.outcome).sort()).toEqual(['linked', 'too-late']);
  });

  test('it is of one account, ends after 30 days, and with the next one', async () => {
    const town = await openTown();
    await town.resident(1);
    await town.account('0012345');
    await town.account('0012346');
    const first = await town.password('0012345');
    const proves = async (account: string, password: string) =>
      (await town.linking.proveByPassword(town.by(1), number(account), password)).outcome === 'proved';
    expect(await proves('0012346', first)).toBe(false);
    expect(await proves('99999', first)).toBe(false);
    const second = await town.password('0012345');
    expect(await proves('0012345', first)).toBe(false);
    town.later(29.9 * DAY);
    expect(await proves('0012345', second)).toBe(true);
    town.later(0.2 * DAY);
    expect(await proves('0012345', second)).toBe(false);
  });

  test('ten failures end it, fifty at once are ten, and staff hear of it', async () => {
    const town = await openTown();
    await town.resident(1);
    const account = await town.account('0012345');
    const password = await town.password('0012345');
    const wrong = password.startsWith('A') ? password.replace('A', 'C') : `A${password.slice(1)}`;
    await Promise.all(Array.from({ length: 50 }, () => town.linking.proveByPassword(town.by(1), account, wrong)));
    const [row] = await town.db.selectFrom('account_passwords').select(['failures', 'ended_why']).execute();
    expect(row).toEqual({ failures: 10, ended_why: 'failures' });
    expect(await town.linking.proveByPassword(town.by(1), account, password)).toEqual(NO);
    expect(await town.escalations()).toEqual([
      { kind: 'limit-by-account-password', account: '0012345', words: { account: '0012345', failures: 10 } },
    ]);
  });

  test('it is nowhere in what was stored', async () => {
    const town = await openTown();
    await town.resident(1);
    await town.account('0012345');
    const password = await town.password('0012345');
    await town.link(1, '0012345', { password });
    const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(
      town.db,
    );
    for (const { name } of rows) {
      const dump = await sql<{ all: string | null }>`select string_agg(t::text, ' ') as all from ${sql.table(name)} t`.execute(
        town.db,
      );
      expect(dump.rows[0]?.all ?? '').not.toContain(password);
    }
    expect(rows.length).toBeGreaterThan(15);
  });
});

describe('«Подключить»', () => {
  test('a proof is of one person in one messenger account, ten minutes and one use', async () => {
    const town = await openTown();
    await town.resident(1, 11);
    await town.resident(2);
    const account = await town.account('0012345', [['2026-10-10', 500_01]]);
    const prove = async () => {
      const proved = await town.linking.proveBySum(town.by(1), account, 500_01);
      return proved.outcome === 'proved' ? proved.proof : 'none';
    };
    const proof = await prove();
    const late = { outcome: 'too-late' };
    expect(await town.linking.confirm(town.by(2), proof)).toEqual(late);
    expect(await town.linking.confirm(town.by(11), proof)).toEqual(late);
    expect(await town.linking.confirm(town.by(9), proof)).toEqual({ outcome: 'guest' });
    const eight = await Promise.all(Array.from({ length: 8 }, () => town.linking.confirm(town.by(1), proof)));
    expect(eight.filter((each) => each.outcome === 'linked')).toHaveLength(1);
    expect(eight.filter((each) => each.outcome === 'too-late')).toHaveLength(7);
    expect(await town.linking.look(town.by(11), account)).toEqual({ outcome: 'linked-already' });
    expect(await town.linking.confirm(town.by(1), await prove())).toEqual({ outcome: 'linked-already' });
    const old = await prove();
    town.later(11 * MINUTE);
    expect(await town.linking.confirm(town.by(1), old)).toEqual(late);
  });

  test('the same update twice hears the same', async () => {
    const town = await openTown();
    await town.resident(1);
    const account = await town.account('0012345', [['2026-10-10', 500_01]]);
    const proved = await town.linking.proveBySum(town.by(1), account, 500_01);
    const proof = proved.outcome === 'proved' ? proved.proof : 'none';
    const twice = await Promise.all([1, 2].map(() => town.linking.confirm(town.by(1, 'same'), proof)));
    expect(twice).toEqual([
      { outcome: 'linked', closed: false },
      { outcome: 'linked', closed: false },
    ]);
  });

  test('an account linked again by a new password leaves that password unused', async () => {
    const town = await openTown();
    for (const person of [1, 2]) await town.resident(person);
    const account = await town.account('0012345', [['2026-10-10', 500_01]]);
    await town.link(1, '0012345', { sum: 500_01 });
    const password = await town.password('0012345');
    const proved = await town.linking.proveByPassword(town.by(1), account, password);
    expect(await town.linking.confirm(town.by(1), proved.outcome === 'proved' ? proved.proof : '')).toEqual({
      outcome: 'linked-already',
    });
    expect(await town.link(2, '0012345', { password })).toEqual(expect.any(String));
  });
});
