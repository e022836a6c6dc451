import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPhone, maskPhone, Phone, parsePhone, phonePrefix } from '../../src/domain/phone.ts';

const problem = (text: string) => Phone.safeParse(text).error?.issues[0]?.message;

test.each([
  '89123456789',
  '+79123456789',
  '79123456789',
  '9123456789',
  '8 (912) 345-67-89',
  '+7 912 345 67 89',
  '8–912–345–67–89',
  '8‑912‑345‑67‑89',
  '8 912 345−67−89',
  '８９１２３４５６７８９',
  '\u202a+7 912 345-67-89\u202c',
  '8.912.345.67.89',
])('%s is understood', (text) => {
  expect(Phone.parse(text)).toBe('+79123456789');
});

test.each(['', 'abc', '222-33-44', '8912345678', '891234567890', '+7912345678', '891234567890123456', '<b>89123456789</b>', '+'])(
  '«%s» is no number',
  (text) => {
    // Ten digits that start with 8 may be a landline without its 8: it is told as such.
    expect(['phone', 'phone-not-mobile']).toContain(problem(text));
  },
);

test.each(['88634123456', '+380501234567', '+77011234567', '8634312345', '+375291234567'])('%s gets no SMS', (text) => {
  expect(problem(text)).toBe('phone-not-mobile');
});

test('any mobile number survives being shown and typed again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 9_000_000_000, max: 9_999_999_999 }), (national) => {
      const phone = `+7${national}`;
      expect(parsePhone(formatPhone(phone))).toBe(phone);
      expect(formatPhone(phone)).toMatch(/^89\d{9}$/);
      expect(maskPhone(phone)).toHaveLength(11);
      expect(maskPhone(phone)).not.toContain(phone.slice(-7, -2));
      expect(phone.startsWith(phonePrefix(phone))).toBe(true);
    }),
  );
});

test('whatever is typed, the answer is a mobile number or a problem', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const phone = parsePhone(text);
      if (phone !== undefined) expect(phone).toMatch(/^\+79\d{9}$/);
      else expect(['phone', 'phone-not-mobile']).toContain(problem(text));
    }),
  );
});
