import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { briefAddress, maskAddress, meansAddress } from '../../src/domain/address.ts';

describe('an address is masked', () => {
  test.each([
    ['г. Таганрог, ул. Петровская, д. 12, кв. 45', 'г. Таганрог, ул. Петровская, д. 12, кв. •••'],
    ['г. Таганрог, ул. Петровская, д. 12, кв.45', 'г. Таганрог, ул. Петровская, д. 12, кв.•••'],
    ['ул Ленина 5 кв45', 'ул Ленина 5 кв•••'],
    ['ул. Ленина, д. 5, к. 2, квартира № 7', 'ул. Ленина, д. 5, к. 2, квартира № •••'],
    ['ул. Ленина, д. 5, кв. 7, ком. 2', 'ул. Ленина, д. 5, кв. •••'],
    ['ул. Ленина, д. 5, комн. 12', 'ул. Ленина, д. 5, комн. •••'],
    ['УЛ. ЛЕНИНА, Д. 5, КВ. 7', 'УЛ. ЛЕНИНА, Д. 5, КВ. •••'],
    ['кв-л Северный, д. 5, кв. 7', 'кв-л Северный, д. 5, кв. •••'],
    // A private house.
    ['г. Таганрог, пер. 10-й Новый, д. 7', 'г. Таганрог, пер. 10-й Новый, д. •••'],
    ['кв-л Северный, д. 5', 'кв-л Северный, д. •••'],
    ['д. Дубки, ул. Мира, д. 5а', 'д. Дубки, ул. Мира, д. •••'],
    ['ул. Квадратная, дом 19/2', 'ул. Квадратная, дом •••'],
    ['ул. Дачная, д.7', 'ул. Дачная, д.•••'],
    ['ул. 9 Мая, 17', 'ул. 9 Мая, •••'],
    ['ул. Мира 17', 'ул. Мира •••'],
    ['ул. Ленина, 5, 12', 'ул. Ленина, 5, •••'],
    ['17', '•••'],
    ['Хутор', '•••'],
    ['', '•••'],
  ])('%s', (address, masked) => expect(maskAddress(address)).toBe(masked));

  const street = fc.constantFrom(
    'ул. Петровская',
    'пер. 10-й Новый',
    'пр-кт Победы',
    'ул. 1-я Котельная',
    'кв-л Комсомольский',
    'ул. Домбайская',
  );
  const number = fc
    .tuple(fc.integer({ min: 1, max: 9999 }), fc.constantFrom('', 'а', '/2', '-1', ' корп. 3'))
    .map(([n, tail]) => `${n}${tail}`);
  const flatWord = fc.constantFrom('кв. ', 'кв.', 'кв ', 'квартира ', 'ком. ', 'пом. ', 'КВ. ', 'кв № ');
  const houseWord = fc.constantFrom('д. ', 'д.', 'дом ', 'Д. ', 'д № ', '');

  test('two flats of one house look the same, and the house is seen', () => {
    fc.assert(
      fc.property(street, number, flatWord, number, number, (where, house, word, one, other) => {
        const address = (flat: string) => `г. Таганрог, ${where}, д. ${house}, ${word}${flat}`;
        expect(maskAddress(address(one))).toBe(maskAddress(address(other)));
        expect(maskAddress(address(one))).toContain(`${where}, д. ${house}`);
      }),
    );
  });

  test('two private houses of one street look the same, and the street is seen', () => {
    fc.assert(
      fc.property(street, houseWord, number, number, (where, word, one, other) => {
        const address = (house: string) => `г. Таганрог, ${where}, ${word}${house}`;
        expect(maskAddress(address(one))).toBe(maskAddress(address(other)));
        expect(maskAddress(address(one))).toContain(where);
      }),
    );
  });
});

describe('an address as short as one’s own can be told', () => {
  test.each([
    ['г. Таганрог, ул. Петровская, д. 12, кв. 45', 'Петровская 12, кв. 45'],
    ['ул Ленина 5 кв45', 'Ленина 5, кв. 45'],
    ['ул. Ленина, д. 5, к. 2, квартира № 7', 'Ленина 5, к. 2, кв. 7'],
    ['г. Таганрог, пер. 10-й Новый, д. 7', 'пер. 10-й Новый 7'],
    ['улица Дачная, д.7', 'Дачная 7'],
    ['ул. Мира 17', 'Мира 17'],
    ['Хутор', null],
    ['', null],
  ])('%s', (address, brief) => expect(briefAddress(address)).toBe(brief));
});

describe('what is typed means an address', () => {
  const HOME = 'г. Таганрог, ул. Мира, д. 5, кв. 40';
  const PRIVATE = 'г. Таганрог, пер. Якорный, д. 40';
  test.each([
    ['кв 40', true, false],
    ['кв. 40', true, false],
    ['квартира 40', true, false],
    ['40', true, true],
    ['мира', true, false],
    ['Мира 5', true, false],
    ['ул. Мира, д. 5', true, false],
    ['мира 5 кв 40', true, false],
    ['Мира 5-40', true, false],
    ['Мира 5, 40', true, false],
    ['кв 4', false, false],
    ['Мира 4', false, false],
    ['Мира 5 кв 41', false, false],
    ['Мира 5-41', false, false],
    ['Мира 40', false, false],
    ['Якорный 40', false, true],
    ['якорн', false, true],
    ['на Якорном', false, true],
    ['якорном 40', false, true],
    ['Якорном 41', false, false],
    ['5', false, false],
    ['таганрог', true, true],
    ['ул', false, false],
    ['', false, false],
    ['кв', false, false],
  ])('«%s»', (typed, home, house) => {
    expect(meansAddress(typed, HOME)).toBe(home);
    expect(meansAddress(typed, PRIVATE)).toBe(house);
  });
});
