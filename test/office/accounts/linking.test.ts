import { describe, expect, test } from 'vitest';
import { PAYMENT_SOURCE } from '../../../src/office/money/payment-matching.ts';
import * as make from '../../kit/make.ts';
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

describe('what was paid through the bot', () => {
  const ACCOUNT = '0012345';
  const paidAt = new Date('2026-11-02T09:00:00Z');
  type Marks = { account?: string; postedAt?: Date; exportNumber?: number; settledAt?: Date };
  /** In October 800,01 ₽ at a bank; what a person knows who paid 137,31 ₽ in the bot on 2 November is to prove nothing. */
  async function openBankTown() {
    const town = await openTown();
    await town.resident(1);
    await town.account(ACCOUNT, [['2026-10-10', 800_01]]);
    await town.account('0099999');
    return {
      ...town,
      row: (row: Partial<Parameters<typeof make.payment>[1]>) =>
        make.payment(town.db, { account: ACCOUNT, day: '2026-11-02', sumKopecks: 137_31, ...row }),
      byCard: async (operation: string, { account = ACCOUNT, ...marks }: Marks = { postedAt: paidAt }) => {
        await make.cardPayment(town.db, [{ account, sumKopecks: 137_31, operation }], { paidAt });
        if (Object.keys(marks).length > 0)
          await town.db.updateTable('cardPaymentLines').set(marks).where('operation', '=', operation).execute();
      },
      proves: async (sum: number) => (await town.linking.proveBySum(town.by(1), number(ACCOUNT), sum)).outcome,
    };
  }

  test('proves nothing, and the month before it is the last with payments', async () => {
    const town = await openBankTown();
    await town.byCard('ch_1');
    await town.row({ source: PAYMENT_SOURCE, operation: 'ch_1' });
    expect(await town.proves(137_31)).toBe('not-proved');
    expect(await town.proves(800_01)).toBe('proved');
  });

  test('is left out of a month in which a bank brought something, too', async () => {
    const town = await openBankTown();
    await town.byCard('ch_1');
    await town.row({ source: PAYMENT_SOURCE, operation: 'ch_1' });
    await town.row({ source: 'Банк', sumKopecks: 2_000_17 });
    expect(await town.proves(2_137_48)).toBe('not-proved');
    expect(await town.proves(2_000_17)).toBe('proved');
  });

  test('is none of the months that are asked about after a round sum', async () => {
    const town = await openBankTown();
    await town.row({ source: PAYMENT_SOURCE, operation: 'ch_1' });
    await town.row({ source: 'Банк', day: '2026-11-03', sumKopecks: 500_00 });
    await town.row({ source: PAYMENT_SOURCE, operation: 'ch_0', day: '2026-10-11', sumKopecks: 1_00 });
    const asked = await town.linking.proveBySum(town.by(1), number(ACCOUNT), 500_00);
    const attempt = asked.outcome === 'earlier-month' ? asked.attempt : asked.outcome;
    expect((await town.linking.proveBySum(town.by(1), number(ACCOUNT), 800_01, attempt)).outcome).toBe('proved');
  });

  test.each([
    ['by its source, where the bot does not know the number', { source: PAYMENT_SOURCE, operation: 'forgotten' }],
    ['by its number, where billing calls the source otherwise', { source: 'Эквайринг', operation: 'ch_1' }],
    ['by the number that the provider gave it', { source: 'Эквайринг', operation: 'rrn/1' }],
    ['by the number of one that was paid for another account', { source: 'Эквайринг', operation: 'ch_2' }],
    ['by the number of one that could be credited to no account', { source: 'Банк', operation: 'ch_3' }],
    ['by the number of a part that was credited by hand', { source: 'Банк', operation: 'ch_3-1' }],
  ])('is known %s', async (_, row) => {
    const town = await openBankTown();
    await town.byCard('ch_1');
    await town.byCard('ch_2', { account: '0099999' });
    const lines = [{ account: '0099999', sumKopecks: 137_31, operation: 'ch_3-1' }];
    await make.cardPayment(town.db, lines, { operation: 'ch_3', totalKopecks: 300_00, notCredited: 'order-gone', paidAt });
    await make.cardPayment(town.db, [], { operation: 'tg-1', providerChargeId: 'rrn/1', totalKopecks: 137_31, paidAt });
    await town.row(row);
    expect(await town.proves(137_31)).toBe('not-proved');
    expect(await town.proves(800_01)).toBe('proved');
  });

  test.each<[string, Marks, string]>([
    ['exported', { exportNumber: 1 }, 'not-proved'],
    ['settled by a senior', { settledAt: paidAt }, 'not-proved'],
    ['given to billing by nobody', {}, 'proved'],
  ])('is meant by the same sum under a number of billing’s own, where it was %s', async (_, line, outcome) => {
    const town = await openBankTown();
    await town.byCard('ch_1', line);
    await town.row({ source: 'Банк', operation: '70412' });
    expect(await town.proves(137_31)).toBe(outcome);
  });

  test.each([
    ['under its number', { source: PAYMENT_SOURCE, operation: 'ch_1' }],
    ['under a number of its own', { source: 'Банк', operation: 'R-1' }],
  ])('is reversed %s without a change of what was paid at a bank', async (_, reversal) => {
    const town = await openBankTown();
    await town.byCard('ch_1');
    await town.row({ source: PAYMENT_SOURCE, operation: 'ch_1' });
    await town.row({ source: 'Банк', operation: 'B-1', day: '2026-11-03', sumKopecks: 2_000_17 });
    await town.row({ ...reversal, day: '2026-11-04', sumKopecks: -137_31 });
    expect(await town.proves(2_000_17)).toBe('proved');
  });

  test('leaves the reversal of a bank’s payment of the same sum where it belongs', async () => {
    const town = await openBankTown();
    await town.byCard('ch_1');
    await town.row({ source: PAYMENT_SOURCE, operation: 'ch_1' });
    await town.row({ source: 'Банк', operation: 'B-1' });
    await town.row({ source: 'Банк', operation: 'B-1', sumKopecks: -137_31 });
    expect(await town.proves(800_01)).toBe('proved');
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
    expect(await town.linking.look(town.by(11), account)).toMatchObject({ outcome: 'linked-already', way: 'sum' });
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
