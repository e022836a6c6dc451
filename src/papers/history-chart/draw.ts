import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import type { HistoryChart } from '../../domain/history-chart.ts';
import type { Texts } from '../../texts/texts.ts';
import { fontFile } from '../page/fonts.ts';
import type { DrawnFile } from '../paper.ts';
import { drawLegend, legendHeight } from './legend.ts';
import { COLOURS, FAMILY, LOOK } from './look.ts';
import { drawPlot } from './plot.ts';

/** Twelve months of an account as a picture: whose, the bars, and below them what each colour is and how much it comes to. */
export function drawHistoryChart(chart: HistoryChart, say: Texts['text']): DrawnFile {
  for (const name of ['regular', 'bold'] as const) {
    if (!GlobalFonts.has(FAMILY[name])) GlobalFonts.registerFromPath(fontFile(name), FAMILY[name]);
  }
  const { width, head, plot } = LOOK;
  const canvas = createCanvas(width, head.height + plot.height + legendHeight(chart));
  const context = canvas.getContext('2d');
  context.fillStyle = COLOURS.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  drawHead(context, chart, say);
  drawPlot(context, chart, say, { x: (width - plot.width) / 2, y: head.height, ...plot });
  drawLegend(context, chart, say, head.height + plot.height);

  const last = chart.months.at(-1)?.period ?? '';
  const name = `grafik-${chart.accountNumber}-${last}.png`;
  return { send: 'photo', name, bytes: new Uint8Array(canvas.toBuffer('image/png')) };
}

function drawHead(context: SKRSContext2D, { accountNumber, months }: HistoryChart, say: Texts['text']): void {
  const { margin, head } = LOOK;
  const [from, to] = [months[0]?.period ?? '', months.at(-1)?.period ?? ''];
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.fillStyle = COLOURS.ink;
  context.font = `${head.title}px "${FAMILY.bold}"`;
  context.fillText(say('history-chart-title'), margin, 76);
  context.font = `${head.line}px "${FAMILY.regular}"`;
  context.fillStyle = COLOURS.faint;
  context.fillText(say('history-chart-account', { account: accountNumber }), margin, 126);
  context.fillText(say('history-chart-span', { span: from === to ? 'month' : 'months', from, to }), margin, 170);
}
