import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatReading, judgeReading, ReadingText, readDecimal, type Scale, writeThousandths } from '../../src/domain/reading.ts';

const parse = (text: string) => {
  const parsed = ReadingText.safeParse(text);
  return parsed.success ? parsed.data : parsed.error.issues[0]?.message;
};

test.each([
  ['123', { value: 123_000, digits: 3 }],
  ['00123', { value: 123_000, digits: 5 }],
  ['123,456', { value: 123_456, digits: 3 }],
  ['123.4', { value: 123_400, digits: 3 }],
  [' 12 345,6 ', { value: 12_345_600, digits: 5 }],
  ['１２３', { value: 123_000, digits: 3 }],
  ['0', { value: 0, digits: 1 }],
  ['999999999999,999', { value: 999_999_999_999_999, digits: 12 }],
  ['123,4567', 'reading-decimals'],
  ['1234567890123', 'reading-long'],
  ['-5', 'reading'],
  ['12,', 'reading'],
  [',5', 'reading'],
  ['12 куб', 'reading'],
  ['1,2,3', 'reading'],
  ['1e3', 'reading'],
  ['', 'reading'],
])('«%s»', (text, expected) => {
  expect(parse(text)).toEqual(expected);
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
      expect(parse(formatReading(value))).toMatchObject({ value });
      expect(formatReading(value)).not.toMatch(/,\d*0$|,$/);
    }),
  );
  expect([0, 5, 1_000, 100_000, 120_500].map(formatReading)).toEqual(['0', '0,005', '1', '100', '120,5']);
});

describe('a reading beside the last one', () => {
  const scale: Scale = { digits: 5, last: 1_000_000, unusual: 20_000 };
  const judge = (value: number, more: Partial<Scale> = {}, digits = 5) =>
    judgeReading({ value, digits }, { ...scale, ...more }).verdict;

  test('an equal value is legal, and so is one within the usual', () => {
    expect(judge(1_000_000)).toBe('fits');
    expect(judge(1_020_000)).toBe('fits');
    expect(judge(1_020_001)).toBe('high');
  });
  test('lower', () => expect(judge(999_999)).toBe('lower'));
  test('a meter that was near its end has begun anew', () => {
    expect(judge(12_000, { last: 99_990_000 })).toBe('rollover');
    expect(judgeReading({ value: 12_000, digits: 2 }, { ...scale, last: 99_990_000 })).toEqual({
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
        const judged = judgeReading({ value, digits: d }, { digits: d, last, unusual: null });
        if ('used' in judged) {
          expect(judged.used).toBeGreaterThanOrEqual(0);
          expect((last + (judged.used ?? 0)) % capacity).toBe(value);
        } else expect(judged).toEqual({ verdict: 'lower' });
        expect(judged.verdict === 'fits').toBe(value >= last);
      },
    ),
  );
});
