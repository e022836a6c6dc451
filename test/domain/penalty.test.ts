import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Charge } from '../../src/domain/charge.ts';
import { addDays, daysBetween } from '../../src/domain/local-day.ts';
import { paymentDueDay } from '../../src/domain/payment-due.ts';
import { estimatePenalty, penaltyOf, unpaidOf } from '../../src/domain/penalty.ts';
import { type Period, parsePeriod, shiftPeriod } from '../../src/domain/period.ts';
import { charge } from '../kit/charge.ts';

const STEPS = [
  { fromDay: 31, divisor: 300 },
  { fromDay: 91, divisor: 130 },
];
const RULES = {
  paymentDue: [
    { from: '2005-03-01', day: 10 },
    { from: '2026-03-01', day: 15 },
  ],
  penalty: [{ from: '2022-02-28', percent: 9.5, steps: STEPS }],
};

const period = (text: string) => parsePeriod(text) as Period;
/** Months in a row that were charged so much each, nothing of it paid. */
function unpaid(first: string, ...sums: number[]): Charge[] {
  return sums.map((chargedKopecks, i) => charge({ period: shiftPeriod(period(first), i), chargedKopecks }));
}

test.each([
  ['2025-12', '2026-01-10'],
  ['2026-01', '2026-02-10'],
  ['2026-02', '2026-03-15'],
  ['2026-12', '2027-01-15'],
])('%s is paid by %s', (month, day) => expect(paymentDueDay(period(month), RULES.paymentDue)).toBe(day));

describe('the penalty of one unpaid part, reckoned by hand', () => {
  const part = { payBy: '2026-07-15', sumKopecks: 1_000_00 };
  test.each([
    // Day 30 of the delay is August 14.
    ['2026-07-01', '2026-08-14', 0],
    // One day: 1000 × 9.5 % / 300 = 0.3167.
    ['2026-08-01', '2026-08-15', 32],
    // August 15 to 31 are 17 days: 1000 × 9.5 % / 300 × 17 = 5.3833.
    ['2026-08-01', '2026-08-31', 5_38],
    // Day 91 is October 14: 13 days by 1/300 and 18 days by 1/130, 1000 × 9.5 % × (13/300 + 18/130) = 17.2705.
    ['2026-10-01', '2026-10-31', 17_27],
    // From the first day on: 60 days by 1/300 (19.00) and 18 by 1/130 (13.1538).
    ['2026-07-16', '2026-10-31', 32_15],
  ])('from %s to %s it is %i kopecks', (from, until, kopecks) => {
    expect(penaltyOf(part, from, until, RULES.penalty)).toBe(kopecks);
  });

  test('a rate that changes on a day changes it from that day on', () => {
    const rows = [...RULES.penalty, { from: '2026-08-25', percent: 6, steps: STEPS }];
    // August 15 to 24 are 10 days by 9.5 %, 25 to 31 are 7 by 6 %: 1000 / 300 × (0.095 × 10 + 0.06 × 7) = 4.5667.
    expect(penaltyOf(part, '2026-08-01', '2026-08-31', rows)).toBe(4_57);
  });

  test('a moratorium is a row without steps that matter', () => {
    const rows = [{ from: '2020-01-01', percent: 0, steps: STEPS }];
    expect(penaltyOf(part, '2026-08-01', '2026-12-31', rows)).toBe(0);
  });
});

test('three unpaid months: each is late by its own days, what is billed already stays', () => {
  const months = unpaid('2026-08', 1_000_00, 2_000_00, 3_000_00);
  months[2] = charge({ ...months[2], penaltyKopecks: 6_33 });
  // Paid by September 15, October 15, November 15. To December 31 from November 1:
  // August's: day 31 is October 16, day 91 December 15: 44 days / 300 + 17 days / 130 → 1000 × 0.095 × 0.277436 = 26.3564
  // September's: day 31 is November 15: 47 days / 300 → 2000 × 0.095 × 0.156667 = 29.7667
  // October's: day 31 is December 16: 16 days / 300 → 3000 × 0.095 × 0.053333 = 15.2
  expect(estimatePenalty(months, 6_006_33, { today: '2026-11-22', until: '2026-12-31' }, RULES)).toEqual({
    until: '2026-12-31',
    billedKopecks: 6_33,
    addedKopecks: 26_36 + 29_77 + 15_20,
    overdueKopecks: 6_000_00,
    startsOn: '2026-12-16',
    ends: null,
  });
});

test('what was paid since has ended the oldest month', () => {
  const months = unpaid('2026-08', 1_000_00, 2_000_00, 3_000_00);
  expect(unpaidOf(months, 4_500_00, RULES.paymentDue)).toEqual({
    parts: [
      { payBy: '2026-10-15', sumKopecks: 1_500_00 },
      { payBy: '2026-11-15', sumKopecks: 3_000_00 },
    ],
    billedKopecks: 0,
    olderKopecks: 0,
  });
});

test('what is older than the first month that we know is late by a month more', () => {
  expect(unpaidOf(unpaid('2026-10', 1_000_00), 1_700_00, RULES.paymentDue)).toEqual({
    parts: [
      { payBy: '2026-10-15', sumKopecks: 700_00 },
      { payBy: '2026-11-15', sumKopecks: 1_000_00 },
    ],
    billedKopecks: 0,
    olderKopecks: 700_00,
  });
});

test.each([0, -500_00])('who owes %i has no penalty to come', (owed) => {
  expect(estimatePenalty(unpaid('2026-08', 1_000_00), owed, { today: '2026-11-22', until: '2026-12-31' }, RULES)).toEqual({
    until: '2026-12-31',
    billedKopecks: 0,
    addedKopecks: 0,
    overdueKopecks: 0,
    startsOn: null,
    ends: null,
  });
});

describe('a rule that ends with 2026', () => {
  const ended = {
    ...RULES,
    penalty: [{ from: '2022-02-28', until: '2026-12-31', source: 'ПП № 329', percent: 9.5, steps: STEPS }],
  };
  const ends = { day: '2026-12-31', source: 'ПП № 329', passed: false };
  const months = unpaid('2026-09', 1_000_00);

  test('an estimate goes as far as the rule, and says that it ends there', () => {
    // Due October 15: day 31 is November 15. December 1 to 31 are 31 days of 1000 × 9.5 % / 300, November 15 to 30 are 16.
    const at = (until: string) => estimatePenalty(months, 1_000_00, { today: '2026-12-01', until }, ended);
    expect(at('2026-12-31')).toMatchObject({ until: '2026-12-31', addedKopecks: 14_88, ends: null });
    expect(at('2027-01-31')).toEqual({
      until: '2026-12-31',
      billedKopecks: 0,
      addedKopecks: 14_88,
      overdueKopecks: 1_000_00,
      startsOn: null,
      ends,
    });
  });

  test('in the new year nothing is reckoned on', () => {
    const estimate = estimatePenalty(unpaid('2026-11', 1_000_00), 1_000_00, { today: '2027-02-20', until: '2027-03-31' }, ended);
    expect(estimate).toMatchObject({
      addedKopecks: 0,
      overdueKopecks: 1_000_00,
      startsOn: null,
      ends: { ...ends, passed: true },
    });
  });

  test('where no penalty would come, no end is spoken of', () => {
    // Due December 15: a penalty would begin on January 14.
    const dates = { today: '2026-12-20', until: '2027-01-13' };
    expect(estimatePenalty(unpaid('2026-11', 1_000_00), 1_000_00, dates, ended)).toMatchObject({ addedKopecks: 0, ends: null });
    expect(estimatePenalty(months, 0, { today: '2026-12-01', until: '2027-01-31' }, ended)).toMatchObject({ ends: null });
  });

  test('the row that comes next is reckoned by, and nothing ends', () => {
    const next = { ...ended, penalty: [...ended.penalty, { from: '2027-01-01', percent: 16, steps: STEPS }] };
    // 14,88 to December 31; January 1 to 12 are 12 days by 1/300 of 16 %, day 91 is January 14.
    const estimate = estimatePenalty(months, 1_000_00, { today: '2026-12-01', until: '2027-01-12' }, next);
    expect(estimate).toMatchObject({ until: '2027-01-12', addedKopecks: 14_88 + 6_40, ends: null });
  });

  test('where due days end first, what is due after them is not called overdue', () => {
    const rules = { ...RULES, paymentDue: [{ from: '2005-03-01', until: '2026-12-31', day: 10 }] };
    const estimate = estimatePenalty(unpaid('2026-12', 1_000_00), 1_000_00, { today: '2027-03-20', until: '2027-04-30' }, rules);
    expect(estimate).toMatchObject({
      addedKopecks: 0,
      overdueKopecks: 0,
      startsOn: null,
      ends: { day: '2026-12-31', source: null, passed: true },
    });
  });
});

test('whatever the months and the debt are, the parts add up to it, and a longer delay never costs less', () => {
  const month = fc.record({
    chargedKopecks: fc.integer({ min: -50_000, max: 900_000 }),
    penaltyKopecks: fc.nat(9_000),
  });
  fc.assert(
    fc.property(
      fc.array(month, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: -100_000, max: 2_000_000 }),
      fc.nat(60),
      (rows, owed, days) => {
        const months = rows.map((row, i) => charge({ ...row, period: shiftPeriod(period('2025-11'), i) }));
        const { parts, billedKopecks } = unpaidOf(months, owed, RULES.paymentDue);
        expect(parts.reduce((total, part) => total + part.sumKopecks, billedKopecks)).toBe(Math.max(owed, 0));
        expect(parts.every(({ sumKopecks }) => sumKopecks > 0)).toBe(true);

        const today = '2026-11-22';
        const at = (until: string) => estimatePenalty(months, owed, { today, until }, RULES).addedKopecks;
        const [soon, later] = [at(addDays(today, days)), at(addDays(today, days + 30))];
        expect(soon).toBeLessThanOrEqual(later);
        expect(Number.isSafeInteger(later)).toBe(true);
        // Never dearer than all of it at the highest part of the rate, every day.
        const longest = daysBetween('2025-11-01', addDays(today, days + 30));
        expect(later).toBeLessThanOrEqual((Math.max(owed, 0) * 0.095 * longest) / 130 + parts.length);
      },
    ),
    { numRuns: 150 },
  );
});
