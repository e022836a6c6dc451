import { expect, test } from 'vitest';
import { styleOf } from '../../../src/adapters/registries/workbook/number-formats.ts';

/** Formats that Excel has without a code in the file (ECMA-376, part 1, 18.8.30). */
test.each([
  [0, 'number'],
  [4, 'number'],
  [14, 'day'],
  [15, 'day'],
  [16, 'day'],
  [17, 'month'],
  [18, 'time'],
  [21, 'time'],
  [22, 'day'],
  [45, 'time'],
  [49, 'number'],
] as const)('the built-in format %i shows a %s', (id, shows) => expect(styleOf(id, undefined)).toEqual({ shows }));
