import Pdf from 'pdfkit';
import { fontOf } from './fonts.ts';
import type { Style } from './lines.ts';

/** Draws on a sheet; points from the upper left corner. */
export type Pen = {
  /** One line, from its left end; `baseline` is where the letters stand. */
  write(line: string, x: number, baseline: number, style: Style): void;
  /** A straight line. */
  rule(from: readonly [number, number], to: readonly [number, number], stroke: Stroke): void;
  fill(x: number, y: number, width: number, height: number, color: string): void;
  frame(x: number, y: number, width: number, height: number, stroke: Stroke & { radius?: number }): void;
  /** Rectangles of one colour, drawn as one shape so that no seam shows between them. */
  shape(rectangles: readonly (readonly [x: number, y: number, width: number, height: number])[], color: string): void;
};

export type Stroke = { width: number; color: string; dash?: number };

export type SheetInfo = { title: string; author: string; subject: string };

/** A4 in points. */
export const A4 = { width: 595.28, height: 841.89 } as const;

/** One A4 page as a PDF: what `draw` draws on a sheet that is `scale` times as large, shrunk to A4. */
export async function drawSheet(info: SheetInfo, scale: number, draw: (pen: Pen) => void): Promise<Uint8Array> {
  const doc = new Pdf({
    size: [A4.width, A4.height],
    margin: 0,
    lang: 'ru-RU',
    displayTitle: true,
    info: { Title: info.title, Author: info.author, Subject: info.subject },
    // pdfkit takes a parsed font as well as a file; its types do not know.
    font: fontOf('regular') as unknown as string,
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const written = new Promise<void>((resolve, reject) => doc.on('end', resolve).on('error', reject));
  for (const name of ['regular', 'bold'] as const) doc.registerFont(name, fontOf(name) as unknown as string);
  doc.scale(1 / scale);
  draw(penOf(doc));
  doc.end();
  await written;
  return new Uint8Array(Buffer.concat(chunks));
}

/** Draws on the page of a document that is under way. */
export function penOf(doc: PDFKit.PDFDocument): Pen {
  const stroke = ({ width, color, dash }: Stroke) => {
    doc.lineWidth(width).strokeColor(color);
    if (dash) doc.dash(dash, { space: dash });
    else doc.undash();
    doc.stroke();
  };
  return {
    write(line, x, baseline, { font, size, color }) {
      doc.font(font).fontSize(size).fillColor(color).text(line, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
    },
    rule([x1, y1], [x2, y2], how) {
      doc.moveTo(x1, y1).lineTo(x2, y2);
      stroke(how);
    },
    fill(x, y, width, height, color) {
      doc.rect(x, y, width, height).fill(color);
    },
    frame(x, y, width, height, { radius = 0, ...how }) {
      if (radius > 0) doc.roundedRect(x, y, width, height, radius);
      else doc.rect(x, y, width, height);
      stroke(how);
    },
    shape(rectangles, color) {
      for (const [x, y, width, height] of rectangles) doc.rect(x, y, width, height);
      doc.fill(color);
    },
  };
}
