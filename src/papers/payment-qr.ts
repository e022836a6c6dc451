import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { type BankPaymentOrder, writePaymentQr } from '../domain/payment-qr.ts';
import type { Texts } from '../texts/texts.ts';
import { fileName } from './file-name.ts';
import { writeMoney } from './figures.ts';
import { fontFile } from './page/fonts.ts';
import type { DrawnFile } from './paper.ts';
import { QUIET_ZONE, qrModules, qrRectangles } from './qr-code.ts';

/** No messenger makes a picture of so few pixels smaller; a module of whole pixels stays sharp. */
const WIDEST = 1000;
const FAMILY = 'PT Sans of papers';
const LINE = { top: 34, leading: 50, bottom: 36 } as const;

/** The payment's QR code as a picture: black on white with its quiet zone, below it whose payment and how much, for when it is found among other pictures later. */
export function drawPaymentQr(order: BankPaymentOrder, say: Texts['text']): DrawnFile {
  const { accountNumber, period, sumKopecks } = order;
  const modules = qrModules(writePaymentQr(order));
  const cells = modules.side + 2 * QUIET_ZONE;
  const module = Math.max(2, Math.floor(WIDEST / cells));
  const side = module * cells;
  const canvas = createCanvas(side, side + LINE.leading * 2 + LINE.bottom);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000000';
  const border = QUIET_ZONE * module;
  for (const rectangle of qrRectangles(modules, border, border, module * modules.side)) context.fillRect(...rectangle);

  if (!GlobalFonts.has(FAMILY)) GlobalFonts.registerFromPath(fontFile('bold'), FAMILY);
  context.font = `36px "${FAMILY}"`;
  context.textAlign = 'center';
  const what =
    sumKopecks === null ? say('payment-qr-no-sum', { period }) : say('payment-qr-sum', { period, sum: writeMoney(sumKopecks) });
  [say('payment-qr-account', { account: accountNumber }), what].forEach((line, index) => {
    context.fillText(line, side / 2, side + LINE.top + index * LINE.leading - 8, side - 2 * border);
  });
  return {
    send: 'photo',
    name: fileName(say('payment-qr-file', { period, account: accountNumber })),
    bytes: new Uint8Array(canvas.toBuffer('image/png')),
  };
}
