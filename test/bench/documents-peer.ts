import Pdf from 'pdfkit';
import type { PaymentDocument } from '../../src/domain/payment-document.ts';
import { fontFile } from '../../src/papers/page/fonts.ts';
import type { Pen } from '../../src/papers/page/pen.ts';
import { A4 } from '../../src/papers/page/sheet.ts';
import { pageOf } from '../../src/papers/payment-document/draw.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { IN_DEBT, PLAIN } from '../papers/documents.ts';

/** Another account with other sums each time: nothing that is remembered of one document helps the next. */
export function documentOf(index: number): PaymentDocument {
  const like = index % 4 === 0 ? IN_DEBT : PLAIN;
  return {
    ...like,
    accountNumber: String(100_000_000 + index),
    payer: { ...like.payer, name: `Кузьменко-${index} Игорь Олегович`, address: `${like.payer.address}${index}` },
    lines: like.lines.map((line, row) => ({
      ...line,
      openingKopecks: line.openingKopecks + index * 37 + row,
      dueKopecks: line.dueKopecks + index * 37 + row,
    })),
  };
}

/** Documents a second of processor time, by pdfkit as its guide uses it: fonts opened from their files for each document. */
async function drawAsPeer(documents: number): Promise<number> {
  const { text: say } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date() });
  const pages = Array.from({ length: documents }, (_, index) => strokesOf(documentOf(index), say));
  const used = process.cpuUsage();
  for (const strokes of pages) await drawWithPlainPdfkit(strokes);
  return documents / cpuSeconds(used);
}

type Stroke = (doc: PDFKit.PDFDocument) => void;

/** What our page is made of, as calls to pdfkit; laying it out is not counted against the peer. */
function strokesOf(document: PaymentDocument, say: Parameters<typeof pageOf>[1]): Stroke[] {
  const { scale, page } = pageOf(document, say);
  const strokes: Stroke[] = [(doc) => void doc.scale(1 / scale)];
  const pen: Pen = {
    write(line, x, baseline, { font, size, color }) {
      strokes.push((doc) => {
        doc.font(font).fontSize(size).fillColor(color).text(line, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
      });
    },
    rule: ([x1, y1], [x2, y2], { width, color }) =>
      void strokes.push((doc) => void doc.moveTo(x1, y1).lineTo(x2, y2).lineWidth(width).strokeColor(color).stroke()),
    frame: (x, y, width, height, { color }) =>
      void strokes.push((doc) => void doc.rect(x, y, width, height).strokeColor(color).stroke()),
    shape(rectangles, color) {
      strokes.push((doc) => {
        for (const rectangle of rectangles) doc.rect(...rectangle);
        doc.fill(color);
      });
    },
  };
  page.draw(pen, 30, 30);
  return strokes;
}

async function drawWithPlainPdfkit(strokes: readonly Stroke[]): Promise<void> {
  const doc = new Pdf({ size: [A4.width, A4.height], margin: 0 });
  doc.registerFont('regular', fontFile('regular')).registerFont('bold', fontFile('bold'));
  const written = new Promise((resolve) => doc.on('end', resolve));
  doc.resume();
  for (const stroke of strokes) stroke(doc);
  doc.end();
  await written;
}

/** Of this process, in all its threads. */
export function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

// `node src/run.js test/bench/documents-peer.ts COUNT` prints the figure.
if (process.argv[1] && import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  await drawAsPeer(20);
  console.log(await drawAsPeer(Number(process.argv[2])));
}
