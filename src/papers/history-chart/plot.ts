import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartDataset,
  LinearScale,
  type ScriptableScaleContext,
} from 'chart.js';
import type { HistoryChart } from '../../domain/history-chart.ts';
import type { Texts } from '../../texts/texts.ts';
import { COLOURS, FAMILY } from '../chart/look.ts';
import { writeAxisMoney } from './axis.ts';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

/** The plot alone, drawn into its place: for each month what was charged, a stack of services, and beside it what was paid. */
export function drawPlot(
  context: SKRSContext2D,
  { months, groups }: HistoryChart,
  say: Texts['text'],
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): void {
  const canvas = createCanvas(width, height);
  const bar = {
    // Of few months, both bars of one still stand side by side.
    categoryPercentage: Math.min(0.8, 0.23 * months.length),
    barPercentage: 0.94,
    maxBarThickness: 90,
    borderRadius: 3,
    borderSkipped: false,
  } as const;
  const datasets: ChartDataset<'bar', number[]>[] = [
    ...groups.map(({ sumsKopecks }, i) => ({
      ...bar,
      data: sumsKopecks.map(roubles),
      backgroundColor: COLOURS.groups[i] ?? COLOURS.others,
      stack: 'charged',
    })),
    { ...bar, data: months.map(({ paidKopecks }) => roubles(paidKopecks)), backgroundColor: COLOURS.paid, stack: 'paid' },
  ];
  const font = { family: FAMILY.regular, size: 29 };
  const chart = new Chart(canvas, {
    type: 'bar',
    data: { labels: months.map(({ period }, i) => monthLabel(period, i === 0, say)), datasets },
    options: {
      animation: false,
      responsive: false,
      devicePixelRatio: 1,
      events: [],
      layout: { padding: { top: 12, right: 8, bottom: 4, left: 4 } },
      scales: {
        x: {
          stacked: true,
          grid: { display: false },
          border: { display: false },
          ticks: { font, color: COLOURS.ink, autoSkip: false, maxRotation: 0 },
        },
        y: {
          stacked: true,
          border: { display: false },
          grid: {
            color: (mark: ScriptableScaleContext) => (isZero(mark) ? COLOURS.zero : COLOURS.grid),
            lineWidth: (mark: ScriptableScaleContext) => (isZero(mark) ? 3 : 2),
            drawTicks: false,
          },
          // The highest bar does not touch the top; with nothing to show the axis still reads as money.
          grace: '4%',
          suggestedMax: datasets.every(({ data }) => data.every((value) => value === 0)) ? 1000 : 0,
          ticks: {
            font,
            color: COLOURS.faint,
            maxTicksLimit: 8,
            padding: 14,
            callback: (value, _, ticks) =>
              writeAxisMoney(
                Number(value),
                ticks.map((tick) => tick.value),
              ),
          },
        },
      },
    },
  });
  context.drawImage(canvas, x, y);
  // Wipes its canvas, too.
  chart.destroy();
}

/** `окт`; with the year below where it begins. */
function monthLabel(period: string, isFirst: boolean, say: Texts['text']): string[] {
  const [year = '', month = ''] = period.split('-');
  const name = say('history-chart-month', { month: Number(month) });
  return isFirst || month === '01' ? [name, year] : [name, ''];
}

function isZero({ tick }: ScriptableScaleContext): boolean {
  return tick?.value === 0;
}

function roubles(kopecks: number): number {
  return kopecks / 100;
}
