import type { SKRSContext2D } from '@napi-rs/canvas';
import { COLOURS, FAMILY, CHART_LOOK } from './look.ts';

/** What a colour is and how much it comes to; without a colour, what stands for itself. */
export type LegendLine = { colour?: string | undefined; name: string; figure: string; bold?: boolean };

const TOP = 34;
const BOTTOM = 30;

export function legendHeight(lines: number): number {
  return TOP + lines * CHART_LOOK.legend.leading + BOTTOM;
}

export function drawLegend(context: SKRSContext2D, lines: readonly LegendLine[], top: number): void {
  lines.forEach((line, i) => drawLine(context, line, top + TOP + (i + 0.5) * CHART_LOOK.legend.leading));
}

function drawLine(context: SKRSContext2D, { colour, name, figure, bold = false }: LegendLine, middle: number): void {
  const { margin, width, legend } = CHART_LOOK;
  if (colour) {
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(margin, middle - legend.mark / 2, legend.mark, legend.mark, 5);
    context.fill();
  }
  context.font = `${legend.font}px "${bold ? FAMILY.bold : FAMILY.regular}"`;
  context.textBaseline = 'middle';
  context.fillStyle = COLOURS.ink;
  context.textAlign = 'right';
  context.fillText(figure, width - margin, middle);
  const left = margin + legend.mark + 20;
  context.textAlign = 'left';
  context.fillText(shorten(context, name, width - margin - context.measureText(figure).width - 30 - left), left, middle);
}

/** A name that is too long for its place ends with «…». */
function shorten(context: SKRSContext2D, name: string, room: number): string {
  if (context.measureText(name).width <= room) return name;
  const letters = Array.from(name);
  while (letters.length > 1 && context.measureText(`${letters.join('')}…`).width > room) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
