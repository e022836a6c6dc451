import { expect, test } from 'vitest';
import { type BookedPayment, lastPaymentOf } from '../../src/domain/last-payment.ts';

const row = (day: string, sumKopecks: number, operation = `${day} ${sumKopecks}`): BookedPayment => ({
  day: `2026-10-${day}`,
  sumKopecks,
  source: 'Банк',
  operation,
});

test.each<[string, BookedPayment[], { day: string; sumKopecks: number } | undefined]>([
  ['nothing was paid', [], undefined],
  ['two on its day', [row('05', 1_000), row('12', 300), row('12', 200)], { day: '2026-10-12', sumKopecks: 500 }],
  [
    'the newest taken back later, by its number',
    [row('01', 700), row('05', 1_000, 'n'), row('07', -1_000, 'n')],
    { day: '2026-10-01', sumKopecks: 700 },
  ],
  [
    'taken back by a number of its own',
    [row('01', 700), row('05', 1_000), row('07', -1_000)],
    { day: '2026-10-01', sumKopecks: 700 },
  ],
  ['an older one of that sum', [row('01', 1_000), row('05', 300), row('07', -1_000)], { day: '2026-10-05', sumKopecks: 300 }],
  ['a part of it', [row('05', 1_000, 'n'), row('07', -300, 'n')], { day: '2026-10-05', sumKopecks: 700 }],
  ['more than the newest one', [row('01', 700), row('05', 300), row('07', -500)], { day: '2026-10-01', sumKopecks: 500 }],
  ['a reversal before it', [row('01', -300), row('05', 1_000)], { day: '2026-10-05', sumKopecks: 1_000 }],
  ['all of it', [row('05', 1_000), row('07', -1_000)], undefined],
])('the last payment: %s', (_, payments, last) => {
  expect(lastPaymentOf(payments)).toEqual(last);
  expect(lastPaymentOf(payments.toReversed())).toEqual(last);
});
