import { isOlderDocument, type PaymentDocument, totalsOf } from '../../domain/payment-document.ts';
import type { BankPaymentOrder } from '../../domain/payment-qr.ts';
import type { Texts } from '../../texts/texts.ts';
import { writeAddress, writeDay, writeMoney } from '../figures.ts';
import { type Block, beside, boxed, paragraph, stack } from '../page/blocks.ts';
import { facts } from '../page/facts.ts';
import { naturalWidth } from '../page/lines.ts';
import { type QrModules, QUIET_ZONE, qrRectangles } from '../qr-code.ts';
import { EDGE, DOCUMENT_LOOK } from './look.ts';
import { payeeFacts } from './parties.ts';

type Say = Texts['text'];

/** On paper: 44 mm with its quiet zone, however much the page is shrunk. */
const QR_POINTS = 125;
const GAP = 12;

/** What the slip asks a bank's app for, and that as a QR code. */
export type SlipCode = { order: BankPaymentOrder; modules: QrModules };

/**
 * The part that is cut off and taken along to pay: the QR code (none without requisites), the requisites, the sum. `scale`: how many times
 * the sheet is larger than A4.
 */
export function slipPart(
  document: PaymentDocument,
  asked: SlipCode | undefined,
  say: Say,
  { width, scale }: { width: number; scale: number },
): Block {
  const code = asked && qrBlock(asked, say(scanWords(document, asked.order)), QR_POINTS * scale);
  const rest = width - (code ? code.width + GAP : 0);
  const content = beside([...(code ? [code] : []), slipText(document, say, rest)], GAP);
  return stack([cutLine(say('payment-document-cut'), width), content], 6);
}

function slipText(document: PaymentDocument, say: Say, width: number): Block {
  const { payer, period, accountNumber, unifiedNumber } = document;
  const left = document.payee ? (width - GAP) * 0.5 : 0;
  const right = document.payee ? width - GAP - left : width;
  const look = { label: DOCUMENT_LOOK.label, value: DOCUMENT_LOOK.value };
  const requisites = facts(payeeFacts(document, say), left, look);
  const who = facts(
    [
      { label: say('payment-document-account'), value: accountNumber, style: DOCUMENT_LOOK.strong },
      { label: say('payment-document-unified'), value: unifiedNumber },
      { label: say('payment-document-payer'), value: payer.name, style: DOCUMENT_LOOK.strong },
      { label: say('payment-document-address'), value: writeAddress(payer.address) },
    ],
    right,
    look,
  );
  return stack(
    [
      paragraph(`${say('payment-document-slip')} ${say('payment-document-for', { period })}`, width, DOCUMENT_LOOK.dueLabel),
      document.payee ? beside([requisites, who], GAP) : who,
      boxed(slipSum(document, say, width - 12), { padding: 6, border: EDGE }),
      signature(say, width),
    ],
    6,
  );
}

function slipSum(document: PaymentDocument, say: Say, width: number): Block {
  const { dueKopecks } = totalsOf(document);
  if (isOlderDocument(document))
    return paragraph(say('payment-document-slip-older', { latest: document.latestPeriod }), width, DOCUMENT_LOOK.remark);
  const sum = writeMoney(Math.max(0, dueKopecks));
  const label = dueKopecks > 0 ? say('payment-document-slip-due') : say('payment-document-nothing-due');
  const payBy =
    dueKopecks > 0 && document.payBy !== null ? say('payment-document-slip-pay-by', { day: writeDay(document.payBy) }) : '';
  return {
    width,
    height: 18,
    draw(pen, x, y) {
      pen.write(label, x, y + 13, DOCUMENT_LOOK.dueLabel);
      const spare = width - naturalWidth(sum, DOCUMENT_LOOK.slipSum);
      // In the middle, between what it is and by when; at the end where there is no day.
      pen.write(sum, x + (payBy === '' ? spare : spare / 2), y + 14, DOCUMENT_LOOK.slipSum);
      pen.write(payBy, x + width - naturalWidth(payBy, DOCUMENT_LOOK.payBy), y + 13, DOCUMENT_LOOK.payBy);
    },
  };
}

function scanWords(document: PaymentDocument, { sumKopecks }: BankPaymentOrder): string {
  if (sumKopecks !== null) return 'payment-document-scan';
  return isOlderDocument(document) ? 'payment-document-scan-no-sum' : 'payment-document-scan-ahead';
}

function qrBlock({ modules }: SlipCode, words: string, width: number): Block {
  const caption = paragraph(words, width, DOCUMENT_LOOK.note, 'centre');
  const module = width / (modules.side + 2 * QUIET_ZONE);
  const code: Block = {
    width,
    height: width,
    draw(pen, x, y) {
      const border = QUIET_ZONE * module;
      pen.shape(qrRectangles(modules, x + border, y + border, module * modules.side), '#000000');
    },
  };
  return stack([code, caption]);
}

function cutLine(words: string, width: number): Block {
  const style = DOCUMENT_LOOK.note;
  const gap = naturalWidth(words, style) + 12;
  return {
    width,
    height: 9,
    draw(pen, x, y) {
      const stroke = { width: 0.6, color: EDGE, dash: 3 };
      pen.rule([x, y + 4.5], [x + (width - gap) / 2, y + 4.5], stroke);
      pen.write(words, x + (width - gap) / 2 + 6, y + 6.8, style);
      pen.rule([x + (width + gap) / 2, y + 4.5], [x + width, y + 4.5], stroke);
    },
  };
}

/** A line to sign on and one for the day. */
function signature(say: Say, width: number): Block {
  const words = [say('payment-document-signature'), say('payment-document-signature-day')] as const;
  const [name, day] = words.map((each) => naturalWidth(each, DOCUMENT_LOOK.note)) as [number, number];
  return {
    width,
    height: 16,
    draw(pen, x, y) {
      const dayAt = x + width * 0.68;
      const stroke = { width: 0.5, color: EDGE };
      pen.write(words[0], x, y + 13, DOCUMENT_LOOK.note);
      pen.rule([x + name + 5, y + 14], [dayAt - 12, y + 14], stroke);
      pen.write(words[1], dayAt, y + 13, DOCUMENT_LOOK.note);
      pen.rule([dayAt + day + 5, y + 14], [x + width, y + 14], stroke);
    },
  };
}
