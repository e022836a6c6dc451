import { addDeeds, type CabinetChart, DEEDS, type Deed } from '../domain/cabinet-chart.ts';
import type { Texts } from '../texts/texts.ts';
import { drawHead, openCanvas } from './chart/canvas.ts';
import { drawLegend, legendHeight } from './chart/legend.ts';
import { CHART_LOOK, COLOURS } from './chart/look.ts';
import { drawStackedBars } from './chart/stacked-bars.ts';
import { fileName } from './file-name.ts';
import { writeDay } from './figures.ts';
import type { DrawnFile } from './paper.ts';

export const DEED_COLOURS: Readonly<Record<Deed, string>> = {
  registered: COLOURS.groups[0],
  linked: COLOURS.groups[1],
  readings: COLOURS.groups[2],
  payments: COLOURS.groups[4],
};

/** What residents have been doing, as a picture: a bar for each day or month, and below them how much of each. */
export function drawCabinetChart(chart: CabinetChart, say: Texts['text']): DrawnFile {
  const { width, head, plot } = CHART_LOOK;
  const sums = addDeeds(chart);
  const lines = DEEDS.map((deed) => ({
    colour: DEED_COLOURS[deed],
    name: say(`cabinet-chart-${deed}`),
    figure: String(sums[deed]),
  }));
  const canvas = openCanvas(head.height + plot.height + legendHeight(lines.length));
  const context = canvas.getContext('2d');
  const { from, to, step } = chart;
  drawHead(canvas, say('cabinet-chart-title'), [say('desk-chart-span', { from, to }), say(`cabinet-chart-by-${step}`)]);
  const bars = chart.bars.map((bar) => ({ from: bar.from, counts: DEEDS.map((deed) => bar[deed]) }));
  const colours = DEEDS.map((deed) => DEED_COLOURS[deed]);
  drawStackedBars(context, { bars, step, colours }, say, { x: (width - plot.width) / 2, y: head.height, ...plot });
  drawLegend(context, lines, head.height + plot.height);
  return {
    send: 'photo',
    name: fileName(say('cabinet-chart-file', { from: writeDay(from), to: writeDay(to) })),
    bytes: new Uint8Array(canvas.toBuffer('image/png')),
  };
}
