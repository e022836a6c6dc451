import { randomInt } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeAccountPassword, readAccountPassword } from '../../src/domain/account-password.ts';

test('it is ten letters and digits without look-alikes, and every one of them comes up', () => {
  const seen = new Set<string>();
  for (let i = 0; i < 500; i++) {
    const password = makeAccountPassword((below) => randomInt(below));
    expect(password).toMatch(/^[A-Z0-9]{10}$/);
    expect(password).not.toMatch(/[0O1IL2Z5S8B]/);
    for (const letter of password) seen.add(letter);
  }
  expect(seen.size).toBe(25);
});

test('it is read in small letters, in groups and from a Russian keyboard', () => {
  expect(readAccountPassword(' acdef-ghjk9 ')).toBe('ACDEFGHJK9');
  expect(readAccountPassword('асЕН kmpt 34\u200b')).toBe('ACEHKMPT34');
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...Array.from('ACDEFGHJKMNPQRTUVWXY34679')), { minLength: 10, maxLength: 10 }),
      (letters) => {
        const password = letters.join('');
        expect(readAccountPassword(password.toLowerCase())).toBe(password);
        expect(readAccountPassword(password.replace(/./g, '$& '))).toBe(password);
      },
    ),
  );
});
