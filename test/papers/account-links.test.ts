import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import jsqr from 'jsqr';
import { expect, test } from 'vitest';
import { AccountNumber } from '../../src/domain/account-number.ts';
import { accountOfPaperLink } from '../../src/domain/paper-link.ts';
import { telegramAddress } from '../../src/channels/telegram/bot-address.ts';
import { type LinkCard, openLinkSheets } from '../../src/papers/account-links.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { runTool, withTool } from '../kit/tools.ts';
import { readPdf, renderPdf } from './read-pdf.ts';

const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date() });
const COLUMNS = 2;
const ROWS = 6;

const card = (number: string, address: string): LinkCard => ({ account: AccountNumber.parse(number), address });
const plain = (count: number): LinkCard[] =>
  Array.from({ length: count }, (_, i) => card(`00${12345 + i * 7}`, `г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. ${i + 1}`));

const HARD = [
  card('12345', 'ул. Мира, 1'),
  card('12345678901234567890', 'х. Новый'),
  card(
    '0099999999',
    `Ростовская область, Неклиновский район, территория садоводческого некоммерческого товарищества «Железнодорожник-2 & <Ко>», ${'проезд Заречный Верхнедонской, '.repeat(4)}д. 117, корп. 3, стр. 2, кв. 1204`,
  ),
];

async function print(cards: readonly LinkCard[], bot = 'inkomus_bot') {
  const out = new PassThrough({ highWaterMark: 1 << 26 });
  const whole = buffer(out);
  const sheets = openLinkSheets(out, telegramAddress(bot), text);
  for (const each of cards) await sheets.add(each);
  const { pages } = await sheets.end();
  return { pages, bytes: new Uint8Array(await whole) };
}

/** What a telephone's camera sees on each card of the first sheet, row by row. */
async function scanCards(bytes: Uint8Array): Promise<(string | undefined)[]> {
  const { data, width, height } = await renderPdf(bytes, 3);
  const wide = Math.floor(width / COLUMNS);
  const high = Math.floor(height / ROWS);
  return Array.from({ length: COLUMNS * ROWS }, (_, place) => {
    const [left, top] = [(place % COLUMNS) * wide, Math.floor(place / COLUMNS) * high];
    const cut = new Uint8ClampedArray(wide * high * 4);
    for (let row = 0; row < high; row += 1)
      cut.set(data.subarray(((top + row) * width + left) * 4, ((top + row) * width + left + wide) * 4), row * wide * 4);
    return jsqr.default(cut, wide, high, { inversionAttempts: 'dontInvert' })?.data;
  });
}

/** The words of each card of the first sheet, as they are read. */
async function readCards(bytes: Uint8Array) {
  const { pieces, width, height } = await readPdf(bytes);
  return Array.from({ length: COLUMNS * ROWS }, (_, place) => {
    const [column, row] = [place % COLUMNS, Math.floor(place / COLUMNS)];
    const box = {
      left: (column * width) / COLUMNS,
      right: ((column + 1) * width) / COLUMNS,
      bottom: height - ((row + 1) * height) / ROWS,
      top: height - (row * height) / ROWS,
    };
    const own = pieces.filter(({ x, y }) => x >= box.left && x < box.right && y >= box.bottom && y < box.top);
    return {
      box,
      pieces: own,
      words: own
        .map((piece) => piece.text)
        .join(' ')
        .replace(/\s+/g, ' '),
    };
  });
}

test('twelve cards on a sheet, each with its own link, number and address', async () => {
  const cards = plain(12);
  const { pages, bytes } = await print(cards);
  expect(pages).toBe(1);
  expect(await scanCards(bytes)).toEqual(cards.map(({ account }) => `https://t.me/inkomus_bot?start=ls-${account}`));
  for (const [i, { words }] of (await readCards(bytes)).entries()) {
    expect(words).toBe(
      `Лицевой счёт ${cards[i]?.account} ${cards[i]?.address} Показания счётчиков и оплата в Telegram — без регистрации ` +
        'Наведите на код камеру телефона: откроется бот @inkomus_bot',
    );
  }
  const { info, language } = await readPdf(bytes);
  expect(info).toMatchObject({ Title: 'QR-коды лицевых счетов', Author: 'АО ВЦ «Инкомус»' });
  expect(language).toBe('ru-RU');
});

test('the link is what the bot understands', async () => {
  const [link] = await scanCards((await print([card('0012345678', 'д. 1')])).bytes);
  const payload = new URL(link ?? '').searchParams.get('start');
  expect(accountOfPaperLink(payload ?? '')).toBe('0012345678');
});

test('the longest number and address stay within their card, and no letter is lost', async () => {
  const { bytes } = await print(HARD);
  expect((await scanCards(bytes)).slice(0, 3)).toEqual(HARD.map(({ account }) => `https://t.me/inkomus_bot?start=ls-${account}`));
  for (const [i, { box, pieces, words }] of (await readCards(bytes)).slice(0, 3).entries()) {
    expect(words.replaceAll(' ', '')).toContain(`${HARD[i]?.account}${HARD[i]?.address}`.replaceAll(' ', ''));
    for (const { x, y, width, size } of pieces) {
      expect(x + width).toBeLessThan(box.right - 10);
      expect(y).toBeGreaterThan(box.bottom + 8);
      expect(y + size).toBeLessThan(box.top - 8);
    }
  }
});

test.each([
  [1, 1],
  [13, 2],
  [25, 3],
])('%i cards are %i sheets', async (cards, sheets) => {
  const { pages, bytes } = await print(plain(cards));
  expect(pages).toBe(sheets);
  expect((await readPdf(bytes)).pages).toBe(sheets);
});

test('a slow disk is waited for: no more than some sheets are held', async () => {
  let written = 0;
  let added = 0;
  let furthest = 0;
  const slow = new Writable({
    highWaterMark: 1024,
    write(chunk: Buffer, _, done) {
      written += chunk.length;
      setTimeout(done, 1);
    },
  });
  const sheets = openLinkSheets(slow, telegramAddress('inkomus_bot'), text);
  for (const each of plain(120)) {
    await sheets.add(each);
    added += 1;
    // Some 18 kB a sheet: what was drawn is on the disk but for the sheet under way.
    if (added % 12 === 1) furthest = Math.max(furthest, (added - 1) / 12 - Math.floor(written / 12_000));
  }
  await sheets.end();
  expect(furthest).toBeLessThan(3);
});

test('what breaks the disk breaks the printing', async () => {
  const full = new Writable({
    write(_chunk, _, done) {
      done(new Error('ENOSPC'));
    },
  });
  const sheets = openLinkSheets(full, telegramAddress('inkomus_bot'), text);
  await expect(
    (async () => {
      for (const each of plain(36)) await sheets.add(each);
      await sheets.end();
    })(),
  ).rejects.toThrow('ENOSPC');
  await sheets.abandon();
});

withTool('pdftoppm', 'zbarimg')('other readers see the same codes', async () => {
  const cards = plain(12);
  const { bytes } = await print(cards);
  const [wide, high] = [827, 390];
  const seen = cards.map((_, place) => {
    const corner = [String((place % COLUMNS) * wide), String(Math.floor(place / COLUMNS) * high)] as const;
    const cut = ['-x', corner[0], '-y', corner[1], '-W', String(wide), '-H', String(high)];
    const picture = runTool('pdftoppm', ['-r', '200', ...cut, '-png', '-'], bytes);
    return runTool('zbarimg', ['-q', '--raw', 'png:-'], picture).toString().trim();
  });
  expect(seen).toEqual(cards.map(({ account }) => `https://t.me/inkomus_bot?start=ls-${account}`));
});
