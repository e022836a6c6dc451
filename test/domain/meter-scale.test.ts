import { expect, test } from 'vitest';
import {
  byScale,
  inZoneOrder,
  METER_ZONES,
  type MeterZone,
  serviceName,
  zoneDisplay,
  zoneName,
} from '../../src/domain/meter-scale.ts';
import { plainSpaces } from '../../src/domain/unbroken.ts';

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
  expect(plainSpaces(zoneName(scale, METER_ZONES))).toBe(name);
  // On one line.
  expect(zoneName(scale, METER_ZONES)).not.toContain(' ');
  expect(zoneDisplay(scale, METER_ZONES)).toBe(display);
});

test('which is which is a setting, and so is the order', () => {
  const zones = [
    { scale: 'ночь', display: 'А' },
    { scale: 'пик', display: 'Б' },
  ];
  expect(plainSpaces(zoneName('пик', zones))).toBe('Б (пик)');
  const scale = (name: string) => ({ service: 'Электроснабжение', number: '1', scale: name });
  const order = (of: typeof zones) =>
    ['полупик', 'ночь', 'пик']
      .map(scale)
      .toSorted(byScale(of))
      .map((each) => each.scale);
  expect(order(zones)).toEqual(['ночь', 'пик', 'полупик']);
  expect(order([...METER_ZONES])).toEqual(['пик', 'ночь', 'полупик']);
});

/** Rows of these services as they are listed. */
const listed = (services: readonly string[], zones: readonly MeterZone[] = METER_ZONES) =>
  inZoneOrder(
    services.map((service) => ({ service })),
    zones,
  ).map(({ service }) => service);

test('zones of a service stand together where the first of them stood, in the order of the display', () => {
  expect(listed(['Вода', 'Свет (ночь)', 'Лифт', 'Свет (пик)', 'Свет (полупик)', 'ТКО (с человека)'])).toEqual([
    'Вода',
    'Свет (пик)',
    'Свет (ночь)',
    'Свет (полупик)',
    'Лифт',
    'ТКО (с человека)',
  ]);
  expect(listed(['Тепло (ночь)', 'Свет (ночь)', 'Тепло (день)', 'Свет (день)'])).toEqual([
    'Тепло (день)',
    'Тепло (ночь)',
    'Свет (день)',
    'Свет (ночь)',
  ]);
  expect(listed(['Свет (T2)', 'Свет (Т1)'])).toEqual(['Свет (Т1)', 'Свет (T2)']);
  expect(listed([])).toEqual([]);
});

test('the order of services is the setting’s, too', () => {
  const zones = [
    { scale: 'ночь', display: 'А' },
    { scale: 'пик', display: 'Б' },
  ];
  expect(listed(['Свет (пик)', 'Свет (полупик)', 'Свет (ночь)'], zones)).toEqual(['Свет (ночь)', 'Свет (пик)', 'Свет (полупик)']);
});

test('zones of another month and of another supplier stand apart, and what is of no service stays', () => {
  const rows = [
    { service: 'Свет (ночь)', period: '2026-10', supplier: 'Б' },
    { service: 'Свет (день)', period: '2026-10', supplier: 'А' },
    { service: 'Свет (ночь)', period: '2026-09', supplier: 'Б' },
    { service: 'Свет (день)', period: '2026-09', supplier: 'Б' },
    { service: null },
  ];
  expect(inZoneOrder(rows, METER_ZONES)).toEqual([rows[0], rows[1], rows[3], rows[2], rows[4]]);
});

test.each([
  ['Свет (ночь)', 'Свет, Т2 (ночь)'],
  ['Свет (день)', 'Свет, Т1 (день)'],
  ['Свет (полупик)', 'Свет, Т3 (полупик)'],
  ['Свет (Т1)', 'Свет, Т1'],
  ['ТКО (с человека)', 'ТКО (с человека)'],
  ['', ''],
])('the service «%s» is called «%s»', (service, name) => {
  expect(plainSpaces(serviceName(service, METER_ZONES))).toBe(name);
});
