import { type Canvas, createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { fontFile } from '../page/fonts.ts';
import { COLOURS, FAMILY, CHART_LOOK } from './look.ts';

/** A white sheet as wide as all charts are, with its fonts at hand. */
export function openCanvas(height: number): Canvas {
  for (const name of ['regular', 'bold'] as const) {
    if (!GlobalFonts.has(FAMILY[name])) GlobalFonts.registerFromPath(fontFile(name), FAMILY[name]);
  }
  const canvas = createCanvas(CHART_LOOK.width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = COLOURS.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The title of a chart and the two lines below it, above `LOOK.head.height`. */
export function drawHead(canvas: Canvas, title: string, lines: readonly [string, string]): void {
  const { margin, head } = CHART_LOOK;
  const context = canvas.getContext('2d');
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.fillStyle = COLOURS.ink;
  context.font = `${head.title}px "${FAMILY.bold}"`;
  context.fillText(title, margin, 76);
  context.font = `${head.line}px "${FAMILY.regular}"`;
  context.fillStyle = COLOURS.faint;
  context.fillText(lines[0], margin, 126);
  context.fillText(lines[1], margin, 170);
}
