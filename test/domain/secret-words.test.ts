import { expect, test } from 'vitest';
import { blankSecrets, holdsSecret } from '../../src/domain/secret-words.ts';

test.each([
  'ACDEFGHJKM',
  'ACDE FGHJ KM',
  'acdef-ghjk9',
  'A C D E F G H J K M',
  'мой пароль ACDE FGHJ KM не подходит',
  'пароль acdefghjkm',
  'Не подходит АСDE3FGH4K, что делать?',
  '012345',
  'Код 012345 для входа. Никому его не сообщайте. ВЦ «Инкомус»',
  'мне пришёл код 012 345',
  'код подтверждения: 012345',
  '012345 это код',
])('a secret is seen in «%s»', (words) => {
  expect(holdsSecret(words)).toBe(true);
  expect(blankSecrets(words)).toMatch(/•{6}/);
});

test.each([
  'С 4 марта нет воды',
  'Воды нет с 7 марта',
  'С 4 марта нет',
  'С 4 МАРТА НЕТ ВОДЫ',
  'сумма 347.96',
  'нас у тут 3 марта 4',
  'QR-код не сработал, номер операции 482913',
  'По Жилищному кодексу, индекс 347900, Таганрог',
  'код домофона 482913',
  'Код не приходит, мой индекс 347900',
  'Показание 123 456',
  'Счёт 0012345678',
  'ЕЛС 80АА123456',
  'Договор 34-79 от 7.09',
])('and none in «%s», which people write', (words) => {
  expect(holdsSecret(words)).toBe(false);
  expect(blankSecrets(words)).toBe(words);
});
