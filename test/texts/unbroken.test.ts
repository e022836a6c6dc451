import { expect, test } from 'vitest';
import { formatMoney, parseMoney } from '../../src/domain/money.ts';
import { plainSpaces, unbroken } from '../../src/domain/unbroken.ts';
import { loadTexts } from '../../src/texts/texts.ts';

const torn = (text: string) => text.replaceAll('\u00a0', '_');

test.each([
  ['Обращение № 12', 'Обращение №_12'],
  ['г. Таганрог, ул. Портовая, д. 5, кв. 17', 'г._Таганрог, ул._Портовая, д._5, кв._17'],
  ['пер. 10-й Новый, д. 7, корп. 2', 'пер._10-й Новый, д._7, корп._2'],
  ['ул. Портовая, д. 5, кв. •••', 'ул._Портовая, д._5, кв._•••'],
  ['не больше 5 000 000 ₽ за раз', 'не больше 5_000_000_₽ за раз'],
  ['ЛС 0012345 500,01 ₽', 'ЛС 0012345 500,01_₽'],
  ['с 1 января до 25 декабря', 'с 1_января до 25_декабря'],
  ['до 23 декабря 2026 года, за октябрь 2026', 'до 23_декабря_2026 года, за октябрь_2026'],
  ['комар 2026', 'комар 2026'],
  ['начните с раздела «Квитанция»', 'начните с раздела «Квитанция»'],
  ['подъезд. Дальше', 'подъезд. Дальше'],
])('«%s» never breaks where it is read as one', (text, expected) => {
  expect(torn(unbroken(text))).toBe(expected);
  expect(plainSpaces(unbroken(text))).toBe(text);
});

test('what stands in a text, and what comes into it, is kept together', () => {
  const texts = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date('2026-11-29T12:00:00Z') });
  const words = { sum: 14_022_15, day: '2026-11-15', state: 'late' };
  expect(torn(texts.text('strayed-payment', words))).toBe('Платёж от 15_ноября на 14_022,15_₽ ещё не учтён, разбираемся.');
});

test.each([0, 5, 100, 123_456, 100_000_000_00])('a sum of %s kopecks is read back as it is written', (kopecks) => {
  expect(formatMoney(kopecks)).not.toContain(' ');
  expect(parseMoney(formatMoney(kopecks))).toBe(kopecks);
});
