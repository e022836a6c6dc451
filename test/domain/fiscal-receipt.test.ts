import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inForce } from '../../src/domain/dated.ts';
import { fiscalReceipt } from '../../src/domain/fiscal-receipt.ts';

const RULES = { taxSystem: 2, vat: 1, subject: 'service', mode: 'full_payment' };

test('the items of a receipt add up to what is paid, to the kopeck', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 500_000_000 }), { minLength: 1, maxLength: 20 }), (sums) => {
      const receipt = fiscalReceipt(
        sums.map((sumKopecks) => ({ description: 'ЖКУ', sumKopecks })),
        RULES,
      );
      expect(receipt.items.every(({ amount }) => /^\d+\.\d\d$/.test(amount.value))).toBe(true);
      const total = receipt.items.reduce((sum, { amount }) => sum + Number(amount.value.replace('.', '')), 0);
      expect(total).toBe(sums.reduce((sum, each) => sum + each, 0));
    }),
  );
});

test('a line says what the rules say, and no more letters than a receipt holds', () => {
  expect(fiscalReceipt([{ description: 'я'.repeat(200), sumKopecks: 5 }], RULES)).toEqual({
    tax_system_code: 2,
    items: [
      {
        description: 'я'.repeat(128),
        quantity: 1,
        amount: { value: '0.05', currency: 'RUB' },
        vat_code: 1,
        payment_subject: 'service',
        payment_mode: 'full_payment',
      },
    ],
  });
});

test('of dated rows the last that has begun holds', () => {
  const rows = [
    { from: '2019-01-01', vat: 1 },
    { from: '2026-01-01', vat: 11 },
  ];
  expect(inForce(rows, '2025-12-31')?.vat).toBe(1);
  expect(inForce(rows, '2026-01-01')?.vat).toBe(11);
  expect(inForce(rows, '2018-12-31')).toBeUndefined();
});
