import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js';
import type { Texts } from '../../texts/texts.ts';
import { COLOURS, FAMILY } from './look.ts';

type ChartStep = 'day' | 'month';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

/** A day or a month (`from`: its day, or `YYYY-MM`), and how many of each kind there were. */
export type StackedBar = { from: string; counts: readonly number[] };

/** The plot alone, drawn into its place: for each day or month a stack of counts, in these colours. */
export function drawStackedBars(
  context: SKRSContext2D,
  { bars, step, colours }: { bars: readonly StackedBar[]; step: ChartStep; colours: readonly string[] },
  say: Texts['text'],
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): void {
  const canvas = createCanvas(width, height);
  const font = { family: FAMILY.regular, size: 29 };
  const datasets = colours.map((colour, i) => ({
    data: bars.map(({ counts }) => counts[i] ?? 0),
    backgroundColor: colour,
    stack: 'all',
    categoryPercentage: 0.82,
    barPercentage: 0.94,
    maxBarThickness: 90,
    borderRadius: 3,
    borderSkipped: false,
  }));
  const every = Math.ceil(bars.length / 12);
  const chart = new Chart(canvas, {
    type: 'bar',
    data: { labels: bars.map(({ from }, i) => (i % every === 0 ? barLabel(from, step, i === 0, say) : ['', ''])), datasets },
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
          beginAtZero: true,
          border: { display: false },
          grid: { color: COLOURS.grid, lineWidth: 2, drawTicks: false },
          grace: '4%',
          suggestedMax: 4,
          // There is no half of any.
          ticks: { font, color: COLOURS.faint, maxTicksLimit: 8, precision: 0, padding: 14 },
        },
      },
    },
  });
  context.drawImage(canvas, x, y);
  // Wipes its canvas, too.
  chart.destroy();
}

/** `16` and below it `ноя`, or `ноя` and below it `2026`; the second line only where it begins. */
function barLabel(from: string, step: ChartStep, isFirst: boolean, say: Texts['text']): string[] {
  const [year = '', month = '', day = ''] = from.split('-');
  const name = say('history-chart-month', { month: Number(month) });
  if (step === 'month') return [name, isFirst || month === '01' ? year : ''];
  return [String(Number(day)), name];
}
