import { expect, test } from 'vitest';
import { formatMeasured, meterUnit } from '../../src/domain/meter-unit.ts';

test.each([
  ['Холодное водоснабжение', 'м³'],
  ['Горячая вода', 'м³'],
  ['ГВС (теплоноситель)', 'м³'],
  ['ХВС', 'м³'],
  ['Водоотведение', 'м³'],
  ['Газоснабжение', 'м³'],
  ['Электроснабжение', 'кВт·ч'],
  ['ЭЛЕКТРОЭНЕРГИЯ', 'кВт·ч'],
  ['Отопление', 'Гкал'],
  ['ГВС (тепловая энергия)', 'Гкал'],
  ['Домофон', undefined],
])('%s is counted in %s', (service, unit) => expect(meterUnit(service)).toBe(unit));

test('a value never leaves its unit on another line, and without a unit it stands alone', () => {
  expect(formatMeasured(305_500, 'Холодное водоснабжение')).toBe('305,5\u00A0м³');
  expect(formatMeasured(12_000, 'Домофон')).toBe('12');
});
