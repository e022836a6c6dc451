import type { Texts } from '../texts/texts.ts';
import type { DrawnFile, Paper } from './paper.ts';
import { drawPaymentDocument } from './payment-document/draw.ts';
import { drawPaymentQr } from './payment-qr.ts';

/** Draws one paper, here and now: up to some tens of milliseconds in which nothing else is done. */
export async function draw(paper: Paper, say: Texts['text']): Promise<DrawnFile> {
  switch (paper.kind) {
    case 'payment-document':
      return drawPaymentDocument(paper.data, say);
    case 'payment-qr':
      return drawPaymentQr(paper.data, say);
  }
}
