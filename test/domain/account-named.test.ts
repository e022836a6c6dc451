import { describe, expect, test } from 'vitest';
import { accountNamed } from '../../src/domain/account-named.ts';

const HOME = { account: '0012345', name: 'Дом' };
const DACHA = { account: '7000100037', name: 'Дача' };
const MOTHER = { account: '7000100045', name: 'Для мамы' };
const NAMELESS = { account: '54321', name: null };
const ALL = [HOME, DACHA, MOTHER, NAMELESS];

const named = (words: string, accounts = ALL) => accountNamed(words, accounts)?.account;

describe('the account that words name', () => {
  test.each([
    ['На даче второй день не работает домофон', DACHA],
    ['квитанция на Дачу', DACHA],
    ['у мамы нет горячей воды', MOTHER],
    ['ДОМ', HOME],
    ['в доме холодно', HOME],
    ['по счёту 0012345 не пришла квитанция', HOME],
    ['ЛС 70001-00037', DACHA],
    ['счёт 7000 1000 37', DACHA],
    ['счёт ５４３２１', NAMELESS],
  ])('«%s»', (words, account) => expect(named(words)).toBe(account.account));

  test.each([
    ['not within another word', 'не работает домофон'],
    ['not within a phone', 'позвоните мне: 8961543210'],
    ['not of a longer number', 'номер прибора 70001000371'],
    ['not where two are named', 'перенесите с дачи на дом'],
    ['not where none is', 'не пришла квитанция'],
    ['not in nothing', ''],
  ])('%s: «%s»', (_, words) => expect(named(words)).toBeUndefined());

  test('a name of a letter or of digits names nothing, its number does', () => {
    const short = [
      { account: '1000001', name: 'Я' },
      { account: '1000002', name: '11' },
    ];
    expect(named('Я ждал 11 дней', short)).toBeUndefined();
    expect(named('Я ждал 11 дней по счёту 1000002', short)).toBe('1000002');
  });
});
