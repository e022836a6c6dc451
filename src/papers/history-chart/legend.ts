import type { SKRSContext2D } from '@napi-rs/canvas';
import type { HistoryChart } from '../../domain/history-chart.ts';
import type { Kopecks } from '../../domain/money.ts';
import type { Texts } from '../../texts/texts.ts';
import { writeMoney } from '../figures.ts';
import { COLOURS, FAMILY, LOOK } from './look.ts';

type Line = { colour: string | undefined; name: string; sum: Kopecks; bold: boolean };

const TOP = 34;
const BOTTOM = 30;

export function legendHeight({ groups }: HistoryChart): number {
  return TOP + (groups.length + 2) * LOOK.legend.leading + BOTTOM;
}

/** A line for each service, one for all of them, one for what was paid; sums are over all months of the picture. */
export function drawLegend(context: SKRSContext2D, { months, groups }: HistoryChart, say: Texts['text'], top: number): void {
  const charged = groups.map(
    ({ service, sumsKopecks }, i): Line => ({
      colour: COLOURS.groups[i] ?? COLOURS.others,
      name: service ?? say('history-chart-others'),
      sum: add(sumsKopecks),
      bold: false,
    }),
  );
  const lines: Line[] = [
    ...charged,
    { colour: undefined, name: say('history-chart-charged'), sum: add(charged.map(({ sum }) => sum)), bold: true },
    { colour: COLOURS.paid, name: say('history-chart-paid'), sum: add(months.map(({ paidKopecks }) => paidKopecks)), bold: true },
  ];
  lines.forEach((line, i) => drawLine(context, line, top + TOP + (i + 0.5) * LOOK.legend.leading));
}

function drawLine(context: SKRSContext2D, { colour, name, sum, bold }: Line, middle: number): void {
  const { margin, width, legend } = LOOK;
  if (colour) {
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(margin, middle - legend.mark / 2, legend.mark, legend.mark, 5);
    context.fill();
  }
  context.font = `${legend.font}px "${bold ? FAMILY.bold : FAMILY.regular}"`;
  context.textBaseline = 'middle';
  context.fillStyle = COLOURS.ink;
  const money = writeMoney(sum);
  context.textAlign = 'right';
  context.fillText(money, width - margin, middle);
  const left = margin + legend.mark + 20;
  context.textAlign = 'left';
  context.fillText(shorten(context, name, width - margin - context.measureText(money).width - 30 - left), left, middle);
}

/** A name that is too long for its place ends with «…». */
function shorten(context: SKRSContext2D, name: string, room: number): string {
  if (context.measureText(name).width <= room) return name;
  const letters = Array.from(name);
  while (letters.length > 1 && context.measureText(`${letters.join('')}…`).width > room) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

function add(sums: readonly Kopecks[]): Kopecks {
  return sums.reduce((total, sum) => total + sum, 0);
}
