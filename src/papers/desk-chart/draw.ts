import { addBars, type DeskChart, FATES, percentInTime } from '../../domain/desk-chart.ts';
import type { Texts } from '../../texts/texts.ts';
import { drawHead, openCanvas } from '../chart/canvas.ts';
import { drawLegend, type LegendLine, legendHeight } from '../chart/legend.ts';
import { CHART_LOOK } from '../chart/look.ts';
import { fileName } from '../file-name.ts';
import { writeDay } from '../figures.ts';
import type { DrawnFile } from '../paper.ts';
import { FATE_COLOURS } from './colours.ts';
import { drawDeskPlot } from './plot.ts';

/** How staff have been answering, as a picture: a bar for each day or month, and below them what became of the requests and the ratings. */
export function drawDeskChart(chart: DeskChart, say: Texts['text']): DrawnFile {
  const { width, head, plot } = CHART_LOOK;
  const lines = legendLines(chart, say);
  const canvas = openCanvas(head.height + plot.height + legendHeight(lines.length));
  const context = canvas.getContext('2d');
  const { from, to } = chart;
  drawHead(canvas, say('desk-chart-title'), [say('desk-chart-span', { from, to }), say(`desk-chart-by-${chart.step}`)]);
  drawDeskPlot(context, chart, say, { x: (width - plot.width) / 2, y: head.height, ...plot });
  drawLegend(context, lines, head.height + plot.height);
  return {
    send: 'photo',
    name: fileName(say('desk-chart-file', { from: writeDay(from), to: writeDay(to) })),
    bytes: new Uint8Array(canvas.toBuffer('image/png')),
  };
}

function legendLines(chart: DeskChart, say: Texts['text']): LegendLine[] {
  const fates = addBars(chart);
  const percent = percentInTime(fates);
  const figure = (count: number) => String(count);
  return [
    ...FATES.map((fate) => ({ colour: FATE_COLOURS[fate], name: say(`desk-chart-${fate}`), figure: figure(fates[fate]) })),
    { name: say('desk-chart-opened'), figure: figure(FATES.reduce((sum, fate) => sum + fates[fate], 0)), bold: true },
    ...(percent === null
      ? []
      : [{ name: say('desk-chart-percent'), figure: say('desk-chart-percents', { percent }), bold: true }]),
    ...(chart.rated === 0
      ? []
      : [
          {
            name: say('desk-chart-rated', { rated: chart.rated }),
            figure: say('desk-chart-rating', { rating: chart.rating }),
            bold: true,
          },
        ]),
  ];
}
