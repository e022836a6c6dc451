import { expect, test } from 'vitest';
import { SbpTemplate, sbpLink } from '../../src/domain/sbp-link.ts';

test('the account and the sum are put into the address', () => {
  const sum = { account: '0012345', sumKopecks: 2_725_07 };
  expect(sbpLink('https://pay.example.ru/sbp?ls={account}&sum={sum}', sum)).toBe(
    'https://pay.example.ru/sbp?ls=0012345&sum=2725.07',
  );
  expect(sbpLink('https://qr.example.ru/{account}/{kopecks}', sum)).toBe('https://qr.example.ru/0012345/272507');
});

test.each([
  'http://pay.example.ru/?ls={account}&sum={sum}',
  'https://pay.example.ru/?sum={sum}',
  'https://pay.example.ru/?ls={account}',
  'https://pay.example.ru/?ls={account}&sum={sum}&p={period}',
  'https://pay example.ru/?ls={account}&sum={sum}',
  'https://{account}{sum',
  '',
])('%s is refused with what is expected', (template) => {
  const read = SbpTemplate.safeParse(template);
  expect(read.success).toBe(false);
  expect(read.error?.issues[0]?.message).toContain('{account}');
});
