import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeKey, streetAndHouseOf, placeSearch } from '../../src/domain/address.ts';

test.each([
  ['г. Таганрог, ул. Петровская, д. 12, кв. 45', 'г. Таганрог, ул. Петровская', 'г. Таганрог, ул. Петровская, д. 12'],
  [
    'г. Таганрог, ул. Петровская, д. 12, корп. 2, кв. 45',
    'г. Таганрог, ул. Петровская',
    'г. Таганрог, ул. Петровская, д. 12, корп. 2',
  ],
  ['г. Таганрог, ул. Петровская, д. 6/2, кв.8', 'г. Таганрог, ул. Петровская', 'г. Таганрог, ул. Петровская, д. 6/2'],
  ['кв-л Северный, д. 5, кв. 7', 'кв-л Северный', 'кв-л Северный, д. 5'],
  ['д. Дубки, ул. Мира, д. 5а', 'д. Дубки, ул. Мира', 'д. Дубки, ул. Мира, д. 5а'],
  ['ул. Ленина, 5, 12', 'ул. Ленина', 'ул. Ленина, 5'],
  ['ул. 9 Мая, 17', 'ул. 9 Мая', 'ул. 9 Мая, 17'],
  ['ул. Мира 17', 'ул. Мира', 'ул. Мира 17'],
  ['Хутор', 'Хутор', null],
])('%s', (address, street, house) => expect(streetAndHouseOf(address)).toEqual({ street, house }));

test('flats of one house are in one house, and neighbours are not', () => {
  const number = fc
    .tuple(fc.integer({ min: 1, max: 300 }), fc.constantFrom('', 'а', '/2', ', корп. 3'))
    .map(([n, tail]) => `${n}${tail}`);
  const street = fc.constantFrom('ул. Петровская', 'пер. 10-й Новый', 'кв-л Комсомольский', 'ул. 9 Мая', 'пл. Мира');
  fc.assert(
    fc.property(street, number, number, number, (where, house, one, other) => {
      const key = (building: string, flat: string) =>
        placeKey(streetAndHouseOf(`г. Таганрог, ${where}, д. ${building}, кв. ${flat}`).house ?? '');
      expect(key(house, one)).toBe(key(house, other));
      expect(key(house, one) === key(other, one)).toBe(house === other);
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['портовая 5', true],
  ['порт 5', true],
  ['ул. Портовая, д. 5', true],
  ['приморск портовая', true],
  ['портовая 50', false],
  ['портовая 1', false],
  ['мира 5', false],
])('%s', (typed, fits) => expect(placeSearch(typed).fits('г. Приморск-на-Миусе, ул. Портовая, д. 5')).toBe(fits));

test('words that only say what something is look for nothing', () => expect(placeSearch('ул. д. г.').parts).toEqual([]));
