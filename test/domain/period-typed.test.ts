import { expect, test } from 'vitest';
import { TypedPeriod } from '../../src/domain/period-typed.ts';

test.each([
  ['10.2026', '2026-10'],
  [' 9.2026 ', '2026-09'],
  ['09/2026', '2026-09'],
  ['1-2026', '2026-01'],
  ['01 2026', '2026-01'],
  ['2026-05', '2026-05'],
  ['10.2026 г.', '2026-10'],
  ['Октябрь 2026', '2026-10'],
  ['мая 2026', '2026-05'],
  ['май 2026', '2026-05'],
  ['марта 2026 года', '2026-03'],
  ['июнь 2026', '2026-06'],
  ['июля 2026', '2026-07'],
  ['ян 2026', undefined],
  ['13.2026', undefined],
  ['0.2026', undefined],
  ['10.26', undefined],
  ['10.20266', undefined],
  ['10.1826', undefined],
  ['тыква 2026', undefined],
  ['мак 2026', undefined],
  ['', undefined],
  ['2026', undefined],
])('«%s» is read as %s', (typed, period) => {
  expect(TypedPeriod.safeParse(typed).data).toBe(period);
});
