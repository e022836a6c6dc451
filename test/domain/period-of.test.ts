import { expect, test } from 'vitest';
import { formatPeriodOf, makePeriod } from '../../src/domain/period.ts';

test('a month as one says from which on', () => {
  const said = Array.from({ length: 12 }, (_, month) => formatPeriodOf(makePeriod(2026, month + 1)).split('\u00a0')[0]);
  expect(said).toEqual('января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '));
});
