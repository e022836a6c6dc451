import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameOwner } from '../../../src/office/registries/owners.ts';

test.each([
  ['Иванов П. С.', 'Иванов Пётр Сергеевич'],
  ['Иванов П.С.', 'Иванов Пётр Сергеевич'],
  ['Иванов П.С', 'ИВАНОВ ПЕТР СЕРГЕЕВИЧ'],
  ['ИВАНОВ ПЕТР', 'Иванов Пётр Сергеевич'],
  ['Иванов П.', 'Иванов Пётр Сергеевич'],
  ['Иванов П.', 'Иванов П. С.'],
  ['П. С. Иванов', 'Иванов Пётр Сергеевич'],
  ['П.С.Иванов', 'Иванов П. С.'],
  ['Пётр Сергеевич Иванов', 'Иванов П. С.'],
  ['Илья Ильич Котов', 'Котов И.'],
  ['Пётр Сергеевич Иванов', 'Иванов Пётр Сергеевич'],
  ['Семёнов  пётр', ' СЕМЕНОВ ПЕТР '],
  ['Петрова-Водкина Анна', 'Петрова - Водкина Анна'],
  ['Петрова–Водкина А. И.', 'Петрова-Водкина Анна Ивановна'],
  ['Петрова Водкина Анна', 'Петрова-Водкина Анна'],
  ['Котова А.-М. И.', 'Котова Анна-Мария Ивановна'],
  ['Котова А. И.', 'Котова Анна-Мария Ивановна'],
  ['Алиев А. М.', 'Алиев Али Мамед оглы'],
  ['Cеменова Oльга', 'Семёнова Ольга'],
  ['Иванов П. С., Иванова М. А.', 'Иванов Пётр Сергеевич; Иванова Мария Андреевна'],
  ['Иванов И. И., Петрова А. А.', 'Петрова А. А., Иванов И. И.'],
  ['Иванов И. И., Петрова А. А.', 'Петрова Анна Андреевна; Иванов Иван Иванович'],
  // The first fits both of the others; it is the one whom the second does not fit.
  ['Котова А., Котова Анна', 'Котова Анна, Котова Алёна'],
  ['Котов П., Котов П.', 'Котов Павел, Котов Пётр'],
])('«%s» and «%s» are the same owner', (one, other) => {
  expect(sameOwner(one, other)).toBe(true);
  expect(sameOwner(other, one)).toBe(true);
});

test.each([
  ['Иванова Анна Петровна', 'Сидорова Анна Петровна'],
  ['Иванов Пётр Сергеевич', 'Иванов Павел Сергеевич'],
  ['Иванов П. С.', 'Иванов П. И.'],
  ['Иванов П. С.', 'Иванов Сергей Петрович'],
  ['Иванов П.', 'Иванова П.'],
  ['Иванов', 'Иванов Пётр'],
  ['Петрова Анна', 'Петрова-Водкина Анна'],
  ['Петрова-Водкина Анна', 'Петрова В. А.'],
  ['Семенов Петр', 'Семенова Петра'],
  ['Иванов П. С.', 'Иванов П. С., Иванова М. А.'],
  ['Иванов И. И., Петрова А. А.', 'Петрова А. А., Петрова А. А.'],
  ['Иванов И. И., Петрова А. А.', 'Петрова А. А., Иванов П. И.'],
  ['Котов Пётр, Котов Пётр', 'Котов Пётр, Котов Павел'],
  ['Иванов Пётр', 'Петров Иван'],
  ['Абрамович Роман Аркадьевич', 'Абрамов Роман Аркадьевич'],
  ['Ли А.', 'Лисин А.'],
])('«%s» and «%s» are two', (one, other) => {
  expect(sameOwner(one, other)).toBe(false);
  expect(sameOwner(other, one)).toBe(false);
});

const surname = fc.constantFrom('Иванов', 'Петрова', 'Семёнов', 'Петрова-Водкина', 'Ли', 'Щербакова');
const given = fc.constantFrom('Пётр', 'Анна', 'Алёна', 'Игорь', 'Юлия', 'Анна-Мария');
const patronymic = fc.constantFrom('Сергеевич', 'Ивановна', 'Юрьевич', 'Алексеевна');
const person = fc.tuple(surname, given, patronymic);

test('however a name is shortened and spelled, it is the same; with another surname or other initials never', () => {
  const spelling = fc.record({
    initials: fc.boolean(),
    dots: fc.constantFrom('.', '. ', ' '),
    first: fc.boolean(),
    yo: fc.boolean(),
    upper: fc.boolean(),
    spaces: fc.constantFrom(' ', '  ', '\u00a0'),
  });
  type Spelling = { initials: boolean; dots: string; first: boolean; yo: boolean; upper: boolean; spaces: string };
  const spell = ([last, name, father]: readonly [string, string, string], how: Spelling): string => {
    const names = how.initials ? `${name[0]}${how.dots}${father[0]}${how.dots}` : `${name}${how.spaces}${father}`;
    const whole = how.first ? `${names}${how.spaces}${last}` : `${last}${how.spaces}${names}`;
    const plain = how.yo ? whole : whole.replaceAll('ё', 'е').replaceAll('Ё', 'Е');
    return how.upper ? plain.toUpperCase() : plain;
  };
  fc.assert(
    fc.property(person, person, spelling, spelling, (one, other, how, otherwise) => {
      expect(sameOwner(spell(one, how), spell(one, otherwise))).toBe(true);
      expect(sameOwner(spell(one, how), spell(other, otherwise))).toBe(sameOwner(spell(other, otherwise), spell(one, how)));
      const [plain, other_] = [one, other].map(([last, name, father]) => [last, name[0], father[0]].join(' '));
      if (plain !== other_) expect(sameOwner(spell(one, how), spell(other, otherwise))).toBe(false);
    }),
  );
});

test('initials in another order are another person’s', () => {
  expect(sameOwner('Щербакова Ю. И.', 'Щербакова И. Ю.')).toBe(false);
  expect(sameOwner('Щербакова Ю. И.', 'Ю.И. Щербакова')).toBe(true);
});

test('any text is its own, and nothing makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
      expect(sameOwner(one, one)).toBe(true);
      expect(sameOwner(one, other)).toBe(sameOwner(other, one));
    }),
  );
});
