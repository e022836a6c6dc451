import type { FontName } from './fonts.ts';
import type { Pen, Rectangle, Stroke } from './pen.ts';

/**
 * A font within a document, as pdfkit has it: `encode` takes the letters into the document's subset and answers their codes in hexadecimal
 * and their places in thousandths of the size.
 */
export type EmbeddedFont = {
  id: string;
  encode(text: string): [codes: string[], places: { xAdvance: number; advanceWidth: number; xOffset: number }[]];
};

/**
 * A pen that writes the operators of a page's content (ISO 32000-1, 8 and 9) and keeps them; `content` is all of them. pdfkit's own calls
 * take twice the time: they lay each text out three times, and a QR code is nine hundred rectangles.
 */
export function contentPen(fonts: Record<FontName, EmbeddedFont>): Pen & { content(): string } {
  const operators: string[] = [];
  let filling = '';

  const useFill = (color: string) => {
    if (color !== filling) operators.push(`${rgb(color)} rg`);
    filling = color;
  };
  const stroke = (path: string, { width, color, dash }: Stroke) => {
    operators.push(`${rgb(color)} RG ${number(width)} w [${dash ? `${number(dash)} ${number(dash)}` : ''}] 0 d ${path} S`);
  };
  const path = ([x, y, width, height]: Rectangle) => `${number(x)} ${number(y)} ${number(width)} ${number(height)} re`;

  return {
    write(line, x, baseline, { font, size, color }) {
      if (line === '') return;
      useFill(color);
      const embedded = fonts[font];
      // The sheet's y grows downwards, letters stand upright.
      operators.push(
        `BT 1 0 0 -1 ${number(x)} ${number(baseline)} Tm /${embedded.id} ${number(size)} Tf [${glyphs(...embedded.encode(line))}] TJ ET`,
      );
    },
    rule([x1, y1], [x2, y2], how) {
      stroke(`${number(x1)} ${number(y1)} m ${number(x2)} ${number(y2)} l`, how);
    },
    frame(x, y, width, height, how) {
      stroke(path([x, y, width, height]), how);
    },
    shape(rectangles, color) {
      useFill(color);
      operators.push(`${rectangles.map(path).join('\n')} f`);
    },
    content: () => operators.join('\n'),
  };
}

/** The letters' codes, and between them, in thousandths to the left, what kerning moves them by. */
function glyphs(
  codes: readonly string[],
  places: readonly { xAdvance: number; advanceWidth: number; xOffset: number }[],
): string {
  let written = '<';
  places.forEach(({ xAdvance, advanceWidth, xOffset }, index) => {
    if (xOffset !== 0) written += `> ${number(-xOffset)} <`;
    written += codes[index] ?? '';
    const moved = xAdvance - advanceWidth - xOffset;
    if (moved !== 0) written += `> ${number(-moved)} <`;
  });
  return `${written}>`;
}

function number(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

function rgb(color: string): string {
  const channels = /^#(..)(..)(..)$/.exec(color)?.slice(1) ?? [];
  return channels.map((channel) => number(Number.parseInt(channel, 16) / 255)).join(' ');
}
