import { describe, expect, test } from 'vitest';
import { DAY, MINUTE, number, openTown } from '../town.ts';

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
      link: expect.any(String),
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

  test('is followed by the month before it, right or not; both must be right', async () => {
    const town = await openTown();
    for (const person of [1, 2, 3, 4, 5]) await town.resident(person);
    const account = await town.account('0012345', PAID);
    expect(await name(town, 1, account, 1_000_00, 700_00)).toEqual(['earlier-month', 'proved']);
    expect(await name(town, 2, account, 1_050_00, 700_00)).toEqual(['earlier-month', 'not-proved']);
    expect(await name(town, 3, account, 1_000_00, 750_00)).toEqual(['earlier-month', 'not-proved']);
    expect(await name(town, 4, account, 1_000_00, 812_34)).toEqual(['earlier-month', 'not-proved']);
    expect(await name(town, 5, account, 1_000_00, 1_000_00)).toEqual(['earlier-month', 'not-proved']);
    expect(await town.evaluated()).toBe(4);
  });

  test('alone counts as no failure, nobody has heard anything; ten a day are asked about', async () => {
    const town = await openTown();
    await town.resident(1);
    const account = await town.account('0012345', PAID);
    for (let i = 1; i <= 9; i++) expect(await name(town, 1, account, i * 50_00)).toEqual(['earlier-month']);
    expect(await town.evaluated()).toBe(0);
    expect(await name(town, 1, account, 1_000_00, 700_00)).toEqual(['earlier-month', 'proved']);
    // Neither of this account nor of one that would leave the second way.
    await town.account('0000001', [['2026-10-10', 1_000_00]]);
    for (const each of [account, '0000001', '0000002']) expect(await name(town, 1, each, 1_000_00)).toEqual(['not-proved']);
    expect(await town.evaluated()).toBe(0);
    town.later(DAY + MINUTE);
    expect(await name(town, 1, account, 1_000_00, 700_00)).toEqual(['earlier-month', 'proved']);
  });

  test('leaves the second way where there is no month before it, right or not', async () => {
    const town = await openTown();
    await town.resident(1);
    await town.account('0000001', [['2026-10-10', 1_000_00]]);
    expect(await name(town, 1, '0000001', 1_000_00)).toEqual(['second-way']);
    expect(await name(town, 1, '0000001', 500_00)).toEqual(['second-way']);
  });

  test('is answered alike for an account that does not exist, has no payments, or is closed to guessing', async () => {
    const town = await openTown();
    for (const person of [1, 2, 3, 4, 5, 6]) await town.resident(person);
    await town.account('0000001', PAID);
    await town.account('0000002');
    for (const person of [1, 2, 3, 4, 5]) await name(town, person, '0000001', 1_01);
    for (const account of ['0000001', '0000002', '0000003']) {
      expect(await name(town, 6, account, 1_000_00, 700_00, 812_34)).toEqual(['earlier-month', 'not-proved', 'not-proved']);
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
    expect(twice[0]).toEqual({ outcome: 'linked', link: expect.any(String), closed: false });
    expect(twice[1]).toEqual(twice[0]);
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
