import { expect, test } from 'vitest';
import { readCode, writeCode } from '../../src/domain/confirmation-code.ts';

test.each(['012345', ' 012345 ', '012 345', '012-345', '０１２３４５', '\u200e012345'])('«%s» is a code', (text) => {
  expect(readCode(text)).toBe('012345');
});

test.each(['', '12345', '1234567', 'код 12345', '12345a', '१२३४५६', '<b>012345</b>'])('«%s» is none', (text) => {
  expect(readCode(text)).toBeUndefined();
});

test('a code keeps its leading zeros', () => {
  expect(writeCode(42)).toBe('000042');
});
