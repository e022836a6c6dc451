import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDecimals } from '../../src/domain/decimal.ts';

test('decimals add up exactly', () => {
  expect(addDecimals([])).toBe('0');
  expect(addDecimals(['0.1', '0.2'])).toBe('0.3');
  expect(addDecimals(['1.763', '0.237'])).toBe('2');
  expect(addDecimals(['10', '20'])).toBe('30');
  expect(addDecimals(['-0.5', '0.25'])).toBe('-0.25');
  expect(addDecimals(['0.00'])).toBe('0');
  const thousandths = fc.integer({ min: -999_999_999, max: 999_999_999 });
  const write = (n: number) =>
    `${n < 0 ? '-' : ''}${Math.trunc(Math.abs(n) / 1000)}.${String(Math.abs(n) % 1000).padStart(3, '0')}`;
  fc.assert(
    fc.property(fc.array(thousandths, { maxLength: 20 }), (numbers) => {
      const sum = numbers.reduce((total, one) => total + one, 0);
      expect(Math.round(Number(addDecimals(numbers.map(write))) * 1000)).toBe(sum);
    }),
    { numRuns: 100 },
  );
});
