import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatReading,
  judgeReading,
  readDecimal,
  readReadingNumber,
  type Scale,
  writeThousandths,
} from '../../src/domain/reading.ts';

test.each([
  ['123', { value: 123_000, digits: 3, whole: true }],
  ['00123', { value: 123_000, digits: 5, whole: true }],
  ['123,456', { value: 123_456, digits: 3, whole: false }],
  ['123.4', { value: 123_400, digits: 3, whole: false }],
  ['123,0', { value: 123_000, digits: 3, whole: false }],
  ['0', { value: 0, digits: 1, whole: true }],
  ['999999999999,999', { value: 999_999_999_999_999, digits: 12, whole: false }],
  ...['123,4567', '1234567890123', '-5', '12,', ',5', '12 куб', '1 2', '1,2,3', '1e3', ''].map(
    (text) => [text, undefined] as const,
  ),
] as const)('«%s»', (text, expected) => {
  expect(readReadingNumber(text)).toEqual(expected);
});

test('registries have decimals of their own', () => {
  expect(readDecimal('279443.64')).toBe(279_443_640);
  expect(readDecimal('12')).toBe(12_000);
  expect(readDecimal('1.234567')).toBe(1_234);
});

test('what is written is read back, by Postgres and by people', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (value) => {
      expect(readDecimal(writeThousandths(value))).toBe(value);
      expect(readReadingNumber(formatReading(value))).toMatchObject({ value });
      expect(formatReading(value)).not.toMatch(/,\d*0$|,$/);
    }),
  );
  expect([0, 5, 1_000, 100_000, 120_500].map(formatReading)).toEqual(['0', '0,005', '1', '100', '120,5']);
});

describe('a reading beside the last one', () => {
  const scale: Scale = { digits: 5, last: 1_000_000, unusual: 20_000 };
  const judge = (value: number, more: Partial<Scale> = {}, digits = 5) =>
    judgeReading({ value, digits, whole: false }, { ...scale, ...more }).verdict;

  test('an equal value is legal, and so is one within the usual', () => {
    expect(judge(1_000_000)).toBe('fits');
    expect(judge(1_020_000)).toBe('fits');
    expect(judge(1_020_001)).toBe('high');
  });
  test('who leaves out the fraction is not told that it is less', () => {
    const whole = (value: number, last: number) =>
      judgeReading({ value, digits: 5, whole: true }, { digits: null, last, unusual: 20_000 });
    expect(whole(279_443_000, 279_443_640)).toEqual({ verdict: 'fits', used: 0 });
    expect(whole(279_443_000, 279_443_000)).toEqual({ verdict: 'fits', used: 0 });
    expect(whole(279_442_000, 279_443_640)).toEqual({ verdict: 'lower' });
    expect(whole(279_444_000, 279_443_640)).toEqual({ verdict: 'fits', used: 360 });
    expect(whole(0, 640)).toEqual({ verdict: 'fits', used: 0 });
    // With a fraction, it is what it says.
    expect(judge(279_443_630, { last: 279_443_640, digits: null }, 6)).toBe('lower');
    expect(judge(279_443_000, { last: 279_443_640, digits: null }, 6)).toBe('lower');
  });
  test('lower', () => expect(judge(999_999)).toBe('lower'));
  test('a meter that was near its end has begun anew', () => {
    expect(judge(12_000, { last: 99_990_000 })).toBe('rollover');
    expect(judgeReading({ value: 12_000, digits: 2, whole: true }, { ...scale, last: 99_990_000 })).toEqual({
      verdict: 'rollover',
      used: 22_000,
    });
    expect(judge(12_000, { last: 50_000_000 })).toBe('lower');
    expect(judge(60_000_000, { last: 99_990_000 })).toBe('lower');
    expect(judge(12_000, { last: 99_990_000, digits: null })).toBe('lower');
  });
  test('more digits than the meter has, leading zeros too', () => {
    expect(judge(123_456_000, {}, 6)).toBe('digits');
    expect(judge(1_234_000, {}, 6)).toBe('digits');
    expect(judge(1_234_000, { digits: null }, 6)).toBe('high');
  });
  test('nothing is known of a new meter', () => expect(judge(5_000_000, { last: null, unusual: null })).toBe('fits'));
});

test('whatever the meter, what was used is never negative, and adds up to the value within its range', () => {
  const digits = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(
      digits,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (d, a, b) => {
        const capacity = 10 ** d * 1000;
        const [last, value] = [Math.floor(a * capacity), Math.floor(b * capacity)];
        const judged = judgeReading({ value, digits: d, whole: false }, { digits: d, last, unusual: null });
        if ('used' in judged) {
          expect(judged.used).toBeGreaterThanOrEqual(0);
          expect((last + (judged.used ?? 0)) % capacity).toBe(value);
        } else expect(judged).toEqual({ verdict: 'lower' });
        expect(judged.verdict === 'fits').toBe(value >= last);
      },
    ),
  );
});
