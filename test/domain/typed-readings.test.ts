import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatReading } from '../../src/domain/reading.ts';
import { type AskedScale, meansScale, readReadings } from '../../src/domain/typed-readings.ts';

const scale = (service: string, number: string, last: number | null, more: Partial<AskedScale> = {}): AskedScale => ({
  service,
  number,
  scale: '',
  display: '',
  wanted: true,
  digits: 5,
  last: last === null ? null : last * 1000,
  unusual: last === null ? null : 400_000,
  ...more,
});

const HOT = scale('Горячее водоснабжение', '54623752', 301.5);
const COLD = scale('Холодное водоснабжение', '59907451', 612.952);
const light = (zone: string, display: string, last: number) =>
  scale('Электроснабжение', '0164257718', last, { scale: zone, display, digits: 6 });
const FIVE = [HOT, COLD, light('пик', 'Т1', 9120), light('ночь', 'Т2', 4270), light('полупик', 'Т3', 7000)];
const NAMES = ['г', 'х', 'т1', 'т2', 'т3'];

/** `г305 х620`, with `?` where the first of the wanted were taken; `a | b`; or the slip. */
function said(text: string, scales: readonly AskedScale[] = FIVE): string {
  const read = readReadings(text, scales);
  const words = (readings: readonly { at: number; value: number }[]) =>
    readings.map(({ at, value }) => `${NAMES[at]}${formatReading(value)}`).join(' ');
  if (read.outcome === 'slip') return read.slip;
  if (read.outcome === 'either') return read.readings.map(words).join(' | ');
  if (read.outcome === 'partly') return `${words(read.readings)}, ${read.at === null ? '?' : NAMES[read.at]}: ${read.slip}`;
  return words(read.readings) + (read.some ? ' ?' : '');
}

describe('what was called by its name stands, and only what could not be read is asked again', () => {
  test.each([
    ['т1 9310 т2 abc', 'т19310, т2: reading'],
    ['пик 9310, ночь abc', 'т19310, т2: reading'],
    ['ночь abc пик 9310', 'т19310, т2: reading'],
    ['т1 9310 т2', 'т19310, т2: reading'],
    ['холодная 620\nгорячая 305,12345', 'х620, г: reading-decimals'],
    ['холодная 620, горячая 305, т1 9310, т2 4333, т3 нет', 'х620 г305 т19310 т24333, т3: reading'],
    ['т1 abc т2 abc', 'reading'],
    ['т1 abc', 'reading'],
    ['холодная 620 тыква abc', 'х620, ?: reading'],
    ['холодная 620 тыква 5', 'reading-which'],
  ])('«%s»', (typed, read) => expect(said(typed)).toBe(read));
});

describe('one meter', () => {
  test.each([
    ['305', 'г305'],
    ['00305', 'г305'],
    ['305,125', 'г305,125'],
    ['305.1', 'г305,1'],
    ['３０５', 'г305'],
    ['305 м3', 'г305'],
    ['305.5 м³', 'г305,5'],
    ['305м3', 'г305'],
    ['305,5 куб.м', 'г305,5'],
    ['305 куб', 'г305'],
    ['305 кубов', 'г305'],
    ['305 куб. метров', 'г305'],
    ['305 кВт·ч', 'г305'],
    ['305 квт*ч', 'г305'],
    ['305 кВтч', 'г305'],
    ['305 гкал', 'г305'],
    ['показание 305', 'г305'],
    ['Показания: 305', 'г305'],
    ['горячая 305', 'г305'],
    ['гвс - 305', 'г305'],
    ['№ 54623752: 305', 'г305'],
    ['№3752 305', 'г305'],
    ['54623752 305', 'г305'],
    ['0 0 3 0 5', 'г305'],
    ['40 590', 'г40590'],
    ['123\n456', 'reading-several'],
    ['123\r\n456', 'reading-several'],
    ['123;456', 'reading-several'],
    ['305, 125', 'reading-several'],
    ['305 9310', 'reading-several'],
    ['12 34', 'reading-several'],
    ['305/306', 'reading-several'],
    ['305 и 306', 'reading-several'],
    ['305,1234', 'reading-decimals'],
    ['1234567890123', 'reading-long'],
    ['-5', 'reading'],
    ['12,', 'reading'],
    [',5', 'reading'],
    ['1e3', 'reading-which'],
    ['квартира 305', 'reading-which'],
    ['холодная 305', 'reading-which'],
    ['не знаю', 'reading'],
    ['', 'reading'],
    ['№ 54623752', 'reading'],
  ])('«%s» → %s', (text, expected) => {
    expect(said(text, [HOT])).toBe(expected);
  });
});

describe('five scales', () => {
  const ALL = 'г305 х620 т19310 т24333 т37100';
  test.each([
    ['305\n620\n9310\n4333\n7100', ALL],
    ['305,\n620,\n9310,\n4333,\n7100', ALL],
    ['1. 305\n2. 620\n3. 9310\n4. 4333\n5. 7100', ALL],
    ['1) 305\n2) 620\n3) 9310\n4) 4333\n5) 7100', ALL],
    ['1: 305\n2: 620\n3: 9310\n4: 4333\n5: 7100', ALL],
    ['1)305\n2)620\n3)9310\n4)4333\n5)7100', ALL],
    ['1 - 305\n2 – 620\n3 — 9310\n4-4333\n5=7100', ALL],
    ['1. 305, 2. 620, 3. 9310, 4. 4333, 5. 7100', ALL],
    ['1) 305 2) 620 3) 9310 4) 4333 5) 7100', ALL],
    ['1 – 305, 2 – 620, 3 – 9310, 4 – 4333, 5 – 7100', ALL],
    ['1. горячая 305\n2. холодная 620', 'г305 х620'],
    ['1: холодная 620\n2: горячая 305', 'х620 г305'],
    ['305, 620, 9310, 4333, 7100', ALL],
    ['305; 620; 9310; 4333; 7100', ALL],
    ['305 620 9310 4333 7100', ALL],
    ['305,620,9310,4333,7100', ALL],
    ['305/620/9310/4333/7100', ALL],
    ['305 м3, 620 м3, 9310 кВт·ч, 4333 кВт·ч, 7100 кВт·ч', ALL],
    ['305,125; 620,5; 9310; 4333; 7100', 'г305,125 х620,5 т19310 т24333 т37100'],
    ['305,125 620,5 9310 4333 7100', 'г305,125 х620,5 т19310 т24333 т37100'],
    ['холодная 620, горячая 305', 'х620 г305'],
    ['Холодная: 620\nГорячая: 305', 'х620 г305'],
    ['холодная 620 горячая 305', 'х620 г305'],
    ['хвс 620 гвс 305', 'х620 г305'],
    ['ХВС-620, ГВС-305', 'х620 г305'],
    ['620 холодная, 305 горячая', 'х620 г305'],
    ['хол. вода 620,5; гор. вода 305', 'х620,5 г305'],
    ['Т1 9310 Т2 4333 Т3 7100', 'т19310 т24333 т37100'],
    ['T1 - 9310, T2 - 4333, T3 - 7100', 'т19310 т24333 т37100'],
    ['Т1: 9310\nТ2: 4333\nТ3: 7100', 'т19310 т24333 т37100'],
    ['пик 9310 ночь 4333 полупик 7100', 'т19310 т24333 т37100'],
    ['ночь 4333', 'т24333'],
    ['свет 9310, 4333, 7100', 'т19310 т24333 т37100'],
    ['электричество 9310 4333 7100', 'т19310 т24333 т37100'],
    ['электроснабжение ночь 4333', 'т24333'],
    ['свет 9310', 'reading-which'],
    ['свет 9310, 4333', 'reading-which'],
    ['59907451 620', 'х620'],
    ['№ 59907451 - 620\n№ 54623752 - 305', 'х620 г305'],
    ['холодная 620, холодная 621', 'reading-twice'],
    ['холодная 620 621', 'х620621'],
    ['холодная 620, 621', 'reading-twice'],
    ['газ 620', 'reading-which'],
    ['305', 'г305'],
    ['305,62', 'г305,62'],
    ['305,620', 'г305,62'],
    ['12,3456', 'reading-decimals'],
    ['305 620', 'г305 х620 ?'],
    ['305\n620', 'г305 х620 ?'],
    ['305, 620', 'г305 х620 ?'],
    ['1\n2\n3\n4\n5\n6', 'reading-several'],
  ])('«%s» → %s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  test('of two, one number or two: what fits; both are asked about', () => {
    const two = [scale('Горячее водоснабжение', '1', 300), scale('Холодное водоснабжение', '2', 600)];
    expect(said('305,620', two)).toBe('г305,62 | г305 х620');
    expect(said('305,125', two)).toBe('г305,125');
    expect(said('305 620', two)).toBe('г305 х620');
    const wide = [scale('Горячее водоснабжение', '1', null), scale('Холодное водоснабжение', '2', null)];
    expect(said('12 345', wide)).toBe('г12345 | г12 х345');
  });

  test.each([
    ['1: 305\n2: 620', 'г305 х620'],
    ['1 - 305\n2 - 620', 'г305 х620'],
    ['1 – 305\n2 – 620', 'г305 х620'],
    ['1)305\n2)620', 'г305 х620'],
    ['1=305\n2=620', 'г305 х620'],
    ['1. 305, 2. 620', 'г305 х620'],
    ['1) 305, 2) 620', 'г305 х620'],
    ['1) 305 2) 620', 'г305 х620'],
    ['305 – 620', 'г305 х620'],
    ['305 - 620', 'г305 х620'],
    ['1305 — 620', 'г1305 х620'],
    ['2: 620', 'reading'],
    ['2) 620', 'reading'],
    ['2 – 620', 'reading'],
    ['305: 620', 'reading'],
    ['1: 305\n3: 620', 'reading'],
    ['– 305', 'г305'],
    ['305 – холодная', 'х305'],
  ])('the numbers of a list are no part of a value, also where nothing is known of the meters: «%s»', (typed, read) => {
    const unknown = [HOT, COLD].map((each) => ({ ...each, last: null, unusual: null }));
    expect(said(typed, unknown)).toBe(read);
  });

  test('what is given already may be named again, or all anew', () => {
    const given = FIVE.map((each, i) => ({ ...each, wanted: i > 1 }));
    expect(said('9310\n4333\n7100', given)).toBe('т19310 т24333 т37100');
    expect(said('холодная 621', given)).toBe('х621');
    expect(said('305\n620\n9310\n4333\n7100', given)).toBe(ALL);
  });

  test('two meters of one service, in their order or by their numbers', () => {
    const kitchen = [scale('Холодное водоснабжение', '111111', 10), scale('Холодное водоснабжение', '222222', 20)];
    expect(said('холодная 12, холодная 25', kitchen)).toBe('г12 х25');
    expect(said('холодная 12, 25', kitchen)).toBe('г12 х25');
    expect(said('холодная 12', kitchen)).toBe('reading-which');
    expect(said('№ 222222 25', kitchen)).toBe('х25');
  });
});

test('a line’s end never vanishes between two numbers, whatever they are', () => {
  const number = fc.integer({ min: 0, max: 99_999 }).map(String);
  fc.assert(
    fc.property(number, number, fc.constantFrom('\n', '\r\n', '\n\n', ' \n ', ';'), (one, other, end) => {
      expect(readReadings(`${one}${end}${other}`, [HOT])).toEqual({ outcome: 'slip', slip: 'reading-several' });
      const both = readReadings(`${one}${end}${other}`, [HOT, COLD]);
      expect(both).toMatchObject({ outcome: 'read', readings: [{ value: Number(one) * 1000 }, { value: Number(other) * 1000 }] });
    }),
  );
});

test('whatever is typed, nothing breaks, and every value has a scale of its own', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789 ,.;:-\nт1хгол№м³кВт·ч')), maxLength: 40 }),
      (text) => {
        const read = readReadings(text, FIVE);
        if (read.outcome !== 'read') return;
        const places = read.readings.map(({ at }) => at);
        expect(new Set(places).size).toBe(places.length);
        expect(places.every((at) => FIVE[at] !== undefined)).toBe(true);
      },
    ),
  );
});

describe('a meter is called as people call it', () => {
  test.each([
    ['холодная', 'х'],
    ['хвс', 'х'],
    ['за холодную воду', 'х'],
    ['горячая вода', 'г'],
    ['свет', 'т1 т2 т3'],
    ['т2', 'т2'],
    ['свет ночь', 'т2'],
    ['7451', 'х'],
    ['№ 59907451', 'х'],
    ['вода', ''],
    ['2', ''],
    ['газ', ''],
    ['', ''],
    ['холодная горячая', ''],
    ['холодная\nгорячая', ''],
  ])('«%s»: %s', (typed, called) => {
    expect(FIVE.flatMap((each, i) => (meansScale(typed, each) ? [NAMES[i]] : [])).join(' ')).toBe(called);
  });
});
