import { expect, test } from 'vitest';
import { formatQuantity, formatTariff, formatUnit } from '../../src/domain/quantity.ts';

test.each([
  ['12.345', 'куб.м', '12,345 м³'],
  ['9.600', 'куб.м', '9,6 м³'],
  ['1200', 'кВт·ч', '1 200 кВт·ч'],
  ['0.03456', 'Гкал', '0,035 Гкал'],
  ['76.3', 'кв. м', '76,3 м²'],
  ['-2.5', null, '−2,5'],
  ['-0.0001', null, '0'],
  [1.1 - 1, null, '0,1'],
])('%s %s is %s', (quantity, unit, shown) => {
  expect(formatQuantity(quantity, unit).replaceAll('\u00a0', ' ')).toBe(shown);
});

test.each([
  ['24.18', '24,18 ₽'],
  ['2891.17', '2 891,17 ₽'],
  ['7', '7,00 ₽'],
  ['41.6375', '41,6375 ₽'],
])('a tariff of %s is %s', (tariff, shown) => expect(formatTariff(tariff).replaceAll('\u00a0', ' ')).toBe(shown));

test('a unit that is not known stays as it is', () => expect(formatUnit(' чел. ')).toBe('чел.'));
