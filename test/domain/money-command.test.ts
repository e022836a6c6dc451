import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMoney } from '../../src/domain/money.ts';
import { readCreditWords, readReason, splitFirstWord } from '../../src/domain/money-command.ts';

test.each([
  ['0012345 2725,67 оплачен дважды', '0012345', 2_725_67, 'оплачен дважды'],
  ['  0012345   2725.6  \n причина\nв две строки ', '0012345', 2_725_60, 'причина в две строки'],
  ['12345 100 зачесть в счёт долга', '12345', 100_00, 'зачесть в счёт долга'],
  ['0012345 1000₽ по заявлению', '0012345', 1_000_00, 'по заявлению'],
  ['0012345 1 234,56 по заявлению', '0012345', 1_234_56, 'по заявлению'],
  ['0012345 4\u00a0108,07\u00a0₽ по заявлению', '0012345', 4_108_07, 'по заявлению'],
  ['0012345 1 234 567 руб. за три года', '0012345', 1_234_567_00, 'за три года'],
  ['ЛС\n0012345\n1 234\nпо заявлению', '0012345', 1_234_00, 'по заявлению'],
  ['ЛС 0012345 100 по заявлению', '0012345', 100_00, 'по заявлению'],
  ['л/с №0012345 100 по заявлению', '0012345', 100_00, 'по заявлению'],
  ['Лицевой счёт 0012345 100 р. возврат', '0012345', 100_00, 'возврат'],
  ['0012345 100 оплачен дважды\n// вернёт Иванова', '0012345', 100_00, 'оплачен дважды'],
  ['// между нами\n0012345 100\nоплачен дважды', '0012345', 100_00, 'оплачен дважды'],
  ['0012345 100 рублями отдал', '0012345', 100_00, 'рублями отдал'],
])('%s', (words, account, sumKopecks, reason) => {
  expect(readCreditWords(words)).toEqual({ account, sumKopecks, reason });
});

test.each([
  ['', 'nothing', ''],
  ['// для своих', 'nothing', ''],
  ['0012345', 'sum', ''],
  ['0012345 100\n// причину знаем', 'reason', ''],
  ['0012345 100', 'reason', ''],
  ['0012345 100 ок', 'reason', 'ок'],
  ['123 100 слишком короткий номер', 'account', '123'],
  ['ЛС 123 100 слишком короткий номер', 'account', '123'],
  ['2725,67 0012345 наоборот', 'account', '2725,67'],
  ['0012345 сто причина', 'sum', 'сто причина'],
  ['0012345 1,234 три знака', 'sum', '1,234 три знака'],
  ['0012345 1 23 причина', 'sum', '1 23 причина'],
  ['0012345 12 34,5 причина', 'sum', '12 34,5 причина'],
  ['0012345 500\n200 причина', 'sum', '500 200 причина'],
  ['0012345\n1\n234 причина', 'sum', '1 234 причина'],
  ['0012345 100причина', 'sum', '100причина'],
  ['0012345 -100 отрицательная', 'negative', '-100'],
  ['0012345 −5 отрицательная', 'negative', '−5'],
  ['0012345 0 ничего', 'zero', '0'],
  ['0012345 0,00 ₽ ничего', 'zero', '0,00 ₽'],
  [`0012345 100 ${'я'.repeat(301)}`, 'reason', 'я'.repeat(40)],
])('«%s»: what is wrong is named', (words, wrong, typed) => {
  expect(readCreditWords(words)).toEqual({ wrong, typed });
});

test('a sum as the bot prints it is the same sum, whatever it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000_00 }), (sumKopecks) => {
      const words = `0012345 ${formatMoney(sumKopecks)} по заявлению`;
      expect(readCreditWords(words)).toEqual({ account: '0012345', sumKopecks, reason: 'по заявлению' });
    }),
  );
});

test('lines for colleagues are no part of a reason, and are none by themselves', () => {
  expect(readReason('Счёт закрыт\n// деньги вернёт Иванова')).toBe('Счёт закрыт');
  expect(readReason('Счёт закрыт\n  ／/ деньги вернёт Иванова\nнавсегда')).toBe('Счёт закрыт навсегда');
  expect(readReason('// деньги вернёт Иванова')).toBeUndefined();
  expect(readReason('смотри https://pay.example/1')).toBe('смотри https://pay.example/1');
});

test.each([
  ['ch_1 возврат 15', 'ch_1', 'возврат 15'],
  ['  № 2d1f6c00-0001\nвозврат 15', '2d1f6c00-0001', 'возврат 15'],
  ['№2d1f6c00-0001 возврат 15', '2d1f6c00-0001', 'возврат 15'],
  ['// между нами\nch_1 возврат 15\n// ещё раз', 'ch_1', 'возврат 15'],
  ['ch_1', 'ch_1', undefined],
  ['ch_1 // между нами', 'ch_1', undefined],
  ['// между нами', '', undefined],
  ['', '', undefined],
])('the first word of %j may be a number, and the reason stands behind it', (words, first, reason) => {
  const split = splitFirstWord(words);
  expect({ first: split.first, reason: readReason(split.rest) }).toEqual({ first, reason });
});

test('a reason is 3 to 300 characters on one line', () => {
  expect(readReason('  по \n заявлению ')).toBe('по заявлению');
  expect(readReason('лицевой счёт закрыт. ')).toBe('лицевой счёт закрыт');
  expect(readReason('оплачен дважды…')).toBe('оплачен дважды');
  expect(readReason('да')).toBeUndefined();
  expect(readReason('да...')).toBeUndefined();
  expect(readReason(' \u200b\u200b  ')).toBeUndefined();
  fc.assert(
    fc.property(fc.string(), (words) => {
      const reason = readReason(words);
      expect(reason === undefined || (reason.length >= 3 && reason.length <= 300 && !reason.includes('\n'))).toBe(true);
    }),
    { numRuns: 200 },
  );
});
