import { describe, expect, test } from 'vitest';
import type { PasswordSlip } from '../../src/domain/password-slip.ts';
import { drawPasswordSlip } from '../../src/papers/password-slip.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { readPdf, renderPdf } from './read-pdf.ts';
import { scan } from './read-qr.ts';

const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date('2026-11-22T09:00:00Z') });

const SLIP: PasswordSlip = {
  account: '0012345',
  password: 'ACDEFGHJKM',
  until: '2026-12-22T09:00:00Z',
  bot: { name: 'inkomus_bot', link: 'https://t.me/inkomus_bot' },
  centre: {
    name: 'АО ВЦ «Инкомус»',
    phones: [
      { number: '+7 (8634) 00-00-01', about: 'справочная' },
      { number: '+7 (8634) 00-00-02', about: 'показания счётчиков' },
    ],
  },
};

describe('the slip with a password to an account', () => {
  test('is one page of A5 with the account, the password as one word, until when, and how to use it', async () => {
    const { send, name, bytes } = await drawPasswordSlip(SLIP, text);
    expect({ send, name }).toEqual({ send: 'document', name: 'Пароль к лицевому счёту 0012345.pdf' });
    const { pages, width, height, pieces, info, language } = await readPdf(bytes);
    expect([pages, Math.round(width), Math.round(height), language]).toEqual([1, 420, 595, 'ru-RU']);
    const words = pieces.map((piece) => piece.text);
    expect(words).toContain('0012345');
    expect(words).toContain('ACDEFGHJKM');
    const all = words.join(' ').replaceAll('\u00a0', ' ');
    for (const said of ['22 декабря в 12:00', '@inkomus_bot', 'По паролю из пункта приёма платежей', '+7 (8634) 00-00-01'])
      expect(all).toContain(said);
    // What the file says of itself is shown in lists of files: neither the account nor the password.
    expect(JSON.stringify(info)).not.toMatch(/0012345|ACDEFGHJKM/);
    const lowest = Math.min(...pieces.map((piece) => piece.y));
    expect(lowest).toBeGreaterThan(30);
  });

  test('a phone reads its code: it opens the bot', async () => {
    const { bytes } = await drawPasswordSlip(SLIP, text);
    expect(Buffer.from(scan(await renderPdf(bytes, 3))).toString()).toBe('https://t.me/inkomus_bot');
  });

  test('the longest account and a centre with many phones still fit the page', async () => {
    const phones = Array.from({ length: 9 }, (_, i) => ({ number: `+7 (8634) 00-00-0${i}`, about: 'приёмная по району' }));
    const long = {
      ...SLIP,
      account: '12345678901234567890',
      bot: { name: 'a'.repeat(32), link: `https://t.me/${'a'.repeat(32)}` },
      centre: { name: SLIP.centre.name.repeat(5), phones },
    };
    const { bytes } = await drawPasswordSlip(long, text);
    const { pages, pieces, width } = await readPdf(bytes);
    expect(pages).toBe(1);
    expect(Math.min(...pieces.map((piece) => piece.y))).toBeGreaterThan(30);
    expect(Math.max(...pieces.map((piece) => piece.x + piece.width))).toBeLessThan(width - 30);
    expect(pieces.map((piece) => piece.text)).toContain('12345678901234567890');
  });
});
