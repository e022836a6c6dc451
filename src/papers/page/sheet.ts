import Pdf from 'pdfkit';
import { contentPen, type EmbeddedFont } from './content.ts';
import { type FontName, fontOf } from './fonts.ts';
import type { Pen } from './pen.ts';

export type SheetInfo = { title: string; author: string; subject: string };

/** A4 in points. */
export const A4 = { width: 595.28, height: 841.89 } as const;

/** Half of it. */
export const A5 = { width: 419.53, height: 595.28 } as const;

/** One page as a PDF, A4 unless it is said: what `draw` draws on a sheet that is `scale` times as large, shrunk to it. */
export async function drawSheet(
  info: SheetInfo,
  scale: number,
  draw: (pen: Pen) => void,
  size: { width: number; height: number } = A4,
): Promise<Uint8Array> {
  const doc = new Pdf({
    size: [size.width, size.height],
    margin: 0,
    lang: 'ru-RU',
    displayTitle: true,
    info: { Title: info.title, Author: info.author, Subject: info.subject },
    font: parsedFont('regular'),
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const written = new Promise<void>((resolve, reject) => doc.on('end', resolve).on('error', reject));
  doc.scale(1 / scale);
  drawOnPage(doc, draw);
  doc.end();
  await written;
  return new Uint8Array(Buffer.concat(chunks));
}

/** Draws on the page of a document that is under way. */
export function drawOnPage(doc: PDFKit.PDFDocument, draw: (pen: Pen) => void): void {
  const pen = contentPen({ regular: embed(doc, 'regular'), bold: embed(doc, 'bold') });
  draw(pen);
  doc.addContent(pen.content());
}

/** PT Sans as pdfkit's option and `registerFont` want it: they take a parsed font as well as a file; their types do not know. */
export function parsedFont(name: FontName): string {
  return fontOf(name) as unknown as string;
}

/** Makes a font one of the document's and of its page's, as pdfkit's `text` does; what it needs for that is not in its types. */
function embed(doc: PDFKit.PDFDocument, name: FontName): EmbeddedFont {
  // By its own name: under another pdfkit would compare it with its namesake again and again.
  const { postscriptName } = fontOf(name);
  doc.registerFont(postscriptName, parsedFont(name)).font(postscriptName);
  const { _font: font, page } = doc as unknown as {
    _font: EmbeddedFont & { ref(): unknown };
    page: { fonts: Record<string, unknown> };
  };
  page.fonts[font.id] = font.ref();
  return font;
}
