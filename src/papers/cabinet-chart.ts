import { sumActions, type CabinetChart, CABINET_ACTIONS, type CabinetAction } from '../domain/cabinet-chart.ts';
import type { Texts } from '../texts/texts.ts';
import { drawHead, openCanvas } from './chart/canvas.ts';
import { drawLegend, legendHeight } from './chart/legend.ts';
import { CHART_LOOK, COLOURS } from './chart/look.ts';
import { drawStackedBars } from './chart/stacked-bars.ts';
import { fileName } from './file-name.ts';
import { writeDay } from './figures.ts';
import type { DrawnFile } from './paper.ts';

const ACTION_COLOURS: Readonly<Record<CabinetAction, string>> = {
  registered: COLOURS.groups[0],
  linked: COLOURS.groups[1],
  readings: COLOURS.groups[2],
  payments: COLOURS.groups[4],
};

/** What residents have been doing, as a picture: a bar for each day or month, and below them how much of each. */
export function drawCabinetChart(chart: CabinetChart, say: Texts['text']): DrawnFile {
  const { width, head, plot } = CHART_LOOK;
  const sums = sumActions(chart);
  const lines = CABINET_ACTIONS.map((action) => ({
    colour: ACTION_COLOURS[action],
    name: say(`cabinet-chart-${action}`),
    figure: String(sums[action]),
  }));
  const canvas = openCanvas(head.height + plot.height + legendHeight(lines.length));
  const context = canvas.getContext('2d');
  const { from, to, step } = chart;
  drawHead(canvas, say('cabinet-chart-title'), [say('desk-chart-span', { from, to }), say(`cabinet-chart-by-${step}`)]);
  const bars = chart.bars.map((bar) => ({ from: bar.from, counts: CABINET_ACTIONS.map((action) => bar[action]) }));
  const colours = CABINET_ACTIONS.map((action) => ACTION_COLOURS[action]);
  drawStackedBars(context, { bars, step, colours }, say, { x: (width - plot.width) / 2, y: head.height, ...plot });
  drawLegend(context, lines, head.height + plot.height);
  return {
    send: 'photo',
    name: fileName(say('cabinet-chart-file', { from: writeDay(from), to: writeDay(to) })),
    bytes: new Uint8Array(canvas.toBuffer('image/png')),
  };
}
