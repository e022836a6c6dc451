import { expect, test } from 'vitest';
import { isCommonHouse } from '../../src/domain/common-house.ts';
import { meterMonth } from '../../src/domain/document-meter.ts';
import { type Period, parsePeriod } from '../../src/domain/period.ts';

const shown = (...values: [string, string][]) => values.map(([day, value]) => ({ day, value }));
const PAST = shown(['2026-10-21', '125.5'], ['2026-08-21', '100'], ['2026-09-21', '112.25'], ['2026-10-19', '125.1']);

test.each<[string | null, string | null, string | null, string | null]>([
  // The newest document; one of a month before; one before all that is known.
  [null, '125.5', '112.25', '13.25'],
  ['2026-10', '125.5', '112.25', '13.25'],
  ['2026-09', '112.25', '100', '12.25'],
  ['2026-08', '100', null, null],
  ['2026-07', null, null, null],
])('the document of %s: %s after %s, used %s', (period, value, previous, used) => {
  const month = meterMonth(PAST, period === null ? null : (parsePeriod(period) as Period), 5);
  expect([month.value, month.previous?.value ?? null, month.used]).toEqual([value, previous, used]);
});

test.each<[string, string, number | null, string | null]>([
  ['100', '100', 5, '0'],
  // After 9999 comes 0.
  ['9990.5', '12.25', 4, '21.75'],
  // A new meter, or a correction.
  ['5000', '12', 4, null],
  ['9990.5', '12.25', null, null],
])('from %s to %s on a dial of %s digits: %s', (before, now, digits, used) => {
  expect(meterMonth(shown(['2026-09-21', before], ['2026-10-21', now]), null, digits).used).toBe(used);
});

test('a value that came with the bill, after the month, counts for the newest document', () => {
  expect(meterMonth(shown(['2026-09-25', '1'], ['2026-11-02', '3']), null, 5)).toMatchObject({ value: '3', used: '2' });
  expect(meterMonth(shown(['2026-09-25', '1'], ['2026-11-02', '3']), '2026-10', 5)).toMatchObject({ value: '1', used: null });
});

test.each([
  ['Холодное водоснабжение на СОИ', true],
  ['ХВС (СОИ)', true],
  ['Электроснабжение ОДН', true],
  ['КР на СОИ: электроэнергия', true],
  ['Горячая вода на содержание общего имущества', true],
  ['Электроэнергия в целях содержания общего имущества', true],
  ['Водоотведение на общедомовые нужды', true],
  ['Содержание и текущий ремонт общего имущества', false],
  ['Содержание жилого помещения', false],
  ['Отопление', false],
  ['Соитие', false],
])('%s is for the house as a whole: %s', (service, common) => expect(isCommonHouse(service)).toBe(common));
