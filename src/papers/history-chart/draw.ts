import type { HistoryChart } from '../../domain/history-chart.ts';
import type { Texts } from '../../texts/texts.ts';
import { drawHead, openCanvas } from '../chart/canvas.ts';
import { drawLegend, legendHeight } from '../chart/legend.ts';
import { CHART_LOOK } from '../chart/look.ts';
import { fileName } from '../file-name.ts';
import type { DrawnFile } from '../paper.ts';
import { legendLines } from './legend.ts';
import { drawPlot } from './plot.ts';

/** Twelve months of an account as a picture: whose, the bars, and below them what each colour is and how much it comes to. */
export function drawHistoryChart(chart: HistoryChart, say: Texts['text']): DrawnFile {
  const { width, head, plot } = CHART_LOOK;
  const lines = legendLines(chart, say);
  const canvas = openCanvas(head.height + plot.height + legendHeight(lines.length));
  const context = canvas.getContext('2d');
  const { accountNumber, months } = chart;
  const [from, to] = [months[0]?.period ?? '', months.at(-1)?.period ?? ''];
  drawHead(canvas, say('history-chart-title'), [
    say('history-chart-account', { account: accountNumber }),
    say('history-chart-span', { span: from === to ? 'month' : 'months', from, to }),
  ]);
  drawPlot(context, chart, say, { x: (width - plot.width) / 2, y: head.height, ...plot });
  drawLegend(context, lines, head.height + plot.height);
  return {
    send: 'photo',
    name: fileName(say('history-chart-file', { account: accountNumber, to })),
    bytes: new Uint8Array(canvas.toBuffer('image/png')),
  };
}
