import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/durations.ts';
import { fillIn, unknownPlaces, forResident, isCommand, readRequestNumbers, readSpan } from '../../src/domain/staff-words.ts';

test.each([
  ['Добрый день', 'Добрый день', false],
  ['// для нас', '', true],
  ['  // для нас', '', true],
  ['\u200b//для нас', '', true],
  ['Добрый день\n// проверь его\nВсё верно', 'Добрый день\nВсё верно', false],
  ['Добрый день\r\n//а\r\n\r\n// б', 'Добрый день', false],
  ['https://inkomus.ru // там всё', 'https://inkomus.ru // там всё', false],
  ['', '', false],
])('%j reads %j to a resident', (words, read, note) => {
  expect(forResident(words)).toEqual({ words: read, note });
});

test('no line of a note reaches a resident, and every other line does', () => {
  const line = fc.oneof(fc.constantFrom('// a', '  //b', '\u200f// c', 'да', 'нет // d', ''), fc.string());
  const lines = fc.array(line, { maxLength: 8 });
  fc.assert(
    fc.property(lines, fc.constantFrom('\n', '\r\n', '\u2028'), (said, end) => {
      const read = forResident(said.join(end)).words;
      const hidden = /^[\s\u200f]*\/\//;
      for (const one of read.split(/\r\n|[\n\r\u0085\u2028\u2029]/)) expect(one).not.toMatch(hidden);
      for (const one of said) if (!hidden.test(one) && !/[\r\n\u0085\u2028\u2029]/.test(one)) expect(read).toContain(one.trim());
    }),
    { numRuns: 200 },
  );
});

/** All that Unicode calls blank, format, control, mark or ignorable, and what is empty to the eye without being called so. */
const UNSEEN = Array.from({ length: 0x11_0000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
  .filter((char) => /[\p{White_Space}\p{Z}\p{Cc}\p{Cf}\p{M}\p{DI}\u2800\u3164\u115f\u1160\uffa0\u{1d159}]/u.test(char));
/** UAX 14 (BK, CR, LF, NL), and the separators that others break lines at. */
const LINE_ENDS = ['\n', '\r', '\r\n', '\u000b', '\u000c', '\u001c', '\u001d', '\u001e', '\u0085', '\u2028', '\u2029'];
const SLASHES = ['/', '\uff0f', '\u2044', '\u2215', '\u2571', '\u29f8'];

test('one character of which nothing is seen, whichever, does not make a note public', () => {
  expect(UNSEEN.length).toBeGreaterThan(2000);
  expect(UNSEEN.filter((char) => !forResident(`${char}// для нас`).note)).toEqual([]);
  expect(UNSEEN.filter((char) => !LINE_ENDS.includes(char) && isCommand(`${char}// для нас`))).toEqual([]);
  expect(UNSEEN.filter((char) => !LINE_ENDS.includes(char) && !isCommand(`${char}/close`))).toEqual([]);
  const within = UNSEEN.filter((char) => /[\p{Cf}\p{M}\p{DI}]/u.test(char));
  expect(within.filter((char) => !forResident(`/${char}/ для нас`).note)).toEqual([]);
});

test('a note stays among staff behind any row of such characters, with any slashes, after any end of a line', () => {
  const unseen = fc.array(fc.constantFrom(...UNSEEN.filter((char) => !LINE_ENDS.includes(char))), { maxLength: 6 });
  const slash = fc.constantFrom(...SLASHES);
  fc.assert(
    fc.property(unseen, slash, slash, fc.constantFrom(...LINE_ENDS), (blank, one, other, end) => {
      const note = `${blank.join('')}${one}${other} СЕКРЕТ`;
      expect(forResident(note)).toEqual({ words: '', note: true });
      expect(forResident(`Добрый день${end}${note}${end}Ждём вас`).words).toBe('Добрый день\nЖдём вас');
      expect(isCommand(note)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test.each([['и/или'], ['https://inkomus.ru'], ['1/2 // 3'], ['за 01.10 // 02.10'], ['— // так'], ['🔒 // так'], ['а//б']])(
  '%j is no note',
  (words) => expect(forResident(words)).toEqual({ words, note: false }),
);

test.each([
  ['/close', true],
  [' /срок', true],
  ['\u200b/close', true],
  ['\uff0fclose', true],
  ['/', true],
  ['// заметка', false],
  ['и/или', false],
  ['', false],
])('%j: a command is %j', (words, is) => expect(isCommand(words)).toBe(is));

test.each([
  ['3d', 3 * DAY_MS],
  ['3', 3 * DAY_MS],
  ['12ч', 12 * HOUR_MS],
  ['30 мин', 30 * MINUTE_MS],
  ['2w', 14 * DAY_MS],
  ['0d', undefined],
  ['400d', undefined],
  ['навсегда', undefined],
  ['', undefined],
  ['-3d', undefined],
])('%j lasts %j ms', (typed, ms) => expect(readSpan(typed)).toBe(ms));

test.each([
  ['12 13 14', [12, 13, 14]],
  ['№ 14, №12 и 13', [12, 13, 14]],
  ['#12;12\n7', [7, 12]],
  ['12', [12]],
  ['', undefined],
  ['и', undefined],
  ['спасибо', undefined],
  ['12 спасибо', undefined],
  ['12-14', undefined],
  ['1234567890', undefined],
  // As an earlier release wrote it, copied from a card; between numbers people type a plain space.
  ['№\u00a01\u00a0234', [1234]],
  ['№\u00a012\u00a0345, №\u00a07 и 1\u202f000\u202f001', [7, 12345, 1000001]],
  ['№ 1 234', [1, 234]],
  ['12\u00a034', [12, 34]],
])('%j names the requests %j', (typed, numbers) => expect(readRequestNumbers(typed)).toEqual(numbers));

test('a canned answer is filled in; without a name it begins with a capital; an account that is wanted and not known stops it', () => {
  const text = '{name}, счёт {account} проверяем. Спасибо, {name}!';
  const known = { name: '$&', account: '0012345', number: 7, debt: '5,00 ₽', deadline: '25 ноября в 12:00' };
  expect(fillIn(text, known)).toEqual({ words: '$&, счёт 0012345 проверяем. Спасибо, $&!' });
  expect(fillIn(text, { ...known, name: undefined })).toEqual({ words: 'Счёт 0012345 проверяем. Спасибо!' });
  expect(fillIn(text, { ...known, account: undefined })).toEqual({ wants: 'account' });
  expect(fillIn('{name}, ждите', { ...known, name: undefined, account: undefined })).toEqual({ words: 'Ждите' });
  expect(fillIn('Ответим до {deadline}', { ...known, deadline: undefined })).toEqual({ wants: 'deadline' });
  expect(fillIn('Долг {debt}', { ...known, deadline: undefined })).toEqual({ words: 'Долг 5,00 ₽' });
  expect(fillIn('№ {number}: долг {debt}, ответим до {deadline}', known)).toEqual({
    words: '№ 7: долг 5,00 ₽, ответим до 25 ноября в 12:00',
  });
  expect(fillIn('Долг {debt}', { ...known, debt: undefined })).toEqual({ wants: 'debt' });
  expect(fillIn('Долг {debt}', { ...known, account: undefined, debt: undefined })).toEqual({ wants: 'account' });
});

test.each([
  ['{name}, {account} {number} {debt} {deadline}', []],
  ['{имя}, здравствуйте, {имя}', ['{имя}']],
  ['{Name} { name } {}', ['{Name}', '{ name }', '{}']],
  ['без мест { и так', []],
])('of %j these are no places: %j', (text, unknown) => {
  expect(unknownPlaces(text)).toEqual(unknown);
});
