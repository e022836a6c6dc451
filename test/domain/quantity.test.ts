import { expect, test } from 'vitest';
import { formatQuantity, formatTariff, formatUnit } from '../../src/domain/quantity.ts';

test.each([
  ['12.345', 'куб.м', '12,345 м³'],
  ['9.600', 'куб.м', '9,6 м³'],
  ['1200', 'кВт·ч', '1 200 кВт·ч'],
  ['0.03456', 'Гкал', '0,035 Гкал'],
  ['76.3', 'кв.м', '76,3 кв. м'],
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

test.each([
  ['м³', ['куб.м', 'куб. м', 'куб.м.', 'Куб м', 'м3', 'м³', 'м.куб.']],
  ['кв.\u00a0м', ['кв.м', 'кв. м', 'КВ.М.', 'м2', 'м²', 'м.кв']],
  ['чел.', ['чел', ' чел. ', 'человек']],
  ['кВт·ч', ['кВт·ч', 'кВт*ч', 'квт.ч', 'кВтч', 'кВт/ч', 'кВт-ч']],
  ['Гкал', ['Гкал', 'гкал', 'Гкал.']],
])('%s has one spelling, however billing spells it', (shown, spellings) => {
  for (const unit of spellings) expect(formatUnit(unit)).toBe(shown);
});

test('a unit that is not known stays as it is', () => expect(formatUnit(' м³/чел. ')).toBe('м³/чел.'));
