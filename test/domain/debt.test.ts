import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { balanceOf, calculateDebt, dayAfter, offeredOf } from '../../src/domain/debt.ts';

test('above zero is a debt, below an overpayment', () => {
  expect([1, 0, -1].map(balanceOf)).toEqual(['debt', 'even', 'overpaid']);
});

test('what is paid already is not offered to be paid, and what is overpaid asks for nothing', () => {
  expect(offeredOf({ totalKopecks: 100_00, deductedKopecks: 30_00 })).toBe(70_00);
  expect(offeredOf({ totalKopecks: 100_00, deductedKopecks: 130_00 })).toBe(0);
  expect(offeredOf({ totalKopecks: -5_00, deductedKopecks: 0 })).toBe(0);
});

test('services stand without their penalty, which stands apart', () => {
  const rows = [
    { service: 'Отопление', dueKopecks: 150_00, penaltyKopecks: 10_00 },
    { service: 'Отопление', dueKopecks: 50_00, penaltyKopecks: 0 },
    { service: 'Вода', dueKopecks: -20_00, penaltyKopecks: 0 },
  ];
  expect(calculateDebt(rows, 30_00)).toEqual({
    services: [
      { service: 'Отопление', sumKopecks: 190_00 },
      { service: 'Вода', sumKopecks: -20_00 },
    ],
    penaltyKopecks: 10_00,
    paidSinceKopecks: 30_00,
    totalKopecks: 150_00,
  });
});

test('the lines add up to the total, and the total is what is due less what was paid', () => {
  const sum = fc.integer({ min: -1e9, max: 1e9 });
  const row = fc.record({
    service: fc.constantFrom('а', 'б', 'в'),
    dueKopecks: sum,
    penaltyKopecks: fc.integer({ min: 0, max: 1e6 }),
  });
  fc.assert(
    fc.property(fc.array(row), sum, (rows, paidSince) => {
      const debt = calculateDebt(rows, paidSince);
      let due = 0;
      for (const each of rows) due += each.dueKopecks;
      expect(debt.totalKopecks).toBe(due - paidSince);
      let lines = debt.penaltyKopecks - debt.paidSinceKopecks;
      for (const line of debt.services) lines += line.sumKopecks;
      expect(lines).toBe(debt.totalKopecks);
    }),
  );
});

test('the day after a period', () => {
  expect(dayAfter('2026-10')).toBe('2026-11-01');
  expect(dayAfter('2026-12')).toBe('2027-01-01');
});
