import type { Texts } from '../texts/texts.ts';
import { drawCabinetChart } from './cabinet-chart.ts';
import { drawDeskChart } from './desk-chart/draw.ts';
import { drawDetailSheet } from './detail-sheet.ts';
import { drawHistoryChart } from './history-chart/draw.ts';
import type { DrawnFile, Paper, SecretPaper } from './paper.ts';
import { drawPasswordSlip } from './password-slip.ts';
import { drawPersonData } from './person-data.ts';
import { drawPaymentDocument } from './payment-document/draw.ts';
import { drawPaymentQr } from './payment-qr.ts';
import { drawRequestsSheet } from './requests-sheet.ts';

/** Draws one paper, here and now: up to some tens of milliseconds in which nothing else is done. */
export async function draw(paper: Paper | SecretPaper, say: Texts['text']): Promise<DrawnFile> {
  switch (paper.kind) {
    case 'payment-document':
      return drawPaymentDocument(paper.data, say);
    case 'payment-qr':
      return drawPaymentQr(paper.data, say);
    case 'history-chart':
      return drawHistoryChart(paper.data, say);
    case 'detail-sheet':
      return drawDetailSheet(paper.data, say);
    case 'password-slip':
      return drawPasswordSlip(paper.data, say);
    case 'person-data':
      return drawPersonData(paper.data, say);
    case 'desk-chart':
      return drawDeskChart(paper.data, say);
    case 'cabinet-chart':
      return drawCabinetChart(paper.data, say);
    case 'requests-sheet':
      return drawRequestsSheet(paper.data, say);
    case 'picture':
      throw new Error('a picture of somebody’s own is not drawn');
  }
}
