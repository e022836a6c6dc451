import iconv from 'iconv-lite';
import { create } from 'qrcode';
import type { PaymentQr } from '../domain/payment-qr.ts';
import type { Rectangle } from './page/pen.ts';

/** The dark modules of a QR code, `side` of them in a row, without the quiet zone. */
export type QrModules = { side: number; isDark(row: number, column: number): boolean };

/** A light border that readers need, in modules. */
export const QUIET_ZONE = 4;

/** Level M: 15 % of a crumpled or dirty print may be missing. */
export function qrModules({ text, encoding }: PaymentQr): QrModules {
  const bytes = new Uint8Array(iconv.encode(text, encoding));
  const { modules } = create([{ data: bytes, mode: 'byte' }], { errorCorrectionLevel: 'M' });
  return { side: modules.size, isDark: (row, column) => modules.get(row, column) === 1 };
}

/** The dark modules as rectangles of a row each, of a code that is `width` wide and stands at `x`, `y`. */
export function qrRectangles({ side, isDark }: QrModules, x: number, y: number, width: number): Rectangle[] {
  const size = width / side;
  const found: Rectangle[] = [];
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      if (!isDark(row, column)) continue;
      const from = column;
      while (column + 1 < side && isDark(row, column + 1)) column += 1;
      found.push([x + from * size, y + row * size, (column + 1 - from) * size, size]);
    }
  }
  return found;
}
