import { createCanvas, loadImage } from '@napi-rs/canvas';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import type { BankPaymentOrder } from '../../src/domain/payment-qr.ts';
import { drawPaymentQr } from '../../src/papers/payment-qr.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { runTool, withTool } from '../kit/tools.ts';
import { LONG_NAME, PAYEE } from './documents.ts';
import { readOrder, scan } from './read-qr.ts';

const { text: say } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date('2026-11-05T09:00:00Z') });
const ORDER: BankPaymentOrder = { payee: PAYEE, accountNumber: '0012345678', period: '2026-10', sumKopecks: 140_221 };
const { bytes } = drawPaymentQr(ORDER, say);
const fields = { Name: PAYEE.name, PersonalAcc: PAYEE.account, Sum: '140221', PersAcc: '0012345678', PaymPeriod: '102026' };

test('the picture is small enough that Telegram shows it as it is, and is read', () => {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
  expect(Math.max(width, height)).toBeLessThanOrEqual(1280);
  expect(width).toBeGreaterThan(600);
  expect(readOrder(scan({ width, height, data: new Uint8ClampedArray(data) })).fields).toMatchObject(fields);
});

test('it has the white edge of four modules on all sides, which scanners look for', () => {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
  const isDark = (x: number, y: number) => (data[(y * width + x) * 4] ?? 255) < 128;
  const rows = Array.from({ length: height }, (_, y) => y);
  const columns = Array.from({ length: width }, (_, x) => x);
  const left = columns.findIndex((x) => rows.some((y) => y < width && isDark(x, y)));
  const right = width - 1 - columns.findLastIndex((x) => rows.some((y) => y < width / 2 && isDark(x, y)));
  const top = rows.findIndex((y) => columns.some((x) => isDark(x, y)));
  // A finder pattern is seven modules wide.
  const finder = columns.slice(left).findIndex((x) => !isDark(x, top));
  expect({ left, right, top }).toEqual({ left: (finder / 7) * 4, right: (finder / 7) * 4, top: (finder / 7) * 4 });
  // Below the left finder pattern the code ends, and as much stays white above the words.
  const foot = rows.findLastIndex((y) => y < width && isDark(left, y));
  expect(width - 1 - foot).toBe((finder / 7) * 4);
});

test('it is still read from a poor photograph: a third of the size, compressed', async () => {
  const image = await loadImage(Buffer.from(bytes));
  const small = createCanvas(Math.round(image.width / 3), Math.round(image.height / 3));
  small.getContext('2d').drawImage(image, 0, 0, small.width, small.height);
  const compressed = await loadImage(small.toBuffer('image/jpeg', 40));
  const canvas = createCanvas(small.width * 2, small.height * 2);
  const context = canvas.getContext('2d');
  context.drawImage(compressed, 0, 0, canvas.width, canvas.height);
  const { width, height } = canvas;
  const { data } = context.getImageData(0, 0, width, height);
  expect(readOrder(scan({ data, width, height })).fields).toMatchObject(fields);
});

withTool('zbarimg')('zbar reads it, with and without a sum, and in windows-1251', () => {
  const read = (order: BankPaymentOrder) =>
    readOrder(runTool('zbarimg', ['-q', '--raw', '-Sbinary', '-'], drawPaymentQr(order, say).bytes));
  expect(read(ORDER).fields).toMatchObject(fields);
  expect(read({ ...ORDER, sumKopecks: null }).keys).not.toContain('Sum');
  const payee = LONG_NAME.payee!;
  expect(read({ ...ORDER, payee })).toMatchObject({ head: 'ST00011', fields: { Name: payee.name } });
});
