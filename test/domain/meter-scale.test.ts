import { expect, test } from 'vitest';
import { byScale, inZoneOrder, METER_ZONES, serviceName, zoneDisplay, zoneName } from '../../src/domain/meter-scale.ts';

test.each([
  ['пик', 'Т1 (пик)', 'Т1'],
  ['Ночь', 'Т2 (Ночь)', 'Т2'],
  ['полупик', 'Т3 (полупик)', 'Т3'],
  ['день', 'Т1 (день)', 'Т1'],
  // Billing may call them as the display does.
  ['Т2', 'Т2', 'Т2'],
  ['T2', 'T2', 'T2'],
  ['верхняя', 'верхняя', ''],
  ['', '', ''],
])('«%s» is shown as «%s»', (scale, name, display) => {
  expect(zoneName(scale, METER_ZONES)).toBe(name);
  expect(zoneDisplay(scale, METER_ZONES)).toBe(display);
});

test('which is which is a setting, and so is the order', () => {
  const zones = [
    { scale: 'ночь', display: 'А' },
    { scale: 'пик', display: 'Б' },
  ];
  expect(zoneName('пик', zones)).toBe('Б (пик)');
  const scale = (name: string) => ({ service: 'Электроснабжение', number: '1', scale: name });
  const order = (of: typeof zones) =>
    ['полупик', 'ночь', 'пик']
      .map(scale)
      .toSorted(byScale(of))
      .map((each) => each.scale);
  expect(order(zones)).toEqual(['ночь', 'пик', 'полупик']);
  expect(order([...METER_ZONES])).toEqual(['пик', 'ночь', 'полупик']);
});

test('services that are charged by zones stand in the same order, in their places', () => {
  const rows = ['Вода', 'Свет (ночь)', 'Свет (пик)', 'Свет (полупик)', 'Тепло (ночь)', 'ТКО (с человека)', 'Тепло (день)'];
  expect(inZoneOrder(rows, (row) => row, METER_ZONES)).toEqual([
    'Вода',
    'Свет (пик)',
    'Свет (ночь)',
    'Свет (полупик)',
    'Тепло (день)',
    'ТКО (с человека)',
    'Тепло (ночь)',
  ]);
  expect(inZoneOrder([], String, METER_ZONES)).toEqual([]);
  expect(serviceName('Свет (ночь)', METER_ZONES)).toBe('Свет, Т2 (ночь)');
  expect(serviceName('ТКО (с человека)', METER_ZONES)).toBe('ТКО (с человека)');
});
