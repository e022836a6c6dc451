import { expect, test } from 'vitest';
import { holdsCode, readCode, writeCode } from '../../src/domain/confirmation-code.ts';

test.each(['012345', ' 012345 ', '012 345', '012-345', '０１２３４５', '\u200e012345', '<b>012345</b>'])(
  '«%s» is a code',
  (text) => {
    expect(readCode(text)).toBe('012345');
  },
);

test.each(['', '12345', '1234567', 'код 12345', '12345a', '१२३४५६', '111111 222222', '89012345678', '8 901 234-56-78'])(
  '«%s» is none',
  (text) => {
    expect(readCode(text)).toBeUndefined();
  },
);

test('a code keeps its leading zeros', () => {
  expect(writeCode(42)).toBe('000042');
});

test.each([
  'Код 012345 для входа. Никому его не сообщайте. ВЦ «Инкомус»',
  'код 012345',
  'Ваш код: 012-345.',
  'Код 012345, 012345!',
  'Код 012345 на номер 89012345678',
])('a message is read as the code in it: «%s»', (text) => {
  expect(readCode(text)).toBe('012345');
  expect(holdsCode(text)).toBe(true);
});

test.each(['Счёт 012345', 'Показание 123 456', '0012345', 'Код 12 и 34', '123\n456'])(
  'what nobody asked for is no code: «%s»',
  (text) => {
    expect(holdsCode(text)).toBe(false);
  },
);
