import { expect, test } from 'vitest';
import { COMMON_PASSWORDS } from '../../src/domain/common-passwords.ts';
import { judgePassword } from '../../src/domain/password.ts';

const judge = (password: string, minLength = 3) =>
  judgePassword(password, { login: 'Petrov_7', phone: '+79123456789', minLength });

test.each([
  ['k7_pq', true],
  ['k7w', true],
  ['korova-na-lugu', false],
  ['tRamvai9', false],
  ['ab1_'.repeat(32), false],
])('%s will do, advice: %s', (password, advice) => {
  expect(judge(password)).toEqual({ fit: true, advice });
});

test.each([
  ['пароль', 'password-characters'],
  ['два слова', 'password-characters'],
  ['k7 pq', 'password-characters'],
  ['k7!pq', 'password-characters'],
  ['<b>k7pq</b>', 'password-characters'],
  ['', 'password-short'],
  ['k7', 'password-short'],
  [`${'ab1_'.repeat(32)}x`, 'password-long'],
  ['petrov_7', 'password-is-login'],
  ['PETROV_7', 'password-is-login'],
  ['89123456789', 'password-is-phone'],
  ['+79123456789', 'password-is-phone'],
  ['79123456789', 'password-is-phone'],
  ['9123456789', 'password-is-phone'],
  ['8-912-345-67-89', 'password-is-phone'],
  ['8_912_345_67_89', 'password-is-phone'],
  ['+7 (912) 345-67-89', 'password-is-phone'],
  ['qwerty', 'password-common'],
  ['QwErTy', 'password-common'],
  ['gfhjkm', 'password-common'],
  ['taganrog', 'password-common'],
  ['123', 'password-common'],
  ['aaaaaaaaaaaaaa', 'password-common'],
  ['fedcba', 'password-common'],
  ['2345678', 'password-common'],
])('%s is refused: %s', (password, problem) => {
  expect(judge(password)).toEqual({ fit: false, problem });
});

test('another phone is a password like any other', () => {
  expect(judge('89995550011')).toEqual({ fit: true, advice: false });
});

test('the operator may raise the least length', () => {
  expect(judge('k7w-9', 6)).toEqual({ fit: false, problem: 'password-short' });
  expect(judge('k7w-9z', 6)).toEqual({ fit: true, advice: true });
});

test('the common passwords are of the alphabet and in small letters, or they would never be met', () => {
  expect(COMMON_PASSWORDS.size).toBeGreaterThan(2000);
  for (const each of COMMON_PASSWORDS) expect(each).toMatch(/^[a-z0-9_-]{3,}$/);
});
