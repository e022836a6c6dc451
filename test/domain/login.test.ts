import { expect, test } from 'vitest';
import { Login, LoginOrPhone, phoneOfLogin } from '../../src/domain/login.ts';

const problem = (text: string) => Login.safeParse(text).error?.issues[0]?.message;

test.each(['ivan', 'TestUser', 'a_b', 'a-b', '123', 'x'.repeat(32)])('%s is a login', (text) => {
  expect(Login.parse(text)).toBe(text);
});

test('what a keyboard adds at the ends does not count', () => {
  expect(Login.parse(' \u200eivan\u200b ')).toBe('ivan');
  expect(Login.parse('ｉｖａｎ')).toBe('ivan');
});

test.each([
  ['ab', 'login-short'],
  ['', 'login-short'],
  ['x'.repeat(33), 'login-long'],
  ['иван', 'login-characters'],
  ['ivan petrov', 'login-characters'],
  ['ivan@mail.ru', 'login-characters'],
  ['<b>ivan</b>', 'login-characters'],
  ['ivan🙂', 'login-characters'],
  ['iv\u202ean', 'login-characters'],
])('%s is refused: %s', (text, expected) => {
  expect(problem(text)).toBe(expected);
});

test.each(['89123456789', '79123456789', '9123456789', '+7 (912) 345-67-89', '8-912-345-67-89', '8_912_345_67_89'])(
  '%s as a login is the phone in its one form',
  (text) => {
    expect(Login.parse(text)).toBe('89123456789');
    expect(LoginOrPhone.parse(text)).toBe('89123456789');
    expect(phoneOfLogin(text)).toBe('+79123456789');
  },
);

test('a login that looks like no mobile phone is nobody’s own', () => {
  expect(phoneOfLogin('ivan')).toBeUndefined();
  expect(phoneOfLogin('1234567890')).toBeUndefined();
});

test.each(['', 'ab', 'иван', 'a b c', 'x'.repeat(33)])('«%s» is neither login nor phone', (text) => {
  expect(LoginOrPhone.safeParse(text).error?.issues[0]?.message).toBe('login-or-phone');
});
