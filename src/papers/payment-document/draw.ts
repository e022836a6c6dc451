import { type PaymentDocument, paymentOrderOf } from '../../domain/payment-document.ts';
import { writePaymentQr } from '../../domain/payment-qr.ts';
import type { Texts } from '../../texts/texts.ts';
import { writeDay } from '../figures.ts';
import { type Block, beside, paragraph, stack } from '../page/blocks.ts';
import { type Fitted, fitSheet } from '../page/fit.ts';
import { A4, drawSheet } from '../page/sheet.ts';
import { fileName } from '../file-name.ts';
import type { DrawnFile } from '../paper.ts';
import { qrModules } from '../qr-code.ts';
import { calculationPart } from './calculation.ts';
import { headerPart } from './header.ts';
import { GAP, DOCUMENT_LOOK, MARGIN } from './look.ts';
import { duePart, payerPart } from './parties.ts';
import { recalculationsPart, referencePart } from './reference.ts';
import { type SlipCode, slipPart } from './slip.ts';

type Say = Texts['text'];

const PAYER = 0.52;
/** Print of the full size is not made smaller for the sake of a looser page. */
const DENSE_FROM = 0.9;
const ALWAYS_DENSE_FROM = 1.06;
const WIDEST_GAP = 18;

/** The payment document: one A4 page after приказ Минстроя 43/пр, however much there is to show. */
export async function drawPaymentDocument(document: PaymentDocument, say: Say): Promise<DrawnFile> {
  const { accountNumber, period, centre } = document;
  const { scale, page } = pageOf(document, say);
  const title = say('payment-document-file-title', { period, account: accountNumber });
  const info = { title, author: centre.name, subject: say('payment-document-purpose') };
  return {
    send: 'document',
    name: fileName(say('payment-document-file', { period, account: accountNumber })),
    bytes: await drawSheet(info, scale, (pen) => page.draw(pen, MARGIN * scale, MARGIN * scale)),
  };
}

/** The page laid out on the sheet that it needs. */
export function pageOf(document: PaymentDocument, say: Say): { scale: number; page: Block } {
  const order = paymentOrderOf(document);
  const code = order && { order, modules: qrModules(writePaymentQr(order)) };
  return fitSheet((tried) => layOut(document, code, say, tried));
}

/** The page on a sheet that is `scale` times A4, the slip at its foot: set more densely before the print gets smaller than it should be. */
function layOut(document: PaymentDocument, code: SlipCode | undefined, say: Say, scale: number): Fitted<Block> {
  const loose = scale < ALWAYS_DENSE_FROM ? setPage(document, code, say, { scale, dense: false }) : undefined;
  return loose && (loose.fill <= 1 || scale < DENSE_FROM) ? loose : setPage(document, code, say, { scale, dense: true });
}

function setPage(
  document: PaymentDocument,
  code: SlipCode | undefined,
  say: Say,
  { scale, dense }: { scale: number; dense: boolean },
): Fitted<Block> {
  const width = (A4.width - 2 * MARGIN) * scale;
  const height = (A4.height - 2 * MARGIN) * scale;
  const left = width * PAYER - GAP;
  const payer = payerPart(document, say, left);
  const due = duePart(document, say, width - left - 2 * GAP, payer.height);
  const parts = [
    headerPart(document, say, width),
    beside([payer, due], 2 * GAP),
    calculationPart(document, say, width, dense),
    ...(dense
      ? [sideBySide(document, say, width)]
      : [referencePart(document, say, width, dense), recalculationsPart(document, say, width)]),
    dataDay(document, say, width),
  ].filter((part) => part.height > 0);
  const slip = slipPart(document, code, say, { width, scale });
  const content = stack(parts, GAP);
  const free = height - slip.height - content.height - GAP;
  // What is left over is not all of it above the cut line.
  const gap = GAP + Math.max(0, Math.min(free / parts.length, WIDEST_GAP - GAP));
  const page: Block = {
    width,
    height,
    draw(pen, x, y) {
      stack(parts, Number.isFinite(gap) ? gap : GAP).draw(pen, x, y);
      slip.draw(pen, x, y + height - slip.height);
    },
  };
  return { page, fill: (content.height + GAP + slip.height) / height };
}

/** Parts 4 and 5, in half the height. */
function sideBySide(document: PaymentDocument, say: Say, width: number): Block {
  const half = (width - 2 * GAP) / 2;
  const parts = [referencePart(document, say, half, true), recalculationsPart(document, say, half)];
  if (parts.every((part) => part.height > 0)) return beside(parts, 2 * GAP);
  return stack([referencePart(document, say, width, true), recalculationsPart(document, say, width)], GAP);
}

function dataDay({ dataDay: day }: PaymentDocument, say: Say, width: number): Block {
  return paragraph(day === null ? '' : say('payment-document-data-day', { day: writeDay(day) }), width, DOCUMENT_LOOK.note);
}
