import { createCanvas } from '@napi-rs/canvas';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A PDF as Mozilla's reader sees it. Points; `y` grows upwards and is where the letters stand. */
export type ReadPdf = {
  pages: number;
  width: number;
  height: number;
  pieces: { text: string; x: number; y: number; width: number; size: number }[];
  info: Record<string, unknown>;
  language: string | null;
};

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  return withPdf(bytes, async (pdf) => {
    const page = await pdf.getPage(1);
    const [, , width = 0, height = 0] = page.view;
    const { items, lang } = await page.getTextContent();
    const pieces = items.flatMap((item) => {
      if (!('str' in item) || item.str.trim() === '') return [];
      const [, , , size, x, y] = item.transform as [number, number, number, number, number, number];
      return [{ text: item.str, x, y, width: item.width, size }];
    });
    const { info } = await pdf.getMetadata();
    return { pages: pdf.numPages, width, height, pieces, info: Object.fromEntries(Object.entries(info)), language: lang };
  });
}

/** The first page as pixels. */
export async function renderPdf(
  bytes: Uint8Array,
  scale: number,
): Promise<{ data: Uint8ClampedArray; width: number; height: number }> {
  return withPdf(bytes, async (pdf) => {
    const page = await pdf.getPage(1);
    const viewport = page.getViewport({ scale });
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
    const context = canvas.getContext('2d');
    await page.render({ canvas, viewport }).promise;
    const { width, height } = canvas;
    return { data: context.getImageData(0, 0, width, height).data, width, height };
  });
}

async function withPdf<Answer>(bytes: Uint8Array, read: (pdf: PDFDocumentProxy) => Promise<Answer>): Promise<Answer> {
  // The reader keeps the bytes that it is given.
  const task = getDocument({ data: bytes.slice(), verbosity: 0 });
  try {
    return await read(await task.promise);
  } finally {
    await task.destroy();
  }
}
